"""The command: what it refuses before anything starts, and what it says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard import server
from dashboard.commands import dashboard
from data.errors import UsageError
from data.store import Store


def call(*arguments: object) -> Result:
    return CliRunner().invoke(dashboard, [str(a) for a in arguments])


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def unserved(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str, int]]:
    """Collects what would be served, without serving it."""
    calls: list[tuple[Path, str, int]] = []
    monkeypatch.setattr(server, "serve", lambda *arguments: calls.append(arguments))
    return calls


def test_a_missing_store_is_refused(tmp_path: Path) -> None:
    error = call("--store", tmp_path / "nowhere").exception
    assert isinstance(error, UsageError) and "no such store" in str(error)


def test_a_store_without_a_run_is_refused(tmp_path: Path) -> None:
    Store.create(tmp_path)
    error = call("--store", tmp_path).exception
    assert isinstance(error, UsageError) and "no finished run yet" in str(error)


def test_a_run_without_an_audit_is_refused(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.finish_run(store.start_run("20261124T031500Z"), {"scope": [], "providers": []})
    error = call("--store", tmp_path).exception
    assert isinstance(error, UsageError) and "has no audit yet" in str(error)


def test_a_port_in_use_is_refused_with_the_remedy(dashboard_store: Path, taken: int) -> None:
    error = call("--store", dashboard_store, "--port", taken).exception
    assert isinstance(error, UsageError) and error.exit_code == 2
    assert f"--port {taken}" in error.message and "--port" in error.remedy


@pytest.mark.parametrize("host", ["nowhere.invalid", f"{'a' * 64}.example", "a..example"])
def test_a_host_without_an_address_is_refused(dashboard_store: Path, host: str) -> None:
    error = call("--store", dashboard_store, "--host", host).exception
    assert isinstance(error, UsageError) and f"--host {host}: no address" in str(error)


def test_only_a_host_that_others_can_reach_gets_a_warning(
    dashboard_store: Path, unserved: list[tuple[Path, str, int]], taken: int
) -> None:
    port = taken + 1 if taken < 65_000 else taken - 1
    open_to_all = call("--store", dashboard_store, "--port", port, "--host", "0.0.0.0")
    at_home = call("--store", dashboard_store, "--port", port)
    assert "no log-in" in open_to_all.stderr and "Warning" not in at_home.stderr
    assert f"http://127.0.0.1:{port}" in at_home.stderr and at_home.stdout == ""
    assert [host for _, host, _ in unserved] == ["0.0.0.0", "127.0.0.1"]
