"""robots.txt, as RFC 9309 has it: 4xx allows all, no answer or 5xx allows nothing.

https://www.rfc-editor.org/rfc/rfc9309.html (sections 2.3.1.2 to 2.3.1.4 and 2.5)
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawlers.evidence import META_KEY, Exchange

PRODUCT = "ketawatch"
SKIP = "robots_exempt"
_MAX_BYTES = 500 * 1024
_PRIORITY = 1000
_MAX_CRAWL_DELAY_S = 60.0


class RefusedByRobots(IgnoreRequest):
    """The site asks programs not to read this address."""


class RobotsUnreachable(IgnoreRequest):
    """The site's robots.txt could not be read, so nothing may be."""


class RobotsMiddleware:
    """Asks each host for its robots.txt once, and holds every request until it is read."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Future[Protego | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or refuse it."""
        if request.meta.get(SKIP):
            return
        rules = await self._rules_of(request)
        if rules is None:
            raise RobotsUnreachable(f"robots.txt of {_origin(request.url)} could not be read")
        if not rules.can_fetch(request.url, PRODUCT):
            raise RefusedByRobots(f"robots.txt refuses {request.url}")
        self._slow_down(request, rules.crawl_delay(PRODUCT))

    async def _rules_of(self, request: Request) -> Protego | None:
        origin = _origin(request.url)
        if origin not in self._rules:
            self._rules[origin] = asyncio.get_running_loop().create_future()
            self._rules[origin].set_result(await self._fetch(origin))
        return await self._rules[origin]

    async def _fetch(self, origin: str) -> Protego | None:
        request = Request(
            f"{origin}/robots.txt",
            priority=_PRIORITY,
            meta={SKIP: True, "handle_httpstatus_all": False, META_KEY: []},
        )
        assert self._crawler.engine is not None  # noqa: S101 - a middleware runs inside one
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception:  # any failure at all means that nobody told us that we may
            return None
        self._archive(request.meta[META_KEY])
        if response.status >= 500 or response.status == 429:
            return None
        if response.status >= 400 or _is_html(response.body):
            return Protego.parse("")
        text = response.body[:_MAX_BYTES].decode("utf-8-sig", "replace")
        return Protego.parse(text)

    def _archive(self, exchanges: list[Exchange]) -> None:
        keep: Any = getattr(self._crawler.spider, "archive", None)
        if keep is not None:
            keep(exchanges)

    def _slow_down(self, request: Request, wanted: float | None) -> None:
        """Honour Crawl-delay, which AutoThrottle would otherwise undercut."""
        if not wanted or not self._crawler.settings.getbool("AUTOTHROTTLE_ENABLED"):
            return
        assert self._crawler.engine is not None  # noqa: S101 - a middleware runs inside one
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        slot = downloader.slots.get(key)
        request.meta["autothrottle_dont_adjust_delay"] = True
        if slot is not None:
            slot.delay = max(slot.delay, min(float(wanted), _MAX_CRAWL_DELAY_S))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_html(body: bytes) -> bool:
    return body.lstrip()[:15].lower().startswith((b"<!doctype", b"<html"))
