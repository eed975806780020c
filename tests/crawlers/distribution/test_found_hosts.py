"""A help desk that two crawls find by themselves has one visitor at a time, here and on workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import provider_file
from data.models import Failure, Provider
from tests.crawlers.dask_cluster import Cluster, scrapy_of, until
from tests.crawlers.leased_world import finished, start
from tests.crawlers.shared_desk import (
    CLINICS,
    DESK,
    OWN_PAGES,
    Desk,
    answers_for,
    captured,
    shared_desk,
    store_of,
)
from tests.crawlers.sites_served import Web


@pytest.fixture
def world() -> Iterator[tuple[Web, Desk]]:
    with shared_desk() as made:
        yield made


@pytest.fixture
def scheduler(dask: Cluster) -> str:
    """The address of a scheduler with two workers, each of which looks at one provider at once."""
    dask.worker(threads=1)
    dask.worker(threads=1)
    return dask.address


def at_the_desk(web: Web, clinic: str) -> set[str]:
    """What was asked of the desk for a clinic."""
    return {path for path in web.asked(DESK) if path.startswith(f"/{clinic}/")}


@pytest.mark.parametrize("by_workers", [False, True])
def test_the_second_goes_on_with_its_own_pages_and_comes_back(
    world: tuple[Web, Desk], tmp_path: Path, by_workers: bool, request: pytest.FixtureRequest
) -> None:
    web, desk = world
    store = store_of(tmp_path / "store", web)
    options = ("--scheduler", request.getfixturevalue("scheduler")) if by_workers else ()
    process = start(store, *options)
    assert desk.reached.wait(timeout=240)
    _, other = desk.first_and_other()
    until("the other reads its own pages", lambda: set(web.asked(other)) >= set(OWN_PAGES))
    assert at_the_desk(web, other) == set()
    desk.open.set()
    finished(process)
    for clinic in CLINICS:
        assert captured(store, clinic) == {"/", *OWN_PAGES, *answers_for(clinic)}
    assert web.most[DESK] == 1
    assert store.run().read("failures", Failure) == []


@pytest.mark.parametrize("by_workers", [False, True])
def test_what_is_never_free_is_told(
    world: tuple[Web, Desk], tmp_path: Path, by_workers: bool, request: pytest.FixtureRequest
) -> None:
    web, desk = world
    store = store_of(tmp_path / "store", web, "[limits]\nmax_seconds = 24\nmax_page_seconds = 120")
    options = ("--scheduler", request.getfixturevalue("scheduler")) if by_workers else ()
    process = start(store, *options)
    assert desk.reached.wait(timeout=240)
    _, other = desk.first_and_other()
    last = store.path.glob
    if by_workers:
        until("the other is put", lambda: [*last(f"runs/.partial-*/parcels/{other}.sqlite")])
    else:
        until("the other reads its own pages", lambda: set(web.asked(other)) >= set(OWN_PAGES))
        until("it ends", lambda: _is_done(store.path, other))
    desk.open.set()
    finished(process)
    told = [r for r in store.run().read("failures", Failure) if r.provider_id == other]
    assert {r.failure_class for r in told} == {"host_taken"}
    assert {r.url for r in told} == {web.url(DESK, path) for path in answers_for(other)}
    assert all(r.fault == "policy" and "run again" in r.remedy for r in told)
    assert captured(store, other) == {"/", *OWN_PAGES}
    assert web.most[DESK] == 1


def _is_done(store: Path, provider_id: str) -> bool:
    import sqlite3
    from contextlib import closing

    (ledger,) = store.glob("runs/.partial-*/*.sqlite")
    with closing(sqlite3.connect(ledger)) as db:
        sql = "select done from providers where provider_id = ?"
        return bool(db.execute(sql, [provider_id]).fetchone()[0])


def test_a_host_that_is_another_provider_s_own_is_left_to_it(
    world: tuple[Web, Desk], tmp_path: Path
) -> None:
    web, desk = world
    desk.open.set()
    web.routes[DESK]["/"] = web.routes[CLINICS[0]]["/"]
    store = store_of(tmp_path / "store", web)
    listed, _ = provider_file.read(store.providers_path)
    own = Provider("desk", "Quiet Harbor Desk", web.url(DESK))
    provider_file.write(store.providers_path, [own, *listed])
    finished(start(store))
    assert web.most[DESK] == 1
    for clinic in CLINICS:
        assert captured(store, clinic) >= set(answers_for(clinic))


def test_a_host_is_free_again_once_its_visitor_s_process_died(
    world: tuple[Web, Desk], tmp_path: Path, dask: Cluster
) -> None:
    web, desk = world
    store = store_of(tmp_path / "store", web)
    workers = [dask.worker(threads=1), dask.worker(threads=1)]
    process = start(store, "--scheduler", dask.address)
    assert desk.reached.wait(timeout=240)
    first, other = desk.first_and_other()
    until("the other reads its own pages", lambda: set(web.asked(other)) >= set(OWN_PAGES))
    hands = [hand for worker in workers for hand in scrapy_of(worker)]
    (dying,) = [hand for hand in hands if (first in " ".join(f.path for f in hand.open_files()))]
    dying.kill()
    desk.open.set()
    finished(process)
    for clinic in CLINICS:
        assert captured(store, clinic) == {"/", *OWN_PAGES, *answers_for(clinic)}
