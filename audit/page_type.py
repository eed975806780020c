"""What a page is for: by its address, what its publisher calls it, its title, then its shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import data
from audit import declarations
from audit.blocks import Block
from data.models import PageType

FILE = Path(data.__file__).parent / "reference" / "page_types.yml"
# What a publisher says of a post wins over an address: many posts stand at the top of a site.
_SCHEMA = {
    "BlogPosting": PageType.BLOG,
    "NewsArticle": PageType.NEWS,
    "FAQPage": PageType.FAQ,
    "Article": PageType.BLOG,
}
_DECISIVE = ("BlogPosting", "NewsArticle")
_KEEPS_ITS_ADDRESS = {PageType.HOME, PageType.LEGAL, PageType.CONSENT, PageType.FAQ, PageType.NEWS}
_SUFFIX = re.compile(r"\.(?:html?|xhtml|shtml|php|aspx?|jsp)$")
# What follows in a title is the site's name, which tells nothing of the page.
_SITE_NAME = re.compile(r"\s+[|\u00b7\u2013\u2014\u2022:-]\s+")
_SHAPES = (("faq", PageType.FAQ, 0.5), ("testimonial", PageType.TESTIMONIAL, 0.6))
_MIN_SHAPED = 4
_MAX_TITLE = 300


@dataclass(frozen=True, slots=True)
class PageTypes:
    """The expressions of ``page_types.yml``, in order."""

    path: tuple[tuple[PageType, re.Pattern[str]], ...]
    title: tuple[tuple[PageType, re.Pattern[str]], ...]

    def by_path(self, url: str) -> PageType | None:
        """The type that an address tells."""
        return _first(self.path, folded_path(url)) if urlsplit(url).netloc else None

    def by_title(self, text: str) -> PageType | None:
        """The type that a title or main heading tells."""
        own = _SITE_NAME.split(text[:_MAX_TITLE], maxsplit=1)[0]
        return _first(self.title, " ".join(own.lower().split()))


@lru_cache(maxsize=1)
def bundled() -> PageTypes:
    """The types that ship with ketawatch."""
    types = declarations.read(FILE, required={"types"}, optional=set())["types"]
    return PageTypes(
        tuple(
            (PageType(n), re.compile("|".join(t["path"]))) for n, t in types.items() if t["path"]
        ),
        tuple((PageType(n), _any_word(t["title"])) for n, t in types.items() if t["title"]),
    )


def folded_path(url: str) -> str:
    """An address's path as ``page_types.yml`` describes it: ``/about-us/our-team/``."""
    path = unquote(urlsplit(url).path).lower().rstrip("/")
    steps = (re.sub(r"[^a-z0-9]+", "-", s).strip("-") for s in _SUFFIX.sub("", path).split("/"))
    folded = "/".join(filter(None, steps))
    return f"/{folded}/" if folded else "/"


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
    types = bundled()
    by_path = types.by_path(url)
    named = [_SCHEMA[name] for name in _DECISIVE if name in schema]
    if named and by_path not in _KEEPS_ITS_ADDRESS:
        return named[0]
    by_title = (types.by_title(title) for title in titles)
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


def _any_word(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, words))})(?![a-z0-9])")


def _first(types: tuple[tuple[PageType, re.Pattern[str]], ...], text: str) -> PageType | None:
    return next((name for name, expression in types if expression.search(text)), None)
