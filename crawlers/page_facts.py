"""What the crawler has to know of a page to go on: its links, and whether it is a page at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.encoding import html_to_unicode

from crawlers import refresh
from crawlers.not_found import says_not_found
from crawlers.places import as_browsers_read
from data.huge_tags import has_huge_tag

MAX_LINKS = 5_000
FEW_WORDS = 40
_OPENING = 1_500

# lexbor's time is quadratic in the depth of nesting; these elements cause no nesting.
_MAX_DEPTH = 5_000
_FEW_TAGS = 4_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_FLAT = re.compile(
    r"area|base|body|br|col|dd|dt|embed|head|hr|html|img|input|li|link|meta|option|p|param|source"
    r"|tbody|td|th|thead|tr|track|wbr"
)
_LINKING = "a[href], area[href], iframe[src], frame[src], embed[src], object[data]"
_MENU = "nav a[href], header a[href], footer a[href], [role=navigation] a[href]"
_UNSEEN = ["script", "style", "template", "noscript"]
# Where frameworks mount an application.
_MOUNT = (
    ", ".join(
        f"#{name}"
        for name in (
            "root",
            "app",
            "__next",
            "__nuxt",
            "___gatsby",
            "app-root",
            "svelte",
            "react-root",
        )
    )
    + ", #main-app, app-root"
)
_WAITING = re.compile(r"(?:loading|please wait)?[\s.…]*", re.IGNORECASE)
_ASKS_FOR_SCRIPTS = re.compile(
    r"(?:enable|requires?|need|turn on|activate)\b.{0,40}\bjava ?script"
    r"|java ?script\b.{0,40}\b(?:enabled?|required|disabled)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands: address, text, and the language that it says it leads to."""

    href: str
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page is to the crawler.

    ``refresh`` is where it sends a visitor on at once; ``opening`` its first words; ``canonical``
    what it calls its address; ``has_menu`` tells whether a header, menu or footer has links,
    ``links_cut`` whether the page has more links than are looked at.
    """

    base: str
    links: tuple[Link, ...] = ()
    title: str = ""
    heading: str = ""
    opening: str = ""
    words: int = 0
    shell: bool = False
    not_found: bool = False
    refresh: str | None = None
    canonical: str | None = None
    has_menu: bool = False
    links_cut: bool = False

    def after(self, raw: PageFacts | None) -> PageFacts:
        """These facts, with the links that only the page as sent had."""
        known = {link.href for link in self.links}
        more = (link for link in raw.links if link.href not in known) if raw else ()
        links = (*self.links, *more)
        cut = self.links_cut or len(links) > MAX_LINKS
        return replace(self, links=links[:MAX_LINKS], links_cut=cut)


def look(body: bytes, url: str, content_type: str | None) -> PageFacts:
    """Read a page's bytes (decoded from their content-encoding)."""
    text = _decoded(body, content_type)
    if _too_deep(text) or has_huge_tag(text):
        return PageFacts(base=url, words=len(re.sub(r"<[^>]*>", " ", text).split()))
    tree = LexborHTMLParser(text)
    links, scripts = tuple(_links(tree)), tree.css_first("script") is not None
    title, heading = _text_of(tree.css_first("title")), _text_of(tree.css_first("h1"))
    named = tree.css_first("link[rel=canonical][href]")
    canonical = named.attributes.get("href") if named else None
    has_menu = tree.css_first(_MENU) is not None
    base, unscripted = _base(tree, url), " ".join(map(_text_of, tree.css("noscript")))
    tree.strip_tags(_UNSEEN)
    shown = _text_of(tree.body)
    words = shown.count(" ") + 1 if shown else 0
    return PageFacts(
        base=base,
        links=links,
        title=title,
        heading=heading,
        opening=shown[:_OPENING],
        words=words,
        shell=words < FEW_WORDS and scripts and _waits(tree, f"{shown} {unscripted}"),
        not_found=says_not_found(title, heading, words),
        refresh=refresh.of_page(tree, base),
        canonical=canonical,
        has_menu=has_menu,
        links_cut=len(links) >= MAX_LINKS,
    )


def _decoded(body: bytes, content_type: str | None) -> str:
    """A page's text; a charset that is no charset of texts ("idna") counts as none at all.

    Nor does one of two bytes a letter that is said in letters of one byte.
    """
    try:
        encoding, text = html_to_unicode(content_type, body)
    except (UnicodeError, LookupError):
        return html_to_unicode(None, body)[1]
    is_wide = encoding.startswith(("utf-16", "utf-32"))
    if is_wide and b"\0" not in body[:1024]:
        return body.decode("utf-8", errors="replace")
    return text


def _too_deep(text: str) -> bool:
    if text.count("<") < _FEW_TAGS:
        return False
    depth = 0
    for closing, tag in _TAG.findall(text):
        if not _FLAT.fullmatch(tag.lower()):
            depth = max(0, depth + (-1 if closing else 1))
        if depth > _MAX_DEPTH:
            return True
    return False


def _waits(tree: LexborHTMLParser, text: str) -> bool:
    """Whether a page says that it needs scripts, or has an empty place for what they make."""
    return _ASKS_FOR_SCRIPTS.search(text) is not None or any(
        _WAITING.fullmatch(_text_of(node)) for node in tree.css(_MOUNT)
    )


def _links(tree: LexborHTMLParser) -> Iterator[Link]:
    for node in tree.css(_LINKING)[:MAX_LINKS]:
        given = node.attributes
        href = given.get("href") or given.get("src") or given.get("data")
        if href:
            yield Link(href, _anchor(node), node.attributes.get("hreflang"))
    for node in tree.css("link[rel=alternate][hreflang][href]"):
        yield Link(node.attributes["href"] or "", "", node.attributes["hreflang"])


def _anchor(node: LexborNode) -> str:
    text = _text_of(node)
    if text:
        return text
    picture = node.css_first("img[alt]")
    named = node.attributes.get("aria-label") or node.attributes.get("title")
    return named or (picture.attributes.get("alt") if picture else None) or ""


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    try:
        base = urljoin(url, as_browsers_read(node.attributes["href"] or "", url)) if node else url
    except ValueError:
        return url
    # A script's or a file's address is no base of any page.
    return base if base.startswith(("http://", "https://")) else url


def _text_of(node: LexborNode | None) -> str:
    return " ".join(node.text(separator=" ").split()) if node else ""
