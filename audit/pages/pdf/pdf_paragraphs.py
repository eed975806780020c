"""Rows of a PDF put together: paragraphs, headings, list items, table rows and form labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audit.pages.pdf import pdf_tables
from audit.pages.pdf.pdf_columns import Region
from audit.pages.pdf.pdf_marks import is_dash, is_label, is_number, mark_of
from audit.pages.pdf.pdf_rows import Row
from audit.text import line_ends
from audit.text.left_open import goes_on

_CLOSING = "\"'”’)]»"
_ENDS = (".", "!", "?", ":", ";", "…")
# In ems; lines of one paragraph are at most so much further apart than lines commonly are.
_INDENT, _LOOSE = 0.8, 1.25
_COMMON_PITCH, _MAX_PITCH = 1.25, 2.6
_SAME_SIZE, _LARGE, _VERY_LARGE = 0.1, 1.15, 1.4
_MAX_HEADING, _MAX_HEADING_ROWS, _MAX_NUMBERED_HEADING, _MIN_CAPITALS = 200, 4, 90, 5
# A line that leaves so much of its column empty was ended on purpose.
_ROOM = 0.2
_MAX_ROWS = 400


@dataclass(slots=True)
class Piece:
    """What is read as one: ``kind`` is ``paragraph``, ``heading``, ``item``, ``row`` or ``label``.

    Attributes:
        left: where its bullet stands, or its text.
        mark: the bullet or number of an item.
        cells: the cells of a table's row.
        strong: set apart as a heading is, by weight or capital letters alone.
    """

    kind: str
    text: str
    rows: list[Row]
    left: float
    mark: str = ""
    cells: list[str] = field(default_factory=list)
    strong: bool = False

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.rows[0].page

    @property
    def size(self) -> float:
        """The size of its first row."""
        return self.rows[0].size


def pieces(regions: Sequence[Region]) -> list[Piece]:
    """Put the rows of regions together, which follow each other in reading order."""
    builder = _Builder(regions)
    for region in regions:
        builder.read(region)
    for piece in builder.found:
        _settle(piece, builder.body)
    return builder.found


def _settle(piece: Piece, body: float) -> None:
    """Tell headings and labels from paragraphs and items, now that all of their text is there."""
    text, large = piece.text, piece.size >= _LARGE * body
    bold = all(row.bold for row in piece.rows)
    title = large or (bold and not text.endswith((".", ";", ",")))
    if is_number(piece.mark) and len(text) <= _MAX_NUMBERED_HEADING and title:
        piece.kind, piece.text, piece.mark = "paragraph", f"{piece.mark} {text}", ""
    if piece.kind != "paragraph" or not any(map(str.isalpha, text)):
        return
    few = len(piece.rows) <= _MAX_HEADING_ROWS
    sentence = text.endswith((".", ";", ",")) and piece.size < _VERY_LARGE * body
    if large and few and len(text) <= _MAX_HEADING and not sentence:
        piece.kind, piece.text = "heading", " ".join(piece.text.split())
    elif is_label(text):
        piece.kind = "label"
    else:
        piece.strong = few and (bold or (text.isupper() and len(text) >= _MIN_CAPITALS))


class _Builder:
    """Goes through a document's rows; ``found`` are its pieces, the last one still open."""

    def __init__(self, regions: Sequence[Region]) -> None:
        rows = [row for region in regions for row in region.rows]
        self.found: list[Piece] = []
        self.region: Region | None = None
        self.known = _words(rows)
        sizes = Counter[float]()
        for row in rows:
            sizes[round(row.size * 2) / 2] += len(row.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 1.0
        self.pitches = _pitches(regions)

    def read(self, region: Region) -> None:
        marks = {row: mark_of(row) for row in region.rows}
        in_table = pdf_tables.first_rows(r for r in marks if not marks[r] and not is_label(r.text))
        for row, mark in marks.items():
            last = self.found[-1] if self.found else None
            if row in in_table:
                self.found.append(_row(row, row.cells))
            elif last is not None and last.kind == "row" and self._in_table(last, row):
                pass
            elif last is not None and self._goes_on(last, row, mark, region):
                self._add(last, row, region)
            else:
                self.found.append(_begun(row, mark))
            self.region = region

    def _in_table(self, last: Piece, row: Row) -> bool:
        """Read a row as the next of the table above it, or as more of that table's last row."""
        above, before = last.rows[0], last.rows[-1]
        if pdf_tables.is_next(above, row):
            self.found.append(_row(row, row.parts))
            return True
        columns = pdf_tables.columns(above, row)
        if columns is None or not 0 < before.base - row.base <= _LOOSE * self._pitch(before):
            return False
        for index, cell in zip(columns, row.cells, strict=True):
            last.cells[index] += f" {cell.text}"
        last.text = " ".join(last.cells)
        last.rows.append(row)
        return True

    def _goes_on(self, last: Piece, row: Row, mark: str, region: Region) -> bool:
        """Whether a row goes on with the piece before it."""
        before = last.rows[-1]
        ended = before.text.rstrip(_CLOSING).endswith(_ENDS)
        runs_on = not ended and not mark and row.text[:1].islower()
        if last.kind == "row" or len(last.rows) >= _MAX_ROWS or not _of_one_size(before, row):
            return False
        if mark and (ended or last.kind == "item" or not is_dash(mark)):
            return False
        if not runs_on and (is_label(before.text) or is_label(row.text) or before.bold != row.bold):
            return False
        if region is not self.region:
            return runs_on or line_ends.is_cut(before.text)
        if before.base - row.base > _LOOSE * self._pitch(before):
            return False
        return not self._parts(last, row, ended, self._room(before, row, region))

    def _parts(self, last: Piece, row: Row, ended: bool, room: float) -> bool:
        """Whether a row just below another one begins something new all the same."""
        if last.kind == "item":
            edge = last.left + _INDENT * row.size / 2
            hanging = len(last.rows) > 1 and last.rows[1].left > edge
            return row.left < edge and (hanging or (ended and room > 0))
        if last.size >= _LARGE * self.body:
            return False
        return ended and (room > 0 or row.left > last.left + _INDENT * row.size)

    def _room(self, before: Row, row: Row, region: Region) -> float:
        """How much room the row before had left beside the first word of this one."""
        word = row.text.split(" ", 1)[0]
        width = (row.right - row.left) / max(1, len(row.text)) * (len(word) + 1)
        return region.right - before.right - width

    def _pitch(self, row: Row) -> float:
        return self.pitches.get(round(row.size), row.size * _COMMON_PITCH)

    def _add(self, last: Piece, row: Row, region: Region) -> None:
        room = self._room(last.rows[-1], row, region)
        runs_on = row.text[:1].islower() or goes_on(last.rows[-1].text, row.text)
        broken = room > _ROOM * (region.right - region.left) and not runs_on
        if not last.text:  # so far it was a bullet alone
            last.text = row.text
        elif broken and region is self.region:
            last.text = f"{last.text}\n{row.text}"
        else:
            last.text = line_ends.joined(last.text, row.text, self.known)
        last.rows.append(row)


def _begun(row: Row, mark: str) -> Piece:
    if not mark:
        return Piece("paragraph", row.text, [row], row.left)
    return Piece("item", row.text[len(mark) :].lstrip(), [row], row.left, mark.strip())


def _row(row: Row, parts: Sequence[Row]) -> Piece:
    cells = [part.text for part in parts]
    return Piece("row", " ".join(cells), [row], row.left, cells=cells)


def _of_one_size(before: Row, row: Row) -> bool:
    """Whether two rows are of one size, or the text where they meet is (small capitals are not)."""
    meeting = ((before.size, row.size), (before.runs[-1].size, row.runs[0].size))
    return any(abs(one - other) <= _SAME_SIZE * one for one, other in meeting)


def _words(rows: Iterable[Row]) -> Counter[str]:
    """The words within the rows: not those that may have been cut at either end."""
    known = Counter[str]()
    cut = False
    for row in rows:
        found = line_ends.words(row.text)
        inner = found[cut:-1] if line_ends.is_cut(row.text) else found[cut:]
        known.update(inner)
        cut = line_ends.is_cut(row.text)
    return known


def _pitches(regions: Iterable[Region]) -> dict[int, float]:
    """The most common distance between lines, by their size."""
    found: dict[int, Counter[float]] = {}
    for one, other in (pair for region in regions for pair in pairwise(region.rows)):
        pitch = round((one.base - other.base) * 2) / 2
        if round(one.size) == round(other.size) and 0 < pitch <= _MAX_PITCH * one.size:
            found.setdefault(round(one.size), Counter())[pitch] += 1
    return {size: counts.most_common(1)[0][0] for size, counts in found.items()}
