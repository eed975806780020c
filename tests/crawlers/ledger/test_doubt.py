"""A server that says "not modified" is believed for a while, and a cache that lies is found out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers.conduct.evidence import Exchange
from crawlers.ledger.doubt import LONGEST, MOST_TIMES, is_belied, is_believed
from data import provider_file, revisits
from data.models import Coverage, Page, Provider, Skipped
from data.revisits import Original, originals
from data.store import Store
from data.warc import Record, WarcAppender, http_block
from tests.crawlers.sites_served import WORDS, Answer, Kept, Web, crawl, page, serve

FIRST = datetime.fromisoformat("2026-01-05T03:15:00+00:00")
SITE = "clinic.localhost"


def original(url: str = "https://clinic.example/", **more: object) -> Original:
    at = FIRST.isoformat()
    return Original(url, at, "0" * 64, "runs/1/captures/a.warc.gz", "<urn:x>", 0, 1, **more)  # type: ignore[arg-type]


def weeks_believed(url: str, every: timedelta) -> int:
    """How often an address that never changes is asked on condition before it is not."""
    looks, held = 1, original(url)
    while is_believed(held, (FIRST + looks * every).isoformat()):
        held = original(url, times_unsent=looks)
        looks += 1
    return looks - 1


def test_no_address_is_believed_longer_than_is_said() -> None:
    for number in range(50):
        url = f"https://clinic.example/{number}"
        assert weeks_believed(url, timedelta(weeks=1)) <= MOST_TIMES
        assert weeks_believed(url, timedelta(days=1)) <= MOST_TIMES
        assert weeks_believed(url, timedelta(days=30)) * timedelta(days=30) < LONGEST


def test_the_pages_of_a_site_do_not_come_whole_in_one_week() -> None:
    due = Counter(
        weeks_believed(f"https://clinic.example/{n}", timedelta(weeks=1)) for n in range(200)
    )
    assert set(due) == {5, 6, 7, 8}
    assert max(due.values()) < 80


def test_a_page_that_came_whole_and_was_the_same_counts_anew(tmp_path: Path) -> None:
    folders = [tmp_path / "runs" / str(n) / "captures" for n in range(4)]
    paths = [folder / "clinic.warc.gz" for folder in folders]
    for folder in folders:
        folder.mkdir(parents=True)
    at = [(FIRST + timedelta(weeks=n)).strftime("%Y-%m-%dT%H:%M:%SZ") for n in range(4)]
    with WarcAppender(paths[0]) as appender:
        appender.response("http://a/", 200, "OK", [("ETag", '"1"')], b"body", at[0])
    counts = []
    for (before, path), date, is_304 in zip(
        pairwise(paths), at[1:], (True, True, False), strict=True
    ):
        held = originals(tmp_path, before.relative_to(tmp_path).as_posix())["http://a/"]
        counts.append((held.times_unsent, held.came_whole, held.asked))
        with WarcAppender(path) as appender:
            head = http_block(304 if is_304 else 200, "", [], b"")
            appender.append("revisit", "http://a/", head, held.refer(is_304, date))
    last = originals(tmp_path, paths[3].relative_to(tmp_path).as_posix())["http://a/"]
    assert counts == [(0, at[0], at[0]), (1, at[0], at[1]), (2, at[0], at[2])]
    assert (last.times_unsent, last.came_whole, last.date) == (0, at[3], at[0])


def came(body: bytes, **headers: str) -> Exchange:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Exchange("https://clinic.example/", 200, named, body, FIRST.isoformat())


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (came(b"new", ETag='"1"'), True),
        (came(b"old", ETag='"1"'), False),
        (came(b"new", ETag='"2"'), False),
        (came(b"new"), False),
        (came(b"new", ETag='"2"', Last_Modified="Mon, 12 Jan 2026 07:00:00 GMT"), True),
        (came(b"new", ETag='"2"', Last_Modified="Mon, 26 Jan 2026 07:00:00 GMT"), False),
        (came(b"new", Last_Modified="yesterday or so"), False),
    ],
)
def test_what_belies_a_server_and_what_is_a_page_that_changed(
    answer: Exchange, expected: bool
) -> None:
    record = Record("response", "", "", "", 200, (("ETag", '"1"'),), b"old")
    met = (FIRST + timedelta(weeks=2)).isoformat()
    assert is_belied(answer, record, original(times_unsent=2, met=met)) is expected
    assert not is_belied(answer, record, original(met=met)), "nobody had called it unchanged"


@dataclass(slots=True)
class Stuck(Kept):
    """A cache that knows one mark, whatever the page behind it is."""

    def answer(self, headers: Mapping[str, str]) -> Answer:
        self.asked.append(dict(headers))
        if headers.get("If-None-Match"):
            return Answer(b"", 304, {"ETag": '"1"'})
        self.sent += 1
        return Answer(self.body, 200, {"Content-Type": self.kind, "ETag": '"1"'})


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve() as web:
        yield web


def age(store: Store, times: int) -> None:
    """Let the latest run's 304s be the last of so many."""
    path = store.run().path / "captures" / f"{SITE}.warc.gz"
    place = path.relative_to(store.path).as_posix()
    held = originals(store.path, place)
    path.unlink()
    with WarcAppender(path) as appender:
        for uri, found in held.items():
            head = http_block(304, "Not Modified", [], b"")
            made = revisits.Original(
                *(uri, found.date, found.payload_sha256, found.warc_file, found.record_id),
                *(found.offset, found.length, found.whole, times - 1),
            )
            appender.append("revisit", uri, head, made.refer(True, found.asked))


def test_a_broken_cache_is_found_out_and_told(tmp_path: Path, web: Web) -> None:
    home, faq = Stuck(page("Clinic", "/faq|FAQ").body), Kept(page("Questions").body)
    web.routes[SITE] = {"/": home, "/faq": faq}
    store = Store.create(tmp_path / "store")
    provider_file.write(store.providers_path, [Provider(SITE, SITE, web.url(SITE))])
    assert crawl(store.path).returncode == 0
    home.body = page("Clinic", "/faq|FAQ", text=f"The price is 299 dollars. {WORDS}").body
    assert "called it unchanged" not in crawl(store.path).stderr
    assert (home.sent, faq.sent) == (1, 1)
    age(store, MOST_TIMES)
    done = crawl(store.path)
    assert (home.sent, faq.sent) == (2, 2)
    assert f"{web.url(SITE)}: its server had called it unchanged" in done.stderr
    run = store.run()
    (told,) = (row for row in run.read("skipped", Skipped) if row.reason == "not_modified_belied")
    assert told.url == web.url(SITE)
    rows = {row.url: row for row in run.read("pages", Page)}
    assert rows[web.url(SITE)].payload_sha256 == hashlib.sha256(home.body).hexdigest()
    assert run.run_id not in rows[web.url(SITE, "/faq")].warc_file, "the same bytes: a pointer"
    assert sum(row.skipped for row in run.read("coverage", Coverage)) == 0
    crawl(store.path)
    assert (home.sent, faq.sent) == (2, 2), "believed again"
