"""What is held of a site, what it is asked on condition of, and when an answer is the same page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request

from crawlers.conduct.evidence import EXCHANGE, Exchange
from crawlers.conduct.guard import Guard
from crawlers.conduct.scope import SiteScope
from crawlers.ledger import doubt
from crawlers.ledger.past import RUNS_BACK, Held, Past, RevisitMiddleware, is_conditional
from crawlers.walk.fetching import Fetcher
from data.models import Page
from data.store import Store, write_json, write_text
from data.tables import write
from data.warc import WarcAppender

URL = "https://clinic.example/"
AT = "2026-10-20T03:15:00Z"
USUAL = [("Content-Type", "text/html"), ("ETag", '"1"'), ("Last-Modified", "some day")]
BODY = b"<p>words"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    run(made, 0, {URL: BODY})
    return made


def run(
    store: Store, number: int, bodies: dict[str, bytes], headers: Sequence[tuple[str, str]] = USUAL
) -> Path:
    folder = store.path / "runs" / f"202610{20 + number}T031500Z"
    (folder / "captures").mkdir(parents=True)
    path = folder / "captures" / "clinic.warc.gz"
    with WarcAppender(path) as appender:
        for url, body in bodies.items():
            appender.response(url, 200, "OK", headers, body, AT)
    write(folder / "pages.parquet", "pages", list[Page]())
    write_json(folder / "run.json", {})
    return path


def held(store: Store) -> Held:
    found = Past.of(store, "clinic").held(URL)
    assert found is not None
    return found


def answer(status: int, body: bytes, *headers: tuple[str, str]) -> Exchange:
    return Exchange(URL, status, list(headers or USUAL), body, AT)


def test_conditions_are_what_the_server_said_itself(store: Store) -> None:
    assert held(store).conditions() == {"If-None-Match": '"1"', "If-Modified-Since": "some day"}


def test_a_server_that_takes_a_condition_for_a_demand_is_asked_without_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubt, "is_believed", lambda original, moment: True)
    spider = SimpleNamespace(past=Past.of(store, "clinic"))
    middleware = RevisitMiddleware(cast("Any", SimpleNamespace(spider=spider)))
    asked = []

    async def download(request: Request) -> None:
        middleware.process_request(request)
        asked.append(is_conditional(request))
        request.meta[EXCHANGE] = answer(412 if asked[-1] else 200, b"<p>changed words")

    fetcher = Fetcher(download, Guard(), SiteScope(URL), wait=0)
    fetched = asyncio.run(fetcher.fetch(URL))
    assert asked == [True, False]
    assert [e.status for e in fetched.exchanges] == [200]


def test_an_odd_validator_is_left_out(store: Store) -> None:
    run(store, 1, {URL: BODY}, [("ETag", '"\xe9"'), ("Content-Type", "text/html")])
    assert held(store).conditions() == {}


def test_not_modified_is_the_page_as_it_was(store: Store) -> None:
    seen = held(store).recognise(answer(304, b"", ("ETag", '"1"')))
    assert (seen.status, seen.body, seen.content_type) == (200, BODY, "text/html")
    assert seen.unchanged is not None
    assert (seen.unchanged.status, seen.unchanged.headers) == (304, [("ETag", '"1"')])


def test_the_same_bytes_are_the_same_page(store: Store) -> None:
    assert held(store).recognise(answer(200, BODY)).unchanged is not None
    assert held(store).recognise(answer(200, b"<p>others")).unchanged is None
    assert held(store).recognise(answer(404, BODY)).unchanged is None


@pytest.mark.parametrize(
    "header", [("Content-Type", "text/html; charset=utf-16"), ("Content-Encoding", "gzip")]
)
def test_the_same_bytes_read_otherwise_are_another_page(
    store: Store, header: tuple[str, str]
) -> None:
    others = [pair for pair in USUAL if pair[0] != header[0]]
    assert held(store).recognise(answer(200, BODY, header, *others)).unchanged is None


def test_what_is_gone_or_damaged_is_asked_for_anew(store: Store) -> None:
    past = Past.of(store, "clinic")
    (path,) = store.path.glob("runs/*/captures/*")
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert past.held(URL) is None
    path.unlink()
    assert past.held(URL) is None
    assert Past.of(store, "clinic").held(URL) is None


def test_a_record_that_says_something_else_is_not_believed(store: Store) -> None:
    past = Past.of(store, "clinic")
    past._held = {URL: replace(held(store).original, payload_sha256="0" * 64)}
    assert past.held(URL) is None


def test_a_day_out_of_reach_is_looked_past(store: Store) -> None:
    run(store, 1, {f"{URL}robots.txt": b"User-agent: *"})
    broken = run(store, 2, {URL: b"new"})
    write_text(broken, "no archive")
    assert held(store).record.payload == BODY


def test_how_far_back_it_looks_has_an_end(store: Store) -> None:
    for number in range(1, RUNS_BACK + 1):
        run(store, number, {f"{URL}robots.txt": b""})
    assert Past.of(store, "clinic").held(URL) is None


def test_a_site_that_was_never_met_has_no_past(tmp_path: Path) -> None:
    assert Past.of(Store(tmp_path), "clinic").held(URL) is None
