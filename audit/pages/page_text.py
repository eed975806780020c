"""What a page says, however it was written: the record that every reader of pages gives."""

from __future__ import annotations

from dataclasses import dataclass

from audit.pages.blocks import Block
from data.vocabulary import PageType


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says.

    Attributes:
        url: the address it was read from.
        canonical: the address that it gives itself, absolute; empty if it gives none.
        words: visible words in its body.
        shell: a frame that scripts were to fill, and did not.
        truncated: not read to its end: longer than is read, or a PDF with pictures for pages.
    """

    url: str
    title: str
    description: str
    lang: str
    canonical: str
    blocks: tuple[Block, ...]
    words: int
    shell: bool
    page_type: PageType
    truncated: bool
