"""Pieces of a PDF as boxes and leaves, so that they become blocks as a web page's do.

The elements of this layout are pages: an element's number is the page it begins on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from audit.pages.headings import BOLD_LEVEL, level_of
from audit.pages.layout import Box, Layout, Leaf, Setting
from audit.pages.pdf.pdf_paragraphs import Piece

_LEVELS = 6
_NESTED = 0.5
_CROSSES = "✗✘"
_CROSS = "✗"


def lay_out(heads: Iterable[Piece], body: Sequence[Piece], feet: Iterable[Piece]) -> Layout:
    """Lay a document out: what runs at the head of its pages, what they say, what runs below."""
    builder = _Builder(body)
    builder.margin(heads, "header")
    for kind, group in groupby(body, key=lambda piece: piece.kind):
        if kind == "item":
            builder.list(list(group))
        elif kind == "row":
            builder.table(list(group))
        else:
            for piece in group:
                builder.single(piece)
    builder.margin(feet, "footer")
    builder.end()
    return builder.layout


class _Builder:
    """``sections`` are the boxes that headings have opened, each with its heading's level, from 1.

    The whole of the body is a section of level 0, which no heading ends.
    """

    def __init__(self, body: Iterable[Piece]) -> None:
        self.layout = Layout()
        self.root = Box(1, "body", None, Setting())
        self.layout.boxes.append(self.root)
        self.sections: list[tuple[int, Box]] = [(0, self.root)]
        sizes = sorted({round(p.size) for p in body if p.kind == "heading"}, reverse=True)
        self.levels = {size: min(rank, _LEVELS) for rank, size in enumerate(sizes, 1)}

    def margin(self, pieces: Iterable[Piece], region: str) -> None:
        for piece in pieces:
            box = self.open("div", piece.page, self.root)
            box.setting = Setting(region=region)
            self.leaf(piece, box)
            self.close(box)

    def single(self, piece: Piece) -> None:
        """A heading, a paragraph or a label; a heading opens a section."""
        box = Box(piece.page, "p", None, Setting(), len(self.layout.leaves))
        leaf = self.leaf(piece, box)
        level = level_of(leaf)
        if level:
            self.end(level)
            section = self.open("section", piece.page, self.sections[-1][1], box.first)
            self.sections.append((level, section))
        box.parent = self.sections[-1][1]
        self.layout.boxes.append(box)
        self.close(box)

    def list(self, items: Sequence[Piece]) -> None:
        """A list, in one box with the line that leads in to it; items set in are lists below."""
        above = self.led() or self.sections[-1][1]
        outer = self.open("ul", items[0].page, above)
        opened: list[tuple[float, Box, Box]] = []
        for piece in items:
            edge = _NESTED * piece.size
            while opened and piece.left < opened[-1][0] - edge:
                self.close(*opened.pop()[1:])
            if not opened or piece.left > opened[-1][0] + edge:
                inner = self.open("ul", piece.page, opened[-1][2]) if opened else outer
            else:
                _, inner, last = opened.pop()
                self.close(last)
            item = self.open("li", piece.page, inner)
            item.setting = inner.setting._replace(item=item)
            self.leaf(piece, item)
            opened.append((piece.left, inner, item))
        self.close(outer, *(box for _, *boxes in opened for box in boxes))
        if above is not self.sections[-1][1]:
            self.close(above)

    def led(self) -> Box | None:
        """A box around the paragraph just written, if that ends in a colon."""
        last = self.layout.boxes[-1]
        leaves = self.layout.leaves
        if last.name != "p" or not leaves or not leaves[-1].text.endswith(":"):
            return None
        if level_of(leaves[-1]) not in (0, BOLD_LEVEL):
            return None
        above = self.open("div", last.element, last.parent or self.root, last.first)
        last.parent = above
        return above

    def table(self, rows: Sequence[Piece]) -> None:
        table = self.open("table", rows[0].page, self.sections[-1][1])
        headed = rows[0].rows[0].bold and not rows[-1].rows[0].bold
        for piece in rows:
            row = self.open("tr", piece.page, table)
            for text in piece.cells:
                name = "th" if headed and piece is rows[0] else "td"
                cell = self.open(name, piece.page, row)
                cell.setting = row.setting._replace(cell=cell)
                self.layout.leaves.append(Leaf(text, cell, piece.page, "paragraph", hidden=False))
                self.close(cell)
            self.close(row)
        self.close(table)

    def leaf(self, piece: Piece, box: Box) -> Leaf:
        kind = "form-label" if piece.kind == "label" else "paragraph"
        if piece.kind == "heading":
            kind = f"heading{self.levels[round(piece.size)]}"
        mark = _CROSS if piece.mark and piece.mark in _CROSSES else ""
        leaf = Leaf(piece.text, box, piece.page, kind, hidden=False, bold=piece.strong, mark=mark)
        self.layout.leaves.append(leaf)
        return leaf

    def open(self, name: str, page: int, parent: Box, first: int | None = None) -> Box:
        start = len(self.layout.leaves) if first is None else first
        box = Box(page, name, parent, parent.setting, start)
        self.layout.boxes.append(box)
        return box

    def close(self, *boxes: Box) -> None:
        for box in boxes:
            box.last = len(self.layout.leaves)

    def end(self, level: int = 0) -> None:
        """Close the sections that a heading of this level ends; all of them without one."""
        # The heading itself is written already, and belongs to the section that it opens.
        last = len(self.layout.leaves) - (level > 0)
        while self.sections and self.sections[-1][0] >= level:
            self.sections.pop()[1].last = last
