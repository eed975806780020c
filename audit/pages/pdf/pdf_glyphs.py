"""Characters of a PDF's page to runs of text: words in one style, on one line, close together."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as c

from audit.pages.pdf import pdf_strikes
from audit.pages.pdf.pdf_paper import Paper
from audit.pages.pdf.pdf_rows import Run
from audit.pages.pdf.pdf_spacing import closed_up

_BOLD = re.compile(rb"bold|black|heavy|demi|-medi\b", re.IGNORECASE)
_PICTURES = re.compile(rb"wingdings", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # ISO 32000-1, table 123
# Characters that symbol fonts give codes of their own; any other one of them is a bullet.
_SYMBOL_FONTS = range(0xF000, 0xF100)
_SYMBOLS = {
    0x02: "-",  # PDFium's sign for a hyphen at a line's end
    0xF0A8: "☐",
    0xF06F: "☐",
    0xF071: "☐",
    0xF0FB: "✗",
    0xF0FC: "✓",
    0xF0FE: "☑",
}
_WHITE = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000))
_BREAKS = frozenset((0x0A, 0x0D))
# In ems: a wider gap begins a new run; so does a middle that lies higher or lower.
_WIDE, _BACK, _OTHER_LINE = 0.7, 1.0, 0.6
_SIZE_CHANGES = 0.1
_WHITEST = 255
_SEEN = 1.5  # points: nobody reads smaller letters


class _Style(NamedTuple):
    """Size in points as it is drawn, and weight."""

    size: float = 1.0
    bold: bool = False

    def differs(self, other: _Style) -> bool:
        sizes = abs(self.size - other.size) > _SIZE_CHANGES * self.size
        return sizes or self.bold != other.bold


class _Glyph(NamedTuple):
    """One character: where it begins and ends along its line, its middle and height."""

    text: str
    left: float = 0.0
    right: float = 0.0
    middle: float = 0.0
    height: float = 0.0

    def goes_on(self, before: _Glyph, size: float) -> bool:
        """Whether it stands on the line of the character before it, and close to that."""
        gap = self.left - before.right
        return -_BACK * size <= gap <= _WIDE * size and (
            abs(self.middle - before.middle) <= _OTHER_LINE * size
        )


# Left, bottom, right and top of what a page shows, in points.
Sheet = tuple[float, float, float, float]


class PageReader:
    """The characters of one page, turned so that its text runs from left to right.

    ``unknown`` counts words whose font does not tell which letters they are; ``unseen`` are the
    runs, by number, that the page does not show: drawn with nothing, white on bare paper, too
    small, or beside it.
    """

    def __init__(
        self,
        text: Any,
        count: int,
        sheet: Sheet,
        paper: Paper,
        lines: Sequence[pdf_strikes.Line] = (),
    ) -> None:
        self.text, self.count, self.sheet = text, count, sheet
        self.paper = paper
        self.unseen: set[int] = set()
        self.color = [ctypes.c_uint() for _ in range(4)]
        self.box, self.x, self.y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self.matrix, self.flags = c.FS_MATRIX(), ctypes.c_int()
        self.name = ctypes.create_string_buffer(128)
        self.unknown = 0
        # A page may be turned by its viewer, or its text by its author: most characters decide.
        turns = Counter(map(self._quarter_turns, range(0, count, max(1, count // 50))))
        self.turn = turns.most_common(1)[0][0] if turns else 0
        self.struck: set[int] = set()
        self.struck |= self._struck(lines) if lines else set()

    def runs(self) -> list[Run]:
        """The runs of the page, in the order of the file.

        Text at an angle to the rest, such as a stamp across the page, is left out.
        """
        letters: list[list[tuple[str, float]]] = []
        return closed_up(list(self._runs(letters)), letters)

    def _runs(self, letters: list[list[tuple[str, float]]]) -> Iterator[Run]:
        """The same as they come, and each one's letters with the gaps before them."""
        said: list[tuple[str, float]] = []
        number = -1
        left = base = 0.0
        last, style, space, ended, pictures = _Glyph(""), _Style(), False, True, False
        for index, glyph in self._glyphs():
            if not glyph.text.strip():
                space, ended = True, ended or glyph.text == "\n"
                continue
            if space or ended or abs(glyph.height - last.height) > _SIZE_CHANGES * last.height:
                ended = ended or style.differs(self._style(index))
            if ended or not glyph.goes_on(last, style.size):
                if said:
                    letters.append(said)
                    yield Run(_text(said), left, last.right, base, *style)
                said, style = [], self._style(index)
                pictures = _PICTURES.search(self.name.value) is not None
                if self._quarter_turns(index) != self.turn:
                    ended = True
                    continue
                number += 1
                if glyph.height < _SEEN or self._is_unseen(index):
                    self.unseen.add(number)
                left, base, space = glyph.left, self._baseline(index), False
            shown = _picture(glyph.text) if pictures else glyph.text
            gap = (glyph.left - last.right) / style.size
            said.append((f" {shown}" if space else shown, gap))
            last, space, ended = glyph, False, False
        if said:
            letters.append(said)
            yield Run(_text(said), left, last.right, base, *style)

    def _struck(self, lines: Sequence[pdf_strikes.Line]) -> set[int]:
        """The characters that lines on the page run through."""
        corners = [(*self._turned(*line[:2]), *self._turned(*line[2:])) for line in lines]
        turned = [
            pdf_strikes.Line(*map(min, one[:2], one[2:]), *map(max, one[:2], one[2:]))
            for one in corners
        ]
        level = [line for line in turned if line.right - line.left > line.top - line.bottom]
        places = {
            index: pdf_strikes.Place(*glyph[1:])
            for index, glyph in (self._glyphs() if level else ())
            if glyph.text.strip()
        }
        return pdf_strikes.struck(level, places)

    def _glyphs(self) -> Iterator[tuple[int, _Glyph]]:
        """Characters with their numbers; white space as a blank, or a line's end."""
        box = self.box
        for index in range(self.count):
            code = c.FPDFText_GetUnicode(self.text, index)
            if index in self.struck:
                continue
            if code in _WHITE:
                yield index, _Glyph("\n" if code in _BREAKS else " ")
            elif text := _character(code):
                c.FPDFText_GetLooseCharBox(self.text, index, box)
                left, bottom = self._turned(box.left, box.bottom)
                right, top = self._turned(box.right, box.top)
                if self.turn:  # then these are other corners than they were
                    left, right, bottom, top = *sorted((left, right)), *sorted((bottom, top))
                yield index, _Glyph(text, left, right, (bottom + top) / 2, top - bottom)

    def _quarter_turns(self, index: int) -> int:
        angle: float = c.FPDFText_GetCharAngle(self.text, index)
        # A size below zero turns letters around, which their angle does not tell.
        turned = 2 if c.FPDFText_GetFontSize(self.text, index) < 0 else 0
        return (round(angle / (math.pi / 2)) + turned) % 4

    def _is_unseen(self, index: int) -> bool:
        """Whether a character cannot be seen, or is drawn wholly beside the page."""
        drawn = c.FPDFText_GetTextObject(self.text, index)
        mode = c.FPDFTextObj_GetTextRenderMode(drawn) if drawn else c.FPDF_TEXTRENDERMODE_UNKNOWN
        if mode == c.FPDF_TEXTRENDERMODE_INVISIBLE:
            return True
        known: bool = c.FPDFText_GetFillColor(self.text, index, *self.color) == 1
        if known and self.color[3].value == 0:
            return True
        box, (left, bottom, right, top) = self.box, self.sheet
        c.FPDFText_GetLooseCharBox(self.text, index, box)
        if box.right < left or box.left > right or box.top < bottom or box.bottom > top:
            return True
        white = known and min(part.value for part in self.color[:3]) == _WHITEST
        filled = mode == c.FPDF_TEXTRENDERMODE_FILL
        return white and filled and self.paper.is_bare(box.left, box.bottom, box.right, box.top)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        return ((x, y), (-y, x), (-x, -y), (y, -x))[self.turn]

    def _baseline(self, index: int) -> float:
        c.FPDFText_GetCharOrigin(self.text, index, self.x, self.y)
        return self._turned(self.x.value, self.y.value)[1]

    def _style(self, index: int) -> _Style:
        text, matrix = self.text, self.matrix
        c.FPDFText_GetMatrix(text, index, matrix)
        size = abs(c.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.c, matrix.d)
        c.FPDFText_GetFontInfo(text, index, self.name, len(self.name), self.flags)
        self.unknown += c.FPDFText_HasUnicodeMapError(text, index) == 1
        bold = _BOLD.search(self.name.value) is not None
        return _Style(max(size, 1.0), bold or bool(self.flags.value & _FORCE_BOLD))


def _text(letters: list[tuple[str, float]]) -> str:
    return "".join(said for said, _ in letters)


def _picture(text: str) -> str:
    """What a font of pictures draws for a letter; what is no letter of its own stays."""
    return _character(_SYMBOL_FONTS.start + ord(text)) if "!" <= text <= "\xff" else text


@lru_cache(maxsize=4096)
def _character(code: int) -> str:
    """A character by its code; nothing for controls, and for private codes of unknown fonts."""
    if code in _SYMBOL_FONTS:
        return _SYMBOLS.get(code, "•")
    character = _SYMBOLS.get(code, chr(code))
    return character if character.isprintable() or character == "\u00ad" else ""
