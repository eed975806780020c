"""Rows of tables as groups: of cells, of cells left empty, and of plain boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from audit.pages import columns
from audit.pages.answered_heads import HeadedRow, heads_answers, only_asked
from audit.pages.grids import grid_rows
from audit.pages.group import Group, runs, size
from audit.pages.layout import Box, Layout
from audit.stances import rows

_MAX_ROW = 1500
# Nested tables are looked at from each of their levels: a bound keeps that linear.
_MAX_CELLS = 60
# Fewer cells with something in them make no row.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row that have something in them: their boxes, leaves and texts."""

    boxes: list[Box]
    parts: tuple[tuple[int, ...], ...]
    texts: list[str]

    @property
    def leaves(self) -> list[int]:
        return [i for part in self.parts for i in part]


def rows_of_cells(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Table rows of plain cells, each with its column heads; tables for layout are passed over."""
    tables: dict[Box, list[tuple[Group, HeadedRow]]] = defaultdict(list)
    heads: dict[Box, columns.Heads] = defaultdict(columns.Heads)
    for row, table, placed in columns.of_rows(layout):
        cells = _cells(layout, levels, row, placed)
        if cells is None:
            continue
        over = heads[table]
        told = [(placed[c], text) for c, text in zip(cells.boxes, cells.texts, strict=True)]
        lead_in = over.above([at for at, _ in told])
        headed = over.is_open and _is_headed(row, cells.boxes)
        gives = headed
        if len(told) < _FEWEST:  # a head alone may stand over its column, beside an empty corner
            gives = headed = headed and not any(0 in at for at, _ in told)
        elif over.is_open and over.is_new:
            strong = _is_set_apart(layout, cells.leaves, table)
            gives = headed or rows.are_heads(cells.texts, strong=strong)
            headed = headed or (gives and strong)
        if gives or (over.is_open and len(told) >= _FEWEST):
            over.take(told if gives else ())
        group = Group("table-row", row.first, row.last, cells.parts, lead_in)
        tables[table].append((group, HeadedRow(told, headed)))
    for found in tables.values():
        yield from _with_heads(found)


def _cells(layout: Layout, levels: list[int], row: Box, placed: columns.Columns) -> _Cells | None:
    if not 1 <= row.last - row.first <= _MAX_CELLS:
        return None
    indices = [
        i for i in range(row.first, row.last) if layout.leaves[i].is_written or _alone(layout, i)
    ]
    owners = [layout.leaves[i].box.setting.cell for i in indices]
    if (
        any(cell not in placed for cell in owners)
        or any(0 < levels[i] < 7 for i in indices)
        or size(layout, indices) > _MAX_ROW
    ):
        return None
    parts = runs(indices, owners)
    own = [cell for part in parts if (cell := layout.leaves[part[0]].box.setting.cell)]
    return _Cells(own, parts, [" ".join(layout.leaves[i].text for i in part) for part in parts])


def _with_heads(table: list[tuple[Group, HeadedRow]]) -> Iterator[Group]:
    """The rows of a table; of its heads, those that its rows answer say nothing themselves."""
    told = [row for _, row in table]
    for number, (group, row) in enumerate(table):
        below = told[number + 1 :]
        heads = row.heads or (number == 0 and heads_answers(row, below))
        asked = only_asked(row, below) if heads else frozenset()
        if asked or len(group.parts) >= _FEWEST:
            yield replace(group, asked=asked)


def only_named(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Rows that name a thing and leave their other cells empty, where other rows say yes or no."""
    cells = (box for box in layout.boxes if box.name in ("td", "th") and box.last == box.first + 1)
    answered = {
        columns.table(cell.parent)
        for cell in cells
        if cell.parent is not None and rows.answer(layout.leaves[cell.first].text)
    }
    for row, table, placed in columns.of_rows(layout) if answered else ():
        alone = row.last == row.first + 1 and layout.leaves[row.first].is_written
        if table in answered and alone and len(placed) > 1 and next(iter(placed)).last == row.last:
            yield Group("table-row", row.first, row.last, ((row.first,),))


def _is_set_apart(layout: Layout, row: list[int], table: Box) -> bool:
    """Whether a row is bold in a table that is not."""
    bold = all(layout.leaves[i].bold for i in row)
    return bold and not all(leaf.bold for leaf in layout.leaves[table.first : table.last])


def _is_headed(row: Box, cells: list[Box]) -> bool:
    """Whether the markup says that a row heads the columns of its table."""
    in_head = row.parent is not None and row.parent.name == "thead"
    return in_head or all(cell.name == "th" for cell in cells)


def rows_of_boxes(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Rows of tables that are built of plain boxes."""
    for row in grid_rows(layout):
        written = (tuple(i for i in cell if layout.leaves[i].text) for cell in row.cells)
        parts = tuple(filter(None, written))
        if len(parts) > 1 and not any(0 < levels[i] < 7 for cell in parts for i in cell):
            yield Group("table-row", row.first, row.last, parts, row.heads)


def _alone(layout: Layout, index: int) -> bool:
    """Whether a leaf is all that its cell holds: an icon that says yes or no."""
    leaf = layout.leaves[index]
    cell = leaf.box.setting.cell
    return leaf.kind == "alt" and cell is not None and cell.last - cell.first == 1
