"""Budgets, second looks and our own stumbles on one site, with a network that is played."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawlers.browser.escalation import NEVER
from crawlers.conduct.evidence import Exchange
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.archive import Archive
from crawlers.ledger.ledger import Ledger
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.responses.failures import Trouble
from crawlers.walk.fetching import Fetched, page_facts
from crawlers.walk.rendering import Renderer
from crawlers.walk.walk import Company, Site, SiteWalk
from data.config import Limits
from data.models import Failure, Page, Provider, Skipped

HOME = "https://clinic.example/"
PATHS = [f"/treatment-{n}" for n in range(4)]
WORDS = b"<p>A nurse sits with you for as long as it takes. " * 10
NAV = b"".join(f'<a href="{path}">x</a>'.encode() for path in PATHS)


class Played:
    """Stands in for the fetcher: every address is a page, but for those that are told apart."""

    def __init__(self, **statuses: list[int]) -> None:
        self.statuses = {f"{HOME}{name}": codes for name, codes in statuses.items()}
        self.asked: list[str] = []
        self.broken: str | None = None
        self.break_with: type[BaseException] = RecursionError

    async def fetch(self, url: str, is_known: Callable[[str], bool]) -> Fetched:
        self.asked.append(url.removeprefix(HOME))
        if url == self.broken:
            raise self.break_with
        codes = self.statuses.get(url, [200])
        status = codes.pop(0) if len(codes) > 1 else codes[0]
        answer = Exchange(url, status, [("Content-Type", "text/html")], NAV + WORDS, "2026")
        return Fetched([answer], facts=page_facts(answer), attempts=1)


class Walk:
    """One walk and what it leaves behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "captures").mkdir()
        self.ledger = Ledger.create(folder, {}, ["clinic"])
        self.limits = Limits(60, 10**9, 600)
        self.pause = 0.0
        self.network = Played()
        self.stop_after = 10**9

    def go(self) -> list[str]:
        """Walk to the end; the paths that were asked."""
        site = Site(
            Provider("clinic", "Clinic", HOME),
            SiteLedger(self.ledger, "clinic"),
            Archive(self.folder, "20261124T031500Z", "clinic", "us", 0),
            SiteScope(HOME),
            self.limits,
        )
        company = Company(
            stopped=lambda: len(self.network.asked) >= self.stop_after,
            pause_for=lambda url: self.pause,
            seen=lambda url: None,
            renderer=Renderer(NEVER, None),
        )
        asyncio.run(SiteWalk(site, self.network, company).walk())  # type: ignore[arg-type]
        site.archive.close()
        return self.network.asked

    def skipped(self) -> dict[str, str]:
        """Reasons by path."""
        return {s.url.removeprefix(HOME): s.reason for s in self.ledger.records(Skipped)}

    def failures(self) -> dict[str, str]:
        """Classes by path."""
        return {f.url.removeprefix(HOME): f.failure_class for f in self.ledger.records(Failure)}


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path)
    yield made
    made.ledger.close()


def test_everything_is_visited_once(walk: Walk) -> None:
    assert walk.go() == ["", *(p[1:] for p in PATHS)]
    assert (walk.skipped(), walk.failures(), walk.ledger.unfinished()) == ({}, {}, [])


def test_a_budget_of_pages(walk: Walk) -> None:
    walk.limits = Limits(3, 10**9, 600)
    assert len(walk.go()) == 3
    assert walk.skipped() == {"treatment-2": "budget_pages", "treatment-3": "budget_pages"}


def test_a_budget_of_bytes(walk: Walk) -> None:
    walk.limits = Limits(60, len(NAV + WORDS) + 1, 600)
    assert len(walk.go()) == 2
    assert set(walk.skipped().values()) == {"budget_bytes"}


def test_a_budget_of_time_that_the_pauses_would_use_up(walk: Walk) -> None:
    walk.pause = 601
    assert walk.go() == []
    assert walk.skipped() == {"": "budget_time"}


def test_a_dead_link_needs_a_second_look_at_the_end(walk: Walk) -> None:
    walk.network = Played(**{"treatment-0": [404], "treatment-1": [404, 200]})
    assert walk.go()[-2:] == ["treatment-0", "treatment-1"]
    assert walk.failures() == {"treatment-0": "dead_link"}
    statuses = [p.status for p in walk.ledger.records(Page) if p.url.endswith("-1")]
    assert statuses == [404, 200]


def test_without_a_second_look_a_link_is_not_called_dead(walk: Walk) -> None:
    walk.network = Played(**{"treatment-0": [404], "treatment-1": [404, 200]})
    walk.stop_after = 5
    walk.go()
    walk.stop_after, walk.pause = 10**9, 601
    walk.go()
    assert walk.failures() == {"treatment-0": "http_404", "treatment-1": "http_404"}


def test_a_home_page_that_refuses_us_ends_the_walk(walk: Walk) -> None:
    walk.network = Played(**{"": [403]})
    assert walk.go() == [""]
    assert walk.failures() == {"": "http_403"}
    assert walk.ledger.home_states() == {"clinic": "failed"}


def test_a_page_that_our_own_code_stumbles_over_is_a_failure_of_ours(walk: Walk) -> None:
    walk.network.broken = f"{HOME}treatment-1"
    assert len(walk.go()) == 5
    (failure,) = walk.ledger.records(Failure)
    assert (failure.failure_class, failure.fault) == ("crawler_error", "ours")
    assert failure.remedy == Trouble("crawler_error", "RecursionError").remedy


def test_a_wait_that_something_else_broke_off_ends_no_walk(walk: Walk) -> None:
    """Scrapy would take it for its own stop, and wait for the walk for ever."""
    walk.network.broken, walk.network.break_with = f"{HOME}treatment-1", asyncio.CancelledError
    assert len(walk.go()) == 5
    (failure,) = walk.ledger.records(Failure)
    assert (failure.failure_class, failure.fault) == ("crawler_error", "ours")


def test_a_walk_that_was_stopped_goes_on_where_it_was(walk: Walk) -> None:
    walk.stop_after = 3
    assert len(walk.go()) == 3
    assert walk.ledger.unfinished() == ["clinic"]
    walk.stop_after = 10**9
    assert walk.go() == ["", *(p[1:] for p in PATHS)]
    assert walk.ledger.unfinished() == []
