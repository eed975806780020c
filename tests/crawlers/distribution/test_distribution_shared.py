"""Workers that do not see the leader's disk: what is finished goes through an S3-like store."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from data import provider_file
from data.models import Finding, Page, Provider
from data.store import Store
from tests.crawlers.dask_cluster import Cluster, cluster
from tests.crawlers.sites_served import ROOT, Web, command, environment, page, serve
from tests.data.object_store import bucket

HOSTS = tuple(f"clinic-{n}.localhost" for n in range(3))


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as served:
        for host in HOSTS:
            served.routes[host] = {"/": page(host, "/faq|FAQ"), "/faq": page(f"FAQ of {host}")}
        yield served


@pytest.fixture
def store(tmp_path: Path, web: Web) -> Store:
    made = Store.create(tmp_path / "store")
    provider_file.write(made.providers_path, [Provider(h, h, web.url(h)) for h in HOSTS])
    return made


@pytest.fixture
def shared() -> Iterator[str]:
    with bucket() as address:
        yield f"{address}/watch"


@pytest.fixture
def dask(tmp_path: Path, shared: str) -> Iterator[Cluster]:
    # Started after the bucket, because its workers inherit the way there.
    (tmp_path / "dask").mkdir()
    with cluster(tmp_path / "dask") as made:
        made.worker()
        yield made


def objects(shared: str) -> dict[str, bytes]:
    """What the bucket holds."""
    name, _, folder = shared.removeprefix("s3://").partition("/")
    found = boto3.resource("s3").Bucket(name).objects.all()
    return {o.key.removeprefix(f"{folder}/"): o.get()["Body"].read() for o in found}


def crawl(store: Store, dask: Cluster, shared: str) -> None:
    options = ("--render", "never", "--scheduler", dask.address, "--shared", shared)
    done = subprocess.run(
        command(store.path, *options),
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def audit(store: Store, *options: str) -> list[Finding]:
    done = subprocess.run(
        [*command(store.path)[:4], "audit", "--store", str(store.path), *options],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        timeout=300,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return store.run().audit().read("findings", Finding)


def test_a_run_goes_through_a_bucket_and_is_judged_from_there(
    web: Web, store: Store, dask: Cluster, shared: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "werkzeug")
    crawl(store, dask, shared)
    put = [line for line in caplog.messages if "PUT" in line]
    assert "/run.json" in put[-1]
    first = store.run()
    there = objects(shared)
    names = [name.removeprefix(f"runs/{first.run_id}/") for name in there]
    assert {f"captures/{host}.warc.gz" for host in HOSTS} < set(names)
    assert "pages.parquet" in names
    assert not [name for name in names if name.startswith("parcels")]
    assert json.loads(there[f"runs/{first.run_id}/run.json"]) == first.info
    for host in HOSTS:
        name = f"runs/{first.run_id}/captures/{host}.warc.gz"
        assert (store.path / name).read_bytes() == there[name]
    assert len(first.read("pages", Page)) == 2 * len(HOSTS)

    # A second look finds everything as it was; a worker knows that from the bucket alone.
    crawl(store, dask, shared)
    second = store.run()
    assert second.run_id != first.run_id
    held = {row.warc_file.split("/")[1] for row in second.read("pages", Page)}
    assert held == {first.run_id}

    alone = audit(store)
    shutil.rmtree(second.path / "audits")
    for run in (first, second):  # the workers have to do without the leader's disk
        (run.path / "captures").rename(run.path / "elsewhere")
    assert alone
    assert audit(store, "--scheduler", dask.address, "--shared", shared) == alone
