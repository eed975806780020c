"""What a PDF strikes out: letters under a line that is drawn through them, or under such a note."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2.raw as c

_MAX_SHAPES, _MAX_NOTES, _MAX_LINES = 5_000, 500, 400
# Points: how thick such a line is at most, and how long at least.
_THICK, _LONG = 2.0, 4.0
# How far from the middle of the letters it runs, in their heights; how far beyond them, in points.
_NEAR, _BEYOND = 0.2, 10.0


class Line(NamedTuple):
    """Left, bottom, right and top of a thin shape, in points."""

    left: float
    bottom: float
    right: float
    top: float


class Place(NamedTuple):
    """Where a letter stands along its line, its middle and its height."""

    left: float
    right: float
    middle: float
    height: float


def lines(page: Any) -> list[Line]:
    """The lines on a page, as PDFium has it, that may strike something out."""
    found = (*_drawn(page), *_noted(page))
    return [Line(*bounds) for bounds in islice(found, _MAX_LINES)]


def struck(lines: Sequence[Line], places: Mapping[int, Place]) -> set[int]:
    """The letters that lines run through, by number.

    A line that goes on beyond the letters on both sides, or far on one, is a rule behind them.
    """
    found: set[int] = set()
    for line in lines:
        level = (line.bottom + line.top) / 2
        beside = {
            number: place
            for number, place in places.items()
            if abs(place.middle - level) <= _NEAR * place.height
        }
        if not beside:
            continue
        first = min(place.left for place in beside.values()) - _BEYOND
        last = max(place.right for place in beside.values()) + _BEYOND
        if first <= line.left and line.right <= last:
            found.update(n for n, place in beside.items() if _is_under(place, line))
    return found


def _is_under(place: Place, line: Line) -> bool:
    return line.left <= (place.left + place.right) / 2 <= line.right


def _is_thin(left: float, bottom: float, right: float, top: float) -> bool:
    wide, high = sorted((right - left, top - bottom), reverse=True)
    return high <= _THICK and wide >= _LONG


def _drawn(page: Any) -> Iterator[tuple[float, float, float, float]]:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    for shape in islice(page.get_objects(max_depth=3), _MAX_SHAPES):
        if shape.type != c.FPDF_PAGEOBJ_PATH or not _is_thin(*(bounds := _bounds(shape))):
            continue
        c.FPDFPath_GetDrawMode(shape.raw, mode, stroke)
        if (stroke.value and _is_seen(c.FPDFPageObj_GetStrokeColor, shape)) or (
            mode.value and _is_seen(c.FPDFPageObj_GetFillColor, shape)
        ):
            yield bounds


def _bounds(shape: Any) -> tuple[float, float, float, float]:
    """Where a shape stands on the page, also one that is part of a drawing of its own."""
    left, bottom, right, top = shape.get_bounds()
    holder = shape.container
    while holder is not None:
        left, bottom, right, top = holder.get_matrix().on_rect(left, bottom, right, top)
        holder = holder.container
    return left, bottom, right, top


def _is_seen(color_of: Any, shape: Any) -> bool:
    """Whether a colour is neither white nor transparent."""
    red, green, blue, alpha = color = [ctypes.c_uint() for _ in range(4)]
    color_of(shape.raw, *color)
    return alpha.value > 0 and min(red.value, green.value, blue.value) < 250


def _noted(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """The middle of each text that a viewer's user has struck out."""
    points = c.FS_QUADPOINTSF()
    for number in range(min(c.FPDFPage_GetAnnotCount(page), _MAX_NOTES)):
        note = c.FPDFPage_GetAnnot(page, number)
        if c.FPDFAnnot_GetSubtype(note) == c.FPDF_ANNOT_STRIKEOUT:
            for quad in range(c.FPDFAnnot_CountAttachmentPoints(note)):
                if c.FPDFAnnot_GetAttachmentPoints(note, quad, points):
                    xs = (points.x1, points.x2, points.x3, points.x4)
                    level = (points.y1 + points.y2 + points.y3 + points.y4) / 4
                    yield min(xs), level, max(xs), level
        c.FPDFPage_CloseAnnot(note)
