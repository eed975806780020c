"""The order in which a person reads a PDF's page: column by column where there are columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from audit.pages.pdf.pdf_rows import GUTTER, ROW, Row, Run, parted, rows

# A column is read for itself if it looks like prose: long lines, most of what it has, or many.
_MIN_LINES, _MANY_LINES, _MIN_LETTERS = 3, 6, 18
_FULL, _MOSTLY = 0.6, 0.5
# A page is split so often at most, after so many tries; one of more pieces is read as it lies.
_MAX_DEPTH, _MAX_GUTTERS, _MAX_TRIED, _MAX_PIECES = 12, 24, 12, 4_000

_Piece = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Rows to be read from top to bottom; ``right`` is the edge that most full lines reach."""

    rows: tuple[Row, ...]
    left: float
    right: float


def regions(page: int, runs: Sequence[Run]) -> Iterator[Region]:
    """The parts of a page in reading order: column by column where there are columns."""
    pieces = [piece for row in rows(page, runs) for piece in parted(row.runs, GUTTER)]
    for part in _in_order(pieces, _MAX_DEPTH if len(pieces) <= _MAX_PIECES else 0):
        whole = rows(page, (run for piece in part for run in piece))
        yield Region(tuple(whole), min(row.left for row in whole), _edge(whole))


def _edge(whole: Sequence[Row]) -> float:
    """The right edge of a text: the rightmost place that three lines reach, within an em."""
    ends = sorted((row.right for row in whole), reverse=True)
    return next((a for a, b in zip(ends, ends[2:], strict=False) if a - b < whole[0].size), ends[0])


def _in_order(pieces: list[_Piece], depth: int) -> Iterator[list[_Piece]]:
    """Split at the gutter with most text beside it, then the parts, until nothing is to split."""
    cut = _best_cut(pieces) if depth else None
    if cut is None:
        if pieces:
            yield pieces
        return
    left, right = _beside(pieces, cut)
    for part in (pieces[: cut.first], left, right, pieces[cut.last :]):
        yield from _in_order(part, depth - 1)


class _Cut(NamedTuple):
    """A gutter, and the stretch of pieces that stand on either side of it."""

    gutter: float
    first: int
    last: int


def _beside(pieces: Sequence[_Piece], cut: _Cut) -> tuple[list[_Piece], list[_Piece]]:
    """The pieces to the left of a gutter, and those to its right."""
    stretch = pieces[cut.first : cut.last]
    left = [piece for piece in stretch if piece[-1].right <= cut.gutter]
    return left, [piece for piece in stretch if piece[-1].right > cut.gutter]


def _best_cut(pieces: Sequence[_Piece]) -> _Cut | None:
    """The longest stretch with prose on both sides of a gutter."""
    stretches = (cut for gutter in _gutters(pieces) for cut in _stretches(pieces, gutter))
    longest = sorted(stretches, key=lambda cut: cut.first - cut.last)[:_MAX_TRIED]
    for cut in longest:
        for narrowed in _side_by_side(pieces, cut):
            if all(map(_is_column, _beside(pieces, narrowed))):
                return narrowed
    return None


def _gutters(pieces: Sequence[_Piece]) -> list[float]:
    """The places between neighbours in a row, those with most rows first."""
    found = Counter[float]()
    for one, other in pairwise(pieces):
        gap = other[0].left - one[-1].right
        if gap > GUTTER * one[0].size and _level(one, other):
            found[round((one[-1].right + other[0].left) / 2)] += 1
    return [gutter for gutter, _ in found.most_common(_MAX_GUTTERS)]


def _stretches(pieces: Sequence[_Piece], gutter: float) -> Iterator[_Cut]:
    """The stretches of pieces of which none lies across a gutter."""
    first = 0
    for last, piece in enumerate(pieces):
        if piece[0].left < gutter < piece[-1].right:
            if last - first >= 2 * _MIN_LINES:
                yield _Cut(gutter, first, last)
            first = last + 1
    yield _Cut(gutter, first, len(pieces))


def _side_by_side(pieces: Sequence[_Piece], cut: _Cut) -> Iterator[_Cut]:
    """Where text stands on both sides: to the end of the longer one, or of the shorter one."""
    sides: tuple[list[int], list[int]] = ([], [])
    for index in range(cut.first, cut.last):
        sides[pieces[index][-1].right > cut.gutter].append(index)
    left, right = sides
    if left and right:
        first, last = max(left[0], right[0]), min(left[-1], right[-1])
        while first > cut.first and _level(pieces[first - 1], pieces[first]):
            first -= 1
        while last + 1 < cut.last and _level(pieces[last], pieces[last + 1]):
            last += 1
        yield _Cut(cut.gutter, first, cut.last)
        yield _Cut(cut.gutter, first, last + 1)


def _level(one: _Piece, other: _Piece) -> bool:
    """Whether two pieces stand in one row."""
    return abs(one[0].base - other[0].base) < ROW * max(one[0].size, other[0].size)


def _is_column(pieces: Sequence[_Piece]) -> bool:
    """Whether pieces look like a column of prose rather than one of a table."""
    lines: list[list[float]] = []
    for piece in pieces:
        left, right = piece[0].left, piece[-1].right
        letters = sum(len(run.text.replace("_", "")) for run in piece)
        line = lines[-1] if lines else None
        if line is not None and line[0] - piece[0].base < ROW * piece[0].size:
            line[1:] = min(line[1], left), max(line[2], right), line[3] + letters
        else:
            lines.append([piece[0].base, left, right, letters])
    if len(lines) < _MIN_LINES:
        return False
    width = max(line[2] for line in lines) - min(line[1] for line in lines)
    full = sum(ln[2] - ln[1] >= _FULL * width and ln[3] >= _MIN_LETTERS for ln in lines)
    return full >= (_MIN_LINES if full >= _MOSTLY * len(lines) else _MANY_LINES)
