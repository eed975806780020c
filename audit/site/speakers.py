"""Who speaks in a block, and whether it can assert anything."""

from __future__ import annotations

import re

from audit.pages.pages import Block, PageText
from audit.site.biographies import is_named, is_staff_speaking
from data.vocabulary import PageType, Voice

#: Who speaks in the main part of a page; the provider where none is named.
OF_PAGE = {
    PageType.BLOG: Voice.BLOG,
    PageType.NEWS: Voice.NEWS,
    PageType.TESTIMONIAL: Voice.TESTIMONIAL,
}
# The longest entry of a list of links.
_ENTRY_WORDS = 4
# On a page of stories the house speaks to its reader of itself, and patients speak of themselves:
# "Post a review, and we'll take $25 off your next month".
_OF_THE_HOUSE = re.compile(r"\b(?:we(?:['\u2019](?:ll|re|ve|d))?|us|our)\b", re.IGNORECASE)
_TO_THE_READER = re.compile(r"\byou(?:r|rs|['\u2019](?:ll|re|ve|d))?\b", re.IGNORECASE)
_OF_ONESELF = re.compile(
    r"\bI(?:['\u2019](?:ll|m|ve|d))?\b|\b(?:my|me|mine|myself)\b|^\W*[\u201c\"]"
)
# "Quill A, Reed BC. Title. Pain Pract. 2021;3(2):19-27", "Quill, A., & Reed, B. (2021). Title".
_CITED = re.compile(
    r"\W*(?:\d{1,3}[.)\]]? ?)?[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)?"
    r"(?: [A-Z]{1,3}(?: Jr)?[,.]|, [A-Z]\.)"
)
_IN_PRINT = re.compile(
    r"\b(?:19|20)\d\d;\s?\d|\((?:19|20)\d\d[a-z]?\)|\b(?:doi:|doi\.org/|PMID\b)", re.IGNORECASE
)
_QUOTES = ("“", '"', "‘", "«", "„")
# Regions that stand on every page and speak for the provider, whatever the page is.
_FRAME_REGIONS = {"header", "footer", "nav", "modal"}


def can_assert(block: Block) -> bool:
    """Whether a block can assert anything: a menu's entries, a form's field, a citation cannot."""
    menu = block.region == "nav" or (
        block.region in {"header", "footer", "modal"}
        and block.kind == "list"
        and all(len(block.text[a:b].split()) <= _ENTRY_WORDS for a, b in block.parts)
    )
    return not menu and block.kind != "form-label" and not _is_citation(block)


def _is_citation(block: Block) -> bool:
    """Whether a block names papers and says nothing of them: their titles are their authors'."""
    texts = [block.text[a:b] for a, b in block.parts] or [block.text]
    return all(_CITED.match(text) and _IN_PRINT.search(text) for text in texts)


def voice_of(block: Block, page: PageText) -> str:
    """Who speaks in a block: its own kind decides before the page it stands on."""
    if block.kind == "testimonial" and not _is_of_staff(block):
        return Voice.TESTIMONIAL
    if block.region in _FRAME_REGIONS:
        return Voice.PROVIDER
    if page.page_type == PageType.TESTIMONIAL and _is_of_the_house(block.text):
        return Voice.PROVIDER
    return OF_PAGE.get(page.page_type, Voice.PROVIDER)


def _is_of_staff(block: Block) -> bool:
    """Whether a first person is somebody who works there: by the words, or named with a degree."""
    is_quoted = block.text.startswith(_QUOTES)
    return is_staff_speaking(block.text) or (is_named(block.heading) and not is_quoted)


def _is_of_the_house(text: str) -> bool:
    speaks = _OF_THE_HOUSE.search(text) and _TO_THE_READER.search(text)
    return speaks is not None and _OF_ONESELF.search(text) is None
