"""What lies behind a choice that nobody here makes: a list of states, a form that asks for pages.

Nothing is ever chosen or sent. Where a list or a search promises what rules ask for, and no link
leads there, it was not looked at; that is told apart from what is not there. Pure: no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.identity.states import us_states
from crawlers.links.page_links import is_picker, text_of
from crawlers.responses.unfilled import PROMISING
from data import page_types
from data.vocabulary import PageType

_LEAST_STATES, _MOST_LISTS, _MOST_OPTIONS, _LONGEST = 3, 40, 300, 80
_HIGH = 3
_SEARCH = "input[type=search], input[type=text], input:not([type])"
_ASKS = re.compile(r"\b(?:search|find|look ?up|browse)\b", re.IGNORECASE)
# What only puts what is there in another order, or asks who visits.
_SORTS = re.compile(r"\b(?:sort|order|per page|currency|language|country)\b", re.IGNORECASE)
# Lists of a blog's posts, as WordPress calls them.
_POSTS = frozenset({"cat", "tag", "archive-dropdown"})


def look(tree: LexborHTMLParser) -> frozenset[str]:
    """The types of page that a page promises to whoever chooses or searches, and to nobody else."""
    found = {kind for node in tree.css("select")[:_MOST_LISTS] for kind in _of_list(tree, node)}
    return frozenset(found | {kind for form in tree.css("form") for kind in _of_search(form)})


def _of_list(tree: LexborHTMLParser, node: LexborNode) -> Iterator[PageType]:
    options = node.css("option")[:_MOST_OPTIONS]
    named = _named(tree, node)
    if (
        node.attributes.get("name") in _POSTS
        or not is_picker(node)
        or _SORTS.search(named)
        or _is_shown(tree, options)
    ):
        return
    said = [text_of(option)[:_LONGEST] for option in options]
    states = sum(text.lower() in us_states() for text in said if text)
    if states >= _LEAST_STATES:
        yield _promised(named) or PageType.LOCATION
        return
    yield from filter(None, map(_promised, said))


def _of_search(form: LexborNode) -> Iterator[PageType]:
    """What a search says that it finds: "Search our questions and answers"; a bare one, nothing."""
    fields = form.css(_SEARCH)
    if (form.attributes.get("method") or "get").lower() != "get" or len(fields) != 1:
        return
    given = fields[0].attributes
    said = " ".join(filter(None, map(given.get, ("placeholder", "aria-label", "title"))))
    if _ASKS.search(f"{said} {text_of(form)}") and (kind := _promised(said[:_LONGEST])):
        yield kind


def _promised(text: str) -> PageType | None:
    kind = page_types.bundled().by_anchor(text)
    return kind if kind in PROMISING else None


def _named(tree: LexborHTMLParser, node: LexborNode) -> str:
    """What a list is called: by its label, or by a heading of the part that it stands in."""
    given = node.attributes
    names = [given.get("aria-label") or "", given.get("title") or ""]
    if (key := given.get("id")) and '"' not in key and "\\" not in key:
        names.append(text_of(tree.css_first(f'label[for="{key}"]')))
    above = node.parent
    for _ in range(_HIGH):
        if above is None or above.tag in ("body", "main", "html"):
            break
        headings = above.css("label, legend, h1, h2, h3, h4")
        names += [text_of(headings[0])] if len(headings) == 1 else []
        above = above.parent
    return " ".join(name[:_LONGEST] for name in names)


def _is_shown(tree: LexborHTMLParser, options: list[LexborNode]) -> bool:
    """Whether what a list chooses from lies in the page: under its values' names, or as data."""
    values = [v for option in options if (v := option.attributes.get("value") or "").strip()]
    plain = [v for v in values if re.fullmatch(r"[#.]?[\w-]{1,60}", v)][:_LEAST_STATES]
    there = (tree.css_first(_place(value.lstrip("#."))) for value in plain)
    return bool(plain) and all(node is not None for node in there)


def _place(value: str) -> str:
    names = (f'[{name}="{value}" i]' for name in ("id", "data-state", "data-value", "data-id"))
    return ", ".join(f"{name}:not(option, select)" for name in names)
