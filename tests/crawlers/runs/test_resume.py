"""Interrupted crawls: killed, stopped, out of disk, and a second process at the same store."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.crawl import CrawlOptions, estimate
from crawlers.crawl import crawl as crawl_here
from data import provider_file
from data.lock import hold
from data.models import Page, Provider
from data.store import PARTIAL, Store
from tests.crawlers.sites_served import Answer, Web, command, crawl, environment, page, serve

HOSTS = ("one.localhost", "two.localhost")
PATHS = [f"/page-{n}" for n in range(12)]


class Gate:
    """A page that keeps its visitor waiting until it is opened, and tells that one has come."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self) -> Answer:
        self.reached.set()
        self.open.wait(timeout=30)
        return page("Gate")


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as served:
        for host in HOSTS:
            served.routes[host] = {"/": page(host, *PATHS)}
            served.routes[host] |= {p: page(p) for p in PATHS}
        yield served


@pytest.fixture
def store(tmp_path: Path, web: Web) -> Store:
    made = Store.create(tmp_path / "store")
    provider_file.write(made.providers_path, [Provider(h, h, web.url(h)) for h in HOSTS])
    return made


@pytest.fixture
def gates(web: Web) -> Iterator[dict[str, Gate]]:
    """The seventh page of each host is a gate; all are open in the end."""
    made = {host: Gate() for host in HOSTS}
    for host, gate in made.items():
        web.routes[host]["/page-6"] = gate
    yield made
    for gate in made.values():
        gate.open.set()


@pytest.fixture
def stopped_at_the_gates(
    web: Web, store: Store, gates: dict[str, Gate]
) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """Start a crawl, wait until both hosts are at their gates, and send a signal."""
    running: list[subprocess.Popen[str]] = []

    def stop(number: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command(store.path), stderr=subprocess.PIPE, encoding="utf-8", env=environment()
        )
        running.append(process)
        assert all(gate.reached.wait(timeout=30) for gate in gates.values())
        process.send_signal(number)
        return process

    yield stop
    for process in running:
        process.kill()
        process.communicate()


def open_all(gates: dict[str, Gate]) -> None:
    for gate in gates.values():
        gate.open.set()


def contents(store: Store) -> list[tuple[str, str, str]]:
    rows = store.run().read("pages", Page)
    return sorted((row.provider_id, row.url, row.payload_sha256) for row in rows)


def check_archives(store: Store) -> None:
    for path in (store.run().path / "captures").glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
    for row in store.run().read("pages", Page):
        with (store.path / row.warc_file).open("rb") as file:
            file.seek(row.warc_offset)
            record = next(iter(ArchiveIterator(file)))
            body = record.raw_stream.read()
        assert record.rec_headers.get_header("WARC-Record-ID") == row.warc_record_id
        assert hashlib.sha256(body).hexdigest() == row.payload_sha256


def test_after_a_kill_only_what_was_under_way_is_asked_again(
    web: Web,
    store: Store,
    gates: dict[str, Gate],
    stopped_at_the_gates: Callable[[int], subprocess.Popen[str]],
) -> None:
    process = stopped_at_the_gates(signal.SIGKILL)
    assert process.wait(timeout=10) == -signal.SIGKILL
    partial = store.partial_run()
    assert partial is not None
    assert store.run_ids() == []
    # What a torn write leaves behind, beyond what the ledger knows of.
    for archive in partial.glob("captures/*.warc.gz"):
        with archive.open("ab") as file:
            file.write(b"\x1f\x8b\x08 torn")
    open_all(gates)
    # A plain crawl finishes what was begun, with the options that it was begun with.
    done = crawl(store.path, "--limit", "1", "--max-pages", "2")
    assert done.returncode == 0, done.stderr
    assert "was interrupted" in done.stderr
    for host in HOSTS:
        asked = web.asked(host)
        twice = {path: count for path, count in asked.items() if count > 1}
        assert twice == {"/robots.txt": 2, "/page-6": 2}
        assert set(asked) == {"/", "/robots.txt", "/sitemap.xml", *PATHS}
    assert store.run_ids() == [partial.name.removeprefix(PARTIAL)]
    assert store.partial_run() is None
    assert len(contents(store)) == 2 * (len(PATHS) + 1)
    check_archives(store)


def test_a_stop_is_clean_waits_for_nobody_and_can_be_resumed(
    web: Web,
    store: Store,
    gates: dict[str, Gate],
    stopped_at_the_gates: Callable[[int], subprocess.Popen[str]],
) -> None:
    process = stopped_at_the_gates(signal.SIGINT)
    gates[HOSTS[0]].open.set()
    said = process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert said.splitlines()[-1] == "ketawatch: Interrupted; what was finished is kept."
    assert "Traceback" not in said
    open_all(gates)
    assert crawl(store.path, "--resume").returncode == 0
    # The answer that came in time was kept; the one that did not come is asked for again.
    assert web.asked(HOSTS[0])["/page-6"] == 1
    assert web.asked(HOSTS[1])["/page-6"] == 2
    assert len(contents(store)) == 2 * (len(PATHS) + 1)
    check_archives(store)


def test_a_run_that_lacked_nothing_but_its_name_appears(store: Store) -> None:
    assert crawl(store.path, "--limit", "1").returncode == 0
    (run_id,) = store.run_ids()
    # As if the process had died right before the rename.
    partial = store.path / "runs" / f"{PARTIAL}{run_id}"
    (store.path / "runs" / run_id).rename(partial)
    assert estimate(store, CrawlOptions()).max_requests == 0
    result = crawl_here(store, CrawlOptions())
    assert (result.run.run_id, result.looked_at, result.exit_code) == (run_id, 1, 0)
    assert store.run_ids() == [run_id]


def test_a_run_that_died_before_it_had_a_ledger_is_started_anew(store: Store) -> None:
    folder = store.start_run("20200101T000000Z")
    (folder / "captures" / "torn").write_bytes(b"x")
    sqlite3.connect(folder / "ledger.sqlite").close()
    assert crawl(store.path, "--limit", "1").returncode == 0
    assert not folder.exists()


def test_a_second_process_is_told_who_holds_the_store(store: Store, web: Web) -> None:
    with hold(store.path, "crawl"):
        done = crawl(store.path)
    assert done.returncode == 6
    assert "held by 'ketawatch crawl'" in done.stderr
    assert str(os.getpid()) in done.stderr
    assert web.log == []


@pytest.mark.skipif(os.name == "nt", reason="limits on a file's size are set in POSIX's way")
def test_a_full_disk_keeps_what_was_done(store: Store, web: Web) -> None:
    import resource

    for path in PATHS[6:]:
        web.routes[HOSTS[0]][path] = Answer(b"<p>Some words</p><!--" + os.urandom(900_000))
    process = subprocess.run(
        command(store.path, "--render", "never"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_500_000, 2_500_000)),
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        timeout=240,
        check=False,
    )
    assert process.returncode == 1
    assert "the disk is full" in process.stderr
    assert "Traceback" not in process.stderr
    assert store.run_ids() == []
    before = web.asked(HOSTS[0])
    done = crawl(store.path)
    assert done.returncode == 0, done.stderr
    again = {path for path, count in web.asked(HOSTS[0]).items() if count > 1}
    assert len(again - {"/robots.txt"}) <= 1
    assert sum(before.values()) > 8
    assert len(contents(store)) == 2 * (len(PATHS) + 1)
    check_archives(store)
