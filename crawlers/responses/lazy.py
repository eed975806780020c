"""Places that stay empty until they come into sight, or until a script fills them.

The page around them is whole, so nothing else tells of them. What their makers leave in the markup
does: islands and elements of their own, frames that are asked for late, sections without a word,
patterns that a script is to fill. Pure: no I/O.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

# A place of which it is said that what rules ask for is to stand there, and does not yet.
MISSING = "missing"
# One for anything: worth a look where rules ask for what a page tells.
PERHAPS = "perhaps"

# What frameworks leave where the browser alone is to draw (Next, ``<ClientOnly>`` of Nuxt).
_UNDRAWN = re.compile(
    rb"BAILOUT_TO_CLIENT_SIDE_RENDERING|<!--\[--><(span|div)></\1><!--\]-->", re.IGNORECASE
)
# Or is to fill what a server sent as a pattern (Vue, Alpine, Angular, Knockout).
_PATTERNS = re.compile(
    rb"""<[^<>]{1,300}\s(?:v-for|x-for|\*ngFor|(?:data-)?ng-repeat|v-html|ng-bind-html)\s*="""
    rb"""|<[^<>]{1,300}\sdata-bind=["']\s*(?:foreach|html)\b"""
)
_GAP = re.compile(r"\{\{[^{}]{1,80}\}\}")
_PARTS = (
    "[w3-include-html]:empty, [data-include]:empty, include-fragment[src]:empty,"
    " turbo-frame[src]:empty, astro-island:empty, [name=termly-embed]:empty,"
    " .getTermsEmbed:empty, [wire\\:init]:empty, [hx-get]:empty"
)
# Services of which nothing but a policy comes.
_POLICIES = "[name=termly-embed]:empty, .getTermsEmbed:empty"
_EMPTY = "section:empty, article:empty, main:empty, div:empty, ul:empty, dl:empty, slot:empty"
_ENDLESS = "[class*=sentinel i], [class*=infinite-scroll i], [data-infinite-scroll]"
# ``TWFxr5``: what Wix calls the place of another maker's application.
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:lazy\w*|deferred|async|islands?|skeleton\w*|placeholder|loader|load-?more"
    r"|widgets?|embed\w*|components?|hydrate\w*|mount|elementor-widget-container|twfxr5)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DECOR = re.compile(
    r"icon|divider|arrow|dots?\b|overlay|spacer|plus|chevron|toggle|image|img|photo|shape|\bmap"
    r"|(?:^|[\s_-])bg|bg\b|background|video|captcha|chat|social|modal|toast|popup|cookie|logo|cart"
    r"|pre-?loader|page-?loader|share|separator|spinner|progress|swiper|slick|scroll-?(?:bar|top)"
    r"|gradient|hero-media",
    re.IGNORECASE,
)
_ASKED = frozenset(
    {
        *("data-url", "data-src", "data-endpoint", "data-component", "data-props", "data-module"),
        *("data-widget", "data-widget-id", "data-app", "data-lazy-component", "data-section"),
        *("data-hydrate", "data-fragment", "data-remote", "data-load", "data-lazy-html"),
    }
)
_OWN_TAG = re.compile(r"[a-z][a-z\d]*(?:-[a-z\d]+)+")
_TAG_OF_DECOR = re.compile(
    r"icon|spacer|lottie|swiper|slider|image|img|bg|media|button|player|video|viewer|chat|stripe|gmp"
    r"|map|cursor|shape|particle|captcha|account|cart|search|modal|dialog|portal|toast|announcer"
    r"|background|router|progress|spinner|loading|cookie|consent|badge|rating|review|share|scroll"
    r"|sticky|divider|line|tooltip|popover|form|analytics|pixel|tracker|event|style|script|observer",
)
_ROOM = re.compile(
    r"(?:^|;)\s*min-height\s*:\s*(?:[1-9]\d{2,}px|\d+v[hw]|\d{2,}r?em)", re.IGNORECASE
)
_LOADING = re.compile(
    r"\W*(?:please wait(?: while .{2,60})?|loading(?: [\w ]{2,40})?)\s*(?:\.{2,}|…)\W*",
    re.IGNORECASE,
)
_LOADING_WORDS = re.compile(rb"loading|please wait", re.IGNORECASE)
# What people come to read.
_OF_MATTER = re.compile(
    r"(?<![a-z])(?:faqs?|questions?|answers?|polic(?:y|ies)|terms|consent|agreement|risks"
    r"|safety|side.?effects)(?![a-z])",
    re.IGNORECASE,
)
_LEAST_WORDS, _MOST = 4, 600


def look(tree: LexborHTMLParser, body: bytes) -> frozenset[str]:
    """What of a page is still to come, by the marks of those who made it; it has scripts.

    Args:
        tree: the page, whole.
        body: its bytes.
    """
    found = {_sign(node) for node in tree.css(_PARTS) if not _is_decor(node)}
    if tree.css_first(_POLICIES) is not None:
        found.add(MISSING)
    if _LOADING_WORDS.search(body):
        found |= _still_says(tree)
    if _PATTERNS.search(body):
        shown = tree.body.text(separator=" ") if tree.body is not None else ""
        found.add(MISSING if _GAP.search(shown) else PERHAPS)
    return frozenset(found or ({PERHAPS} if _has_room(tree, body) else ()))


def _sign(node: LexborNode) -> str:
    """How sure it is that an empty part is one for what rules ask for: its makers name it so."""
    named = " ".join(filter(None, node.attributes.values()))
    return MISSING if _OF_MATTER.search(named) else PERHAPS


def _has_room(tree: LexborHTMLParser, body: bytes) -> bool:
    is_marked = _UNDRAWN.search(body) is not None or tree.css_first(_ENDLESS) is not None
    if is_marked or any(map(_is_place, tree.css(_EMPTY)[:_MOST])):
        return True
    return any(map(_is_kept_back, tree.css("template")[:_MOST])) or _has_own_element(tree)


def _is_place(node: LexborNode) -> bool:
    given = node.attributes
    style = given.get("style") or ""
    if _is_decor(node) or "url(" in style:
        return False
    if node.tag in ("section", "article", "main") or not _ASKED.isdisjoint(given):
        return True
    return bool(_CALLED.search(_kinds(node)) or _ROOM.search(style))


def _kinds(node: LexborNode) -> str:
    return f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"


def _is_decor(node: LexborNode) -> bool:
    return _DECOR.search(_kinds(node)) is not None


def _is_kept_back(template: LexborNode) -> bool:
    """Whether words stand in a template that is to be put where it stands."""
    above = template.parent
    if above is None or above.tag in ("body", "head", "html"):
        return False
    kept = template.html or ""
    words = re.sub(r"<[^<>]*>", " ", kept).split()
    return len(words) >= _LEAST_WORDS and "shadowroot" not in kept[:200]


def _has_own_element(tree: LexborHTMLParser) -> bool:
    """Whether an element of the site's own making (``<faq-list>``) stands there without a word."""
    bare = (node for node in tree.css("body :empty")[: _MOST * 4] if "-" in (node.tag or ""))
    tags = (node.tag or "" for node in bare if not _is_decor(node))
    return any(_OWN_TAG.fullmatch(tag) and not _TAG_OF_DECOR.search(tag) for tag in tags)


def _still_says(tree: LexborHTMLParser) -> set[str]:
    """What the words "Loading ..." tell, which stand alone in a part of the page."""
    for node in tree.css("div, p, span, section"):
        said = " ".join(node.text(separator=" ").split())
        if len(said) <= 140 and _LOADING.match(said) and not _is_decor(node):
            return {MISSING if _OF_MATTER.search(said) else PERHAPS}
    return set()
