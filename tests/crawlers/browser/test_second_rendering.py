"""Unchanged pages are rendered again once a week, and at once where trackers are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from audit.run import audit_run
from crawlers.conduct.evidence import Exchange
from crawlers.ledger.past import YOUNG, Past
from data import provider_file, warc
from data.models import Failure, Page, Provider
from data.store import Store, now
from tests.crawlers.sites_served import WORDS, Answer, Kept, Web, crawl, page, serve

SITE = "spa.localhost"
PLAIN = {"Content-Type": "text/plain"}
FRAME = (
    '<title>App</title><body><div id="root"></div><script>fetch("/secret.json").catch(() => {});'
    'fetch("/words.json").then(r => r.text())'
    '.then(t => document.getElementById("root").innerHTML = t)</script></body>'
)
FILLING = f"<h1>Care</h1><p>{WORDS}</p><a href='/faq'>FAQ</a><a href='/book'>Book</a>"
# Nothing comes of pressing either question.
STUCK = f"<p>{WORDS}</p><script></script>" + "".join(
    f"<div><button class=q>{question}</button></div>" for question in ("Who?", "How long?")
)


@dataclass
class Twice:
    """Two runs over one site, the second of them with nothing changed."""

    web: Web
    store: Store
    asked: list[int]

    def rows(self, run: int) -> dict[tuple[str, str], Page]:
        rows = self.store.run(self.store.run_ids()[run]).read("pages", Page)
        path = f"http://{SITE}:{self.web.port}"
        return {
            (row.final_url.removeprefix(path), row.kind): row
            for row in rows
            if (row.content_type or "").startswith("text/html")
        }


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twice]:
    with serve() as web:
        web.routes[SITE] = {
            "/": Kept(FRAME.encode()),
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /secret", headers=PLAIN),
            "/words.json": Answer(FILLING.encode(), headers=PLAIN),
            "/faq": Kept(STUCK.encode()),
            "/book": Kept(page("Book a visit").body),
        }
        store = Store.create(tmp_path_factory.mktemp("rendered") / "store")
        provider_file.write(store.providers_path, [Provider(SITE, SITE, web.url(SITE))])
        asked = []
        for _ in range(2):
            done = crawl(store.path)
            assert done.returncode == 0, done.stderr
            asked.append(web.asked(SITE)["/words.json"])
        yield Twice(web, store, asked)


def test_an_unchanged_frame_is_not_rendered_again(twice: Twice) -> None:
    assert twice.asked == [1, 1]
    first, second = (twice.rows(run)["/", "rendered"] for run in range(2))
    assert second.warc_record_id == first.warc_record_id
    assert second.warc_file == first.warc_file
    assert second.captured_at == first.captured_at
    assert second.parent_capture_id == twice.rows(1)["/", "raw"].capture_id
    assert second.render_reason == "shell"


def test_what_was_seen_then_is_followed_and_read_now(twice: Twice) -> None:
    assert twice.rows(0).keys() == twice.rows(1).keys()
    row = twice.rows(1)["/", "rendered"]
    text = warc.read(twice.store.path / row.warc_file, row.warc_offset).body().decode()
    assert "a nurse sits with you" in text
    _, issues = audit_run(twice.store, twice.store.run())
    assert issues == []


def test_a_booking_page_is_looked_at_each_time(twice: Twice) -> None:
    first, second = (twice.rows(run)["/book", "rendered"] for run in range(2))
    assert first.warc_file != second.warc_file
    raw = twice.rows(1)["/book", "raw"]
    assert raw.warc_file == first.warc_file


def test_a_page_that_held_something_back_is_looked_at_again(twice: Twice) -> None:
    first, second = (twice.rows(run)["/faq", "rendered"] for run in range(2))
    assert first.warc_file != second.warc_file
    for number in range(2):
        run = twice.store.run(twice.store.run_ids()[number])
        (failure,) = run.read("failures", Failure)
        assert (failure.failure_class, failure.expected_type) == ("render_failed", "faq")


def test_a_browser_keeps_to_robots_txt(twice: Twice) -> None:
    assert "/secret.json" not in twice.web.asked(SITE)


def test_a_rendering_grows_old(twice: Twice) -> None:
    past = Past.of(twice.store, SITE)
    held = past.held(twice.web.url(SITE))
    assert held is not None
    answer = held.recognise(_not_modified(twice.web.url(SITE), now()))
    assert past.rendering(answer) is not None
    later = datetime.fromisoformat(answer.at) + YOUNG + timedelta(seconds=90)
    assert past.rendering(replace(answer, at=later.isoformat())) is None


def _not_modified(url: str, at: str) -> Exchange:
    return Exchange(url, 304, [], b"", at)
