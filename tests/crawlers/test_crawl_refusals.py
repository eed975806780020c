"""What a crawl refuses to do, and the exit codes that schedulers read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.crawl import CrawlOptions, estimate
from crawlers.crawl import crawl as crawl_here
from data import provider_file
from data.errors import UsageError
from data.models import Failure, Provider
from data.store import Store
from tests.crawlers.sites_served import ROOT, Answer, Web, crawl, environment, page, serve

PUBLIC = "https://clinic-of-nobody.com/"


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as served:
        served.routes["well.localhost"] = {"/": page("Well")}
        served.routes["ill.localhost"] = {"/": Answer(b"no", 403)}
        yield served


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.delenv("KETAWATCH_CONTACT", raising=False)
    return Store.create(tmp_path / "store")


def test_no_public_host_is_asked_without_a_contact(store: Store) -> None:
    provider_file.write(store.providers_path, [Provider("c", "C", PUBLIC)])
    done = subprocess.run(
        [sys.executable, str(ROOT / "ketawatch.py"), "crawl", "--store", str(store.path)],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "contact" in done.stderr
    assert "KETAWATCH_CONTACT" in done.stderr
    assert store.partial_run() is None


def test_no_public_host_is_asked_without_a_pause(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KETAWATCH_CONTACT", "a@b.example")
    provider_file.write(store.providers_path, [Provider("c", "C", PUBLIC)])
    with pytest.raises(UsageError, match="--delay 0 is for loopback"):
        crawl_here(store, CrawlOptions(delay=0.0))
    assert store.partial_run() is None


def test_an_unknown_id_is_a_usage_error(store: Store) -> None:
    provider_file.write(store.providers_path, [Provider("c", "C", PUBLIC)])
    with pytest.raises(UsageError, match="'nobody'"):
        crawl_here(store, CrawlOptions(only=("nobody",)))


def test_an_empty_list_is_a_usage_error(store: Store) -> None:
    provider_file.write(store.providers_path, [Provider("waiting", "No website")])
    with pytest.raises(UsageError, match="1 homepage unknown"):
        crawl_here(store, CrawlOptions())


def test_resume_without_an_interrupted_run_is_a_usage_error(store: Store) -> None:
    provider_file.write(store.providers_path, [Provider("c", "C", PUBLIC)])
    with pytest.raises(UsageError, match="no interrupted run"):
        crawl_here(store, CrawlOptions(resume=True))


def test_a_limit_takes_the_first_of_the_list(store: Store) -> None:
    rows = [Provider(f"c{n}", "C", f"https://c{n}-of-nobody.com/") for n in range(5)]
    provider_file.write(store.providers_path, rows)
    assert estimate(store, CrawlOptions(limit=2)).providers == 2
    assert estimate(store, CrawlOptions(limit=2, only=("c4",))).providers == 1


def test_a_private_homepage_stays_shut_unless_it_is_opened(store: Store, web: Web) -> None:
    rows = [Provider(h, h, web.url(h)) for h in web.routes]
    provider_file.write(store.providers_path, rows)
    done = crawl(store.path, opened=False)
    assert done.returncode == 4
    assert web.log == []
    failures = store.run().read("failures", Failure)
    assert {(f.failure_class, f.fault) for f in failures} == {("guard", "policy")}
    assert store.run().scope == list(web.routes)


def test_a_list_of_ones_own_and_a_choice_from_it(store: Store, web: Web, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    rows = "".join(f"{host},{host},{web.url(host)}\n" for host in web.routes)
    own.write_text("provider_id,name,homepage\n" + rows, encoding="utf-8")
    done = crawl(store.path, "--providers", str(own), "--only", "well.localhost")
    assert done.returncode == 0, done.stderr
    assert store.run().scope == ["well.localhost"]
    assert store.run().info["left_out"] == {"only": 1}
    # No bar, no colours, where nobody watches; nothing at all on stdout.
    assert done.stdout == ""
    assert "\x1b" not in done.stderr
    first, last = done.stderr.splitlines()
    assert first.startswith("1 providers, ")
    assert "looked at 1 of 1 providers" in last
