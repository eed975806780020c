"""One run by several workers: the same tables, and what becomes of those who are killed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from data.models import Coverage, Failure, Page, Skipped
from data.store import Run, Store
from tests.crawlers.dask_cluster import Cluster, is_running, scrapy_of, until
from tests.crawlers.leased_world import (
    GATED,
    HOSTS,
    Gate,
    asked_twice,
    finished,
    new_store,
    start,
)
from tests.crawlers.sites_served import Web, crawl


def contents(run: Run) -> dict[str, list[object]]:
    """A run's tables without times and what follows from them."""
    pages = [
        replace(
            row,
            capture_id="",
            captured_at="",
            warc_file=row.warc_file.rpartition("/")[2],
            warc_record_id="",
            warc_offset=0,
            warc_length=0,
            parent_capture_id=None,
        )
        for row in run.read("pages", Page)
    ]
    return {
        "pages": list(pages),
        "skipped": list(run.read("skipped", Skipped)),
        "failures": [replace(row, last_at="") for row in run.read("failures", Failure)],
        "coverage": list(run.read("coverage", Coverage)),
    }


def test_two_workers_bring_home_the_same_run_as_one_process(
    web: Web, store: Store, tmp_path: Path
) -> None:
    alone = new_store(tmp_path / "alone", web)
    assert crawl(alone.path, "--render", "never").returncode in (0, 3)
    asked, web.log[:] = Counter(web.log), []
    said = finished(start(store, "--workers", "2"))
    assert "Traceback" not in said
    assert Counter(web.log) == asked
    assert contents(store.run()) == contents(alone.run())
    info, other = store.run().info, alone.run().info
    assert {k: info[k] for k in ("scope", "counts", "not_looked_at", "config", "providers")} == {
        k: other[k] for k in ("scope", "counts", "not_looked_at", "config", "providers")
    }
    names = {p.relative_to(store.run().path).as_posix() for p in store.run().path.rglob("*")}
    assert names == {
        p.relative_to(alone.run().path).as_posix() for p in alone.run().path.rglob("*")
    }


def test_a_killed_worker_costs_what_it_had_not_finished_and_another_crawls_it(
    web: Web, store: Store, gate: Gate, dask: Cluster
) -> None:
    first = dask.worker()
    process = start(store, "--scheduler", dask.address)
    assert gate.reached.wait(timeout=240)
    # The others are done on its second thread, and put.
    put = store.path / "runs"
    until("the others are put", lambda: len(list(put.glob(".partial-*/captures/*.gz"))) == 3)
    (scrapy,) = scrapy_of(first)
    dask.worker()
    first.kill()
    # It takes its Scrapy along: two visitors at one host would be one too many.
    until("Scrapy ends with its worker", lambda: not is_running(scrapy.pid))
    gate.open.set()
    finished(process)
    assert asked_twice(web, GATED) >= {"/", "/page-2"}
    for host in HOSTS[:-1]:
        assert asked_twice(web, host) == set()
    assert len({row.url for row in store.run().read("pages", Page)}) >= 3 * 5
    assert store.partial_run() is None


def test_scrapy_s_end_costs_no_provider(web: Web, store: Store, gate: Gate, dask: Cluster) -> None:
    worker = dask.worker()
    process = start(store, "--scheduler", dask.address)
    assert gate.reached.wait(timeout=240)
    for scrapy in scrapy_of(worker):
        scrapy.kill()
    gate.open.set()
    finished(process)
    failed = {row.provider_id for row in store.run().read("failures", Failure)}
    assert len(store.run().read("pages", Page)) >= 3 * 5
    assert "crawler_error" not in failed


def test_after_the_leader_s_death_nothing_that_was_under_way_is_asked_again(
    web: Web, store: Store, gate: Gate, dask: Cluster
) -> None:
    dask.worker()
    process = start(store, "--scheduler", dask.address)
    assert gate.reached.wait(timeout=240)
    process.kill()
    process.communicate()
    assert store.run_ids() == []
    again = start(store, "--scheduler", dask.address, "--resume")
    gate.open.set()
    said = finished(again)
    assert "was interrupted" in said
    for host in HOSTS:
        assert asked_twice(web, host) == set()
    assert len(store.run().read("pages", Page)) >= 3 * 5
