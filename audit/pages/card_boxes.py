"""Boxes that are called plans or prices, and hold an amount and what it buys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.pages.elements import FRAME
from audit.pages.layout import Layout
from audit.pages.prices_apart import joined, prices_apart

_AMOUNT = re.compile(r"[$£€]\s?\d")
_MAX_CARD, _MAX_LEAVES = 1500, 40
Lines = tuple[tuple[int, ...], ...]


def card_boxes(layout: Layout, levels: list[int]) -> Iterator[tuple[int, int, Lines]]:
    """The innermost of such boxes: first leaf, last (exclusive), and the leaves of each line."""
    inner = len(layout.leaves) + 1
    for box in reversed(layout.boxes):
        if not box.card or not 2 <= box.last - box.first <= _MAX_LEAVES or box.last > inner:
            continue
        if box.region in FRAME:
            continue
        indices = [i for i in range(box.first, box.last) if layout.leaves[i].is_written]
        if len(indices) < 3 or sum(len(layout.leaves[i].text) for i in indices) > _MAX_CARD:
            continue
        lines = _lines(layout, indices)
        texts = (joined(layout.leaves[i].text for i in line) for line in lines)
        if any(map(_AMOUNT.search, texts)) and any(
            levels[i] or layout.leaves[i].box.setting.item for i in indices
        ):
            inner = box.first
            yield box.first, box.last, lines


def _lines(layout: Layout, indices: list[int]) -> Lines:
    """A line for each leaf of a card, and one for a price in several."""
    ends = dict(prices_apart(layout, indices[0], indices[-1] + 1))
    lines: list[tuple[int, ...]] = []
    end = 0
    for index in indices:
        if index >= end:
            end = ends.get(index, index + 1)
            lines.append(tuple(i for i in indices if index <= i < end))
    return tuple(lines)
