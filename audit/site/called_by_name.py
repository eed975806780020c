"""What a house says of its people by name: "Marta meets you first", where Marta is the prescriber.

Such a passage is heard twice, as it stands and in other words ("our nurse practitioner meets you
first"). The other words can only credit: a safeguard that is stated, never one that is denied and
never a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.catalog.catalog import Catalog
from audit.claims.claims import Engine
from audit.pages.pages import Block
from audit.people.by_name import ByName, Reworded
from audit.people.staff import Staff
from audit.site.hearing import Heard, hear
from audit.stances.found import Found, Passage
from data.vocabulary import Stance, Voice

_CREDITED = "required-disclosure"
_READER = "reader"


class House:
    """How the passages of one site are heard, now that its people are known."""

    def __init__(self, engine: Engine, people: Staff) -> None:
        self._engine, self._by_name = engine, ByName(people)

    def hear(self, passage: Passage, speaks: bool) -> Heard:
        """What a passage says, with what it says of people by name."""
        heard = hear(self._engine, passage, speaks)
        if not speaks or passage.voice != Voice.PROVIDER:
            return heard
        more = tuple(self._credits(passage, heard.found))
        return replace(heard, found=(*heard.found, *more)) if more else heard

    def _credits(self, passage: Passage, known: Sequence[Found]) -> Iterator[Found]:
        said = self._by_name.reworded(passage.text)
        other = self._reworded(passage, said)
        if other == passage:
            return
        stated = {c.rule_id for c in known if c.stance == Stance.STATES and not c.set_aside}
        for found in hear(self._engine, other, speaks=True).found:
            if found.rule_id not in stated and _is_credit(found, self._engine.catalog):
                yield back(found, said)

    def _reworded(self, passage: Passage, said: Reworded | None) -> Passage:
        heading = self._by_name.reworded(passage.heading)
        lead_in = self._by_name.reworded(passage.lead_in)
        return replace(
            passage,
            text=said.text if said else passage.text,
            parts=tuple((said.forth(a), said.forth(b)) for a, b in passage.parts)
            if said
            else passage.parts,
            heading=heading.text if heading else passage.heading,
            lead_in=lead_in.text if lead_in else passage.lead_in,
        )

    def block(self, block: Block) -> tuple[Block, Reworded | None]:
        """A block in other words, and the way back to it."""
        said = self._by_name.reworded(block.text)
        if said is None:
            return block, None
        parts = tuple((said.forth(a), said.forth(b)) for a, b in block.parts)
        return replace(block, text=said.text, parts=parts), said


def back(found: Found, said: Reworded | None) -> Found:
    """A claim of a text in other words, at its place in the text as it stands."""
    if said is None:
        return found
    return replace(found, start=said.start(found.start), end=said.end(found.end))


def _is_credit(found: Found, catalog: Catalog) -> bool:
    """Whether a claim states a safeguard, and patterns have heard it."""
    stated = found.stance == Stance.STATES and found.set_aside is None
    return stated and found.decided_by != _READER and catalog.rules[found.rule_id].kind == _CREDITED
