"""Frames: how a rule's concepts must stand together in a unit for a claim to be made.

A frame's pattern is a line a policy researcher can read::

    {clinician} .. {remain} .. {beside-you}

``{name}`` is a mention of a concept, ``{a|b}`` of either, ``..`` allows up to ``gap`` words between
(``..4`` up to four). With ``all`` instead, the concepts stand in any order. The concept marked with
``!`` (else the last one) is the head: a negation that reaches it turns the claim round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod
from typing import Any

from audit.lexicon import Mention

DEFAULT_GAP = 12
SILENT = "silent"
_ADJACENT = 2
_TOKEN = re.compile(r"\{([a-z0-9|-]+)\}(!?)|\.\.(\d*)")
_BREAKS = ";:"
_BREAK_WORDS = 5
_MAX_COMBINATIONS = 2000


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a frame: any of these concepts, at most ``gap`` words after the one before."""

    concepts: frozenset[str]
    gap: int
    head: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to make a claim.

    ``stance`` is what it gives as it stands, ``if_negated`` with a negated head, ``if_yes`` and
    ``if_no`` as a question so answered (``if_yes`` is ``stance`` unless declared); ``""`` is none.
    One of ``needs_heading`` has to stand in the heading, one of ``needs_context`` in the unit or
    its heading, one of ``needs_nearby`` anywhere in the passage; none of ``unless`` may stand in
    the clause, none of ``unless_nearby`` anywhere. A ``near_miss`` comes close to the claim and
    does not make it: it is shown, never asserted.
    """

    stance: str
    slots: tuple[Slot, ...]
    ordered: bool
    unless: frozenset[str] = frozenset()
    unless_nearby: frozenset[str] = frozenset()
    needs_heading: frozenset[str] = frozenset()
    needs_context: frozenset[str] = frozenset()
    needs_nearby: frozenset[str] = frozenset()
    if_negated: str = ""
    if_yes: str = ""
    if_no: str = ""
    conditional_counts: bool = False
    near_miss: bool = False

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept that the frame names."""
        own = frozenset[str]().union(*(s.concepts for s in self.slots))
        barred = self.unless | self.unless_nearby
        return own | barred | self.needs_heading | self.needs_context | self.needs_nearby


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame that stands in a text: the span of all its mentions, its head's, and each one's."""

    start: int
    end: int
    head: tuple[int, int]
    parts: tuple[tuple[int, int], ...] = ()


def parse(declared: dict[str, Any]) -> Frame:
    """A frame from its declaration (keys as in ``audit/rules``).

    Raises:
        ValueError: the pattern cannot be read.
    """
    gap = declared.get("gap", DEFAULT_GAP)
    ordered = "says" in declared
    stance = "" if declared["stance"] == SILENT else declared["stance"]
    slots = _slots(declared["says"], gap) if ordered else _unordered(declared["all"], gap)
    return Frame(
        stance=stance,
        slots=slots,
        ordered=ordered,
        unless=frozenset(declared.get("unless", ())),
        unless_nearby=frozenset(declared.get("unless_nearby", ())),
        needs_heading=frozenset(declared.get("heading", ())),
        needs_context=frozenset(declared.get("context", ())),
        needs_nearby=frozenset(declared.get("nearby", ())),
        if_negated=declared.get("if_negated", ""),
        if_yes=declared.get("if_yes", stance),
        if_no=declared.get("if_no", ""),
        conditional_counts=declared.get("conditional_counts", False),
        near_miss=declared.get("near_miss", False),
    )


def _slots(pattern: str, default: int) -> tuple[Slot, ...]:
    if _TOKEN.sub("", pattern).strip():
        raise ValueError(f"{_TOKEN.sub('', pattern).strip()!r} is neither {{concept}} nor '..'")
    slots: list[Slot] = []
    gap = _ADJACENT
    for name, head, words in _TOKEN.findall(pattern):
        if name:
            slots.append(Slot(frozenset(name.split("|")), gap, bool(head)))
            gap = _ADJACENT
        else:
            gap = int(words) if words else default
    return _with_head(slots)


def _unordered(names: list[str], gap: int) -> tuple[Slot, ...]:
    slots = [Slot(frozenset(n.rstrip("!").split("|")), gap, n.endswith("!")) for n in names]
    return _with_head(slots)


def _with_head(slots: list[Slot]) -> tuple[Slot, ...]:
    if not slots:
        raise ValueError("no {concept} in it")
    if not any(slot.head for slot in slots):
        last = slots[-1]
        slots[-1] = Slot(last.concepts, last.gap, True)
    return tuple(slots)


def match(
    frame: Frame,
    text: str,
    mentions: list[Mention],
    context: frozenset[str],
    nearby: frozenset[str] = frozenset(),
) -> Iterator[Hit]:
    """Where a frame stands in a folded text.

    Args:
        frame: the frame.
        text: the unit's folded text.
        mentions: its mentions, by position.
        context: concepts of the heading or column heads, which ``{...}`` may take from there where
            the frame says ``context``.
        nearby: concepts of the rest of the passage, for ``nearby``.
    """
    if not _in_place(frame, frozenset(m.concept for m in mentions), context, nearby):
        return
    candidates = [[m for m in mentions if m.concept in slot.concepts] for slot in frame.slots]
    if any(not c for c in candidates):
        return
    arrange = _ordered if frame.ordered else _any_order
    for chosen in arrange(frame, text, candidates):
        head = next(m for m, slot in zip(chosen, frame.slots, strict=True) if slot.head)
        start, end = min(m.start for m in chosen), max(m.end for m in chosen)
        if not _excepted(frame, text, mentions, start, end):
            parts = tuple((m.start, m.end) for m in chosen)
            yield Hit(start, end, (head.start, head.end), parts)


def _excepted(frame: Frame, text: str, mentions: list[Mention], start: int, end: int) -> bool:
    """Whether an ``unless`` stands in the clause; legal texts string many on semicolons."""
    left = text.rfind(";", 0, start) + 1
    right = text.find(";", end) if ";" in text[end:] else len(text)
    return any(m.concept in frame.unless and left <= m.start < right for m in mentions)


def _in_place(
    frame: Frame, here: frozenset[str], context: frozenset[str], nearby: frozenset[str]
) -> bool:
    if frame.needs_heading and not frame.needs_heading & context:
        return False
    if frame.needs_context and not frame.needs_context & (here | context):
        return False
    around = here | context | nearby
    if frame.unless_nearby & around:
        return False
    return not frame.needs_nearby or bool(frame.needs_nearby & around)


def _ordered(
    frame: Frame, text: str, candidates: list[list[Mention]]
) -> Iterator[tuple[Mention, ...]]:
    """For each first mention the nearest chain of following ones, by depth-first search."""

    def extend(chain: tuple[Mention, ...]) -> tuple[Mention, ...] | None:
        if len(chain) == len(frame.slots):
            return chain
        gap = frame.slots[len(chain)].gap
        for mention in candidates[len(chain)]:
            if mention.start >= chain[-1].end and _words(text, chain[-1], mention) <= gap:
                found = extend((*chain, mention))
                if found is not None:
                    return found
        return None

    for first in candidates[0]:
        chain = extend((first,))
        if chain is not None:
            yield chain


def _any_order(
    frame: Frame, text: str, candidates: list[list[Mention]]
) -> Iterator[tuple[Mention, ...]]:
    """For each head the arrangement with the fewest words between its mentions."""
    if prod(len(found) for found in candidates) > _MAX_COMBINATIONS:
        candidates = [found[:8] for found in candidates]
    at = next(i for i, slot in enumerate(frame.slots) if slot.head)
    best: dict[int, tuple[int, tuple[Mention, ...]]] = {}
    for chosen in product(*candidates):
        between = _gaps(text, chosen)
        if any(gap is None or gap > frame.slots[0].gap for gap in between):
            continue
        total = sum(gap or 0 for gap in between)
        head = chosen[at].start
        if head not in best or total < best[head][0]:
            best[head] = (total, chosen)
    yield from (best[head][1] for head in sorted(best))


def _gaps(text: str, chosen: tuple[Mention, ...]) -> list[int | None]:
    """Words between neighbours in the text; ``None`` where two mentions overlap."""
    ranked = sorted(chosen, key=lambda m: m.start)
    return [_words(text, a, b) if a.end <= b.start else None for a, b in pairwise(ranked)]


def _words(text: str, before: Mention, after: Mention) -> int:
    """Words between two mentions; a break counts as several, so that short gaps do not cross it."""
    between = text[before.end : after.start]
    return len(between.split()) + _BREAK_WORDS * sum(map(between.count, _BREAKS))
