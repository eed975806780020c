"""A folder that several machines reach: on disk and in an S3-compatible store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.depot import Depot
from data.errors import KetawatchError, UsageError
from tests.data.object_store import bucket


@pytest.fixture(params=["path", "file", "s3"])
def depot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Depot]:
    if request.param == "path":
        yield Depot(str(tmp_path / "depot"))
    elif request.param == "file":
        yield Depot(f"file://{tmp_path}/depot/")
    else:
        with bucket() as address:
            yield Depot(f"{address}/some/store")


def test_what_is_put_is_there_and_comes_back_byte_for_byte(depot: Depot, tmp_path: Path) -> None:
    body = os.urandom(200_000)
    (tmp_path / "a").write_bytes(body)
    name = "captures/clinic.example.warc.gz"
    assert not depot.has(name)
    depot.put(tmp_path / "a", name)
    assert depot.has(name)
    depot.get(name, tmp_path / "back" / "a")
    assert (tmp_path / "back" / "a").read_bytes() == body
    (tmp_path / "a").write_bytes(b"anew")
    depot.put(tmp_path / "a", name)
    depot.get(name, tmp_path / "back" / "a")
    assert (tmp_path / "back" / "a").read_bytes() == b"anew"
    depot.remove(name)
    depot.remove(name)
    assert not depot.has(name)
    assert [p.name for p in (tmp_path / "back").iterdir()] == ["a"]


def test_an_address_that_nothing_can_reach_is_said_at_once() -> None:
    with pytest.raises(UsageError, match="nosuch://x: nothing installed can reach it"):
        Depot("nosuch://x")


def test_a_bucket_that_is_not_there_is_a_line_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    with bucket() as address:
        depot = Depot(f"{address}-of-somebody-else/store")
        with pytest.raises(KetawatchError, match="out of reach"):
            depot.put(tmp_path / "a", "captures/a")
