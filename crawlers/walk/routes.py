"""Pages of an application that scripts choose after the ``#`` of one address.

To a server they are all one page, so they cannot be asked for; what stands on them is not known,
and must not count as missing. A slash tells them from places within a page (``#/faq``, ``#!/faq``),
or that there is no such place in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

from crawlers.browser import escalation
from crawlers.ledger.addresses import Address
from crawlers.links import links
from crawlers.links.places import as_browsers_read
from crawlers.responses.page_facts import PageFacts
from crawlers.walk.rendering import Sight
from data import page_types
from data.vocabulary import PageType

SAID = "only its scripts show it, under the address of another page"
# Why a page was shown to a browser that is nothing but a frame for scripts.
_FRAMES = frozenset({escalation.SHELL, escalation.THIN})
_ROUTE = re.compile(r"!?/[\w-][^#]*")
_PLACE = re.compile(r"[a-z][\w-]{2,40}", re.IGNORECASE)
_TOP = frozenset({"top", "home", "main", "content", "menu", "nav"})
_MOST = 50


def unread(sight: Sight, facts: PageFacts, page: Address) -> Iterator[Address]:
    """The application's other pages that a rendered page links to.

    Args:
        sight: how the browser saw the page.
        facts: what it saw.
        page: the address at which it stands.
    """
    if sight.reason not in _FRAMES or sight.facts is None:
        return
    found: dict[str, Address] = {}
    for link in facts.links:
        url, route = _parted(link.href, facts.base)
        if url.rstrip("/") != facts.base.rstrip("/") or not _is_route(route, sight.rendered.html):
            continue
        path = urljoin(url, f"/{route.lstrip('!/')}")
        kind = page_types.bundled().by_path(page_types.folded_path(path))
        if kind != PageType.HOME and links.refusal(path) is None and len(found) < _MOST:
            promised = links.expected_type(path, link.text)
            place = f"{url}#{route}"
            found.setdefault(place, Address(place, promised, page.url, page.depth + 1))
    yield from found.values()


def _is_route(route: str, html: bytes) -> bool:
    if _ROUTE.fullmatch(route):
        return True
    if not _PLACE.fullmatch(route) or route.lower() in _TOP:
        return False
    is_known = links.expected_type(f"https://x/{route}") != PageType.OTHER
    place = rb"""[\s"'](?:id|name|data-[\w-]+)=["']?%s["'\s>]""" % re.escape(route.encode())
    return is_known and not re.search(place, html, re.IGNORECASE)


def _parted(href: str, base: str) -> tuple[str, str]:
    try:
        url, route = urldefrag(urljoin(base, as_browsers_read(href, base)))
    except ValueError:
        return "", ""
    return url, route
