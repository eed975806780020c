"""What the crawler has to know of a page to go on: its links, and whether it is a page at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.encoding import html_to_unicode

from crawlers.links import page_links, refresh
from crawlers.links.page_links import MAX_LINKS, Link, text_of
from crawlers.links.places import as_browsers_read
from crawlers.responses import choices, excuses, gates, lazy, unfilled
from crawlers.responses.not_found import says_it_in_short, says_not_found
from data.huge_tags import has_huge_tag

FEW_WORDS = 40
# A heading, and a line below it.
HARDLY_ANY = 12
# Of words that no excuse is made of.
_HARDLY_MATTER = 4
_MOST_OF_EXCUSE = 60
_OPENING = 1_500
# With more words than that, what a page is about is told by them.
_MANY_WORDS = 1_000

# lexbor's time is quadratic in the depth of nesting; these elements cause no nesting.
_MAX_DEPTH = 5_000
_FEW_TAGS = 4_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_FLAT = re.compile(
    r"area|base|body|br|col|dd|dt|embed|head|hr|html|img|input|li|link|meta|option|p|param|source"
    r"|tbody|td|th|thead|tr|track|wbr"
)
# A shadow root that is written down as one is shown; any other template is not.
_TEMPLATE = re.compile(r"<template\b([^>]*)>|</template\s*>", re.IGNORECASE)
# "shadowmode" is Chromium's word for it in a page that it saved (MHTML).
_SHADE = re.compile(r"\bshadow(?:root)?mode\s*=", re.IGNORECASE)
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_MENU = "nav a[href], header a[href], footer a[href], [role=navigation] a[href]"
_FIELD = "textarea, select, input:not([type=hidden], [type=submit], [type=button], [type=checkbox])"
_UNSEEN = ["script", "style", "template", "noscript"]
_BARS = ("nav", "header", "footer", "button", "select")
_AROUND = ("a", *_BARS)
_MAIN_HEADINGS = 2
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
    r"|java ?script\b.{0,40}\b(?:enabled?|required|disabled|turned o(?:n|ff))"
    r"|\b(?:turn|switch) java ?script on\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page is to the crawler.

    ``refresh`` is where it sends a visitor on at once; ``opening`` its first words; ``canonical``
    what it calls its address; ``has_menu`` tells whether a header, menu or footer has links,
    ``links_cut`` whether the page has more links than are looked at, ``frames`` whether it is a
    frameset, which has its words in other pages, ``asks`` whether there is a field to fill in,
    ``locked`` whether it asks for a password, ``unfilled`` what it leaves to its scripts, ``gate``
    what it asks its visitor to say first, ``choices`` what it shows only to who chooses it,
    ``own_words`` how many it has beside links and what
    stands around all pages, ``own_opening`` the first of these, and ``bare`` whether there is
    hardly a word even with those links.
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
    frames: bool = False
    asks: bool = False
    locked: bool = False
    unfilled: frozenset[str] = frozenset()
    own_words: int = 0
    own_opening: str = ""
    gate: str = ""
    choices: frozenset[str] = frozenset()
    bare: bool = False

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
    return _of_tree(LexborHTMLParser(_with_shadow_roots(text)), body, url)


def _of_tree(tree: LexborHTMLParser, body: bytes, url: str) -> PageFacts:
    found, scripts = tuple(page_links.links(tree)), tree.css_first("script") is not None
    title = text_of(tree.css_first("title"))
    canonical, has_menu = _canonical(tree), tree.css_first(_MENU) is not None
    base, unscripted = _base(tree, url), " ".join(map(text_of, tree.css("noscript")))
    chosen, left = choices.look(tree), unfilled.look(tree)
    left |= lazy.look(tree, body) if scripts else frozenset()
    tree.strip_tags(_UNSEEN)
    shown = text_of(tree.body)
    words = shown.count(" ") + 1 if shown else 0
    own_text = _own_text(tree) if words < _MANY_WORDS else ""
    own = len(own_text.split()) or (words if words >= _MANY_WORDS else 0)
    facts = PageFacts(
        base=base,
        links=found,
        title=title,
        heading=text_of(tree.css_first("h1")),
        opening=shown[:_OPENING],
        words=words,
        shell=words < FEW_WORDS and scripts and _waits(tree, f"{shown} {unscripted}"),
        frames=tree.css_first("frame[src]") is not None,
        not_found=_says_not_found(tree, title, words, own_text),
        refresh=_leads_at_once(tree, base, is_bare=not (words or scripts)),
        canonical=canonical,
        has_menu=has_menu,
        links_cut=len(found) >= MAX_LINKS,
        asks=tree.css_first(_FIELD) is not None,
        locked=tree.css_first("input[type=password]") is not None,
        unfilled=left,
        own_words=own,
        own_opening=_folded(own_text),
        gate=gates.look(tree, own),
        choices=chosen,
        bare=own < _MOST_OF_EXCUSE and _is_bare(tree, own_text, url),
    )
    asks = scripts and shown.count("?") > 1 and unfilled.is_unanswered(tree)
    return replace(facts, unfilled=left | {unfilled.LATER}) if asks else facts


def _headings(tree: LexborHTMLParser) -> list[str]:
    """The main headings: a site's name may be one before the page's own, or there is none."""
    found = tree.css("h1")[:_MAIN_HEADINGS]
    if not found:
        # In a menu, and in what leads elsewhere, they head nothing.
        found = [h for h in tree.css("h2") if not _stands_around(h)][:1]
    return [text_of(node) for node in found]


def _stands_around(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in _AROUND:
            return True
        above = above.parent
    return False


def _own_text(tree: LexborHTMLParser, around: Sequence[str] = _AROUND) -> str:
    """A page's words beside links, menus, and what stands around all pages; a line each piece."""
    own = tree.clone()
    own.strip_tags(list(around))
    return own.body.text(separator="\n") if own.body else ""


def _own_words(tree: LexborHTMLParser, around: Sequence[str] = _AROUND) -> int:
    return len(_own_text(tree, around).split())


def _folded(own_text: str) -> str:
    return " ".join(own_text[: 2 * _OPENING].split())[:_OPENING]


def _is_bare(tree: LexborHTMLParser, own_text: str, url: str) -> bool:
    """Whether a page has hardly a word, or hardly one that is not said for want of others."""
    for text in (own_text, _own_text(tree, _BARS)):
        words = len(text.split())
        is_said = words >= HARDLY_ANY and excuses.matters(text, url) >= _HARDLY_MATTER
        if is_said or words >= _MOST_OF_EXCUSE:
            return False
    return True


def _says_not_found(tree: LexborHTMLParser, title: str, words: int, own_text: str) -> bool:
    named = says_not_found(title, _headings(tree), words, lambda: _own_words(tree))
    return named or says_it_in_short(own_text)


def _canonical(tree: LexborHTMLParser) -> str | None:
    named = (link.attributes.get("href") for link in tree.css("link[rel~=canonical][href]"))
    return next(filter(None, named), None)


def _decoded(body: bytes, content_type: str | None) -> str:
    """A page's text; a charset that is no charset of texts ("idna") counts as none at all.

    Nor does one of two bytes a letter that is said in letters of one byte.
    """
    try:
        encoding, text = html_to_unicode(content_type, body, auto_detect_fun=_undeclared)
    except (UnicodeError, LookupError):
        return html_to_unicode(None, body)[1]
    is_wide = encoding.startswith(("utf-16", "utf-32"))
    if is_wide and b"\0" not in body[:1024]:
        return body.decode("utf-8", errors="replace")
    return text


def _undeclared(body: bytes) -> str:
    """The letters of a page that says nothing of them: UTF-8, or those of old Windows machines."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        # A page in UTF-8 may be damaged, or end within a letter.
        return "utf-8" if _UTF8_LETTER.search(body) else "cp1252"
    return "utf-8"


def _with_shadow_roots(text: str) -> str:
    """A page with its shadow roots as plain elements: what parsers keep apart, a visitor sees."""
    if not _SHADE.search(text):
        return text
    shown: list[bool] = []

    def plain(tag: re.Match[str]) -> str:
        if tag[1] is None:
            return "</div>" if shown and shown.pop() else tag[0]
        shown.append(_SHADE.search(tag[1]) is not None)
        return "<div>" if shown[-1] else tag[0]

    return _TEMPLATE.sub(plain, text)


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
        _WAITING.fullmatch(text_of(node)) for node in tree.css(_MOUNT)
    )


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    try:
        base = urljoin(url, as_browsers_read(node.attributes["href"] or "", url)) if node else url
    except ValueError:
        return url
    # A script's or a file's address is no base of any page.
    return base if base.startswith(("http://", "https://")) else url


def _leads_at_once(tree: LexborHTMLParser, base: str, *, is_bare: bool) -> str | None:
    return refresh.of_page(tree, base) or _only_frame(tree, base, is_bare=is_bare)


def _only_frame(tree: LexborHTMLParser, base: str, *, is_bare: bool) -> str | None:
    """Where a page of one frame leads: registrars forward a name so, under its own address.

    A frame within a page counts where the page is bare: it has no words of its own and no script.
    """
    frames = tree.css("frame[src]" if not is_bare else "frame[src], iframe[src]")
    if len(frames) != 1:
        return None
    return refresh.target(f"0; url={frames[0].attributes['src']}", base)
