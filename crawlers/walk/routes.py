"""Pages of an application that only its scripts show.

Those that they choose after the ``#`` of one address are all one page to a server, so they cannot
be asked for. A slash tells them from places within a page (``#/faq``, ``#!/faq``), or that there is
no such place in the page. Those that they show under a path of its own may be unknown to a server
that was not told of it: it answers 404, where a visitor who presses the link is shown a page. What
stands on any of them is not known, and must not count as missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from crawlers.browser import escalation
from crawlers.ledger.addresses import Address
from crawlers.links import links
from crawlers.links.places import as_browsers_read
from crawlers.responses.failures import Trouble
from crawlers.responses.page_facts import PageFacts
from crawlers.walk.rendering import Sight
from data import page_types
from data.failure_reasons import DEAD_LINK
from data.vocabulary import PageType

SAID = "only its scripts show it, under the address of another page"
PRESSED = "its server has nothing there, but the scripts of the page that links to it may"
# Why a page was shown to a browser that is nothing but a frame for scripts.
FRAMES = (escalation.SHELL, escalation.THIN)
_ROUTE = re.compile(r"!?/[\w-][^#]*")
_PLACE = re.compile(r"[a-z][\w-]{2,40}", re.IGNORECASE)
_TOP = frozenset({"top", "home", "main", "content", "menu", "nav"})
_FILE = re.compile(r"\.\w{2,5}$")
_MOST = 50


def unread(sight: Sight, facts: PageFacts, page: Address) -> Iterator[Address]:
    """The application's other pages that a rendered page links to.

    Args:
        sight: how the browser saw the page.
        facts: what it saw.
        page: the address at which it stands.
    """
    if sight.reason not in FRAMES or sight.facts is None:
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


def may_show(trouble: Trouble, page: Address, is_frame: Callable[[str], bool], home: str) -> bool:
    """Whether an application may show a page where its server has none.

    Args:
        trouble: what became of the page.
        page: its address; one that names a file is the server's alone.
        is_frame: whether what stands at an address was nothing but a frame for scripts.
        home: where the home page stands: a sitemap leads to pages that the application links, too.
    """
    by_status = trouble.failure_class == DEAD_LINK and trouble.said.startswith("status 4")
    if not by_status or _FILE.search(urlsplit(page.url).path):
        return False
    return is_frame(page.found_on or home) or is_frame(home)


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
