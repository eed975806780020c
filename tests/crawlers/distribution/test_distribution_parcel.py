"""A provider's rows on their way into the run's ledger, and a provider that is given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.distribution import distribution
from crawlers.distribution import parcel as distribution_parcel
from crawlers.distribution.order import Post, parcel_name
from crawlers.ledger.addresses import CAPTURED, Address, Step
from crawlers.ledger.ledger import Ledger
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.runs.plan import Plan
from crawlers.runs.progress import Progress
from crawlers.runs.report import Tables, not_looked_at
from crawlers.runs.work import Work
from data.config import Config, Limits
from data.depot import Depot
from data.errors import UsageError
from data.models import Provider, Skipped

ONE, TWO = "one.example", "two.example"
HOME = "https://one.example/"
POST = Post("r", "", "", None, (), Config(), Limits(), None, (), "never", "1")


@pytest.fixture
def run(tmp_path: Path) -> Ledger:
    (tmp_path / "run").mkdir()
    return Ledger.create(tmp_path / "run", {"run_id": "r"}, [ONE, TWO])


def sent(folder: Path, depot: Depot, done: bool = True) -> None:
    """What a worker puts of a provider: one address captured, one skipped, and an archive."""
    ledger = distribution_parcel.begin(folder, POST, ONE)
    site = SiteLedger(ledger, ONE)
    found = [Address(HOME, "home"), Address(f"{HOME}faq", "faq", HOME, 1)]
    skipped = [Skipped(ONE, f"{HOME}x.jpg", "other", "media", HOME)]
    states = {HOME: CAPTURED, f"{HOME}faq": CAPTURED}
    site.write(Step(found=found, skipped=skipped, states=states, warc_end=7, fetched=2, bytes=9))
    if done:
        site.finish()
    ledger.close()
    (folder / "captures" / f"{ONE}.warc.gz").write_bytes(b"archive")
    distribution_parcel.send(folder, depot, ONE)


def test_rows_and_files_of_a_provider_are_taken_over_once(run: Ledger, tmp_path: Path) -> None:
    afar = Depot(str(tmp_path / "afar"))
    sent(tmp_path / "worker", afar)
    # What an interrupted sitting here had of it gives way.
    SiteLedger(run, ONE).write(Step(found=[Address(f"{HOME}old", "other")]))
    for _ in range(2):
        parcel = distribution_parcel.fetch(afar, tmp_path / "run", ONE)
        distribution_parcel.merge(parcel, run, ONE)
    assert (tmp_path / "run" / "captures" / f"{ONE}.warc.gz").read_bytes() == b"archive"
    assert run.unfinished() == [TWO]
    assert run.home_states() == {ONE: CAPTURED}
    tables = Tables.of(run)
    assert [(row.expected_type, row.captured) for row in tables.coverage if row.captured] == [
        ("faq", 1),
        ("home", 1),
    ]
    assert [row.url for row in tables.skipped] == [f"{HOME}x.jpg"]
    spent = SiteLedger(run, ONE).spent()
    assert (spent.pages, spent.bytes, spent.warc_end) == (2, 9, 7)


def test_a_parcel_that_is_not_whole_is_refused(run: Ledger, tmp_path: Path) -> None:
    afar = Depot(str(tmp_path / "afar"))
    sent(tmp_path / "worker", afar, done=False)
    parcel = tmp_path / "afar" / parcel_name(ONE)
    with pytest.raises(UsageError, match=r"holds no finished one\.example"):
        distribution_parcel.merge(parcel, run, ONE)
    parcel.write_bytes(b"SQLite format 3\0" + b"torn" * 200)
    with pytest.raises(UsageError, match="damaged"):
        distribution_parcel.merge(parcel, run, ONE)
    assert run.unfinished() == [ONE, TWO]


def test_a_site_that_our_program_dies_of_is_not_looked_at_and_says_so(
    run: Ledger, tmp_path: Path
) -> None:
    provider = Provider(ONE, "One", HOME)
    work = Work(tmp_path / "run", run, Plan([provider], Limits()), Config(), None, (), "never")
    lead = distribution._Lead(work, Depot(str(tmp_path / "run")), Progress(quiet=True))
    lead.give_up(provider)
    tables = Tables.of(run)
    assert [(row.failure_class, row.fault) for row in tables.failures] == [
        ("crawler_error", "ours")
    ]
    assert not_looked_at(run, tables.failures) == {ONE: "coverage_too_low"}
    assert run.unfinished() == [TWO]
