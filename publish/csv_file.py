"""CSV as RFC 4180 has it: UTF-8, CRLF after each record, quotes only where they are needed.

The exact file is for programs. Its twin is for spreadsheets: a byte order mark, because Excel
reads UTF-8 only with one, every cell in quotes, and an apostrophe before what could be a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa

from data.models import Issue
from publish import sheet_limits
from publish.cells import Cell, rows
from publish.formats import Format
from publish.formulas import formula_like

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class _Utf8:
    """A text door to a binary file that, unlike ``io.TextIOWrapper``, never closes it."""

    file: BinaryIO

    def write(self, text: str) -> int:
        return self.file.write(text.encode("utf-8"))


def write(table: pa.Table, file: BinaryIO) -> list[Issue]:
    """Write every cell as it stands; a null is an empty cell."""
    writer = csv.writer(_Utf8(file))
    writer.writerow(table.schema.names)
    writer.writerows(rows(table))
    return []


def write_twin(table: pa.Table, file: BinaryIO) -> list[Issue]:
    """Write the spreadsheet twin.

    A text that a cell cannot hold would spill over into the next row, and everything would stand
    under the wrong names from there: it is cut.

    Returns:
        One issue for each cell that was cut, and one if there are more rows than a sheet holds.
    """
    text = _Utf8(file)
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    names = table.schema.names
    writer.writerow(names)
    issues = list(_too_many(table.num_rows))
    for number, row in enumerate(rows(table), start=2):
        places = (f"spreadsheet twin: {name}, row {number}" for name in names)
        writer.writerow(_neutral(p, cell, issues) for p, cell in zip(places, row, strict=True))
    return issues


def _too_many(count: int) -> Iterator[Issue]:
    most = sheet_limits.MAX_ROWS - 1
    if count > most:
        what = f"{count:,} rows, of which a spreadsheet shows the first {most:,}."
        yield Issue("spreadsheet twin", what, "Use --format xlsx, which takes several sheets.")


def _neutral(place: str, cell: Cell, issues: list[Issue]) -> Cell:
    if not isinstance(cell, str):
        return cell
    written = f"'{cell}" if formula_like(cell) else cell
    if sheet_limits.units(written) > sheet_limits.MAX_CHARACTERS:
        issues.append(sheet_limits.cut_issue(place, cell))
        return sheet_limits.cut(written)
    return written


FORMAT = Format(write, twin=write_twin)
