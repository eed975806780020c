"""CSV as RFC 4180 has it: UTF-8, CRLF after each record, quotes only where they are needed.

The exact file is for programs. Its twin is for spreadsheets: a byte order mark, because Excel
reads UTF-8 only with one, every cell in quotes, and an apostrophe before what could be a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa

from data.models import Issue
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
    """Write the spreadsheet twin."""
    text = _Utf8(file)
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(table.schema.names)
    writer.writerows(_neutral(row) for row in rows(table))
    return []


def _neutral(row: Iterable[Cell]) -> list[Cell]:
    return [f"'{cell}" if isinstance(cell, str) and formula_like(cell) else cell for cell in row]


FORMAT = Format(write, twin=write_twin)
