"""Bytes of a page to its text, blocks and what it says of itself: the one door for HTML and PDF."""

from __future__ import annotations

from audit.pages import request_log
from audit.pages.blocks import Block, compose
from audit.pages.boxes import lay_out
from audit.pages.decoding import decode, is_binary
from audit.pages.documents_within import blocks_within
from audit.pages.embedded.embedded import schema_types
from audit.pages.embedded.unseen import letters, unseen
from audit.pages.head import read_head
from audit.pages.markup import PageRefused, parse
from audit.pages.page_text import PageText
from audit.pages.page_type import page_type
from audit.pages.quotations import with_speakers
from audit.pages.shell import is_shell
from audit.pages.xhtml import as_html

__all__ = ["EXTRACTOR_VERSION", "Block", "PageRefused", "PageText", "is_pdf", "letters", "read"]

# Part of every block's name: raise it with any change that moves a block's text or place.
EXTRACTOR_VERSION = "13"
MAX_BYTES = 8 * 1024 * 1024
# The longest terms of service that we know have some 150,000 characters.
MAX_TEXT = 400_000


def read(body: bytes, *, url: str, content_type: str | None = None) -> PageText:
    """Read an HTML page, a PDF or the log of a page's load; the same bytes give the same blocks.

    Args:
        body: the payload, content encoding undone.
        url: its address, or a file's path.
        content_type: the HTTP header of that name, if there was one.

    Raises:
        PageRefused: the page cannot be read within bounds.
    """
    if request_log.is_log(content_type):
        return request_log.read(body, url=url)
    if is_pdf(body, content_type):
        from audit.pages.pdf import pdf  # only where there is one: most sites have none

        return pdf.read(body, url=url)
    markup = parse(_text(body[:MAX_BYTES], content_type))
    layout = lay_out(markup)
    written = with_speakers([*compose(layout), *blocks_within(layout)])
    title = next((b.text for b in written if b.kind == "meta"), "")
    head = read_head(layout, title, url)
    blocks = [*head.blocks, *written]
    blocks += unseen(markup, layout, blocks)
    words = sum(len(b.text.split()) for b in written if _is_seen(b))
    kept = _within(blocks, MAX_TEXT)
    headline = next((b.text for b in written if layout.names[b.element] == "h1"), "")
    return PageText(
        url=url,
        title=title,
        description=head.description,
        lang=head.lang,
        canonical=head.canonical,
        blocks=tuple(kept),
        words=words,
        shell=is_shell(markup, words),
        page_type=page_type(url, (headline, title), schema_types(markup.scripts), blocks),
        truncated=len(body) > MAX_BYTES or len(kept) < len(blocks),
    )


def _text(body: bytes, content_type: str | None) -> str:
    text = decode(body, content_type)
    if is_binary(body, text):
        raise PageRefused("it is no text: compressed twice, or a file of another kind")
    return as_html(text, content_type)


def _within(blocks: list[Block], most: int) -> list[Block]:
    """The blocks up to so many characters of text: what is longer was made to be long."""
    room = most
    for number, block in enumerate(blocks):
        if block.kind != "list-item":
            room -= len(block.text)
        if room < 0:
            return blocks[:number]
    return blocks


def is_pdf(body: bytes, content_type: str | None = None) -> bool:
    """Whether a payload is a PDF by its first bytes, or by what it is sent as."""
    typed = (content_type or "").lower().startswith("application/pdf")
    # Viewers look for it in the first kilobyte; what has a tag before it is a page about PDFs.
    return typed or b"%PDF-" in body[:1024].partition(b"<")[0]


def _is_seen(block: Block) -> bool:
    return not block.hidden and block.region != "head" and block.kind not in ("alt", "list-item")
