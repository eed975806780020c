"""The ledger of a run: order of visits, all or nothing, and what it says after a restart."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from crawlers.ledger.addresses import CAPTURED, FAILED, MOVED, SKIPPED, SUSPECT, Address, Step
from crawlers.ledger.ledger import FILE_NAME, Ledger
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.runs.report import Tables
from data.errors import UsageError
from data.models import Failure, Page, Skipped
from data.vocabulary import PageType

WHO = "clinic.example"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path, {"run_id": "r"}, [WHO, "other.example"])


@pytest.fixture
def site(ledger: Ledger) -> SiteLedger:
    return SiteLedger(ledger, WHO)


def found(*types: str, prefix: str = "") -> list[Address]:
    return [Address(f"{prefix}{n}", kind, None, 1) for n, kind in enumerate(types)]


def visit_all(site: SiteLedger) -> list[str]:
    order = []
    while (address := site.next_page()) is not None:
        order.append(address.url)
        site.write(Step(states={address.url: CAPTURED}))
    return order


def test_relevant_pages_come_first_and_near_ones_before_far_ones(site: SiteLedger) -> None:
    far = Address("far", PageType.FAQ, None, 2)
    near = [Address("blog", PageType.BLOG, None, 1), Address("near", PageType.FAQ, None, 1)]
    site.write(Step(found=[far, *near, Address("home", PageType.HOME)]))
    assert visit_all(site) == ["home", "near", "far", "blog"]


def test_a_sitemap_is_read_right_after_the_home_page(site: SiteLedger) -> None:
    site.write(Step(found=[Address("home", PageType.HOME), *found(PageType.FAQ)]))
    site.write(Step(found=[Address("map", PageType.OTHER, None, 1, sitemap=True)]))
    assert visit_all(site) == ["home", "map", "0"]


def test_five_of_a_type_give_way_to_other_types_and_samples_end_there(site: SiteLedger) -> None:
    site.write(Step(found=found(*[PageType.TREATMENT] * 7, prefix="treatment-")))
    site.write(Step(found=found(*[PageType.BLOG] * 7, prefix="blog-")))
    order = visit_all(site)
    assert [url.partition("-")[0] for url in order] == (
        ["treatment"] * 5 + ["blog"] * 5 + ["treatment"] * 2
    )
    assert [a.url for a in site.waiting()] == ["blog-5", "blog-6"]
    assert site.complete_types() == {PageType.TREATMENT, PageType.BLOG}


def test_what_failed_is_no_part_of_a_sample(site: SiteLedger) -> None:
    site.write(Step(found=found(*[PageType.BLOG] * 7)))
    site.write(Step(states={"0": FAILED, "1": SUSPECT}))
    assert visit_all(site) == ["2", "3", "4", "5", "6"]
    assert [a.url for a in site.suspects()] == ["1"]


def test_what_only_leads_to_a_captured_page_is_no_part_of_a_sample(site: SiteLedger) -> None:
    site.write(Step(found=found(*[PageType.BLOG] * 8)))
    site.write(Step(states={"0": MOVED, "1": MOVED}))
    assert visit_all(site) == ["2", "3", "4", "5", "6"]


def test_an_address_is_discovered_once(site: SiteLedger) -> None:
    site.write(Step(found=found(PageType.FAQ)))
    site.write(Step(states={"0": CAPTURED}))
    site.write(Step(found=[Address("0", PageType.BLOG, "elsewhere", 9)], aliases=["0", "alias"]))
    assert site.state("0") == CAPTURED
    assert site.next_page() is None
    assert site.known() == {"0", "alias"}


def capture(url: str, kind: str) -> Page:
    numbers = {"payload_bytes": 1, "warc_offset": 0, "warc_length": 1}
    text = {f.name: "" for f in fields(Page) if f.name not in numbers}
    ids = {"capture_id": f"{url} {kind}", "url": url, "kind": kind, "status": 200}
    return Page(**{**text, **numbers, **ids})  # type: ignore[arg-type]


def test_what_a_retried_page_shows_takes_the_place_of_what_was_said(
    ledger: Ledger, site: SiteLedger
) -> None:
    failed = Failure(WHO, "0", "faq", "render_failed", "ours", "", 1, "2026-11-24T00:00:00Z")
    raw, shown = capture("0", "raw"), capture("0", "rendered")
    site.write(Step(found=found(PageType.FAQ, PageType.FAQ)))
    site.write(
        Step(states={"0": FAILED}, pages=[raw, shown], failures=[failed], late=[raw], fetched=1)
    )
    (late,) = site.late()
    assert (late.address.url, late.raw, late.failure) == ("0", raw, failed)
    site.write(Step(states={"0": CAPTURED}, pages=[shown], retried=["0"]))
    assert (site.late(), ledger.records(Failure)) == ([], [])
    assert [p.kind for p in ledger.records(Page)] == ["raw", "rendered"]
    assert site.state("0") == CAPTURED


def test_a_run_that_an_earlier_version_began_goes_on(tmp_path: Path, ledger: Ledger) -> None:
    with ledger.transaction() as db:
        db.execute("drop table late")
    ledger.close()
    again = Ledger.open(tmp_path)
    assert again is not None
    assert SiteLedger(again, WHO).late() == []
    again.close()


def test_a_step_counts_as_a_whole_or_not_at_all(site: SiteLedger) -> None:
    broken = Address("x", PageType.FAQ, None, None)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        site.write(Step(found=[*found(PageType.FAQ), broken], bytes=7, warc_end=9))
    assert site.next_page() is None
    assert (site.spent().bytes, site.spent().warc_end) == (0, 0)


def test_a_restart_finds_everything(tmp_path: Path, ledger: Ledger, site: SiteLedger) -> None:
    skip = Skipped(WHO, "s", "other", "trap", "home")
    failure = Failure(WHO, "f", "faq", "timeout", "network", "Wait.", 3, "2026-11-24T00:00:00Z")
    site.write(
        Step(found=found(PageType.FAQ), skipped=[skip], failures=[failure], fetched=1, seconds=2.5)
    )
    site.write(Step(fetched=2, bytes=10, seconds=1.5, warc_end=100))
    SiteLedger(ledger, "other.example").finish()
    ledger.close()
    again = Ledger.open(tmp_path)
    assert again is not None
    assert again.meta == {"run_id": "r"}
    assert again.unfinished() == [WHO]
    spent = SiteLedger(again, WHO).spent()
    assert (spent.pages, spent.bytes, spent.seconds, spent.warc_end) == (3, 10, 4.0, 100)
    assert again.records(Skipped) == [skip]
    assert again.records(Failure) == [failure]


def test_the_first_reason_to_skip_stands_and_the_last_failure_does(
    ledger: Ledger, site: SiteLedger
) -> None:
    for reason, name in (("trap", "timeout"), ("login", "dns")):
        site.write(Step(skipped=[Skipped(WHO, "s", "other", reason)]))
        site.write(Step(failures=[Failure(WHO, "f", "faq", name, "network", "Wait.", 1, "")]))
    assert [s.reason for s in ledger.records(Skipped)] == ["trap"]
    assert [f.failure_class for f in ledger.records(Failure)] == ["dns"]


def test_coverage_adds_up(ledger: Ledger, site: SiteLedger) -> None:
    site.write(Step(found=found(*[PageType.FAQ] * 5)))
    # A redirect ended at "alias", which no link leads to, and at "4", which one does.
    site.write(Step(aliases=["alias"], states={"0": CAPTURED, "alias": MOVED, "4": MOVED}))
    site.write(Step(states={"1": FAILED, "2": SKIPPED, "3": SKIPPED}))
    for url, reason in (("2", "sampled_out"), ("3", "budget_pages"), ("t", "trap")):
        site.write(Step(skipped=[Skipped(WHO, url, PageType.FAQ, reason)]))
    site.write(Step(skipped=[Skipped(WHO, "https://x.example/", PageType.FAQ, "off_site")]))
    (row,) = Tables.of(ledger).coverage
    assert (row.discovered, row.captured, row.sampled_out, row.skipped, row.failed) == (
        *(6, 2, 1),
        *(2, 1),
    )


def test_a_damaged_ledger_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database at all, but long enough to be read as one")
    with pytest.raises(UsageError, match="damaged"):
        Ledger.open(tmp_path)


def test_no_ledger_is_none(tmp_path: Path) -> None:
    assert Ledger.open(tmp_path) is None
    Ledger(tmp_path / FILE_NAME).close()
    assert Ledger.open(tmp_path) is None
