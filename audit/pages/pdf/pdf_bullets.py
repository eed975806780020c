"""Bullets of a PDF's lists that are drawn as dots rather than written, as browsers print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2.raw as c

from audit.pages.pdf.pdf_rows import Run

_MAX_SHAPES, _MAX_DOTS = 5_000, 200
# Points; how much wider than high it may be.
_MIN, _MAX, _ROUND = 1.5, 7.0, 1.4
# In ems: how far before its item, how wide, how far at least from text before it.
_GAP, _WIDE, _ALONE = 2.5, 0.5, 10


class _Dot(NamedTuple):
    left: float
    right: float
    middle: float


def drawn_bullets(page: Any, runs: Sequence[Run]) -> list[Run]:
    """The dots on a page that stand before a line of its text, each as a run.

    Args:
        page: the page, as PDFium has it.
        runs: its text.
    """
    found: list[Run] = []
    for dot in islice(_dots(page), _MAX_DOTS):
        item = next((run for run in runs if _leads(dot, run)), None)
        if item is not None and not any(_is_before(run, item, dot) for run in runs):
            found.append(item._replace(text="•", left=dot.left, right=dot.right, bold=False))
    return found


def _dots(page: Any) -> Iterator[_Dot]:
    """The small shapes on a page that are about as high as they are wide."""
    for shape in islice(page.get_objects(max_depth=3), _MAX_SHAPES):
        if shape.type != c.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = shape.get_bounds()
        wide, high = right - left, top - bottom
        if _MIN <= wide <= _MAX and wide <= _ROUND * high and high <= _ROUND * wide:
            yield _Dot(left, right, (bottom + top) / 2)


def _leads(dot: _Dot, run: Run) -> bool:
    beside = 0 < run.left - dot.right < _GAP * run.size
    level = run.base < dot.middle < run.base + run.size
    return beside and level and dot.right - dot.left < _WIDE * run.size


def _is_before(run: Run, item: Run, dot: _Dot) -> bool:
    """Whether text stands before a dot on its line: then it is part of a drawing."""
    same_line = abs(run.base - item.base) < item.size / 2
    return same_line and 0 <= dot.left - run.right < _ALONE * item.size
