"""One request at a time, and a pause after it, at a host that several providers use.

Scrapy keeps its pause within one crawl, and each site is a crawl of its own; a help desk or a
booking service stands beside many of them.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request

Download = Callable[[Request], Awaitable[Any]]


class Turns:
    """Whose turn it is at each host, over all sites that one process looks at."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_from: dict[str, float] = {}

    def taken(
        self, download: Download, is_own: Callable[[str], bool], pause: Callable[[str], float]
    ) -> Download:
        """A download that waits for its turn wherever an address is not the site's own.

        Args:
            download: what asks.
            is_own: whether an address lies at a host that only this site uses.
            pause: seconds to leave between two requests to a host.
        """

        async def in_turn(request: Request) -> Any:
            if is_own(request.url):
                return await download(request)
            host = urlsplit(request.url).hostname or ""
            async with self._locks[host]:
                await asyncio.sleep(self._free_from.get(host, 0.0) - monotonic())
                try:
                    return await download(request)
                finally:
                    self._free_from[host] = monotonic() + pause(request.url)

        return in_turn
