"""A long sitemap or page of one site keeps no other waiting: told by the order of events."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scrapy import Request

from crawlers.conduct.evidence import EXCHANGE, Exchange
from crawlers.conduct.guard import Guard
from crawlers.conduct.robots import Reading
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.accounts import Accounts
from crawlers.ledger.addresses import Address, Step
from crawlers.ledger.archive import Archive
from crawlers.ledger.ledger import Ledger
from crawlers.ledger.scribe import BATCH, Scribe
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.links import sitemaps
from crawlers.walk import fetching
from crawlers.walk.fetching import Fetcher
from crawlers.walk.sitemap_discovery import SiteDiscovery
from data.models import Provider, Skipped
from data.vocabulary import PageType

HOME = "https://clinic.example/"
LONG = 4_000


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SiteLedger]:
    (tmp_path / "captures").mkdir()
    made = Ledger.create(tmp_path, {}, ["clinic"])
    yield SiteLedger(made, "clinic")
    made.close()


def sitemap(count: int) -> Exchange:
    places = "".join(f"<url><loc>{HOME}treatment-{name(n)}</loc></url>" for n in range(count))
    return Exchange(HOME, 200, [], f"<urlset>{places}</urlset>".encode(), "2026")


def name(number: int) -> str:
    """A word of its own for a number: what differs by digits alone is taken for a calendar."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


async def take_up(ledger: SiteLedger, step: Step) -> None:
    found = SiteDiscovery(Provider("clinic", "Clinic", HOME), SiteScope(HOME), ledger)
    address = Address(f"{HOME}sitemap.xml", PageType.OTHER, sitemap=True)
    await found.in_sitemap(step, address, sitemap(LONG))


def beside(work: Callable[[], object], events: list[str]) -> None:
    """Do something, and count in ``events`` how often somebody else had a turn meanwhile."""

    async def others() -> None:
        while True:
            events.append("other")
            await asyncio.sleep(0)

    async def both() -> None:
        other = asyncio.create_task(others())
        await asyncio.sleep(0)
        await work()  # type: ignore[misc]
        events.append("done")
        other.cancel()

    asyncio.run(both())


def test_others_go_on_while_a_sitemap_is_parsed(
    ledger: SiteLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser waits for the other site's work; on the loop's own thread that would never be."""
    others_worked, events, parse = threading.Event(), list[str](), sitemaps.read

    def read(body: bytes) -> sitemaps.SitemapFile:
        events.append("parsed" if others_worked.wait(10) else "gave up")
        return parse(body)

    async def other_site() -> None:
        events.append("other")
        others_worked.set()

    async def both() -> None:
        await asyncio.gather(take_up(ledger, Step()), other_site())

    monkeypatch.setattr(sitemaps, "read", read)
    asyncio.run(both())
    assert events == ["other", "parsed"]


def test_others_go_on_while_a_long_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    others_worked, events, read = threading.Event(), list[str](), fetching.page_facts

    def facts(answer: Exchange) -> object:
        events.append("read" if others_worked.wait(10) else "gave up")
        return read(answer)

    async def download(request: Request) -> None:
        html = [("Content-Type", "text/html")]
        request.meta[EXCHANGE] = Exchange(HOME, 200, html, b"<p>word " * 50_000, "2026")

    async def other_site() -> None:
        events.append("other")
        others_worked.set()

    async def both() -> None:
        fetcher = Fetcher(download, Guard(), SiteScope(HOME), 0.0)
        fetched, _ = await asyncio.gather(fetcher.fetch(HOME), other_site())
        assert fetched.facts is not None

    monkeypatch.setattr(fetching, "page_facts", facts)
    asyncio.run(both())
    assert events == ["other", "read"]


def test_others_go_on_while_its_addresses_are_looked_at(
    ledger: SiteLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, step, events = sitemaps.read(sitemap(LONG).body), Step(), list[str]()

    async def at_once(read: object) -> sitemaps.SitemapFile:
        return listed

    monkeypatch.setattr(asyncio, "to_thread", at_once)
    beside(lambda: take_up(ledger, step), events)
    assert len(step.found) == LONG
    assert events.index("done") >= LONG // 500


def test_others_go_on_while_they_are_written_and_the_last_of_them_ends_the_step(
    ledger: SiteLedger, tmp_path: Path
) -> None:
    accounts, events = Accounts("clinic"), list[str]()
    archive = Archive(tmp_path, "20261124T031500Z", "clinic", "us", 0)
    scribe = Scribe(ledger, archive, accounts)
    place = f"{HOME}sitemap.xml"
    ledger.write(Step(found=[Address(place, PageType.OTHER, sitemap=True)]))
    found = [Address(f"{HOME}{n}", PageType.OTHER) for n in range(LONG)]
    seen: list[tuple[int, str | None]] = []

    async def write() -> None:
        writing = asyncio.create_task(
            scribe.write_long(Step(found=list(found), states={place: "captured"}))
        )
        while not writing.done():
            await asyncio.sleep(0)
            seen.append((len(ledger.waiting()), ledger.state(place)))

    beside(write, events)
    assert {(n, "queued") for n in range(BATCH, LONG, BATCH)} <= set(seen)
    assert seen[-1] == (LONG, "captured")
    assert [a.url for a in ledger.waiting()] == [a.url for a in found]


def test_others_go_on_while_what_is_left_is_accounted_for(
    ledger: SiteLedger, tmp_path: Path
) -> None:
    accounts, events = Accounts("clinic"), list[str]()
    archive = Archive(tmp_path, "20261124T031500Z", "clinic", "us", 0)
    ledger.write(Step(found=[Address(f"{HOME}{n}", PageType.OTHER) for n in range(LONG)]))
    scribe = Scribe(ledger, archive, accounts)
    beside(lambda: scribe.leave(ledger.waiting(), "budget_pages"), events)
    assert events.index("done") >= LONG // BATCH
    assert ledger.waiting() == []
    rows = ledger._ledger.records(Skipped)
    assert {row.reason for row in rows} == {"budget_pages"}
    assert len(rows) == LONG


@pytest.mark.parametrize(
    ("named", "places"),
    [
        ("https://elsewhere.example/map.xml", {f"{HOME}sitemap.xml"}),
        (HOME.replace("://", "://staging.") + "map.xml", {f"{HOME}sitemap.xml"}),
        (f"{HOME}map.xml", {f"{HOME}map.xml"}),
    ],
)
def test_a_copied_robots_txt_hides_no_sitemap(
    ledger: SiteLedger, named: str, places: set[str]
) -> None:
    found = SiteDiscovery(Provider("clinic", "Clinic", HOME), SiteScope(HOME), ledger)
    step = Step()
    found.in_robots(step, Reading([Exchange(f"{HOME}robots.txt", 200, [], b"", "2026")], [named]))
    assert {address.url for address in step.found} == places


@pytest.mark.parametrize(("depth", "places"), [(1, {f"{HOME}sitemap.xml"}), (2, set())])
def test_where_a_named_sitemap_does_not_come_the_usual_place_is_tried(
    ledger: SiteLedger, depth: int, places: set[str]
) -> None:
    found = SiteDiscovery(Provider("clinic", "Clinic", HOME), SiteScope(HOME), ledger)
    step, named = Step(), Address(f"{HOME}map.xml", PageType.OTHER, HOME, depth, sitemap=True)
    asyncio.run(found.in_sitemap(step, named, None))
    assert {address.url for address in step.found} == places
    assert [row.reason for row in step.skipped] == ["sitemap_unread"]
