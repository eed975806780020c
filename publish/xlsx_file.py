"""Excel workbooks: texts are always texts, and what a sheet cannot hold is said.

Limits: ``publish.sheet_limits``. Escapes of what XML cannot hold: ECMA-376 part 1, 22.9.2.19
(ST_Xstring).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from tempfile import gettempdir
from typing import Any, BinaryIO

import pyarrow as pa
from lxml.etree import SerialisationError  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from data.errors import DiskError
from data.models import Issue
from publish import sheet_limits
from publish.cells import Cell, rows
from publish.formats import Format
from publish.formulas import formula_like
from publish.sheet_limits import MAX_CHARACTERS, MAX_ROWS, units

_TITLE = "ketawatch"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_READ_AS_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE_OR_CHARACTER = re.compile("_x[0-9A-F]{4}_|.", re.DOTALL)


@dataclass(slots=True)
class _Sheet:
    """One sheet and what could not be written as it stands."""

    title: str
    part: Any  # openpyxl's WriteOnlyWorksheet; its stubs leave out what is used here
    cut: list[Issue] = field(default_factory=list)
    escaped: list[str] = field(default_factory=list)

    def append(self, number: int, names: list[str], row: tuple[Cell, ...]) -> None:
        self.part.append(
            [
                self._text(f"{name}, row {number}", cell)
                if isinstance(cell, str)
                else self._number(cell)
                for name, cell in zip(names, row, strict=True)
            ]
        )

    def _text(self, place: str, text: str) -> Any:
        written = escape(text)
        if _NOT_IN_XML.search(text):
            self.escaped.append(f"sheet {self.title}: {place}")
        if units(written) > MAX_CHARACTERS:
            written = cut(written)
            self.cut.append(sheet_limits.cut_issue(f"sheet {self.title}: {place}", text))
        if not formula_like(written) and not written.startswith("#"):
            return written
        # openpyxl takes "=..." for a formula and "#N/A" for an error; the quote prefix is the
        # apostrophe of a spreadsheet, so that editing the cell does not make it a formula either.
        cell = WriteOnlyCell(self.part, written)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell

    def _number(self, value: float | None) -> Any:
        if not isinstance(value, float):
            return value
        # openpyxl would round to 16 digits; 17 are needed to bring back the same number.
        cell = WriteOnlyCell(self.part, repr(value))
        cell.data_type = "n"
        return cell


def write(table: pa.Table, file: BinaryIO) -> list[Issue]:
    """Write as many sheets as the rows need, each with a frozen header row.

    Returns:
        One issue for each cell that was cut, and one a sheet for cells with escaped characters.

    Raises:
        DiskError: the folder for temporary files, where sheets are made, is full.
    """
    try:
        return _write(table, file)
    except SerialisationError as error:
        raise DiskError(
            f"{gettempdir()}: cannot hold the sheet while it is made ({error}).",
            "Free some space there, or name another folder in TMPDIR.",
        ) from error


def _write(table: pa.Table, file: BinaryIO) -> list[Issue]:
    book = Workbook(write_only=True)
    issues: list[Issue] = []
    names = table.schema.names
    body = rows(table)
    for index in range(max(1, math.ceil(table.num_rows / (MAX_ROWS - 1)))):
        title = _TITLE if index == 0 else f"{_TITLE} {index + 1}"
        sheet = _Sheet(title, book.create_sheet(title))
        sheet.part.freeze_panes = "A2"
        sheet.part.append(names)
        for number, row in enumerate(islice(body, MAX_ROWS - 1), start=2):
            sheet.append(number, names, row)
        issues += sheet.cut + _escaped_issue(sheet.escaped)
    # A zip file that fails half-way tries again, with noise, when it is collected.
    with BytesIO() as whole:
        book.save(whole)
        file.write(whole.getbuffer())
    return issues


def escape(text: str) -> str:
    """The text as XML can hold it; Excel turns ``_x000B_`` back into the character."""
    literal = _READ_AS_ESCAPE.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", literal)


def cut(escaped: str) -> str:
    """As much of an escaped text as fits into a cell, with the mark; no escape is cut in two."""
    return sheet_limits.cut(piece[0] for piece in _ESCAPE_OR_CHARACTER.finditer(escaped))


def _escaped_issue(places: list[str]) -> list[Issue]:
    if not places:
        return []
    what = f"control characters are written as _xHHHH_ here and in {len(places) - 1} more cells."
    return [Issue(places[0], what, "The other formats hold them as they are.")]


FORMAT = Format(write, text=False)
