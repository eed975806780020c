"""Where a PDF's page stays white although letters stand there: white ones, on bare paper."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as c

_SIDE = 1000.0  # pixels
_WHITE = 255


class Paper:
    """A page, as PDFium has it, drawn when it is first asked for.

    Shapes alone do not tell what is behind a letter: a pattern or a gradient is white to PDFium.
    """

    def __init__(self, page: Any) -> None:
        self._page = page
        self._drawn: Any = None

    def is_bare(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether nothing can be seen in a part of the page, given in points."""
        page = self._page
        if self._drawn is None:
            longest = max(page.get_width(), page.get_height(), 1.0)
            self._drawn = page.render(scale=min(1.0, _SIDE / longest))
        drawn = self._drawn
        (x, y), (other_x, other_y) = self._pixel(left, bottom), self._pixel(right, top)
        columns = sorted((_within(x, drawn.width), _within(other_x, drawn.width)))
        rows = sorted((_within(y, drawn.height), _within(other_y, drawn.height)))
        first, last = (column * drawn.n_channels for column in (columns[0], columns[1] + 1))
        pixels = memoryview(drawn.buffer).cast("B")
        return all(
            min(pixels[row * drawn.stride + first : row * drawn.stride + last], default=_WHITE)
            == _WHITE
            for row in range(rows[0], rows[1] + 1)
        )

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (self._drawn.width, self._drawn.height)
        c.FPDF_PageToDevice(self._page.raw, 0, 0, *size, 0, x, y, across, down)
        return across.value, down.value


def _within(place: int, size: int) -> int:
    return min(max(place, 0), size - 1)
