"""Who speaks in a block, and whether it can assert anything."""

from __future__ import annotations

from audit.pages.pages import Block, PageText
from audit.site.biographies import is_staff_speaking
from data.vocabulary import PageType, Voice

#: Who speaks in the main part of a page; the provider where none is named.
OF_PAGE = {
    PageType.BLOG: Voice.BLOG,
    PageType.NEWS: Voice.NEWS,
    PageType.TESTIMONIAL: Voice.TESTIMONIAL,
}
# The longest entry of a list of links.
_ENTRY_WORDS = 4
# Regions that stand on every page and speak for the provider, whatever the page is.
_FRAME_REGIONS = {"header", "footer", "nav", "modal"}


def can_assert(block: Block) -> bool:
    """Whether a block can assert anything: the entries of a menu or a field of a form cannot."""
    menu = block.region == "nav" or (
        block.region in {"header", "footer"}
        and block.kind == "list"
        and all(len(block.text[a:b].split()) <= _ENTRY_WORDS for a, b in block.parts)
    )
    return not menu and block.kind != "form-label"


def voice_of(block: Block, page: PageText) -> str:
    """Who speaks in a block: its own kind decides before the page it stands on."""
    if block.kind == "testimonial" and not is_staff_speaking(block.text):
        return Voice.TESTIMONIAL
    if block.region in _FRAME_REGIONS:
        return Voice.PROVIDER
    return OF_PAGE.get(page.page_type, Voice.PROVIDER)
