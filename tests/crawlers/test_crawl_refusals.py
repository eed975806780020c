"""What a crawl refuses to do, and the exit codes that schedulers read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import provider_file
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
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "store")


def listed(store: Store, web: Web, *hosts: str) -> None:
    provider_file.write(store.providers_path, [Provider(h, h, web.url(h)) for h in hosts])


def ketawatch(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "ketawatch.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment() | more,
        timeout=60,
        check=False,
    )


def test_no_public_host_is_asked_without_a_contact(store: Store) -> None:
    provider_file.write(store.providers_path, [Provider("c", "C", PUBLIC)])
    done = ketawatch("crawl", "--store", str(store.path))
    assert done.returncode == 2
    assert "contact" in done.stderr
    assert "KETAWATCH_CONTACT" in done.stderr
    assert store.partial_run() is None


def test_no_public_host_is_asked_without_a_pause(store: Store) -> None:
    provider_file.write(store.providers_path, [Provider("c", "C", PUBLIC)])
    arguments = ("crawl", "--store", str(store.path), "--delay", "0")
    done = ketawatch(*arguments, KETAWATCH_CONTACT="a@b.example")
    assert done.returncode == 2
    assert "--delay 0 is for loopback" in done.stderr


def test_a_private_homepage_stays_shut_unless_it_is_opened(store: Store, web: Web) -> None:
    listed(store, web, "well.localhost")
    done = ketawatch("crawl", "--store", str(store.path), "--delay", "0")
    assert done.returncode == 4
    assert web.log == []
    (failure,) = store.run().read("failures", Failure)
    assert (failure.failure_class, failure.fault) == ("guard", "policy")


def test_an_unknown_id_is_a_usage_error(store: Store, web: Web) -> None:
    listed(store, web, "well.localhost")
    done = crawl(store.path, "--only", "nobody")
    assert done.returncode == 2
    assert "'nobody'" in done.stderr


def test_an_empty_list_is_a_usage_error(store: Store) -> None:
    provider_file.write(store.providers_path, [Provider("waiting", "No website")])
    done = crawl(store.path)
    assert done.returncode == 2
    assert "1 homepage unknown" in done.stderr


def test_nothing_looked_at_is_exit_code_4_and_a_run_all_the_same(store: Store, web: Web) -> None:
    listed(store, web, "ill.localhost")
    assert crawl(store.path).returncode == 4
    assert store.run().scope == ["ill.localhost"]


def test_too_many_out_of_reach_is_exit_code_3(store: Store, web: Web) -> None:
    listed(store, web, "well.localhost", "ill.localhost")
    assert crawl(store.path).returncode == 3


def test_a_list_of_ones_own_and_a_choice_from_it(store: Store, web: Web, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    rows = "".join(f"{host},{host},{web.url(host)}\n" for host in web.routes)
    own.write_text("provider_id,name,homepage\n" + rows, encoding="utf-8")
    done = crawl(store.path, "--providers", str(own), "--only", "well.localhost")
    assert done.returncode == 0, done.stderr
    assert store.run().scope == ["well.localhost"]
    assert store.run().info["left_out"] == {"only": 1}


def test_progress_is_no_bar_where_nobody_watches(store: Store, web: Web) -> None:
    listed(store, web, "well.localhost")
    done = crawl(store.path)
    assert done.stdout == ""
    assert "\x1b" not in done.stderr
    first, last = done.stderr.splitlines()
    assert first.startswith("1 providers, ")
    assert "looked at 1 of 1 providers" in last
