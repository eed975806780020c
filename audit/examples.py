"""Runs the examples at the bottom of every rule file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.catalog.rule import Example, Rule
from audit.claims.claims import Engine
from audit.stances.found import Passage

SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Failure:
    """An example whose stance is not the one that its rule file gives."""

    rule_id: str
    example: Example
    got: str


def passage_of(example: Example) -> Passage:
    """An example as the engine reads it."""
    return Passage(
        text=example.text,
        heading=example.heading,
        voice=example.voice,
        page_type=example.page_type,
        lines=frozenset(filter(None, [example.line])),
    )


def stance(engine: Engine, rule_id: str, example: Example) -> str:
    """The stance that the engine finds in an example: asserted claims only, ``silent`` if none."""
    claims = engine.find(passage_of(example))
    found = {f.stance for f in claims if f.rule_id == rule_id and not f.set_aside}
    return "+".join(sorted(found)) or SILENT


def failures(engine: Engine, rule: Rule) -> Iterator[Failure]:
    """The examples of one rule that do not come out as written."""
    for example in rule.examples:
        got = stance(engine, rule.id, example)
        if got != example.stance:
            yield Failure(rule.id, example, got)
