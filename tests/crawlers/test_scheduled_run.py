"""What surrounds a scheduled run: the monitor's bell, the time it has, the room it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shlex import quote
from threading import Event
from time import monotonic

import pytest

from crawlers import alive, doctor
from crawlers.crawl import CrawlOptions
from crawlers.crawl import crawl as crawl_here
from crawlers.runs import limits as run_limits
from crawlers.runs.limits import OutOfTimeError
from data import health, provider_file, status
from data.config import PING_VARIABLE, Config, Operation, load
from data.errors import DiskError, UsageError
from data.models import Page, Provider
from data.store import Store, write_json
from tests.crawlers.sites_served import (
    ROOT,
    Answer,
    Route,
    Web,
    crawl,
    environment,
    page,
    redirect,
    serve,
)

BELL = "bell.localhost"


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve() as web:
        web.routes[BELL] = {
            "/ok": Answer(b"heard"),
            "/ended/3": Answer(b"heard"),
            "/away": redirect(web.url(BELL, "/ok")),
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /\n"),
            "/gone": Answer(b"who are you?", 404),
        }
        yield web


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "store")


def config(url: str, private: bool = True) -> Config:
    operation = Operation(alive_url=url, alive_private=private)
    return Config(contact="watch@example.org", operation=operation)


def asked(web: Web) -> list[tuple[str, str]]:
    found = [(method, path) for host, method, path in web.log if host == BELL]
    web.log.clear()
    return found


def test_the_monitor_is_told_once_and_nothing_else_is_asked(web: Web) -> None:
    assert alive.ping(config(web.url(BELL, "/ok")), 0, well=True) is None
    assert asked(web) == [("GET", "/ok")]


def test_a_bad_end_is_told_only_where_the_address_has_room_for_it(web: Web) -> None:
    assert alive.ping(config(web.url(BELL, "/ok")), 1, well=False) is None
    assert asked(web) == []
    assert alive.ping(config(web.url(BELL, "/ended/{code}")), 3, well=False) is None
    assert asked(web) == [("GET", "/ended/3")]


def test_a_monitor_that_fails_is_said_and_no_more_and_its_address_is_kept_quiet(web: Web) -> None:
    issue = alive.ping(config(web.url(BELL, "/gone")), 0, well=True)
    assert str(issue) == (
        "monitor at bell.localhost: not told (it answered 404). The run is not affected."
    )
    issue = alive.ping(config(web.url(BELL, "/away")), 0, well=True)
    assert "it answered 302" in str(issue) and "/away" not in str(issue)
    assert ("GET", "/ok") not in asked(web)


def test_the_guard_stands_before_the_monitor_too(web: Web) -> None:
    issue = alive.ping(config(web.url(BELL, "/ok"), private=False), 0, well=True)
    assert "GuardRefused" in str(issue)
    metadata = config("http://169.254.169.254/latest/meta-data", private=False)
    assert "GuardRefused" in str(alive.ping(metadata, 0, well=True))
    assert asked(web) == []


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://bell.example/", "bell", "https://me:secret@bell.example/", "https://[secret/"),
        *("https://bell.example:secret/", '"https://bell.example/secret"'),
    ],
)
def test_an_address_that_cannot_be_told_is_refused_before_the_work(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        alive.require_usable(config(url))
    assert "secret" not in str(refused.value)


def test_the_environment_wins_so_that_no_secret_need_be_in_the_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.path / "ketawatch.toml"
    path.write_text('[alive]\nurl = "https://file.example/"\n', encoding="utf-8")
    assert load(path).operation.alive_url == "https://file.example/"
    monkeypatch.setenv(PING_VARIABLE, "https://env.example/")
    assert load(path).operation.alive_url == "https://env.example/"


def test_time_and_room_end_a_run(store: Store) -> None:
    run_limits.watch(store, None)()
    run_limits.watch(store, run_limits.deadline(1))()
    assert run_limits.deadline(0) is None
    with pytest.raises(OutOfTimeError) as late:
        run_limits.watch(store, monotonic())()
    assert late.value.exit_code == 130
    text = "[disk]\nreserve_mb = 1000000000\n"
    (store.path / "ketawatch.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DiskError, match="less than the reserve") as full:
        run_limits.watch(store, None)()
    assert "prune" in full.value.remedy


# The disk is nearly full, or the time is up, once so many addresses were asked.
_STOPPED = """
import sys
from collections import namedtuple
from pathlib import Path
from crawlers import crawl
from crawlers.runs import limits
from data import disk
from data.store import Store

class Counting(crawl.Progress):
    asked = 0
    def seen(self, url):
        Counting.asked += 1

late = lambda: Counting.asked >= 8
Usage = namedtuple("Usage", "total used free")
if sys.argv[2] == "disk":
    disk.shutil.disk_usage = lambda place: Usage(0, 0, 0 if late() else 10**12)
else:
    limits.monotonic = lambda: 2.0 if late() else 0.0
until = 1.0 if sys.argv[2] == "time" else None
options = crawl.CrawlOptions(delay=0.0, allow_private=True, render="never", until=until)
crawl.crawl(Store.open(Path(sys.argv[1])), options, Counting(quiet=True))
"""


def held_back(host: str, until: Event) -> dict[str, Route]:
    """A site of ten pages that answers no more than five of them before something has happened."""
    paths = [f"/page-{n}" for n in range(9)]
    asked = count(1)

    def answer() -> Answer:
        if next(asked) > 4:
            until.wait(120)
        return page(host)

    return {"/": page(host, *paths), **dict.fromkeys(paths, answer)}


@pytest.mark.parametrize(
    ("what", "says"), [("disk", "less than the reserve"), ("time", "the run's time is up")]
)
def test_a_crawl_that_is_under_way_stops_and_is_resumed(
    web: Web, store: Store, what: str, says: str
) -> None:
    hosts, stop_seen = [f"{what}-{n}.localhost" for n in range(2)], Event()
    web.routes |= {host: held_back(host, stop_seen) for host in hosts}
    provider_file.write(store.providers_path, [Provider(h, h, web.url(h)) for h in hosts])
    stopped = subprocess.run(
        [sys.executable, "-c", _STOPPED, str(store.path), what],
        capture_output=True,
        encoding="utf-8",
        env=environment() | {"PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    stop_seen.set()
    assert says in stopped.stderr.splitlines()[-1]
    assert store.run_ids() == [] and store.partial_run() is not None
    asked = [path for host in hosts for path in web.asked(host) if path.startswith("/page")]
    assert 0 < len(asked) <= 10, "under way; on a busy machine the end comes before the held pages"
    done = crawl(store.path, "--render", "never")
    assert done.returncode == 0, done.stderr
    assert len(store.run().read("pages", Page)) == 20
    for host in hosts:
        again = [p for p, n in web.asked(host).items() if n > 1 and p.startswith("/page")]
        assert len(again) <= 1


def states(store: Store) -> dict[str, tuple[str, str]]:
    return {check.name: (check.state, check.said) for check in doctor.examine(store.path)}


def test_doctor_and_status_tell_what_a_scheduler_needs_to_know(sample_store: Store) -> None:
    assert "more fit" in states(sample_store)["disk"][1]
    (sample_store.path / "ketawatch.toml").write_text(
        '[schedule]\nevery_days = 0.001\n[alive]\nurl = "nowhere"\n', encoding="utf-8"
    )
    run = sample_store.run()
    write_json(run.path / "run.json", run.info | {"started_at": "2026-01-01T00:00:00Z"})
    health.note_call(sample_store.path, "2026-11-24T03:15:00Z", "2026-11-24T04:15:00Z", 5, True)
    found = states(sample_store)
    assert found["schedule"][0] == "warning" and "0.001 days" in found["schedule"][1]
    assert found["monitor"][0] == "problem"
    told = status.describe(sample_store)
    assert told["due"] == [f"ketawatch run --store {quote(str(sample_store.path))}"]
    text = status.as_text(json.loads(json.dumps(told)))
    assert "2026-11-24T04:15:00Z, exit code 5" in text and "more fit" in text


def test_doctor_names_metrics_that_the_collector_would_pass_over(store: Store) -> None:
    (store.path / "ketawatch.toml").write_text('[metrics]\nfile = "kw.txt"\n', encoding="utf-8")
    assert states(store)["metrics"] == (
        "warning",
        f"{store.path / 'kw.txt'} is passed over by node_exporter.",
    )


def test_doctor_sees_a_clock_that_went_back(store: Store) -> None:
    folder = store.start_run("29990101T000000Z")
    store.finish_run(folder, {"started_at": "2999-01-01T00:00:00Z"})
    checks = [c for c in doctor.examine(store.path) if c.name == "clock"]
    assert "29990101T000000Z, lies in the future" in checks[-1].said
    assert checks[-1].state == "problem"


def test_no_run_is_made_that_would_count_as_older_than_the_latest(store: Store) -> None:
    store.finish_run(store.start_run("29990101T000000Z"), {"started_at": "2999-01-01T00:00:00Z"})
    provider_file.write(store.providers_path, [Provider("a", "A", "http://a.localhost:9/")])
    with pytest.raises(UsageError, match="29990101T000000Z, lies in the future"):
        crawl_here(store, CrawlOptions(delay=0.0, allow_private=True, render="never"))
    assert store.partial_run() is None
