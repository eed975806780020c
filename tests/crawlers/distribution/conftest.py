"""Clinics on loopback and a real cluster, for tests of runs by several workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.crawlers.dask_cluster import Cluster, cluster
from tests.crawlers.leased_world import Gate, clinics, gate_at, new_store
from tests.crawlers.sites_served import Web


@pytest.fixture
def web() -> Iterator[Web]:
    """Three sites that are well, and one that shows nothing."""
    with clinics() as served:
        yield served


@pytest.fixture
def gate(web: Web) -> Iterator[Gate]:
    """A page of the last site that keeps its visitors waiting."""
    with gate_at(web) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path, web: Web) -> Store:
    """A store that lists the sites."""
    return new_store(tmp_path / "store", web)


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler on loopback, to which workers can be added."""
    (tmp_path / "dask").mkdir()
    with cluster(tmp_path / "dask") as made:
        yield made
