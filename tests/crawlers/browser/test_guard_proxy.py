"""The browser's only way out: asked directly, and through a real browser, with a DNS that turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Error, async_playwright

from crawlers.browser import chromium
from crawlers.browser.guard_proxy import GuardProxy
from crawlers.conduct.guard import Guard
from tests.crawlers.name_server import PUBLIC, Names, ask, serve_names
from tests.crawlers.sites_served import Answer, Web, page, serve

_connect = asyncio.open_connection


@dataclass
class Net:
    """A website behind the public address, a trap behind the loopback one, and the names."""

    web: Web
    trap: Web
    names: Names
    made: list[str] = field(default_factory=list)
    down: set[str] = field(default_factory=set)

    def url(self, host: str, path: str = "/") -> str:
        """An address at the trap's port; what goes to the public address arrives at the web."""
        return f"http://{host}:{self.trap.port}{path}"

    async def look_up(self, host: str, port: int) -> list[str]:
        return await asyncio.to_thread(ask, self.names.port, host)

    async def connect(self, host: str, port: int, **more: Any) -> Any:
        self.made.append(host)
        if host in self.down:
            raise OSError(113, "no route to host")
        here = ("127.0.0.1", self.web.port) if host == PUBLIC else (host, port)
        return await _connect(*here, **more)


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    with serve() as web, serve() as trap, serve_names() as names:
        made = Net(web, trap, names)
        monkeypatch.setattr(asyncio, "open_connection", made.connect)
        yield made


@asynccontextmanager
async def proxy(net: Net, *opened: str) -> AsyncIterator[tuple[GuardProxy, str]]:
    running = GuardProxy(Guard(opened), net.look_up)
    try:
        yield running, await running.start()
    finally:
        await running.stop()


def asked(net: Net, *heads: str) -> list[bytes]:
    """What the proxy answers to each of these requests."""

    async def ask_all() -> list[bytes]:
        async with proxy(net) as (_, address):
            return [await _exchange(int(address.rpartition(":")[2]), head) for head in heads]

    return asyncio.run(ask_all())


async def _exchange(port: int, head: str) -> bytes:
    reader, writer = await _connect("127.0.0.1", port)
    writer.write(f"{head} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    answer = await reader.read(200)
    writer.close()
    return answer


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::1]"),
        *("[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "169.254.169.254", "a.localhost", "0"),
        "inside.example",
    ],
)
def test_nothing_inside_is_reached_in_any_spelling(net: Net, host: str) -> None:
    net.names.answers["inside.example"] = [["127.0.0.1", "::1", "::ffff:127.0.0.1"]]
    plain, tunnel = asked(net, f"GET {net.url(host)}", f"CONNECT {host}:{net.trap.port}")
    assert plain.startswith(b"HTTP/1.1 403")
    assert tunnel.startswith(b"HTTP/1.1 403")
    assert (net.made, net.trap.log) == ([], [])


def test_the_address_that_was_checked_is_connected_to(net: Net) -> None:
    net.names.answers["turns.example"] = [[PUBLIC], ["127.0.0.1"]]
    net.web.routes["turns.example"] = {"/": page("Met")}
    first, second = asked(net, *[f"GET {net.url('turns.example')}"] * 2)
    assert first.startswith((b"HTTP/1.1 200", b"HTTP/1.1 404"))
    assert second.startswith(b"HTTP/1.1 403")
    assert (net.made, net.trap.log) == ([PUBLIC], [])


def test_of_several_addresses_the_public_one_is_used(net: Net) -> None:
    net.names.answers["mixed.example"] = [["127.0.0.1", PUBLIC, "::1"]]
    asked(net, f"GET {net.url('mixed.example')}", f"CONNECT mixed.example:{net.trap.port}")
    assert net.made == [PUBLIC, PUBLIC]


@pytest.mark.parametrize("head", ["GET http://{}/", "CONNECT {}:443"])
def test_an_address_that_does_not_answer_leaves_the_next(net: Net, head: str) -> None:
    net.down.add("2606:2800:220:1::1")
    net.names.answers["both.example"] = [["2606:2800:220:1::1", "127.0.0.1", PUBLIC]]
    (answer,) = asked(net, head.format("both.example"))
    assert answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 404"))
    assert net.made == ["2606:2800:220:1::1", PUBLIC]


@pytest.mark.parametrize(
    "head",
    [
        *("POST http://public.example/", "PUT http://public.example/", "OPTIONS *"),
        *("GET file:///etc/passwd", "GET ftp://public.example/", "GET /secret"),
    ],
)
def test_methods_and_schemes_that_never_leave(net: Net, head: str) -> None:
    net.names.answers["public.example"] = [[PUBLIC]]
    assert asked(net, head)[0].startswith(b"HTTP/1.1 405")
    assert net.made == []


def browsed(net: Net, look: Callable[[Any], Awaitable[Any]]) -> tuple[Any, list[str]]:
    """What a look at a page in a real browser behind the proxy gives, and what was refused."""

    async def browse() -> tuple[Any, list[str]]:
        async with proxy(net) as (running, address), async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium.find(),
                args=["--no-sandbox"],
                proxy={"server": address, "bypass": "<-loopback>"},
            )
            try:
                return await look(await browser.new_page()), running.refused
            finally:
                await browser.close()

    return asyncio.run(browse())


@pytest.mark.skipif(chromium.find() is None, reason="no Chromium on this machine")
def test_a_page_in_a_browser_reaches_nothing_inside(net: Net) -> None:
    names, port = net.names.answers, net.trap.port
    names |= {"turns.example": [[PUBLIC], ["127.0.0.1"]], "inside.example": [["127.0.0.1"]]}
    places = [
        *(net.url("turns.example", "/secret"), net.url("inside.example"), net.url("127.0.0.1")),
        *(net.url("2130706433"), net.url("[::ffff:7f00:1]"), net.url("a.localhost")),
    ]
    pictures = "".join(f'<img src="{place}">' for place in places)
    closing = {"Content-Type": "text/html", "Connection": "close"}
    net.web.routes["turns.example"] = {
        "/": Answer(f"<h1>Met</h1>{pictures}".encode(), 200, closing)
    }

    async def look(page: Any) -> str:
        await page.goto(net.url("turns.example"), wait_until="load")
        return str(await page.inner_text("h1"))

    title, refused = browsed(net, look)
    assert title == "Met"
    assert set(net.made) == {PUBLIC}
    assert net.trap.log == []
    assert {f"turns.example:{port}", f"inside.example:{port}"} <= set(refused)


@pytest.mark.skipif(chromium.find() is None, reason="no Chromium on this machine")
def test_a_redirect_in_a_browser_leads_nowhere_inside(net: Net) -> None:
    net.names.answers["leads.example"] = [[PUBLIC]]
    target = {"Location": net.url("127.0.0.1", "/secret"), "Connection": "close"}
    net.web.routes["leads.example"] = {"/": Answer(b"", 302, target)}

    async def look(page: Any) -> str:
        # Some Chromiums report an empty 403 as an error of their own, others show it as a page.
        try:
            answer = await page.goto(net.url("leads.example"))
        except Error as error:
            return error.message
        return str(answer.status)

    shown, refused = browsed(net, look)
    assert shown == "403" or "ERR_HTTP_RESPONSE_CODE_FAILURE" in shown
    assert net.web.asked("leads.example")["/"] == 1
    assert f"127.0.0.1:{net.trap.port}" in refused
    assert set(net.made) == {PUBLIC}
    assert net.trap.log == []
