"""Bytes of a PDF to its text: the same blocks as a web page's, in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit.pages.blocks import Block, compose
from audit.pages.headings import level_of
from audit.pages.layout import Layout
from audit.pages.page_text import PageText
from audit.pages.page_type import page_type
from audit.pages.pdf.pdf_columns import Region, regions
from audit.pages.pdf.pdf_document import Document, load
from audit.pages.pdf.pdf_drop_caps import put_back
from audit.pages.pdf.pdf_layout import lay_out
from audit.pages.pdf.pdf_margins import part
from audit.pages.pdf.pdf_paragraphs import Piece, pieces
from audit.pages.pdf.pdf_rows import Row, rows
from audit.pages.places import Outline

# What programs call a document for want of a better name: the file that it was made from.
_FILE_NAME = re.compile(r"^Microsoft \w+ - |\.(?:docx?|odt|rtf|pages|indd|pdf|pptx?)$", re.I)
_NO_TITLE = re.compile(r"(?:untitled|document|slide|presentation)?[\d\W_]*", re.IGNORECASE)
_MAX_TITLE = 200


@dataclass(frozen=True, slots=True, eq=False)
class _Pages(Outline):
    """Where a PDF's block stands: the page that it begins on."""

    def css_path(self, element: int) -> str:
        return f"page[{element}]"


def read(body: bytes, *, url: str) -> PageText:
    """Read a PDF; the same bytes give the same blocks.

    Every block's ``css_path`` is the page that it begins on, ``page[1]`` being the first, and its
    ordinal counts the document's blocks.

    Raises:
        PageRefused: the file cannot be read, or not within bounds.
    """
    return page_text(load(body), url)


def page_text(document: Document, url: str) -> PageText:
    """What a document says whose characters have been read."""
    pages = enumerate(map(put_back, document.pages), 1)
    parted = part([rows(number, runs) for number, runs in pages])
    read_in_order = [
        region
        for number, page in enumerate(parted.pages, 1)
        for region in regions(number, [run for row in page for run in row.runs])
    ]
    layout = lay_out(_margin(parted.heads), pieces(read_in_order), _margin(parted.feet))
    headline = _headline(layout)
    title = _title(document.title) or headline
    blocks = _blocks(layout)
    return PageText(
        url=url,
        title=title,
        description="",
        lang=document.lang,
        canonical="",
        blocks=blocks,
        words=sum(len(leaf.text.split()) for leaf in layout.leaves),
        shell=False,
        page_type=page_type(url, (headline, title), frozenset(), list(blocks)),
        truncated=document.incomplete,
    )


def _margin(found: Sequence[Row]) -> Iterable[Piece]:
    for row in found:
        yield from pieces([Region((row,), row.left, row.right)])


def _blocks(layout: Layout) -> tuple[Block, ...]:
    pages = _Pages([], [])
    found = enumerate(compose(layout))
    return tuple(replace(block, outline=pages, ordinal=number) for number, block in found)


def _title(called: str) -> str:
    """What a document says it is called, if that is more than the name of a file."""
    title = _FILE_NAME.sub("", _FILE_NAME.sub("", called.strip())).replace("_", " ")
    return "" if _NO_TITLE.fullmatch(title) else title[:_MAX_TITLE]


def _headline(layout: Layout) -> str:
    """The first of the highest headings on the first page, else its first line."""
    body = [leaf for leaf in layout.leaves if leaf.box.region == "main"]
    first = [leaf for leaf in body if leaf.element == body[0].element]
    ranked = sorted((leaf for leaf in first if level_of(leaf)), key=level_of)
    return (ranked or first)[0].text[:_MAX_TITLE] if first else ""
