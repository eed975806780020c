"""``ketawatch run --workers 2``, from the source to the findings, as a scheduler calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from crawlers.discover.listing import BUNDLED
from data.findings import open_view
from data.store import Store
from tests.crawlers.dask_cluster import is_running, until
from tests.crawlers.leased_world import Gate
from tests.crawlers.sites_served import ROOT, Web, environment, page, serve

HOSTS = tuple(f"run-{n}.localhost" for n in range(4))
GATED = HOSTS[-1]
OFFER = "We mail ketamine lozenges to your home, and you take them at home during a video session. "
SAID = ("Ketamine is not addictive. ", "The use of ketamine for depression is off-label. ")
SOURCE = """\
name: rows
title: An invented list
reader: list
path: rows.csv
columns: {name: name, website: url}
min_rows: 1
max_rows: 50
shape_seen: 2026-10-01
"""


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as served:
        for number, host in enumerate(HOSTS):
            text = (OFFER + SAID[number % 2]) * 8
            served.routes[host] = {
                "/": page(host, "/faq|FAQ", "/safety|Safety", text=text),
                "/faq": page("FAQ", text=text),
                "/safety": page("Safety", text=text),
            }
        yield served


def new_store(folder: Path, web: Web) -> Store:
    """A store whose only source is a list of the sites."""
    store = Store.create(folder)
    off = "".join(f"{file.stem} = false\n" for file in BUNDLED.glob("*.yml"))
    (store.path / "ketawatch.toml").write_text(f"[sources]\n{off}", encoding="utf-8")
    rows = "".join(f"{host.partition('.')[0]},{web.url(host)}\n" for host in HOSTS)
    (folder.parent / "rows.csv").write_text(f"name,url\n{rows}", encoding="utf-8")
    (folder.parent / "rows.yml").write_text(SOURCE, encoding="utf-8")
    return store


def start(store: Store, *options: str) -> subprocess.Popen[str]:
    """One call of a scheduler's, in a process and a group of its own."""
    own = ["--store", str(store.path), "--source-file", str(store.path.parent / "rows.yml")]
    own += ["--allow-private-networks", "--delay", "0", "--render", "never", *options]
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", str(ROOT / "ketawatch.py"), "run", *own],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(),
        start_new_session=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    said = process.communicate(timeout=300)[0]
    assert process.returncode == 0, said
    assert "Traceback" not in said, said
    return said


def findings(store: Store) -> list[tuple[str, ...]]:
    """What is said of each provider, but for the day and hour."""
    columns = ("provider_id", "service_line", "rule_id", "outcome", "reason", "quote", "url")
    rows = open_view(store).findings().to_pylist()
    return sorted(tuple(str(row[column]) for column in columns) for row in rows)


def test_two_workers_find_what_one_process_finds(web: Web, tmp_path: Path) -> None:
    alone = new_store(tmp_path / "alone", web)
    finished(start(alone))
    store = new_store(tmp_path / "store", web)
    finished(start(store, "--workers", "2"))
    assert findings(store) == findings(alone)
    assert {row[0].partition(".")[0] for row in findings(store)} == {
        "run-0",
        "run-1",
        "run-2",
        "run-3",
    }
    assert {"claimed", "not_stated"} <= {row[4] for row in findings(store)}
    assert not (store.path / "runs" / store.run().run_id / "parcels").exists()


@pytest.mark.skipif(os.name == "nt", reason="nobody is killed by a signal there")
def test_a_call_after_its_leader_was_killed_goes_on_and_asks_nothing_finished_again(
    web: Web, tmp_path: Path
) -> None:
    gate, behind = Gate(), web.routes[GATED]["/safety"]
    web.routes[GATED]["/safety"] = gate
    store = new_store(tmp_path / "store", web)
    process = start(store, "--workers", "2")
    try:
        assert gate.reached.wait(timeout=240)
        runs = store.path / "runs"
        until("the others are put", lambda: len([*runs.glob(".partial-*/parcels/*.sqlite")]) == 3)
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate()
    finally:
        gate.open.set()
    until("its workers end", lambda: not any(is_running(child.pid) for child in family))
    asked, web.routes[GATED]["/safety"] = list(web.log), behind
    finished(start(store, "--workers", "2"))
    again = {host for host, _, _ in web.log[len(asked) :]}
    assert again <= {GATED}
    alone = new_store(tmp_path / "alone", web)
    finished(start(alone))
    assert findings(store) == findings(alone)
    assert store.partial_run() is None and len(store.run_ids()) == 1
