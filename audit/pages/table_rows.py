"""Rows of tables as groups: of cells, of cells left empty, and of plain boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audit.pages import columns
from audit.pages.grids import grid_rows
from audit.pages.group import Group, runs, size
from audit.pages.layout import Box, Layout
from audit.stances import rows

_MAX_ROW = 1500
# Nested tables are looked at from each of their levels: a bound keeps that linear.
_MAX_CELLS = 60


def rows_of_cells(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Table rows of plain cells, each with its column heads; tables for layout are passed over."""
    heads: dict[Box, columns.Heads] = defaultdict(columns.Heads)
    for row, table, placed in columns.of_rows(layout):
        if not 2 <= row.last - row.first <= _MAX_CELLS:
            continue
        indices = [
            i
            for i in range(row.first, row.last)
            if layout.leaves[i].is_written or _alone(layout, i)
        ]
        cells = [layout.leaves[i].box.setting.cell for i in indices]
        parts = runs(indices, cells)
        if (
            len(parts) < 2
            or any(cell not in placed for cell in cells)
            or any(0 < levels[i] < 7 for i in indices)
            or size(layout, indices) > _MAX_ROW
        ):
            continue
        own = [cell for part in parts if (cell := layout.leaves[part[0]].box.setting.cell)]
        over = heads[table]
        lead_in = over.above([placed[cell] for cell in own])
        texts = [" ".join(layout.leaves[i].text for i in part) for part in parts]
        if over.is_open:
            strong = over.is_new and _is_set_apart(layout, indices, table)
            gives = _is_headed(row, own) or (over.is_new and rows.are_heads(texts, strong=strong))
            over.take(zip((placed[cell] for cell in own), texts, strict=True) if gives else ())
        yield Group("table-row", row.first, row.last, parts, lead_in)


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
