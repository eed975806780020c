"""Pages that the browser was late with are shown to it once more; how that ends is said once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

import pytest

from crawlers.browser import chromium
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.addresses import Address, Step
from crawlers.ledger.ledger import Ledger
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.walk.fetching import Fetched
from crawlers.walk.second_sight import SecondSight
from data import provider_file
from data.models import REQUEST_LOG, Coverage, Failure, Page, Provider
from data.store import Store
from tests.crawlers.sites_served import (
    WORDS,
    Answer,
    Route,
    Web,
    command,
    crawl,
    environment,
    serve,
)
from tests.crawlers.sites_served import page as plain

pytestmark = pytest.mark.skipif(chromium.find() is None, reason="needs Chromium")

HTML = {"Content-Type": "text/html; charset=utf-8"}
FILLS = f"root.innerHTML = `<h1>Care</h1><p>{WORDS}</p><a href='/faq'>FAQ</a>`;"
HANGS = "for (;;) {}"
ROBOTS = Answer(b"User-agent: *\nDisallow: /secret", headers={"Content-Type": "text/plain"})


def app(script: str) -> Answer:
    """An empty frame, with links that only a page without scripts has."""
    html = (
        "<title>App</title><noscript><a href='/terms'>Terms</a></noscript>"
        f"<body><div id=root></div><script>fetch('/secret').catch(() => 0);{script}</script></body>"
    )
    return Answer(html.encode(), headers=HTML)


def book(script: str, pixel: str) -> Answer:
    """A page that is whole as it was sent, and rendered for its trackers."""
    html = (
        f"<title>Book</title><h1>Book</h1><p>{WORDS * 2}</p>"
        f"<script>new Image().src = '{pixel}';{script}</script>"
    )
    return Answer(html.encode(), headers=HTML)


@dataclass
class Visits:
    """Answers by visit: the first is the crawler's own, those that follow are the browser's."""

    answers: list[Answer]
    before: dict[int, Callable[[], object]] = field(default_factory=dict)
    count: int = 0

    def __call__(self) -> Answer:
        self.count += 1
        self.before.get(self.count, lambda: None)()
        return self.answers[min(self.count, len(self.answers)) - 1]


class LateWords:
    """Words that do not come before the browser looks at the page for the second time."""

    def __init__(self) -> None:
        script = "fetch('/words').then(r => r.text()).then(t => { root.innerHTML = t });"
        self._wanted = threading.Event()
        self.home = Visits([app(script)], {3: self._wanted.set})

    def __call__(self) -> Answer:
        self._wanted.wait(300)
        return Answer(f"<h1>Care</h1><p>{WORDS}</p>".encode(), headers=HTML)


def sites(web: Web) -> dict[str, dict[str, Route]]:
    pixel = web.url("pixel.localhost", "/tr?id=1")
    frame, hanging, words = app(FILLS), app(HANGS), LateWords()
    return {
        "once.localhost": {
            "/": Visits([frame, hanging, frame]),
            "/faq": plain("FAQ"),
            "/terms": plain("Terms"),
            "/robots.txt": ROBOTS,
        },
        "always.localhost": {"/": Visits([frame, hanging])},
        "words.localhost": {"/": words.home, "/words": words},
        "books.localhost": {
            "/": plain("Care", "/book|Book a visit", "/faq|FAQ"),
            "/faq": plain("FAQ"),
            "/book": Visits([book("", pixel), book(HANGS, pixel), book("", pixel)]),
        },
        "pixel.localhost": {"/tr?id=1": Answer(b"")},
    }


def never_late(web: Web) -> dict[str, dict[str, Route]]:
    away = web.url("elsewhere.localhost")
    return {
        "leaves.localhost": {"/": app(f"location = '{away}'")},
        "posts.localhost": {
            "/": app("fetch('/more', {method: 'POST', body: 'x'}).catch(() => 0);")
        },
        "empty.localhost": {"/": app("")},
    }


@dataclass(frozen=True)
class Seen:
    web: Web
    store: Store

    def rows(self, kind: type[Any], table: str, host: str) -> list[Any]:
        return [r for r in self.store.run().read(table, kind) if r.provider_id == host]

    def kinds(self, host: str, path: str = "/") -> list[str]:
        """Of an address, the rows of its captures; each has an id of its own."""
        rows = self.rows(Page, "pages", host)
        assert len({row.capture_id for row in rows}) == len(rows)
        url = self.web.url(host, path)
        return [
            "log" if row.content_type == REQUEST_LOG else row.kind for row in rows if row.url == url
        ]

    def failures(self, host: str) -> list[tuple[str, int]]:
        """Class and tries of a home page that failed."""
        rows = self.rows(Failure, "failures", host)
        return [(row.failure_class, row.attempts) for row in rows if row.expected_type == "home"]

    def asked(self, host: str, path: str = "/") -> int:
        return self.web.asked(host)[path]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    with crawled(tmp_path_factory.mktemp("late"), sites) as made:
        yield made


@contextmanager
def crawled(folder: Path, made: Callable[[Web], dict[str, dict[str, Route]]]) -> Iterator[Seen]:
    with serve() as web:
        web.routes |= made(web)
        store = new_store(folder / "store", web, *web.routes)
        done = crawl(store.path)
        assert done.returncode in (0, 3, 4), done.stderr
        yield Seen(web, store)


def new_store(folder: Path, web: Web, *hosts: str) -> Store:
    store = Store.create(folder)
    rows = [Provider(h, h, web.url(h)) for h in hosts if h != "pixel.localhost"]
    provider_file.write(store.providers_path, rows)
    return store


def test_a_page_that_is_slow_once_and_quick_then_is_read(seen: Seen) -> None:
    assert seen.asked("once.localhost") == 3, "once by the crawler, twice by the browser"
    assert sorted(seen.kinds("once.localhost")) == ["log", "raw", "rendered"]
    assert not seen.rows(Failure, "failures", "once.localhost")
    home = next(
        row
        for row in seen.rows(Coverage, "coverage", "once.localhost")
        if row.expected_type == "home"
    )
    assert (home.captured, home.failed) == (1, 0)


def test_its_links_are_followed_those_of_the_frame_too(seen: Seen) -> None:
    assert seen.kinds("once.localhost", "/faq") == ["raw"]
    assert seen.kinds("once.localhost", "/terms") == ["raw"]


def test_robots_txt_is_kept_to_at_both_looks(seen: Seen) -> None:
    assert not seen.asked("once.localhost", "/secret")
    assert seen.asked("once.localhost", "/robots.txt") == 1


def test_a_page_that_never_renders_has_failed_after_two_looks(seen: Seen) -> None:
    assert seen.asked("always.localhost") == 3
    assert seen.failures("always.localhost") == [("render_failed", 2)]
    assert "raw" in seen.kinds("always.localhost")
    assert "rendered" not in seen.kinds("always.localhost")


def test_words_that_were_still_to_come_are_waited_for_again(seen: Seen) -> None:
    assert seen.asked("words.localhost") == 3
    assert sorted(seen.kinds("words.localhost")) == ["log", "raw", "rendered"]
    assert not seen.failures("words.localhost")


def test_what_was_refused_or_is_not_there_is_not_looked_at_again(tmp_path: Path) -> None:
    with crawled(tmp_path, never_late) as seen:
        hosts = list(never_late(seen.web))
        assert [seen.asked(host) for host in hosts] == [2, 2, 2]
        assert [seen.failures(host) for host in hosts] == [[("render_failed", 1)]] * 3


def test_a_log_that_was_cut_short_gives_way_to_a_whole_one(seen: Seen) -> None:
    assert seen.asked("books.localhost", "/book") == 3
    assert seen.asked("books.localhost", "/faq") == 1
    assert sorted(seen.kinds("books.localhost", "/book")) == ["log", "raw", "rendered"]
    path = seen.store.run().path / "trackers" / "books.localhost.ndjson"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(r["what"], r.get("whole")) for r in rows] == [("page", True), ("request", None)]


def test_no_time_of_the_providers_is_spent_that_it_does_not_have(tmp_path: Path) -> None:
    with serve() as web:
        web.routes |= sites(web)
        store = new_store(tmp_path / "store", web, "once.localhost")
        settings = store.path / "ketawatch.toml"
        text = settings.read_text(encoding="utf-8")
        assert "max_seconds = 600" in text
        settings.write_text(text.replace("max_seconds = 600", "max_seconds = 119"), "utf-8")
        crawl(store.path)
        shown = Seen(web, store)
        assert shown.asked("once.localhost") == 2
        assert shown.failures("once.localhost") == [("render_failed", 1)]


@pytest.mark.skipif(os.name == "nt", reason="nobody is killed by a signal there")
def test_a_run_that_was_killed_at_the_second_look_looks_again(tmp_path: Path) -> None:
    with serve() as web:
        web.routes |= sites(web)
        store = new_store(tmp_path / "store", web, "once.localhost")
        killed = list[int]()
        frame = app(FILLS)
        home = Visits([frame, app(HANGS), frame], {3: lambda: os.killpg(killed[0], signal.SIGKILL)})
        web.routes["once.localhost"]["/"] = home
        process = subprocess.Popen(
            command(store.path),
            env=environment(),
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        killed.append(process.pid)
        assert process.wait(timeout=240) == -signal.SIGKILL
        assert crawl(store.path, "--resume").returncode == 0
        shown = Seen(web, store)
        assert home.count == 4, "the killed look is made again, the crawler's own is not"
        assert sorted(shown.kinds("once.localhost")) == ["log", "raw", "rendered"]
        assert not shown.rows(Failure, "failures", "once.localhost")
        # A page in the browser keeps to robots.txt, which this process had not read.
        assert shown.asked("once.localhost", "/robots.txt") == 2
        assert not shown.asked("once.localhost", "/secret")


class Blind:
    """A browser that shows nothing, and a network in which everything may be asked."""

    has_browser = True

    async def look_again(self, *_: object) -> None:
        return None

    async def permission(self, url: str) -> Fetched:
        return Fetched()


def test_a_sites_pages_do_not_keep_the_browser_from_others_for_long(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path, {}, ["clinic"])
    site, blind = SiteLedger(ledger, "clinic"), cast("Any", Blind())
    scope = SiteScope("https://clinic.example/")
    urls = [f"{scope.homepage}{n}" for n in range(5)]
    blank = dict.fromkeys((f.name for f in fields(Page)), "")
    late = [Page(**{**blank, "url": url, "final_url": url}) for url in urls]  # type: ignore[arg-type]
    site.write(Step(found=[Address(url, "faq") for url in urls], late=late))
    again, looked = SecondSight(site, blind, blind, scope), []
    while (page := again.next(lambda url: url == urls[0])) is not None:
        asyncio.run(again.look(page, lambda url: 0.0, lambda: 600.0))
        looked.append(page.address.url)
        site.write(Step(retried=looked[-1:]))
    assert looked == urls[1:3], "and the one at a host that is left alone is not asked for"
    ledger.close()
