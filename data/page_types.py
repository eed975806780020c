"""How an address, a link's text or a title tell what a page is for: ``page_types.yml``, read once.

The crawler expects a type from address and link text; the audit decides it once it has the page.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from data.vocabulary import PageType

FILE = Path(__file__).parent / "reference" / "page_types.yml"

_SUFFIX = re.compile(r"\.(?:html?|xhtml|shtml|php|aspx?|jsp|pdf)$")
# What follows in a title is the site's name, which tells nothing of the page.
_SITE_NAME = re.compile(r"\s+[|\u00b7\u2013\u2014\u2022:-]\s+")
_LONGEST_TITLE = 300

_Expressions = tuple[tuple[PageType, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class PageTypes:
    """The expressions of ``page_types.yml``, in order: the first that fits decides."""

    help_desk: re.Pattern[str]
    path: _Expressions
    anchor: _Expressions
    title: _Expressions

    def by_path(self, folded: str) -> PageType | None:
        """The type that an address tells, folded by ``folded_path``."""
        return PageType.FAQ if self.help_desk.search(folded) else _first(self.path, folded)

    def by_anchor(self, text: str) -> PageType | None:
        """The type that a link's text promises."""
        return _first(self.anchor, _plain(text))

    def anchors(self, types: Container[PageType]) -> str:
        """One expression for the links' texts of several types, which scripts read as well."""
        return "|".join(told.pattern for kind, told in self.anchor if kind in types)

    def by_title(self, text: str) -> PageType | None:
        """The type that a title or main heading tells."""
        return _first(self.title, _plain(_SITE_NAME.split(text[:_LONGEST_TITLE], maxsplit=1)[0]))


@lru_cache(maxsize=1)
def bundled() -> PageTypes:
    """The types that ship with ketawatch."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    types: dict[str, Any] = told["types"]
    return PageTypes(
        help_desk=re.compile("|".join(told["help_desk"])),
        path=_expressions(types, "path", "|".join),
        anchor=_expressions(types, "anchor", _any_word),
        title=_expressions(types, "title", _any_word),
    )


def _expressions(types: dict[str, Any], key: str, join: Any) -> _Expressions:
    return tuple(
        (PageType(name), re.compile(join(entry[key])))
        for name, entry in types.items()
        if entry[key]
    )


def folded_path(url: str, lead: Iterable[str] = ()) -> str:
    """An address's path as ``page_types.yml`` describes it: ``/about-us/our-team/``.

    Args:
        url: the address.
        lead: steps to put before the path, such as the labels of a sub-domain.
    """
    path = unquote(urlsplit(url).path).lower().rstrip("/")
    steps = [*lead, *_SUFFIX.sub("", path).split("/")]
    folded = "/".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", s).strip("-") for s in steps)))
    return f"/{folded}/" if folded else "/"


def _any_word(words: Iterable[str]) -> str:
    return rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, words))})(?![a-z0-9])"


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _first(types: _Expressions, text: str) -> PageType | None:
    return next((name for name, expression in types if expression.search(text)), None)
