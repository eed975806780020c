"""The only way out of the browser: a proxy on loopback that asks the same guard as all else does.

A browser looks names up and follows redirects by itself. Behind this proxy each connection is
checked and then made to the very address that was checked, so that a name which leads somewhere
else a moment later leads nowhere. Plain HTTP passes one request a connection; everything but GET
and HEAD is refused there, and what is encrypted passes through unread (the browser's own fence
keeps its methods in bounds).

A host has no more than two connections at once (``crawlers.conduct.host_room``); a browser would
open six.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

from crawlers.conduct.guard import LOOPBACK, Guard, is_localhost, is_public
from crawlers.conduct.host_room import HostRoom

_MAX_HEAD = 64 * 1024
_CHUNK = 64 * 1024
_CONNECT_S, _CLOSE_S = 15, 2
_MOST_ADDRESSES = 3
# Nothing a page needs is larger; a body without end stops here.
MAX_BYTES = 20 * 1024 * 1024
_METHODS = frozenset({"GET", "HEAD"})
_HOP = ("proxy-", "connection:", "keep-alive:", "upgrade:")


LookUp = Callable[[str, int], Awaitable[list[str]]]


async def look_up(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system's resolver tells them.

    Raises:
        OSError: it has none.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(info[4][0]) for info in found]


class GuardProxy:
    """A running proxy; ``refused`` collects ``host:port`` of connections that were not made."""

    def __init__(self, guard: Guard, look_up: LookUp = look_up) -> None:
        self._guard, self._look_up = guard, look_up
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._room = HostRoom()
        self.refused: list[str] = []

    async def start(self) -> str:
        """Listen on a free port of the loopback address, and give the proxy's own address."""
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0, limit=_MAX_HEAD)
        return f"http://{LOOPBACK}:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stop listening, and end what is under way."""
        if self._server is not None:
            self._server.close()
        self._room.shut()
        for writer in list(self._open):
            writer.close()
        await asyncio.sleep(0)  # so that those who wait for them see it

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            await self._pass_on(reader, writer)
        finally:
            self._open.discard(writer)
            with suppress(OSError):
                writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            method, target, _ = head.split(" ", 2)
            if method == "CONNECT":
                await self._tunnel(target, reader, writer)
            else:
                await self._plain(method, target, head, reader, writer)

    async def _tunnel(
        self, target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        name, _, port = target.rpartition(":")
        host = name.strip("[]")
        async with self._room.line(host) as line:
            other = await self._reach(host, int(port), f"https://{target}/")
            if other is None:
                await _answer(writer, "403 Forbidden")
                return
            line.close = other[1].close
            async with _closed_at_the_end(other[1]):
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await asyncio.gather(
                    _pump(reader, other[1], line.passed), _pump(other[0], writer, line.passed)
                )

    async def _plain(
        self,
        method: str,
        target: str,
        head: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        parts = urlsplit(target)
        host = parts.hostname or ""
        if method not in _METHODS or parts.scheme != "http":
            await _answer(writer, "405 Method Not Allowed")
            return
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        lines = [line for line in head.split("\r\n")[1:] if not line.lower().startswith(_HOP)]
        request = "\r\n".join([f"{method} {path} HTTP/1.1", "Connection: close", *lines])
        async with self._room.line(host):
            other = await self._reach(host, parts.port or 80, target)
            if other is None:
                await _answer(writer, "403 Forbidden")
                return
            async with _closed_at_the_end(other[1]):
                other[1].write(request.encode("latin-1"))
                await _passed_back(other, reader, writer)

    async def _reach(
        self, host: str, port: int, url: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """A connection to an address of the host that may be reached; ``None``: there is none.

        Where the first does not answer the next is tried: many a network has IPv6 in name only.
        """
        good = [] if self._guard.refusal(url) else await self._addresses(host, port)
        if not good:
            self.refused.append(f"{host}:{port}")
        for address in good:
            with suppress(OSError, TimeoutError):
                connecting = asyncio.open_connection(address, port)
                return await asyncio.wait_for(connecting, _CONNECT_S / len(good))
        return None

    async def _addresses(self, host: str, port: int) -> list[str]:
        """Some addresses of a host, all of which may be reached; none where there is none."""
        if is_localhost(host.lower().rstrip(".")):
            return [LOOPBACK]
        try:
            found = await self._look_up(host, port)
        except (OSError, UnicodeError):
            return []
        opened = self._guard.opens(host, port)
        return [a for a in found if opened or is_public(a)][:_MOST_ADDRESSES]


async def _answer(writer: asyncio.StreamWriter, status: str) -> None:
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
    await writer.drain()


async def _passed_back(
    other: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    """Pass on one answer, as long as somebody waits for it."""
    answer = asyncio.ensure_future(_pump(other[0], writer))
    # A page that is gone needs no answer, and a server that never sends one would keep us here.
    gone = asyncio.ensure_future(reader.read(1))
    await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
    other[1].close()
    gone.cancel()
    await asyncio.gather(answer, gone, return_exceptions=True)


@asynccontextmanager
async def _closed_at_the_end(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Let a connection be over, and not only on its way to that, before the next one is made."""
    try:
        yield
    finally:
        writer.close()
        try:
            await asyncio.wait_for(writer.wait_closed(), _CLOSE_S)
        except (OSError, TimeoutError):
            writer.transport.abort()


async def _pump(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    tell: Callable[[], None] = lambda: None,
) -> None:
    """Pass on what comes, within bounds, until one side ends; ``tell`` of each piece."""
    passed = 0
    with suppress(OSError):
        while passed < MAX_BYTES and (chunk := await reader.read(_CHUNK)):
            tell()
            writer.write(chunk)
            await writer.drain()
            passed += len(chunk)
    with suppress(OSError, RuntimeError):
        writer.close()
