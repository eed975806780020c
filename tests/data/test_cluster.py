"""Who may be asked to work, and who may ask: workers here, workers elsewhere, and nobody else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from data import cluster
from data.cluster import hired
from data.errors import UsageError
from tests.crawlers import dask_cluster
from tests.crawlers.crawled_world import closed_port


def refused(workers: int | None, scheduler: str | None, shared: str | None, scratch: Path) -> str:
    """What a person is told."""
    hiring = hired(workers, scheduler, shared, scratch, print)
    with pytest.raises(UsageError) as raised, hiring:
        pytest.fail("somebody was hired")
    return str(raised.value)


def stranger(address: str) -> str:
    """What another program hears that wants to send work to a scheduler."""
    program = f"from distributed import Client\nClient({address!r}, timeout=2)"
    heard = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return heard.stderr if heard.returncode else "it was let in"


def test_without_workers_this_process_does_it_alone(tmp_path: Path) -> None:
    with hired(None, None, None, tmp_path / "scratch", print) as crew:
        assert crew is None
    assert not (tmp_path / "scratch").exists()


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    assert "exclude each other" in refused(2, "tcp://127.0.0.1:1", None, scratch=tmp_path)
    assert "--shared is for workers" in refused(None, None, "s3://x", scratch=tmp_path)


def test_nobody_listens_only_here_and_only_to_us(tmp_path: Path) -> None:
    with hired(2, None, None, tmp_path / "scratch", print) as crew:
        assert crew is not None
        address = crew.client.scheduler_info()["address"]
        assert address.startswith("tls://127.0.0.1:")
        pids = set(crew.client.run(lambda: __import__("os").getpid()).values())
        family = [psutil.Process(), *psutil.Process().children(recursive=True)]
        assert len(pids) == 2
        assert pids <= {process.pid for process in family}
        listening = [
            place.laddr.ip
            for process in family
            for place in process.net_connections("inet")
            if place.status == psutil.CONN_LISTEN
        ]
        assert len(listening) >= 3
        assert set(listening) == {"127.0.0.1"}
        for other in (address, address.replace("tls:", "tcp:")):
            assert "Error: " in stranger(other)


def test_a_scheduler_that_is_not_there_or_has_no_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_S", 2)
    address = f"tcp://127.0.0.1:{closed_port()}"
    assert f"{address}: no scheduler to talk to" in refused(None, address, None, scratch=tmp_path)
    assert "no scheduler to talk to" in refused(None, "gopher://x", None, scratch=tmp_path)
    with dask_cluster.cluster(tmp_path) as alone:
        monkeypatch.setattr(cluster, "_CONNECT_S", 60)
        monkeypatch.setattr(cluster, "_WAIT_S", 2)
        said = refused(None, alone.address, None, scratch=tmp_path)
    assert "the scheduler has no workers. Start 'dask worker tcp://127.0.0.1:" in said


def test_a_connection_that_others_may_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_S", 1)
    said: list[str] = []
    with (
        pytest.raises(UsageError),
        hired(None, "tcp://192.0.2.1:8786", None, tmp_path, said.append),
    ):
        pytest.fail("somebody was hired")
    assert "not encrypted" in said[0]
