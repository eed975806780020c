"""Where a frame stands in a text."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from audit.catalog.frames import Frame
from audit.catalog.patterns import Slot
from audit.concepts.mentions import Mentions
from audit.concepts.word_index import Place

_BREAKS = ";:"
_BREAK_WORDS = 5
_MAX_COMBINATIONS = 2000
# In one statement; more are only found in texts that are made to be slow.
_MAX_PLACES = 100


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
    mentions: Mentions,
    context: Container[str],
    nearby: Container[str] = frozenset(),
) -> Iterator[Hit]:
    """Where a frame stands in a folded text.

    Args:
        frame: the frame.
        text: the unit's folded text.
        mentions: its mentions.
        context: concepts of the heading or column heads, which ``{...}`` may take from there where
            the frame says ``context``.
        nearby: concepts of the rest of the passage, for ``nearby``.
    """
    # What may not stand there at all comes first: of most frames some part is missing.
    for number in frame.by_rarity or range(len(frame.slots)):
        concepts = frame.slots[number].concepts
        if not mentions.is_sure(concepts) and not mentions.any_of(concepts):
            return
    if not in_place(frame, mentions, context, nearby):
        return
    candidates = [_places(slot, mentions) for slot in frame.slots]
    arrange = _ordered if frame.ordered else _any_order
    for chosen in arrange(frame, text, candidates):
        head = next(m for m, slot in zip(chosen, frame.slots, strict=True) if slot.head)
        start, end = min(m[0] for m in chosen), max(m[1] for m in chosen)
        if not _excepted(frame, text, mentions, start, end):
            yield Hit(start, end, head, chosen)


def _places(slot: Slot, mentions: Mentions) -> list[Place]:
    """Where a slot can be filled, by position."""
    found = [places for concept in slot.concepts if (places := mentions.places(concept))]
    if len(found) == 1:
        return found[0][:_MAX_PLACES]
    return sorted(place for places in found for place in places)[:_MAX_PLACES]


def _excepted(frame: Frame, text: str, mentions: Mentions, start: int, end: int) -> bool:
    """Whether an ``unless`` stands in the clause; legal texts string many on semicolons."""
    barred = [place for concept in frame.unless for place in mentions.places(concept)]
    if not barred:
        return False
    left = text.rfind(";", 0, start) + 1
    right = text.find(";", end) if ";" in text[end:] else len(text)
    return any(left <= begin < right for begin, _ in barred)


def in_place(
    frame: Frame, here: Container[str], context: Container[str], nearby: Container[str]
) -> bool:
    """Whether the frame's surroundings are there and nothing that it bars is.

    ``nearby`` holds the concepts of the whole passage.
    """
    if frame.needs_heading and not any(c in context for c in frame.needs_heading):
        return False
    if frame.needs_context and not any(c in here or c in context for c in frame.needs_context):
        return False
    if any(c in here or c in context or c in nearby for c in frame.unless_nearby):
        return False
    wanted = frame.needs_nearby
    return not wanted or any(c in here or c in context or c in nearby for c in wanted)


def _ordered(frame: Frame, text: str, candidates: list[list[Place]]) -> Iterator[tuple[Place, ...]]:
    """For each first mention the nearest chain of following ones, by depth-first search."""

    def extend(chain: tuple[Place, ...]) -> tuple[Place, ...] | None:
        if len(chain) == len(frame.slots):
            return chain
        gap = frame.slots[len(chain)].gap
        for place in candidates[len(chain)]:
            if place[0] >= chain[-1][1] and _words(text, chain[-1], place) <= gap:
                found = extend((*chain, place))
                if found is not None:
                    return found
        return None

    for first in candidates[0]:
        chain = extend((first,))
        if chain is not None:
            yield chain


def _any_order(
    frame: Frame, text: str, candidates: list[list[Place]]
) -> Iterator[tuple[Place, ...]]:
    """For each head the arrangement with the fewest words between its mentions."""
    if prod(len(found) for found in candidates) > _MAX_COMBINATIONS:
        candidates = [found[:8] for found in candidates]
    at = next(i for i, slot in enumerate(frame.slots) if slot.head)
    best: dict[int, tuple[int, tuple[Place, ...]]] = {}
    for chosen in product(*candidates):
        between = _gaps(text, chosen)
        if any(gap is None or gap > frame.slots[0].gap for gap in between):
            continue
        total = sum(gap or 0 for gap in between)
        head = chosen[at][0]
        if head not in best or total < best[head][0]:
            best[head] = (total, chosen)
    yield from (best[head][1] for head in sorted(best))


def _gaps(text: str, chosen: tuple[Place, ...]) -> list[int | None]:
    """Words between neighbours in the text; ``None`` where two mentions overlap."""
    ranked = sorted(chosen)
    return [_words(text, a, b) if a[1] <= b[0] else None for a, b in pairwise(ranked)]


def _words(text: str, before: Place, after: Place) -> int:
    """Words between two mentions; a break counts as several, so that short gaps do not cross it."""
    between = text[before[1] : after[0]]
    return len(between.split()) + _BREAK_WORDS * sum(map(between.count, _BREAKS))
