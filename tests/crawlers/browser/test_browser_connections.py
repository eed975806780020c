"""A page in the browser has two connections to a host, however many it would like to have."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest

from crawlers.browser import acts, chromium
from crawlers.browser import page as browser_page
from crawlers.browser import visit as browser_visit
from crawlers.browser.browser import Chromium
from crawlers.browser.guard_proxy import GuardProxy
from crawlers.browser.rendered import Rendered
from crawlers.conduct import host_room
from crawlers.conduct.guard import Guard
from crawlers.conduct.host_room import MOST, HostRoom, NoRoomError

HOST, PARTS = "parts.localhost", 12
PAGE = (
    "<!doctype html><title>Parts</title><h1>Care</h1>"
    "<script>onload = () => { document.title = 'All there'; }</script>"
    + "".join(f"<img src=/{n}.svg>" for n in range(PARTS))
)
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
Talk = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Counted:
    """A server that counts who is connected; it answers what is asked, or echoes what is said."""

    speaks_http: bool
    away_s: float = 0.03
    port: int = 0
    now: int = 0
    most: int = 0
    asked: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)  # an end that came before is seen before this beginning
        self.now += 1
        self.most = max(self.most, self.now)
        with suppress(OSError, asyncio.IncompleteReadError):
            await (self._answer(reader, writer) if self.speaks_http else echo(reader, writer))
        self.now -= 1
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        self.asked.append(path)
        await asyncio.sleep(self.away_s)
        body, kind = (PICTURE, "image/svg+xml") if path.endswith(".svg") else (PAGE, "text/html")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write((head + body).encode())
        await writer.drain()


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while said := await reader.read(100):
        writer.write(said)
        await writer.drain()


@asynccontextmanager
async def counted(*, speaks_http: bool, away_s: float = 0.03) -> AsyncIterator[Counted]:
    made = Counted(speaks_http, away_s)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()


def looked_at(away_s: float) -> tuple[Rendered, Counted]:
    """The page as a browser saw it, and the server that is so far away."""

    async def look() -> tuple[Rendered, Counted]:
        async with counted(speaks_http=True, away_s=away_s) as server:
            guard = Guard([f"{HOST}:{server.port}"])
            browser = Chromium(chromium.find() or "", "ketawatch test", guard)
            try:
                url = f"http://{HOST}:{server.port}/"
                return await browser.render(url, lambda url: True), server
            finally:
                await browser.stop()

    return asyncio.run(look())


needs_chromium = pytest.mark.skipif(chromium.find() is None, reason="no Chromium on this machine")


@needs_chromium
def test_a_page_of_many_parts_is_seen_whole_over_two_connections() -> None:
    seen, server = looked_at(0.03)
    assert b"Care" in seen.html
    assert {f"/{n}.svg" for n in range(PARTS)} <= set(server.asked)
    assert server.most == MOST


@needs_chromium
def test_parts_that_wait_for_a_connection_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them are asked for at once, and nothing new after that: the page is no less alive."""
    monkeypatch.setattr(browser_visit, "_STEP_MS", 500)
    monkeypatch.setattr(browser_page, "QUIET_MS", 200)
    seen, _ = looked_at(0.5)
    assert seen.title == "All there"
    assert not seen.is_cut_short


@needs_chromium
def test_acts_that_do_not_end_leave_time_to_take_the_page_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on a page that keeps the processor to itself."""
    begun = list[str]()
    monkeypatch.setattr(browser_visit, "ACTS_MS", 300)
    for name in ("refuse_banner", "hover", "open_all", "scroll", "press_menus"):

        async def endless(*_: object, name: str = name) -> None:
            begun.append(name)
            await asyncio.sleep(60)

        monkeypatch.setattr(acts, name, endless)
    seen, _ = looked_at(0.03)
    assert begun == ["refuse_banner"]
    assert seen.is_cut_short
    assert b"Care" in seen.html


def tunnelled(talk: Callable[[Counted, Callable[[], Awaitable[Talk]]], Awaitable[None]]) -> None:
    """Talk to a server through tunnels of one proxy; each is open once its first word came back."""

    async def run() -> None:
        async with counted(speaks_http=False) as server:
            proxy = GuardProxy(Guard([f"{HOST}:{server.port}"]))
            port = int((await proxy.start()).rpartition(":")[2])
            writers: list[asyncio.StreamWriter] = []

            async def tunnel() -> Talk:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writers.append(writer)
                writer.write(f"CONNECT {HOST}:{server.port} HTTP/1.1\r\n\r\n".encode())
                assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
                await say(reader, writer)
                return reader, writer

            try:
                await talk(server, tunnel)
            finally:
                await proxy.stop()
                for writer in writers:
                    writer.close()
                    with suppress(OSError):
                        await writer.wait_closed()

    asyncio.run(run())


async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"word")
    assert await reader.readexactly(4) == b"word"


def test_a_third_tunnel_waits_until_one_of_two_ends() -> None:
    async def talk(server: Counted, tunnel: Callable[[], Awaitable[Talk]]) -> None:
        first, second = await tunnel(), await tunnel()
        third = asyncio.ensure_future(tunnel())
        for _ in range(20):
            await asyncio.sleep(0.01)
            await say(*second)
        assert (server.now, third.done()) == (MOST, False)
        first[1].close()
        await third
        assert server.most == MOST

    tunnelled(talk)


def test_a_tunnel_that_is_kept_for_later_makes_room_for_one_that_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(host_room, "_QUIET_S", 0.2)

    async def talk(server: Counted, tunnel: Callable[[], Awaitable[Talk]]) -> None:
        first, _ = await tunnel(), await tunnel()
        await asyncio.gather(*(tunnel() for _ in range(3)))
        assert server.most == MOST
        assert await first[0].read() == b""

    tunnelled(talk)


def test_whoever_waits_is_told_that_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order in which they came, each host by itself, and at once when all is over."""
    monkeypatch.setattr(host_room, "_LONGEST_WAIT_S", 0.3)
    room = HostRoom(1)
    events: list[str] = []

    async def wait(name: str, host: str) -> None:
        try:
            async with room.line(host):
                events.append(name)
        except NoRoomError:
            events.append(f"{name}: none")

    async def crowd() -> None:
        async with room.line("a.example"):
            await wait("other host", "b.example")
            await wait("late", "A.example.")
        await asyncio.gather(wait("one", "a.example"), wait("two", "a.example"))
        async with room.line("a.example"):
            waiting = asyncio.ensure_future(wait("at the end", "a.example"))
            await asyncio.sleep(0)
            room.shut()
            await waiting

    asyncio.run(crowd())
    assert events == ["other host", "late: none", "one", "two", "at the end: none"]
