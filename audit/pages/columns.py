"""Which columns of a table its cells stand in: a cell may span several, and several rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audit.pages.layout import Box, Layout
from audit.stances import rows

Columns = Mapping[Box, range]
# More columns are read by nobody; what spans many would make a table grow without end.
_MOST = 60
_SPAN = re.compile(r' (col|row)span="\s*(\d{1,3})')


def spans(attributes: str) -> tuple[int, int]:
    """How many columns and rows a cell spans, by its attributes in canonical form."""
    found = {way: int(count) for way, count in _SPAN.findall(attributes)}
    return _bounded(found.get("col", 1)), _bounded(found.get("row", 1))


def _bounded(count: int) -> int:
    return min(max(count, 1), _MOST)


@dataclass(slots=True)
class _Table:
    """``taken``: for each column how many rows further down a cell above it reaches."""

    taken: dict[int, int] = field(default_factory=dict)

    def place(self, cells: Iterable[Box]) -> dict[Box, range]:
        """The columns of the next row's cells."""
        placed: dict[Box, range] = {}
        below = {column: left - 1 for column, left in self.taken.items() if left > 1}
        at = 0
        for cell in cells:
            while at in self.taken:
                at += 1
            if at >= _MOST:
                break
            placed[cell] = range(at, min(at + cell.columns, _MOST))
            if cell.rows > 1:
                below |= dict.fromkeys(placed[cell], cell.rows - 1)
            at += cell.columns
        self.taken = below
        return placed


def of_rows(layout: Layout) -> Iterator[tuple[Box, Box, Columns]]:
    """Each row with its table and the columns of its cells, empty ones too.

    Cells beyond the most columns that are read have none.
    """
    cells: dict[Box, list[Box]] = defaultdict(list)
    for box in layout.boxes:
        if box.name in ("td", "th") and box.parent is not None:
            cells[box.parent].append(box)
    tables: dict[Box, _Table] = defaultdict(_Table)
    for row in layout.boxes:
        if row.name == "tr":
            of = table(row)
            yield row, of, tables[of].place(cells[row])


def table(row: Box) -> Box:
    """The table that a row belongs to."""
    box = row
    while box.parent is not None and box.name in ("tr", "thead", "tbody", "tfoot"):
        box = box.parent
    return box


@dataclass(slots=True)
class Heads:
    """The heads of a table's columns, while its rows are read from the top.

    One is open until a row of data comes; a second row of heads goes on from those above it, and
    no third: a table of nothing but ``<th>`` would have its whole text over each row.
    """

    told: dict[int, str] = field(default_factory=dict)
    is_new: bool = True
    is_open: bool = True

    def take(self, cells: Iterable[tuple[range, str]]) -> None:
        """Take the next row's cells as heads; none where it has data."""
        under = dict(self.told)
        for cell, text in cells:
            for column in cell:
                above = under.get(column, "")
                under[column] = text if text in ("", above) or not above else f"{above} {text}"
        self.is_open = self.is_new or not self.told
        self.told, self.is_new = under, False

    def above(self, cells: Iterable[range]) -> str:
        """The heads of the columns that some cells stand in, as a row block carries them."""
        heads = self.told
        told = [" / ".join(dict.fromkeys(heads[c] for c in cell if c in heads)) for cell in cells]
        if told and not told[0]:
            told = told[1:]  # the corner is often empty
        return rows.SEPARATOR.join(told) if any(told) else ""
