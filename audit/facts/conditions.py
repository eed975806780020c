"""Conditions that a provider advertises to treat, by a closed list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from audit.facts.words import expressions, words, written
from data.fact_kinds import FactKind

_CONDITIONS = words("conditions")
_CUES = expressions("condition_cues")
_TOKEN = re.compile(r"[a-z'-]*[a-z][a-z'-]*")
_ENDS = re.compile(r"[.!?;]|\b(?:but|except|unless|not|without|nor)\b|n't\b")
_APART = 80
_SHORT = 70
_HEADLINE = 90
_NEAR_THE_BEGINNING = 12


def read(passage: Passage) -> Iterator[Told]:
    """The conditions that a block advertises."""
    if passage.denied or passage.is_of_other_treatment:
        return
    listed = _CUES["list_head"].search(passage.heading) is not None
    for statement in passage.statements:
        if statement.lead_denies:
            continue
        if _is_item(passage, statement, listed=listed):
            yield from _item(statement)
        else:
            yield from _sentence(passage, statement)


def _is_item(passage: Passage, statement: Statement, *, listed: bool) -> bool:
    shown = passage.block.kind in ("list", "heading", "button") or len(passage.text) <= _SHORT
    if not shown or len(statement.text) > _SHORT:
        return False
    return listed or _CUES["list_head"].search(statement.lead) is not None


def _item(statement: Statement) -> Iterator[Told]:
    """A list item that begins with a condition's name."""
    found = next(iter(_CONDITIONS.find(statement.text)), None)
    if found is None or found.start > _NEAR_THE_BEGINNING:
        return
    if _CUES["no_item"].search(statement.text) or not statement.is_real:
        return
    if not statement.is_negated(found.start, found.end):
        for value in _run(statement.text, found.start):
            yield Told(FactKind.CONDITION, value, *statement.span)


def _sentence(passage: Passage, statement: Statement) -> Iterator[Told]:
    """Conditions right after words that say that they are treated here."""
    shown = passage.block.kind in ("heading", "meta") or len(passage.text) <= _HEADLINE
    advertises = not _CUES["no_headline"].search(statement.text)
    cues = {"we_treat": True, "people_with": advertises, "headline": advertises and shown}
    for cue in (name for name, counts in cues.items() if counts):
        match = _CUES[cue].search(statement.text)
        if match and statement.is_asserted(match.start(), match.end()):
            for value in _run(statement.text, match.end()):
                yield Told(FactKind.CONDITION, value, *statement.span)


def _run(text: str, start: int) -> Iterator[str]:
    """The conditions of an enumeration that begins at a place, or a few words after it."""
    stop = _ENDS.search(text, start)
    end = stop.start() if stop else len(text)
    position = start
    for found in _CONDITIONS.find(text, start, end):
        between = text[position : min(found.start, position + _APART)]
        if not all(_CUES["goes_on"].fullmatch(word) for word in _TOKEN.findall(between)):
            return
        position = found.end
        yield found.value


_SHAPES = (
    written("condition_cues")[cue] for cue in ("we_treat", "people_with", "headline", "list_head")
)
READER = Reader(read, _CONDITIONS.texts, shape(*_SHAPES), _CUES["list_head"])
