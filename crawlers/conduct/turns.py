"""One visitor at a time at a host, whoever found it, and a pause after each visit.

A help desk or a booking service stands beside many providers, and Scrapy keeps its pause within one
crawl, while each site is a crawl of its own. So each site is leased: a provider's own for as long
as it is looked at, one that its crawl finds for one page at a time. A lease is granted in this
process or, among workers, by the scheduler.

Nobody waits without bound while holding something. What is not free is put off: the walk goes on
with other pages and comes back.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection
from time import monotonic
from typing import Any, Protocol
from urllib.parse import urlsplit

from scrapy import Request

from crawlers.conduct.scope import site_key

Download = Callable[[Request], Awaitable[Any]]

# Seconds before a host is tried again while there is something else to do, and the most to wait in
# one piece where there is nothing else.
_AGAIN_S, _PIECE_S = 10.0, 2.0
# Seconds to wait for a host to which a redirect leads.
_REDIRECT_S = 30.0
# Seconds to wait in vain before a host is given up.
PATIENCE_S = 150.0


class HostTakenError(Exception):
    """A redirect leads to a host at which somebody else of ours is."""


class Leases(Protocol):
    """Who may be at a site (``crawlers.conduct.scope.site_key``); one holder at a time."""

    async def take(self, key: str, wait: float | None) -> bool:
        """Take a lease, waiting so many seconds for it; None: for as long as it takes."""

    def free(self, key: str) -> None:
        """Give back a lease that was taken."""


class OwnLeases:
    """Leases among the sites that one process looks at."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}

    async def take(self, key: str, wait: float | None) -> bool:
        """See ``Leases``."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        try:
            async with asyncio.timeout(wait):
                await lock.acquire()
        except TimeoutError:
            return False
        return True

    def free(self, key: str) -> None:
        """See ``Leases``."""
        self._locks[key].release()


def _at_once(url: str) -> float:
    return 0.0


class Turns:
    """One provider's turns at the hosts that its crawl meets.

    Args:
        leases: who grants them; None where nobody else is about.
        own: keys of the sites that are held for the provider already.
        pause: seconds to leave after a visit before anybody else comes.
        patience: seconds to wait in vain before a host is given up.
    """

    def __init__(
        self,
        leases: Leases | None = None,
        own: Collection[str] = (),
        pause: Callable[[str], float] = _at_once,
        patience: float = PATIENCE_S,
    ) -> None:
        self._leases = leases or OwnLeases()
        self._own, self._pause, self._patience = frozenset(own), pause, patience
        self._held: dict[str, str] = {}
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._put_off: dict[str, float] = {}
        self._waited: defaultdict[str, float] = defaultdict(float)

    def is_in_vain(self, url: str) -> bool:
        """Whether an address's host was waited for long enough, and is to be given up."""
        return self._waited[_origin(url)] >= self._patience

    def put_off(self) -> list[str]:
        """Origins (``https://desk.example``) at which somebody else was just now."""
        return [origin for origin, until in self._put_off.items() if until > monotonic()]

    async def enter(self, url: str) -> bool:
        """Take the turn at an address's host; where it is not free, the host is put off.

        A host that is put off already is waited for a little: nothing else is left to do.
        """
        origin = _origin(url)
        wait = _PIECE_S if origin in self.put_off() else 0.0
        if await self._take(url, wait):
            self._put_off.pop(origin, None)
            self._waited[origin] = 0.0
            return True
        self._waited[origin] += wait
        self._put_off[origin] = monotonic() + _AGAIN_S
        return False

    async def _take(self, url: str, wait: float) -> bool:
        key = site_key(url)
        if key in self._own or key in self._held:
            return True
        if key in self._leaving:  # the pause is after our own visit, and due before the next
            await self._let_go(key)
        if not await self._leases.take(key, wait):
            return False
        self._held[key] = url
        return True

    def leave(self) -> None:
        """End a visit; what it took is free once the pause is over."""
        for key, url in self._held.items():
            seconds = self._pause(url)
            if seconds <= 0:
                self._leases.free(key)
            else:
                loop = asyncio.get_running_loop()
                self._leaving[key] = loop.call_later(seconds, self._free, key)
        self._held.clear()

    async def _let_go(self, key: str) -> None:
        timer = self._leaving[key]
        timer.cancel()
        try:
            await asyncio.sleep(timer.when() - asyncio.get_running_loop().time())
        finally:
            self._free(key)

    def _free(self, key: str) -> None:
        del self._leaving[key]
        self._leases.free(key)

    def taken(self, download: Download) -> Download:
        """A download that asks no host at which the turn is somebody else's."""

        async def in_turn(request: Request) -> Any:
            if not await self._take(request.url, _REDIRECT_S):
                raise HostTakenError
            if site_key(request.url) not in self._own:
                # The next visitor must not find our connection still open.
                request.headers.setdefault(b"Connection", b"close")
            return await download(request)

        return in_turn


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
