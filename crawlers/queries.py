"""What the names in an address's query tell: which choose a page, and which open a trap.

Pure: no I/O.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote

_TRAP_KEY = re.compile(
    r"replytocom|print|share|like|add[-_]to[-_].*|ical|outlook-ical|month|year|date|day|week"
    r"|tribe-bar-date|event[-_]?display|calendar|filter.*|_sft_.*|facet.*|order_?by|sort.*|order|dir"
    r"|min_price|max_price|per_?page|view|s|q|search|query|redirect.*|return.*|action",
    re.IGNORECASE,
)
# Content systems without speaking addresses: in Joomla's a "view", in Drupal's "q" choose the page.
_JOOMLA = re.compile(r"com_(?!search|finder|users?$|mailto|banners)\w+")
_NO_PAGE = re.compile(
    r"log-?(?:in|out)|regist\w*|form|search|cart|checkout|calendar|year|month|week|day",
    re.IGNORECASE,
)
_DRUPAL = re.compile(r"(?!search\b|user\b|comment/reply\b)[a-z][\w-]*(?:/[\w-]+)*")
_FRONTS = ("/", "/index.php")


def trap_keys(parts: SplitResult) -> set[str]:
    """Names in a query that open a trap, and do not choose the page."""
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    found = {key for key in given if _TRAP_KEY.fullmatch(key)}
    is_page = given.get("format", "html") == "html" and not _NO_PAGE.match(given.get("view", ""))
    if is_page and _JOOMLA.fullmatch(given.get("option", "")):
        found.discard("view")
    return found - {"q"} if is_drupals(parts) else found


def path_of(parts: SplitResult) -> str:
    """The path of an address, also where Drupal's stands in the query, decoded."""
    return f"/{dict(parse_qsl(parts.query))['q']}" if is_drupals(parts) else unquote(parts.path)


def is_drupals(parts: SplitResult) -> bool:
    """Whether an address names its page as Drupal does: ``/?q=node/5``."""
    asked = dict(parse_qsl(parts.query)).get("q", "")
    return parts.path in _FRONTS and _DRUPAL.fullmatch(asked) is not None


def without(query: str, keys: re.Pattern[str]) -> str:
    """A query without the fields of these names, in an order that does not depend on the link.

    The fields stay as they are: to many a server ``?about`` and ``?about=`` are two pages.
    """
    fields = [f for f in query.split("&") if f and not keys.fullmatch(f.partition("=")[0])]
    return "&".join(sorted(fields) if all("=" in field for field in fields) else fields)
