"""Rows of a PDF that are rows of a table: their parts stand below each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from audit.pages.pdf.pdf_rows import Row

# In ems: how exactly cells stand below each other, how far apart rows of one table are.
_ALIGNED, _NEAR = 0.5, 8.0


def first_rows(rows: Iterable[Row]) -> set[Row]:
    """The rows with cells that stand below or above cells of their neighbour.

    Args:
        rows: rows of one region that can be a table's, from the top down.
    """
    found: set[Row] = set()
    for one, other in pairwise(row for row in rows if len(row.cells) > 1):
        near = one.base - other.base < _NEAR * one.size
        if near and any(_aligned(a, b) for a in one.cells[1:] for b in other.cells[1:]):
            found |= {one, other}
    return found


def _aligned(one: Row, other: Row) -> bool:
    near = _ALIGNED * one.size
    return abs(one.left - other.left) < near or abs(one.right - other.right) < near


def is_next(above: Row, row: Row) -> bool:
    """Whether a row has its parts just where the table's row above it has its cells."""
    if len(above.cells) != len(row.parts) or above.page != row.page:
        return False
    pairs = zip(above.cells, row.parts, strict=True)
    return all(abs(cell.left - part.left) < _ALIGNED * part.size for cell, part in pairs)


def columns(above: Row, row: Row) -> list[int] | None:
    """The columns that a row's cells go on with, if it has fewer than the table's row above it."""
    lefts = [cell.left for cell in above.cells]
    if len(row.cells) >= len(lefts) or above.page != row.page:
        return None
    found = [_column(cell, lefts) for cell in row.cells]
    return None if None in found else [index for index in found if index is not None]


def _column(cell: Row, lefts: Sequence[float]) -> int | None:
    """The column that a cell stands in, if it keeps within it."""
    for index, left in enumerate(lefts):
        if abs(cell.left - left) < _ALIGNED * cell.size:
            fits = index + 1 == len(lefts) or cell.right < lefts[index + 1]
            return index if fits else None
    return None
