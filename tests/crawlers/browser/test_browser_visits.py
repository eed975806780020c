"""What pages do to a browser: none of it may stop a run, leave the site, or reach anybody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from crawlers.browser import chromium
from crawlers.browser.browser import Chromium
from crawlers.browser.rendered import Rendered
from crawlers.conduct.guard import Guard
from tests.crawlers.sites_served import Answer, Route, Web, serve

HOST = "visited.localhost"
TYPED = {"Content-Type": "text/html; charset=utf-8"}


def doing(script: str, body: str = "<h1>Care</h1>") -> Answer:
    html = f"<!doctype html><title>Visited</title><body>{body}<script>{script}</script>"
    return Answer(html.encode(), headers=TYPED)


def never() -> Answer:
    """What is on its way for longer than anybody waits."""
    time.sleep(12)
    return Answer()


SHADOW = (
    "const r = document.querySelector('x-a').attachShadow({mode: 'closed'});"
    "r.innerHTML = '<p>words in the shade</p>';"
)
GROWS = (
    "const more = () => { const p = document.createElement('p'); p.style.height = '3000px';"
    "p.textContent = 'more'; document.body.append(p); }; more(); addEventListener('scroll', more);"
)
CLICKS = (
    "const form = document.querySelector('form'); form.submit(); form.requestSubmit();"
    "document.querySelector('button').click();"
)
FOOT = "<h1>Care</h1><div style='height: 2900px'></div><div style='height: 90px; background: {}'>"
FORM = (
    "<h1>Care</h1><form action='/told' method='get'><input name=q value=x>"
    "<button>Go</button></form>"
)
OPENS = (
    "open('/opened'); const a = document.createElement('a'); a.target = '_blank';"
    "a.href = '/opened'; document.body.append(a); setTimeout(() => a.click(), 50)"
)
PAGES: dict[str, Route] = {
    "/dialogs": doing("alert(1); confirm(2); prompt(3); print(); document.title = 'Went on';"),
    "/leaving": doing("onbeforeunload = () => 'stay'; document.title = 'Went on';"),
    "/window": doing(OPENS),
    "/file": doing("location = '/file.bin'"),
    "/file.bin": Answer(b"x" * 99, headers={"Content-Type": "application/octet-stream"}),
    "/worker": doing("navigator.serviceWorker.register('/sw.js')"),
    "/sw.js": Answer(b"fetch('/told')", headers={"Content-Type": "text/javascript"}),
    "/shadow": doing(SHADOW, "<x-a></x-a>"),
    "/frame": doing("", "<h1>Care</h1><iframe srcdoc='<p>words in a frame</p>'></iframe>"),
    "/socket": doing("new WebSocket('ws://visited.localhost:9/x')"),
    "/grows": doing(GROWS),
    "/reloads": doing("setInterval(() => location.reload(), 400)"),
    "/waits": doing("", "<h1>Care</h1><img src='/never'>"),
    "/never": never,
    "/crash": doing("location = 'chrome://crash'"),
    "/form": doing(CLICKS, FORM),
    "/deep": doing("let h = ''; for (let i = 0; i < 3000; i++) h += '<div>';"
                   "document.body.innerHTML = h + 'deep words'"),
    "/throws": doing("throw new Error('no'); "),
    "/foot-red": doing("", FOOT.format("red")),
    "/foot-blue": doing("", FOOT.format("blue")),
    "/hidden": doing("Object.defineProperty(document, 'title', {get() { throw 1 }});"),
}  # fmt: skip
VISITED = [path for path in PAGES if path not in ("/file.bin", "/sw.js", "/never")]


@dataclass(frozen=True)
class Visits:
    web: Web
    seen: dict[str, Rendered]

    def text(self, path: str) -> str:
        return self.seen[path].html.decode()


@pytest.fixture(scope="module")
def visits() -> Iterator[Visits]:
    executable = chromium.find()
    assert executable is not None, "these tests need Chromium"
    with serve() as web:
        web.routes[HOST] = PAGES
        yield Visits(web, asyncio.run(_visit(web, executable)))


async def _visit(web: Web, executable: str) -> dict[str, Rendered]:
    browser = Chromium(executable, "ketawatch tests", Guard([f"{HOST}:{web.port}"]))
    try:
        seen = await asyncio.gather(
            *(browser.render(web.url(HOST, path), lambda url: HOST in url) for path in VISITED)
        )
    finally:
        await browser.stop()
    return dict(zip(VISITED, seen, strict=True))


@pytest.mark.parametrize("path", VISITED)
def test_a_page_that_makes_trouble_is_read_all_the_same(visits: Visits, path: str) -> None:
    seen = visits.seen[path]
    assert not seen.trouble
    assert seen.is_logged
    assert b"Care" in seen.html or path in ("/shadow", "/deep")
    assert seen.final_url == visits.web.url(HOST, path)
    assert seen.picture


@pytest.mark.parametrize("path", ["/dialogs", "/leaving"])
def test_dialogs_are_dismissed(visits: Visits, path: str) -> None:
    assert "<title>Went on</title>" in visits.text(path)


def test_what_a_visitor_sees_is_taken_down_wherever_it_stands(visits: Visits) -> None:
    assert "words in the shade" in visits.text("/shadow")
    assert "<p>words in a frame</p>" in visits.text("/frame")
    assert "deep words" in visits.text("/deep")


def test_nothing_is_sent_and_nothing_opened(visits: Visits) -> None:
    asked = visits.web.asked(HOST)
    assert not [path for path in asked if path.startswith(("/told", "/opened", "/sw.js"))]
    (socket,) = [a for a in visits.seen["/socket"].asked if a.kind == "websocket"]
    assert socket.why == "socket"


def test_a_page_without_an_end_is_bounded(visits: Visits) -> None:
    assert 5 < visits.text("/grows").count("<p ") < 100
    assert len(visits.seen["/grows"].picture) < 3_000_000


def test_the_picture_goes_down_to_the_foot(visits: Visits) -> None:
    red, blue = (visits.seen[path].picture for path in ("/foot-red", "/foot-blue"))
    assert red != blue
    for picture in red, blue:
        wide, tall = _size(picture)
        assert wide == 1280
        assert tall > 2990


def _size(jpeg: bytes) -> tuple[int, int]:
    """How wide and how tall a picture is, as its frame's head says."""
    at = jpeg.index(b"\xff\xc0") + 5
    tall, wide = (int.from_bytes(jpeg[n : n + 2], "big") for n in (at, at + 2))
    return wide, tall


def test_a_browser_that_cannot_start_is_a_page_that_was_not_rendered() -> None:
    browser = Chromium("/no/such/chromium", "ketawatch tests", Guard([]))

    async def visit() -> Rendered:
        try:
            return await browser.render("http://visited.localhost/", lambda url: True)
        finally:
            await browser.stop()

    seen = asyncio.run(visit())
    assert seen.trouble and not seen.html
