"""Tables that are built of plain boxes: rows of as many cells, under a row that heads columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audit.pages.flat_grids import FEWEST_CELLS, GridRow, flat_rows
from audit.pages.layout import Box, Layout
from audit.pages.tabs import is_panel
from audit.stances import rows

_MIN_CELLS, _MAX_CELLS = 2, 6
_MAX_ROWS, _MAX_LEAVES = 60, 3
# Elements with a layout of their own.
_NO_ROW = {"table", "tbody", "thead", "tr", "details", "dl", "form", "nav"}


def grid_rows(layout: Layout) -> Iterator[GridRow]:
    """The rows of tables built of boxes, each table's heads first.

    Nothing but the words of a head tells such a table from boxes that stand side by side: us and
    other clinics, or one treatment beside the next. Cells that stand in no row of their own are
    told by how they look.
    """
    inside: dict[Box, list[Box]] = defaultdict(list)
    for box in layout.boxes:
        if box.parent is not None:
            inside[box.parent].append(box)
    wanted = {_above(leaf.box) for leaf in layout.leaves if rows.may_head(leaf.text)} - {None}
    for table in layout.boxes if wanted else ():
        if table in wanted and len(inside[table]) <= _MAX_ROWS:
            yield from _rows_of(layout, [(row, inside[row]) for row in inside[table]])
    for table, cells in inside.items():
        if len(cells) >= FEWEST_CELLS and table.name not in _NO_ROW:
            yield from flat_rows(layout, table, cells)


def _above(cell: Box) -> Box | None:
    """What may be a table, of a box that may be a cell of its first row."""
    row = cell.parent
    table = row.parent if row is not None else None
    if row is None or table is None or {cell.name, row.name, table.name} & _NO_ROW:
        return None
    return table


def _rows_of(layout: Layout, read: list[tuple[Box, list[Box]]]) -> Iterator[GridRow]:
    heads = ""
    for row, boxes in read:
        cells = [box for box in boxes if box.last > box.first]
        if not _are_cells(row, cells):
            heads = ""
            continue
        texts = [layout.leaves[c.first].text for c in cells]
        if rows.are_heads(texts):
            heads = rows.SEPARATOR.join(texts)
        elif heads:
            parts = tuple(tuple(range(c.first, c.last)) for c in cells)
            yield GridRow(row.first, row.last, parts, heads)


def _are_cells(row: Box, cells: list[Box]) -> bool:
    """Whether boxes share all that stands in a row among them, a little each."""
    if not _MIN_CELLS <= len(cells) <= _MAX_CELLS or row.name in _NO_ROW:
        return False
    apart = row.first == cells[0].first and row.last == cells[-1].last
    if any(map(is_panel, cells)):
        return False
    return apart and all(c.last - c.first <= _MAX_LEAVES for c in cells)
