"""Runs by workers that end early: somebody asks to stop, or the scheduler is gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import psutil
import pytest

from data.models import Page
from data.store import Store
from tests.crawlers.dask_cluster import cluster, is_running, until
from tests.crawlers.leased_world import HOSTS, Gate, finished, start
from tests.crawlers.sites_served import Web, crawl


@contextmanager
def in_the_background() -> Iterator[None]:
    """What is started here inherits what a script's ``&`` gives: SIGINT is to be ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="process groups are POSIX's")
@pytest.mark.parametrize("started", [nullcontext, in_the_background])
def test_a_stop_ends_all_processes_and_can_be_resumed_without_workers(
    web: Web, store: Store, gate: Gate, started: Callable[[], AbstractContextManager[None]]
) -> None:
    with started():
        process = start(store, "--workers", "1")
    assert gate.reached.wait(timeout=240)
    until(
        "the others are put",
        lambda: len(list(store.path.glob("runs/.partial-*/captures/*.gz"))) == 3,
    )
    family = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    said = process.communicate(timeout=240)[1]
    assert process.returncode == 130, said
    assert said.splitlines()[-1] == "ketawatch: Interrupted; what was finished is kept."
    assert "Traceback" not in said
    until("all end", lambda: not [child for child in family if is_running(child.pid)])
    gate.open.set()
    before = {host: web.asked(host) for host in HOSTS[:-1]}
    assert crawl(store.path, "--resume", "--render", "never").returncode in (0, 3)
    assert {host: web.asked(host) for host in HOSTS[:-1]} == before
    assert len({row.url for row in store.run().read("pages", Page)}) >= 3 * 5
    assert store.partial_run() is None


def test_a_scheduler_that_is_gone_ends_a_run_that_can_be_resumed(
    web: Web, store: Store, gate: Gate, tmp_path: Path
) -> None:
    (tmp_path / "dask").mkdir()
    with cluster(tmp_path / "dask") as dask:
        dask.worker()
        process = start(store, "--scheduler", dask.address)
        assert gate.reached.wait(timeout=240)
        dask.processes[0].kill()
        said = process.communicate(timeout=300)[1]
    assert process.returncode == 1, said
    assert said.splitlines()[-1].startswith("ketawatch: The scheduler is gone.")
    assert "Traceback" not in said
    gate.open.set()
    assert "was interrupted" in finished(start(store, "--workers", "1"))
    assert len({row.url for row in store.run().read("pages", Page)}) >= 3 * 5
