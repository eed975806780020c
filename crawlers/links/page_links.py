"""A page's links, also those that do not stand where links stand: in scripts, lists and viewers.

A card that a script makes one link, a button that opens a leaflet: to a visitor they are links.
They are read, never run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_LINKS = 5_000
# Of all links together: cards can stand within cards, each with the words of all.
_MOST_TEXT = 20_000_000
_TEXT_OF_A_CARD = 40_000

# A frame that is loaded later has its address in one of these, beside ``about:blank`` or none.
_LATER = ("data-src", "data-lazy-src", "data-litespeed-src", "data-cookieblock-src")
_LATER_FRAMES = ", ".join(f"iframe[{name}]:not([src])" for name in _LATER)
# Viewers of documents keep the file's address in one of these; cards that a content system's
# extensions make one link keep theirs in another.
_VIEWED = (
    "data-pdf-url",
    "data-pdf",
    "data-pdf-src",
    "data-file",
    "data-source",
    "source",
    "data-link",
)
_CARDS = (
    "data-wrapper-link",
    "data-ha-element-link",
    "data-ep-wrapper-link",
    "data-eael-wrapper-link",
)
_VIEWS = ", ".join(f"[{name}$='.pdf' i]:not([href])" for name in _VIEWED)
_CARD = re.compile(r'"url"\s*:\s*"([^"\s]{1,500})"')
_LINKING = (
    f"a[href], area[href], iframe[src], {_LATER_FRAMES}, frame[src], embed[src], object[data]"
    ", [data-href]:not([href], link), [role=link][data-url]:not([href], [data-href])"
    ", div[data-link^='/'], div[data-url^='/'][class*=card]"
    f", {_VIEWS}, {', '.join(f'[{name}]' for name in _CARDS)}"
    ", [onclick]:not([href], [data-href], [data-url]), select[onchange*=location] option"
    ", select:not([onchange*=location]) option[value^='/']"
    ", select:not([onchange*=location]) option[value^='http']"
)
_NAMES = ("href", "xlink:href", *_LATER, "src", "data", "data-href")
# location = '/faq', location.href = "/faq", location.assign('/faq'), window.open('/leaflet.pdf').
_SCRIPTED = re.compile(
    r"""\b(?:location(?:\.href)?\s*=(?!=)|location\.(?:assign|replace)\s*\(|window\.open\s*\()"""
    r"""\s*(["'`])([^"'`\s+$]{1,500})\1(?!\s*\+)""",
)
# popup('/consent.html'), openWindow('/leaflet.pdf', ...): whatever the function is, it shows that.
_SHOWN = re.compile(
    r"""\b\w{0,30}(?:open|popup|window|show|view|goto|navigate)\w{0,30}\s*\(\s*"""
    r"""(["'`])([^"'`\s+$]{1,500}\.(?:html?|pdf|php|aspx?)(?:[?#][^"'`\s+$]{0,200})?)\1(?!\s*\+)""",
    re.IGNORECASE,
)
# What is chosen is the address: location = this.value, location.href = this.options[...].value.
_CHOSEN = re.compile(
    r"""\blocation(?:\.href)?\s*(?:=|\.(?:assign|replace)\s*\()\s*"""
    r"""(?:this|event\.target)\.(?:value|options\s*\[[^\]]{1,60}\]\.value)(?!\s*\+)""",
)
_LONGEST_CHOICE, _LONGEST_SCRIPT = 500, 4_000
# "Read the whole article", and how far its card's heading may be above it.
_LONGEST_MORE, _MOST_CARDS, _CARD_DEPTH = 30, 600, 4
_LONGEST_HEADING = 300
_NO_LINK = ("#", "javascript:")
_ADDRESSES = ("/", "https://", "http://")
# What a visitor tells of himself stands in these.
_TOLD = (
    "textarea, input[type=text], input[type=email], input[type=tel], input[type=date]"
    ", input[type=number], input[type=password], input:not([type])"
)
_WHOLE = frozenset({"body", "main", "html"})
_NO_CARDS = frozenset({"nav", "body", "main", "html"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands: address, text, and the language that it says it leads to.

    ``heading`` is that of the card that it stands in, where its own text is short ("Read more").
    """

    href: str
    text: str
    language: str | None = None
    heading: str = ""


def links(tree: LexborHTMLParser) -> Iterator[Link]:
    """The links of a page, in its order; translations that its head names come last."""
    addressed = ((node, _address(node)) for node in tree.css(_LINKING))
    room, cards = _MOST_TEXT, _MOST_CARDS
    for node, href in islice(((n, href) for n, href in addressed if href), MAX_LINKS):
        text = node.text(separator=" ") if room > 0 else ""
        room -= len(text) if node.tag == "a" else max(len(text), _TEXT_OF_A_CARD)
        anchor = _anchor(node, text)
        heading = ""
        if cards and len(anchor) <= _LONGEST_MORE:
            cards -= 1
            heading = _heading_of_card(node)
        yield Link(href, anchor, node.attributes.get("hreflang"), heading)
    for node in tree.css("link[rel=alternate][hreflang][href]"):
        yield Link(node.attributes["href"] or "", "", node.attributes["hreflang"])


def _address(node: LexborNode) -> str | None:
    given = node.attributes
    plain = next(filter(None, map(given.get, _NAMES)), None)
    if plain is not None and not plain.strip().lower().startswith(_NO_LINK):
        return plain
    if node.tag not in ("a", "area", "button") and (kept := _kept(given)) is not None:
        return kept
    if node.tag == "option":
        return given.get("value") if _is_chosen(node) else None
    if given.get("role") == "link" and given.get("data-url"):
        return given["data-url"]
    script = f"{given.get('onclick') or ''} {plain or ''}"
    scripted = _SCRIPTED.search(script) or _SHOWN.search(script[:_LONGEST_SCRIPT])
    return scripted[2].replace("\\/", "/") if scripted else plain


def _kept(given: Mapping[str, str | None]) -> str | None:
    """The address that a viewer of documents, or a card, keeps for its script."""
    card = next(filter(None, map(given.get, _CARDS)), None)
    if card is not None:
        found = _CARD.search(card)
        return found[1].replace("\\/", "/") if found else None
    return next(filter(None, map(given.get, (*_VIEWED, "data-url"))), None)


def _is_chosen(option: LexborNode) -> bool:
    """Whether the list in which an option stands leads to its value, and to nothing made of it.

    What listens to a list may not be written there; where a visitor tells nothing of himself, an
    address is there to be gone to.
    """
    above = option.parent
    while above is not None and above.tag != "select":
        above = above.parent
    if above is None:
        return False
    script = above.attributes.get("onchange")
    if script is not None:
        return _CHOSEN.search(script[:_LONGEST_CHOICE]) is not None
    leads = (option.attributes.get("value") or "").startswith(_ADDRESSES)
    return leads and is_picker(above)


def is_picker(node: LexborNode) -> bool:
    """Whether a list is there to choose what is shown, and is no part of what a visitor tells."""
    around, above = node, node.parent
    for high in count():
        if above is None or above.tag in _WHOLE:
            break
        if above.tag == "form":
            is_sent = (above.attributes.get("method") or "get").lower() != "get"
            return not is_sent and above.css_first(_TOLD) is None
        if high < _CARD_DEPTH:
            around = above
        above = above.parent
    return around.css_first(_TOLD) is None


def _anchor(node: LexborNode, text: str) -> str:
    if text := " ".join(text.split()):
        return text
    picture = node.css_first("img[alt]")
    named = next(filter(None, map(node.attributes.get, ("aria-label", "title", "alt"))), None)
    return named or (picture.attributes.get("alt") if picture else None) or ""


def _heading_of_card(node: LexborNode) -> str:
    """The heading of the smallest part of a page with one, where that part is about this link."""
    above = node.parent
    for _ in range(_CARD_DEPTH):
        if above is None or above.tag in _NO_CARDS:
            return ""
        headings = above.css("h1, h2, h3, h4, h5, h6")
        if headings:
            return text_of(headings[0])[:_LONGEST_HEADING] if len(headings) == 1 else ""
        above = above.parent
    return ""


def text_of(node: LexborNode | None) -> str:
    """What is to be read in an element, on one line."""
    return " ".join(node.text(separator=" ").split()) if node else ""
