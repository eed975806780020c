"""How many connections there may be to a host at once, and who has the next one."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic

# One would be enough for what we are, but one answer that never ends (a page that waits for news)
# would keep everything else of its host from coming.
MOST = 2
# A browser keeps a connection for later. Where another one is waited for, it is closed once nothing
# passed for so long: what is encrypted does not tell whether an answer is due.
_QUIET_S = 5.0
_LONGEST_WAIT_S, _LOOK_S = 20.0, 0.1


class NoRoomError(OSError):
    """A host has as many connections as it may have, and none of them ended in time."""


class Line:
    """One connection, its place taken; whoever makes it says how it is closed."""

    def __init__(self) -> None:
        self.close: Callable[[], None] | None = None
        self._passed = monotonic()

    def passed(self) -> None:
        """Something went one way or the other."""
        self._passed = monotonic()

    def make_room(self) -> None:
        """Close it, if it can be and is quiet."""
        if self.close is not None and monotonic() - self._passed > _QUIET_S:
            self.close()


class _Host:
    """Who is at a host, who waits for the next place, and whether one became free."""

    def __init__(self) -> None:
        self.lines: set[Line] = set()
        self.queue = asyncio.Lock()
        self.freed = asyncio.Event()


class HostRoom:
    """The places at each host."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._is_shut = False

    def shut(self) -> None:
        """Send everybody away who waits."""
        self._is_shut = True
        for host in self._hosts.values():
            host.freed.set()

    @asynccontextmanager
    async def line(self, name: str) -> AsyncIterator[Line]:
        """A place at a host, for as long as the block lasts; whoever comes first has it first.

        Raises:
            NoRoomError: there was none for too long.
        """
        host, line = self._hosts[name.lower().rstrip(".")], Line()
        try:
            async with asyncio.timeout(_LONGEST_WAIT_S), host.queue:
                while len(host.lines) >= self._most:
                    await self._wait(host)
                host.lines.add(line)
        except TimeoutError:
            raise NoRoomError(name) from None
        try:
            yield line
        finally:
            host.lines.discard(line)
            host.freed.set()

    async def _wait(self, host: _Host) -> None:
        if self._is_shut:
            raise NoRoomError
        for line in host.lines:
            line.make_room()
        host.freed.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(host.freed.wait(), _LOOK_S)
