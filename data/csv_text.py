"""CSV as people's programs write it: told apart record by record, whatever came before.

Excel writes ``;`` where a comma stands in numbers, tabs and UTF-16 as "Unicode text", a first line
``sep=;``, leaves out empty cells at a row's end, and adds rows and columns of nothing but commas
where somebody once clicked; databases write ``|``.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = ",;\t"
_SAID = re.compile(r'"?sep=([,;\t|])"?[ \t]*\r?\n?', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Record:
    """A row as it stands: the number of its first line, its text, and its cells if it has any."""

    line: int
    text: str
    cells: list[str] | csv.Error

    @property
    def is_whole(self) -> bool:
        """Whether a line end follows; without one a file may have been cut off here."""
        return self.text.endswith(("\r", "\n"))


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 where its first bytes say so.

    Raises:
        UnicodeDecodeError: it is neither.
    """
    text = raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8")
    # Programs that add a byte order mark to what has one leave two.
    return text.lstrip("\ufeff")


def not_utf8(error: UnicodeDecodeError) -> str:
    """Where a file stops being UTF-8, and what is wrong there, for a message."""
    start, end = error.start, error.start + 1
    line = error.object[:start].count(b"\n") + 1
    return f"line {line}: not UTF-8 (byte {error.object[start:end].hex()})"


NOT_UTF8_REMEDY = "Save it as UTF-8; Excel calls that 'CSV UTF-8 (comma delimited)'."


def records(text: str) -> Iterator[Record]:
    """Each record that is not blank; after a bad one, the very next line goes on.

    A quote that is never closed would otherwise swallow every row below it.
    """
    lines = list(io.StringIO(text, newline=""))
    start, delimiter = _beginning(lines)
    while start < len(lines):
        first = start
        rest = (lines[n] for n in range(first, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                end = start + reader.line_num
                if any(cell.strip() for cell in cells):
                    yield Record(first + 1, "".join(lines[first:end]), cells)
                first = end
            return
        except csv.Error as error:
            yield Record(first + 1, lines[first], error)
            start = first + 1


def _beginning(lines: Sequence[str]) -> tuple[int, str]:
    """The place of the first line that is a row, and what stands between its cells."""
    for number, line in enumerate(lines):
        if said := _SAID.fullmatch(line):
            return number + 1, said[1]
        if line.strip():
            header = _QUOTED.sub("", line)
            usual = max(_DELIMITERS, key=header.count)
            # A bar may also stand in a column's name.
            return number, "|" if "|" in header and usual not in header else usual
    return len(lines), ","


def without_empty_end(cells: list[str]) -> list[str]:
    """The cells up to the last one that says something."""
    end = max((n for n, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:end]
