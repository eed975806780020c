"""What a page is for, from its address, title and first heading.

The words are data (``data/reference/page_types.yml``), shared with the crawler, which has only the
address and the link's text to go by.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from data.models import PageType

FILE = Path(__file__).parent.parent / "data" / "reference" / "page_types.yml"
_FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)$")


def page_type(url: str, title: str, heading: str, article: bool) -> PageType:
    """The type of a page; an address decides before a title does."""
    path = _folded_path(url)
    for name, patterns, _ in _types():
        if any(p.search(path) for p in patterns):
            return PageType(name)
    if article:
        return PageType.BLOG
    for text in (heading.lower(), title.lower()):
        for name, _, words in _types():
            if words is not None and words.search(text):
                return PageType(name)
    return PageType.OTHER


def _folded_path(url: str) -> str:
    path = _FILE_ENDING.sub("", unquote(urlsplit(url).path).lower())
    path = re.sub(r"[^a-z0-9/]+", "-", path)
    return f"/{path.strip('/')}/".replace("//", "/")


@lru_cache(maxsize=1)
def _types() -> tuple[tuple[str, tuple[re.Pattern[str], ...], re.Pattern[str] | None], ...]:
    declared = yaml.safe_load(FILE.read_text(encoding="utf-8"))["types"]
    return tuple(
        (
            name,
            tuple(re.compile(p) for p in entry["path"]),
            _whole_words(entry["title"]) if entry["title"] else None,
        )
        for name, entry in declared.items()
    )


def _whole_words(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")(?:\b|$)")
