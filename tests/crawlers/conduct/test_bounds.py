"""Nothing that is waited for can keep a crawl for ever: each wait has an end, and says so."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from crawlers.browser import browser, chromium
from crawlers.browser.browser import Chromium
from crawlers.browser.rendered import Rendered
from crawlers.conduct.bounds import is_stray, within
from crawlers.conduct.guard import Guard
from crawlers.conduct.scope import SiteScope
from crawlers.walk import fetching
from crawlers.walk.fetching import Fetched, Fetcher
from tests.crawlers.sites_served import ROOT, page, serve

HOME = "https://clinic.example/"


async def obeys(events: list[str]) -> None:
    try:
        await asyncio.sleep(60)
    finally:
        events.append("cleared away")


async def deaf(events: list[str]) -> None:
    """As a wait in which a cancellation is lost."""
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.sleep(60)
    events.append("went on")
    await asyncio.sleep(60)


async def broken_off(events: list[str]) -> None:
    raise asyncio.CancelledError


@pytest.mark.parametrize(
    ("work", "left"), [(obeys, ["cleared away"]), (deaf, ["went on"]), (broken_off, [])]
)
def test_work_ends_in_time_whether_it_listens_or_not(work: Any, left: list[str]) -> None:
    events = list[str]()

    async def run() -> None:
        with pytest.raises(TimeoutError):
            await within(0.05, work(events), grace=0.05)

    asyncio.run(run())
    assert events[:1] == left


def test_work_in_time_gives_what_it_gives_and_a_stop_is_passed_on() -> None:
    events = list[str]()

    async def run() -> None:
        assert await within(5, asyncio.sleep(0, "done")) == "done"
        with pytest.raises(KeyError):
            await within(5, _fails())
        outer = asyncio.ensure_future(within(60, obeys(events)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        outer.cancel()
        with pytest.raises(asyncio.CancelledError):
            await outer

    asyncio.run(run())
    assert events == ["cleared away"]


def test_an_error_that_a_stop_brings_about_is_nobody_s_news(caplog: Any) -> None:
    """A browser that is told to go while it is being closed, for example."""

    async def closes() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            raise OSError("closed already")

    async def run() -> None:
        outer = asyncio.ensure_future(within(60, closes()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        outer.cancel()
        with pytest.raises(asyncio.CancelledError):
            await outer

    asyncio.run(run())
    gc.collect()
    assert "never retrieved" not in caplog.text


async def _fails() -> None:
    raise KeyError


def test_a_stop_is_told_from_a_wait_that_somebody_else_broke_off() -> None:
    told = list[bool]()

    async def waits(future: asyncio.Future[None]) -> None:
        try:
            await future
        except asyncio.CancelledError as error:
            told.append(is_stray(error))

    async def run() -> None:
        futures = [asyncio.get_running_loop().create_future() for _ in range(2)]
        tasks = [asyncio.ensure_future(waits(future)) for future in futures]
        await asyncio.sleep(0)
        futures[0].cancel()
        tasks[1].cancel()
        await asyncio.wait(tasks)

    asyncio.run(run())
    assert told == [True, False]


def fetched(download: Callable[[Request], Any]) -> Fetched:
    async def no_pause(seconds: float) -> None: ...

    fetcher = Fetcher(download, Guard(), SiteScope(HOME), 0.0, no_pause)
    return asyncio.run(fetcher.fetch(HOME))


def test_a_download_that_never_ends_is_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LONGEST_S", 0.05)
    asked = list[str]()

    async def download(request: Request) -> None:
        asked.append(request.url)
        await asyncio.get_running_loop().create_future()

    got = fetched(download)
    assert (got.trouble and got.trouble.failure_class, got.shut) == ("timeout", True)
    assert asked == [HOME], "it is not asked again"


def test_a_download_that_something_broke_off_is_a_failure_of_that_page() -> None:
    async def download(request: Request) -> None:
        raise asyncio.CancelledError

    got = fetched(download)
    assert got.trouble and got.trouble.failure_class == "reset"


needs_chromium = pytest.mark.skipif(
    chromium.find() is None or sys.platform == "win32", reason="needs Chromium, and signals"
)


@needs_chromium
def test_a_browser_that_does_not_answer_is_given_up_and_the_next_page_has_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(browser, "CLOSE_S", 1)
    seen: list[Rendered] = []

    async def look(url: str, holds: Callable[[str], bool], port: int) -> None:
        shown = Chromium(
            chromium.find() or "", "ketawatch test", Guard([f"frozen.localhost:{port}"])
        )
        try:
            seen.append(await shown.render(url, holds))
            _freeze()
            monkeypatch.setattr(browser, "OPEN_S", 2)
            seen.append(await shown.render(url, holds))
            monkeypatch.setattr(browser, "OPEN_S", 20)
            seen.append(await shown.render(url, holds))
        finally:
            await shown.stop()

    with serve() as web:
        web.routes["frozen.localhost"] = {"/": page("Care")}
        asyncio.run(look(web.url("frozen.localhost"), lambda url: "frozen" in url, web.port))
    assert [bool(one.html) for one in seen] == [True, False, True]
    assert seen[1].trouble == "it never came to rest"


def _freeze() -> None:
    """Stop this process's browsers where they stand: alive, and deaf."""
    parents = {int(p.name): _parent(p) for p in Path("/proc").glob("[0-9]*")}
    below = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    for pid in below:
        with contextlib.suppress(OSError):
            if b"remote-debugging" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGSTOP)


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@needs_chromium
def test_a_page_that_would_not_be_stopped_does_not_keep_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(browser, "WHOLE_S", 0.05)
    events = list[str]()

    async def render(self: object, seen: Rendered, *_: object) -> None:
        await deaf(events)
        seen.html = b"too late"

    async def look() -> list[Rendered]:
        shown = Chromium("none", "ketawatch test", Guard())
        monkeypatch.setattr(Chromium, "_render", render)
        return [await shown.render(HOME, lambda url: True) for _ in range(2)]

    monkeypatch.setattr("crawlers.conduct.bounds.within.__defaults__", (0.05,))
    for one in asyncio.run(look()):
        assert (one.trouble, one.html) == ("it never came to rest", b"")


LOOP = """
import asyncio, sys
from types import SimpleNamespace
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from crawlers.runs import loop
from crawlers.runs.loop import CrawlLoop
from crawlers.walk.website import Sitting
from crawlers.conduct.settings import polite_settings
from data.config import Config
loop._CLOSE_S = loop._GRACE_S = 0.2
def site(name):
    scope = SimpleNamespace(homepage=f"https://{name}.example/", owns=None)
    site = SimpleNamespace(
        scope=scope,
        provider=SimpleNamespace(provider_id=name),
        limits=SimpleNamespace(max_seconds=60),
        archive=SimpleNamespace(close=lambda: None),
    )
    return Sitting(site, lambda: False, print, None)
async def never():
    await asyncio.get_running_loop().create_future()
def watch(): pass
ended, sittings, beside, at_the_end = [], [], None, None
"""


def looped(story: str) -> str:
    """What a process says in which a loop ran as told; it has to end by itself."""
    run = """
    loop = CrawlLoop(polite_settings(Config()), 4, at_the_end, lambda: watch())
    prepare(loop)
    try:
        loop.run(sittings, lambda: ended.append("site"), beside)
        print("ended well", ended)
    except Exception as error:
        print(type(error).__name__, error, ended)
    """
    done = subprocess.run(
        [sys.executable, "-c", LOOP + textwrap.dedent(story) + textwrap.dedent(run)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_watch_that_fails_ends_the_loop() -> None:
    said = looped("""
    beside = never
    prepare = lambda loop: None
    def watch(): raise OSError("no disk")
    """)
    assert said == "OSError no disk []\n"


def test_a_browser_that_does_not_close_keeps_nobody() -> None:
    said = looped("""
    at_the_end = never
    prepare = lambda loop: None
    """)
    assert said == "ended well []\n"


def test_of_what_a_browser_leaves_behind_nothing_is_said_and_of_ours_it_is() -> None:
    said = looped("""
    import gc
    def leave(where):
        space = {}
        exec(compile("async def waits(f): await f", where, "exec"), space)
        return asyncio.ensure_future(space["waits"](asyncio.get_running_loop().create_future()))
    async def beside():
        left = [leave("/x/playwright/_impl/y.py"), leave("/x/crawlers/y.py")]
        await asyncio.sleep(0)
        del left
        gc.collect()
    prepare = lambda loop: None
    """)
    assert "/x/crawlers/y.py" in said
    assert "playwright" not in said


def test_a_crawl_that_scrapy_does_not_end_is_left_behind_once_its_walk_is_over() -> None:
    said = looped("""
    sittings = [site("a"), site("b")]
    def prepare(loop):
        def crawl(spider, sitting):
            sitting.over.set()
            return asyncio.ensure_future(never())
        loop._process.crawl = crawl
    """)
    assert said == "ended well ['site', 'site']\n"


def test_a_lane_that_something_broke_off_is_no_end_of_the_run() -> None:
    said = looped("""
    sittings = [site("a"), site("b")]
    async def broken(): raise asyncio.CancelledError
    async def fine(): pass
    def prepare(loop):
        def crawl(spider, sitting):
            is_a = "//a" in sitting.site.scope.homepage
            return asyncio.ensure_future(broken() if is_a else fine())
        loop._process.crawl = crawl
    """)
    assert said.startswith("KetawatchError a wait was broken off"), said


def test_a_walk_that_something_broke_off_is_told_and_scrapy_does_not_wait_for_it() -> None:
    said = looped("""
    sittings = [site("a")]
    def past(): raise asyncio.CancelledError
    sittings[0].past = past
    prepare = lambda loop: None
    """)
    assert said.startswith("KetawatchError a: a wait was broken off"), said
