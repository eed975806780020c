"""Heads of answers within bounds: a server that goes on with header lines for ever is hung up on.

Twisted bounds a header's length and not their number, nor how many answers 1xx come before the
answer; neither shows up as a body, whose size Scrapy bounds.
"""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_to_future
from twisted.python.failure import Failure

# What servers that are sent such heads themselves put up with, and more: 64 KiB is a lot.
MAX_HEAD_BYTES = 256 * 1024
_IN_HEAD = frozenset({"STATUS", "HEADER"})
# So long may the hosts take to let go of their connections.
_GOODBYE_S = 1.0


class HeadTooLargeError(Exception):
    """The lines before a body did not come to an end."""


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler for HTTP, whose connections are metered."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _metered(self._pool._factory)

    async def close(self) -> None:
        """Hang up on all hosts, and wait for those that take their time, but not for long.

        Scrapy lets a clock end the wait by answering in the hosts' place; where all of them let go
        in the same turn of the loop, the clock is an answer too many, and ends up as a traceback.
        """
        pool: Any = self._pool
        closing = deferred_to_future(pool.closeCachedConnections())
        done, _ = await asyncio.wait({closing}, timeout=_GOODBYE_S)
        for closed in done:
            closed.result()


def _metered(factory: Any) -> Any:
    class Metered(factory):  # type: ignore[misc]
        noisy = False

        def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 - Twisted's name
            protocol = super().buildProtocol(addr)
            protocol.dataReceived = _Meter(protocol)
            return protocol

    return Metered


class _Meter:
    """Stands before a connection's ``dataReceived`` and counts the bytes of one answer's head."""

    def __init__(self, protocol: Any) -> None:
        self._protocol, self._pass_on = protocol, protocol.dataReceived
        self._parser: Any = None
        self._bytes = 0

    def __call__(self, data: bytes) -> None:
        parser = self._protocol._parser
        if parser is not self._parser:  # each request has its own
            self._parser, self._bytes = parser, 0
            if parser is not None:
                parser.MAX_LENGTH = MAX_HEAD_BYTES  # of one line; Twisted's 16 KiB are fewer
        if parser is not None and parser.state in _IN_HEAD:
            self._bytes += len(data)
        if self._bytes > MAX_HEAD_BYTES and parser is not None:
            self._protocol._giveUp(Failure(HeadTooLargeError()))  # type: ignore[no-untyped-call]
            self._protocol.transport.abortConnection()
        else:
            self._pass_on(data)
