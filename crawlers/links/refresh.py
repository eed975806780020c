"""Where a page sends its visitor on by itself: ``<meta http-equiv="refresh">``, or a header.

Format: https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.links.places import absolute

_SOON_S = 10
_VALUE = re.compile(
    r"\s*(?P<seconds>\d++|(?=\.))[\d.]*+"
    r"(?:[\s;,]\s*+(?:[;,]\s*+)?(?:url\s*+=\s*+)?(?P<place>.*))?",
    re.IGNORECASE | re.DOTALL,
)


def of_page(tree: LexborHTMLParser, base: str) -> str | None:
    """The address that a page's first refresh leads to at once; None where it leads nowhere.

    Args:
        tree: the page without ``noscript``, which is for others.
        base: what the address is relative to.
    """
    for node in tree.css("meta[http-equiv][content]"):
        if (node.attributes["http-equiv"] or "").strip().lower() == "refresh":
            return target(node.attributes["content"], base)
    return None


def target(value: str | None, base: str) -> str | None:
    """The web address that a refresh leads to at once.

    Args:
        value: as in ``5; url=/faq``; the marks and the word may be missing.
        base: what the address is relative to.
    """
    said = _VALUE.fullmatch(value or "")
    # Of a number without end, three digits tell enough.
    if said is None or int(said["seconds"].lstrip("0")[:3] or 0) > _SOON_S:
        return None
    place = (said["place"] or "").strip()
    if place[:1] in ("'", '"'):
        place = place[1:].partition(place[0])[0]
    found = absolute(base, place)
    # A script or a mail's address in its place moves no browser.
    return found if found and urlsplit(found).scheme in ("http", "https") else None
