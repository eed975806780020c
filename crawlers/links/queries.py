"""What the names in an address's query tell: which choose a page, and which open a trap.

Pure: no I/O.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote

from data import page_types
from data.vocabulary import PageType

_TRAP_KEY = re.compile(
    r"replytocom|print|share|like|add[-_]to[-_].*|ical|outlook-ical|month|year|date|day|week"
    r"|tribe-bar-date|event[-_]?display|calendar|filter.*|_sft_.*|facet.*|order_?by|sort.*|order|dir"
    r"|min_price|max_price|per_?page|view|s|q|search|query|redirect.*|return.*|action"
    # A guest who follows these acts: deletes, votes, signs somebody off.
    r"|delete|remove(?:_\w+)?|undo_item|cancel(?:_\w+)?|unsubscribe|log-?out|vote|(?:un)?like_\w+"
    r"|report|wc-ajax|add_\w+",
    re.IGNORECASE,
)
_CHOOSES_BY_NAME = frozenset({"view", "action"})
# An "article" or a "post" is what these systems call whatever they show.
_LISTS = frozenset({PageType.HOME, PageType.BLOG, PageType.NEWS})
_ACTS = re.compile(
    r"log-?(?:in|out)|sign-?(?:in|out|up)|regist\w*|edit|delete|remove|vote|(?:un)?subscribe|like"
    r"|report|reply|add(?:_\w+)?",
    re.IGNORECASE,
)
_SAYS_WHAT = frozenset({"do", "act", "cmd", "op", "task", "mode"})
# Content systems without speaking addresses: in Joomla's a "view", in Drupal's "q" choose the page.
_JOOMLA = re.compile(r"com_(?!search|finder|users?$|mailto|banners)\w+")
_NO_PAGE = re.compile(
    r"log-?(?:in|out)|regist\w*|form|search|cart|checkout|calendar|year|month|week|day",
    re.IGNORECASE,
)
_DRUPAL = re.compile(r"(?!search\b|user\b|comment/reply\b)[a-z][\w-]*(?:/[\w-]+)*")
_FRONTS = ("/", "/index.php")
_NOTHING = re.compile(r"(?!)")


def trap_keys(parts: SplitResult) -> set[str]:
    """Names in a query that open a trap, and do not choose the page."""
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    found = {key for key in given if _TRAP_KEY.fullmatch(key)}
    found |= {k for k, v in given.items() if k.lower() in _SAYS_WHAT and _ACTS.fullmatch(v)}
    found -= {k for k in found & _CHOOSES_BY_NAME if _names_a_page(given[k])}
    is_page = given.get("format", "html") == "html" and not _NO_PAGE.match(given.get("view", ""))
    if is_page and _JOOMLA.fullmatch(given.get("option", "")):
        found.discard("view")
    return found - {"q"} if is_drupals(parts) else found


def _names_a_page(value: str) -> bool:
    """Whether a value is what a page of such sites is called: ``?action=faq``."""
    named = value.lower().replace("_", "-")
    is_word = named.isascii() and named.replace("-", "").isalnum()
    kind = page_types.bundled().by_path(f"/{named}/") if is_word else None
    return kind is not None and kind not in _LISTS


def path_of(parts: SplitResult) -> str:
    """The path of an address, also where Drupal's stands in the query, decoded."""
    return f"/{dict(parse_qsl(parts.query))['q']}" if is_drupals(parts) else unquote(parts.path)


def is_drupals(parts: SplitResult) -> bool:
    """Whether an address names its page as Drupal does: ``/?q=node/5``."""
    asked = dict(parse_qsl(parts.query)).get("q", "")
    return parts.path in _FRONTS and _DRUPAL.fullmatch(asked) is not None


def without(query: str, keys: re.Pattern[str], but: re.Pattern[str] = _NOTHING) -> str:
    """A query without the fields of these names, in an order that does not depend on the link.

    The fields stay as they are: to many a server ``?about`` and ``?about=`` are two pages. Those
    that are ``but`` stay, whatever their names.
    """
    fields = [
        field
        for field in query.split("&")
        if field and (not keys.fullmatch(field.partition("=")[0]) or but.fullmatch(field))
    ]
    return "&".join(sorted(fields) if all("=" in field for field in fields) else fields)
