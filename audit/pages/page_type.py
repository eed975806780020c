"""What a page is for: by its address, what its publisher calls it, its title, then its shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from audit.pages import posts
from audit.pages.blocks import Block
from data import page_types
from data.vocabulary import PageType

# What a publisher says of a post wins over an address: many posts stand at the top of a site.
_SCHEMA = {
    "BlogPosting": PageType.BLOG,
    "NewsArticle": PageType.NEWS,
    "FAQPage": PageType.FAQ,
    "Article": PageType.BLOG,
}
_DECISIVE = ("BlogPosting", "NewsArticle")
_KEEPS_ITS_ADDRESS = {PageType.HOME, PageType.LEGAL, PageType.CONSENT, PageType.FAQ, PageType.NEWS}
# Addresses that name a page behind the question mark: what stands before it is the front door's.
_ASKED_FOR = re.compile(
    r"(?:^|&)(?:p|page_id|page|pageid|attachment_id)=(?!(?:home|index|main|[01])(?:[.&]|$))[^&]"
)
_SHAPES = (("faq", PageType.FAQ, 0.5), ("testimonial", PageType.TESTIMONIAL, 0.6))
_MIN_SHAPED = 4


def page_type(
    url: str, titles: Iterable[str], schema: frozenset[str], blocks: list[Block]
) -> PageType:
    """Decide a page's type.

    Args:
        url: its address; a file's path tells nothing.
        titles: its title and main headings, the most telling first.
        schema: the schema.org types of its JSON-LD.
        blocks: its blocks.
    """
    types, titles = page_types.bundled(), list(titles)
    path = page_types.folded_path(url) if urlsplit(url).netloc else ""
    by_path = types.by_path(path) if path else None
    if by_path is PageType.HOME and _ASKED_FOR.search(urlsplit(url).query):
        path, by_path = "", None
    named = [_SCHEMA[name] for name in _DECISIVE if name in schema]
    if named and by_path not in _KEEPS_ITS_ADDRESS:
        return named[0]
    by_title = list(map(types.by_title, titles))
    stays = _KEEPS_ITS_ADDRESS.intersection((by_path, *by_title))
    is_placed = any((by_path, *by_title))
    if not stays and posts.is_post(path, titles, blocks, placed=is_placed):
        return PageType.BLOG
    called = [_SCHEMA[name] for name in _SCHEMA if name in schema]
    found = by_path or next(filter(None, by_title), None) or next(iter(called), None)
    return found or _by_shape(blocks) or PageType.OTHER


def _by_shape(blocks: list[Block]) -> PageType | None:
    """The type of a page that consists of one kind of thing."""
    main = [b for b in blocks if b.region == "main" and b.kind != "list-item"]
    total = sum(len(b.text) for b in main) or 1
    sizes, counts = Counter[str](), Counter(b.kind for b in main)
    for block in main:
        sizes[block.kind] += len(block.text)
    for kind, found, share in _SHAPES:
        if counts[kind] >= _MIN_SHAPED and sizes[kind] >= share * total:
            return found
    return PageType.PRICING if counts["price-card"] >= 2 else None
