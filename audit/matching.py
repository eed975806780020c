"""Where a frame stands in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from audit.frames import Frame
from audit.lexicon import Mention

_BREAKS = ";:"
_BREAK_WORDS = 5
_MAX_COMBINATIONS = 2000


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame that stands in a text: the span of all its mentions, its head's, and each one's."""

    start: int
    end: int
    head: tuple[int, int]
    parts: tuple[tuple[int, int], ...] = ()


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
    if not in_place(frame, frozenset(m.concept for m in mentions), context, nearby):
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


def in_place(
    frame: Frame, here: frozenset[str], context: frozenset[str], nearby: frozenset[str]
) -> bool:
    """Whether the frame's surroundings are there and nothing that it bars is."""
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
