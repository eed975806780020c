"""What only the raw page says: its own scripts took it away, so no visitor with a browser sees it.

The raw page and what a browser made of it are both kept and read, and what both say counts once.
What the raw page alone says still counts as said, because search engines and readers without
scripts are told it; but it is hidden text, and whoever reads the evidence has to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.pages.pages import Block, PageText, letters
from audit.site.read_page import ReadPage

HIDDEN = "hidden"
# Menus, footers and notices keep their names, because these tell who speaks in them.
_RENAMED = frozenset({"main", "aside"})
# A browser that saw much less than was sent saw a banner, or a page that broke.
_SEEN_WELL = 0.5


def flagged(pages: Sequence[ReadPage]) -> list[ReadPage]:
    """The pages, with the region ``hidden`` for blocks that a browser's view of them lacks."""
    seen = {read.page.parent_capture_id: read.text for read in pages}
    return [_flagged(read, seen.get(read.page.capture_id)) for read in pages]


def _flagged(raw: ReadPage, rendered: PageText | None) -> ReadPage:
    if rendered is None or rendered.truncated or rendered.words < _SEEN_WELL * raw.text.words:
        return raw
    return replace(raw, text=replace(raw.text, blocks=tuple(_blocks(raw.text, rendered))))


def _blocks(raw: PageText, rendered: PageText) -> Iterator[Block]:
    # A list stands before its items, and says all that they say.
    shown = b"".join(letters(b.text) for b in rendered.blocks if b.kind != "list-item")
    for block in raw.blocks:
        is_plain = not block.hidden and block.region != "head"
        if is_plain and letters(block.text) not in shown:
            region = HIDDEN if block.region in _RENAMED else block.region
            yield replace(block, region=region, hidden=True)
        else:
            yield block
