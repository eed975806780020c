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
from itertools import product
from typing import Any

from audit.lexicon import Mention

DEFAULT_GAP = 12
_ADJACENT = 2
_TOKEN = re.compile(r"\{([a-z0-9|-]+)\}(!?)|\.\.(\d*)")
_MAX_COMBINATIONS = 2000


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a frame: any of these concepts, at most ``gap`` words after the one before."""

    concepts: frozenset[str]
    gap: int
    head: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to make a claim. ``if_negated`` is the stance that a negated head gives, or ``""``."""

    stance: str
    slots: tuple[Slot, ...]
    ordered: bool
    unless: frozenset[str] = frozenset()
    needs_context: frozenset[str] = frozenset()
    if_negated: str = ""
    conditional_counts: bool = False

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept that the frame names."""
        own = frozenset[str]().union(*(s.concepts for s in self.slots))
        return own | self.unless | self.needs_context


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame that stands in a text: the span of all its mentions, and its head's span."""

    start: int
    end: int
    head: tuple[int, int]


def parse(declared: dict[str, Any]) -> Frame:
    """A frame from its declaration (keys as in ``audit/rules``).

    Raises:
        ValueError: the pattern cannot be read.
    """
    gap = declared.get("gap", DEFAULT_GAP)
    ordered = "says" in declared
    slots = _slots(declared["says"], gap) if ordered else _unordered(declared["all"], gap)
    return Frame(
        stance=declared["stance"],
        slots=slots,
        ordered=ordered,
        unless=frozenset(declared.get("unless", ())),
        needs_context=frozenset(declared.get("context", ())),
        if_negated=declared.get("if_negated", ""),
        conditional_counts=declared.get("conditional_counts", False),
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


def match(frame: Frame, text: str, mentions: list[Mention], context: frozenset[str]) -> Iterator[Hit]:
    """Where a frame stands in a folded text.

    Args:
        frame: the frame.
        text: the unit's folded text.
        mentions: its mentions, by position.
        context: concepts of the heading or column heads, which ``{...}`` may take from there where
            the frame says ``context``.
    """
    here = {m.concept for m in mentions}
    if frame.unless & here or (frame.needs_context and not frame.needs_context & (here | context)):
        return
    candidates = [[m for m in mentions if m.concept in slot.concepts] for slot in frame.slots]
    if any(not c for c in candidates):
        return
    arrange = _ordered if frame.ordered else _any_order
    for chosen in arrange(frame, text, candidates):
        head = next(m for m, slot in zip(chosen, frame.slots, strict=True) if slot.head)
        start, end = min(m.start for m in chosen), max(m.end for m in chosen)
        yield Hit(start, end, (head.start, head.end))


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
    total = 1
    for found in candidates:
        total *= len(found)
    if total > _MAX_COMBINATIONS:
        candidates = [found[:8] for found in candidates]
    best: tuple[int, tuple[Mention, ...]] | None = None
    for chosen in product(*candidates):
        ranked = sorted(chosen, key=lambda m: m.start)
        pairs = list(zip(ranked, ranked[1:], strict=False))
        gaps = [_words(text, a, b) for a, b in pairs]
        if any(a.end > b.start for a, b in pairs) or any(g > frame.slots[0].gap for g in gaps):
            continue
        if best is None or sum(gaps) < best[0]:
            best = (sum(gaps), chosen)
    if best is not None:
        yield best[1]


def _words(text: str, before: Mention, after: Mention) -> int:
    return len(text[before.end : after.start].split())
