"""Whether a site speaks of what a rule is about: who sells no plan has no end of it to tell."""

from __future__ import annotations

from collections.abc import Iterable

from audit.claims import Engine, readable
from audit.rule import Rule
from audit.site import ReadPage, voice_of
from data.models import Voice


def spoken_of(engine: Engine, pages: Iterable[ReadPage], rules: Iterable[Rule]) -> frozenset[str]:
    """The concepts that decide whether a rule applies, of which the provider itself speaks."""
    wanted = frozenset(concept for rule in rules for concept in rule.only_where)
    found: set[str] = set()
    for read in pages if wanted else ():
        for block in readable(read.text.blocks):
            if voice_of(block, read.text) == Voice.PROVIDER:
                mentions = engine.mentions(block.text)
                found.update(concept for concept in wanted - found if concept in mentions)
    return frozenset(found)
