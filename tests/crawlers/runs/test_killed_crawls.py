"""Killed at twenty random moments, and each time finished to the very run that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.run import audit_run
from data import provider_file, warc
from data.models import REQUEST_LOG, Claim, Failure, Finding, Page, Provider, Skipped
from data.store import Store
from tests.crawlers.forked_crawl import start
from tests.crawlers.sites_served import Answer, Route, Web, page, redirect, serve

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nobody is killed by a signal there")

SEED, KILLS = 20261126, 20
# In these, and in what they are compared with, pages that need it are rendered.
RENDERED = frozenset({3, 9, 15})
HTML = {"Content-Type": "text/html"}
CLAIM = (
    "Ketamine is not addictive, and you take the lozenge at home while a nurse watches over you."
)
TYPES = ("faq", "safety", "pricing", "terms", "our-team", "how-it-works")
APP = (
    '<title>App</title><div id="root"></div><script>document.getElementById("root").innerHTML ='
    f" `<h1>Care</h1><p>{CLAIM * 6}</p>`</script>"
)


def sites() -> dict[str, dict[str, Route]]:
    made: dict[str, dict[str, Route]] = {}
    for name in ("calm", "steady", "bright"):
        paths = [f"/{kind}" for kind in TYPES]
        site: dict[str, Route] = {p: page(p, "/", text=f"{CLAIM} {name} {p} ") for p in paths}
        site["/"] = page(name, *paths, "/gone", "/moved", "/flyer.jpg", "/app", text=CLAIM * 3)
        site |= {"/moved": redirect("/landing"), "/landing": page("Landing", text=CLAIM * 2)}
        site["/app"] = Answer(APP.encode(), headers=HTML)
        made[f"{name}.localhost"] = site
    return made


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve() as served:
        served.routes |= sites()
        yield served


def new_store(folder: Path, web: Web) -> Store:
    store = Store.create(folder)
    provider_file.write(store.providers_path, [Provider(h, h, web.url(h)) for h in web.routes])
    return store


def digest(row: Page) -> str:
    """A capture's digest; a log of requests has the times of them in it."""
    return "" if row.content_type == REQUEST_LOG else row.payload_sha256


def told(store: Store) -> dict[str, object]:
    """Everything that a run and its audit say, but for when and where in the archive."""
    run = store.run()
    audit_run(store, run)
    audit = run.audit()
    assert audit is not None
    pages = run.read("pages", Page)
    for row in pages:
        record = warc.read(store.path / row.warc_file, row.warc_offset)
        assert record.record_id == row.warc_record_id
    return {
        "pages": sorted(
            (p.provider_id, p.url, p.final_url, p.content_type, p.status, digest(p)) for p in pages
        ),
        "skipped": sorted((s.provider_id, s.url, s.reason) for s in run.read("skipped", Skipped)),
        "failures": sorted(
            (f.provider_id, f.url, f.failure_class) for f in run.read("failures", Failure)
        ),
        "findings": sorted(
            (f.finding_id, f.reason, f.summary.partition(" captured on ")[0])
            for f in audit.read("findings", Finding)
        ),
        "quotes": sorted(
            (c.provider_id, c.rule_id, c.page_type, c.quote) for c in audit.read("claims", Claim)
        ),
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, web: Web) -> dict[str, dict[str, object]]:
    made = {}
    for render in ("never", "auto"):
        store = new_store(tmp_path_factory.mktemp("whole") / "store", web)
        process = start(store.path, render)
        process.join(timeout=120)
        assert process.exitcode == 0
        made[render] = told(store)
    return made


@pytest.fixture(scope="module")
def interrupted() -> Iterator[list[bool]]:
    """Whether each of the crawls was killed in the midst of its run; most have to be."""
    found: list[bool] = []
    yield found
    assert len(found) < KILLS or sum(found) >= KILLS * 0.6, found


class Trigger:
    """Fires once the server has been asked so often, from the moment it is set."""

    def __init__(self, web: Web, requests: int) -> None:
        self._web, self._at = web, len(web.log) + requests

    def wait(self, alive: threading.Event) -> None:
        while len(self._web.log) < self._at and not alive.is_set():
            time.sleep(0.001)


def kill(store: Store, web: Web, render: str, luck: random.Random) -> int | None:
    """Start a crawl and kill it at a random moment: before, within or after its requests."""
    process = start(store.path, render)
    ended = threading.Event()

    def watch_it() -> None:
        process.join()
        ended.set()

    watch = threading.Thread(target=watch_it)
    watch.start()
    Trigger(web, luck.randint(0, 40)).wait(ended)
    time.sleep(luck.random() * 0.05)
    process.kill()
    watch.join()
    return process.exitcode


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_run_is_finished_as_if_nobody_had_disturbed_it(
    number: int,
    web: Web,
    undisturbed: dict[str, dict[str, object]],
    interrupted: list[bool],
    tmp_path: Path,
) -> None:
    render = "auto" if number in RENDERED else "never"
    store = new_store(tmp_path / "store", web)
    code = kill(store, web, render, random.Random(SEED + number))
    partial = store.partial_run()
    interrupted.append(code == -signal.SIGKILL and partial is not None)
    finished = len(store.run_ids())
    process = start(store.path, render)
    process.join(timeout=120)
    assert process.exitcode == 0, (code, partial)
    assert len(store.run_ids()) == finished + 1
    assert store.partial_run() is None
    assert told(store) == undisturbed[render]
