"""Tables whose cells are boxes in one grid, without a row around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.pages.elements import FRAME
from audit.pages.layout import Box, Layout
from audit.stances import rows

_MIN_COLUMNS, _MAX_COLUMNS, _MIN_ROWS, _MAX_CELLS, _MAX_LEAVES = 2, 6, 3, 240, 3
_LONGEST_HEAD = 60
FEWEST_CELLS = _MIN_COLUMNS * _MIN_ROWS
_SAID = re.compile(r"\bgrid-cols-\[?([2-6])(?!\d)|grid-template-columns\s*:\s*repeat\(\s*([2-6])\b")


@dataclass(frozen=True, slots=True)
class GridRow:
    """The leaves of a row, by cell, and the heads of its columns."""

    first: int
    last: int
    cells: tuple[tuple[int, ...], ...]
    heads: str


def flat_rows(layout: Layout, table: Box, cells: Sequence[Box]) -> Iterator[GridRow]:
    """The rows of a grid, under its first, which heads the columns.

    How many cells make a row is said by the grid's class or style, or seen: the first cell of each
    row looks unlike the others, and each like the one above it.
    """
    if not FEWEST_CELLS <= len(cells) <= _MAX_CELLS or table.region in FRAME:
        return
    apart = table.first == cells[0].first and table.last == cells[-1].last
    if not apart or any(c.last - c.first > _MAX_LEAVES or c.name == "li" for c in cells):
        return
    count = _columns(table, cells)
    if not count:
        return
    texts = [" ".join(t.text for t in layout.leaves[c.first : c.last]).strip() for c in cells]
    heads = texts[:count]
    if not _are_heads(cells, texts, count):
        return
    for at in range(0, len(cells), count):
        told = [i for i in range(at, at + count) if texts[i]]
        parts = tuple(tuple(range(cells[i].first, cells[i].last)) for i in told)
        over = rows.SEPARATOR.join(heads[i - at] for i in told if i > at or not at)
        yield GridRow(cells[at].first, cells[at + count - 1].last, parts, over)


def _columns(table: Box, cells: Sequence[Box]) -> int:
    """How many columns a grid has, 0 if nobody can tell."""
    said = {int(one or other) for one, other in _SAID.findall(table.looks)}
    # Of several, for screens of several sizes, the most are seen where there is room for a table.
    for count in sorted(said, reverse=True) or range(_MIN_COLUMNS, _MAX_COLUMNS + 1):
        if len(cells) % count or len(cells) < _MIN_ROWS * count:
            continue
        if said or _repeats([cell.looks for cell in cells[count:]], count):
            return count
    return 0


def _repeats(looks: list[str], count: int) -> bool:
    alike = all(one == above for one, above in zip(looks[count:], looks, strict=False))
    return alike and looks[0] not in looks[1:count]


def _are_heads(cells: Sequence[Box], texts: Sequence[str], count: int) -> bool:
    """Whether the first row heads columns: by an empty corner, by its looks or its words."""
    heads, leads = texts[:count], texts[count::count]
    if not all(heads[1:]) or not all(leads) or any(len(h) > _LONGEST_HEAD for h in heads):
        return False
    unlike = [c.looks for c in cells[:count]] != [c.looks for c in cells[count : 2 * count]]
    return (unlike and not heads[0]) or rows.are_heads(heads) or (
        unlike and any(map(rows.may_head, heads[1:]))
    )  # fmt: skip
