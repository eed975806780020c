"""Bad input gets one line that names the place and the remedy, and the documented exit code."""

from __future__ import annotations

import errno
import json
import socket
from pathlib import Path

import pytest

from data import lock, provider_file
from data.models import Provider
from data.store import Store
from data.version import VERSION
from tests.called import Call


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    made = Store.create(path)
    row = Provider("stillmere-clinic.org", "Stillmere", "https://stillmere-clinic.org/")
    made.providers_path.write_text(provider_file.dumps([row]), encoding="utf-8")
    return path


def test_no_store(run: Call, tmp_path: Path) -> None:
    for command in ("status", "audit", "crawl"):
        run(command, "--store", tmp_path / "none").complains(2, tmp_path / "none", "no such store")


def test_a_store_made_by_a_newer_version(run: Call, store: Path) -> None:
    (store / "ketawatch.toml").write_text("store_format = 99\n", encoding="utf-8")
    run("status", "--store", store).complains(2, "ketawatch.toml", "99", "newer", "Update")


def test_an_unknown_key_in_the_configuration(run: Call, store: Path) -> None:
    (store / "ketawatch.toml").write_text("[limits]\nmax_page = 3\n", encoding="utf-8")
    run("status", "--store", store).complains(2, "limits.max_page", "unknown key", "max_pages")


def test_an_unknown_provider(run: Call, store: Path) -> None:
    run("crawl", "--store", store, "--only", "nobody").complains(2, "nobody")


def test_a_missing_contact(run: Call, store: Path) -> None:
    run("crawl", "--store", store).complains(
        2, "contact", "KETAWATCH_CONTACT", "stillmere-clinic.org"
    )


def test_nothing_to_resume(run: Call, store: Path) -> None:
    run("crawl", "--store", store, "--resume").complains(2, "resume")


def test_a_bad_row_is_named_and_the_rest_goes_on(run: Call, store: Path) -> None:
    path = store / "providers.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "bad,Bad,not-a-web-address" + "," * 8 + "\n",
        encoding="utf-8",
    )
    run("status", "--store", store)
    assert (run.code, "unreadable rows: 1" in run.out) == (0, True)
    _, (issue,) = provider_file.read(path)
    assert issue.where == f"{path}: line 3"
    assert "not-a-web-address" in issue.what


def test_another_process_holds_the_store(run: Call, store: Path) -> None:
    with lock.hold(store, "crawl"):
        run("audit", "--store", store).complains(6, "held by 'ketawatch crawl'", "process")


def test_no_run_and_no_audit_yet(run: Call, store: Path) -> None:
    run("audit", "--store", store).complains(2, "no finished run", "crawl")
    out = store / "x.csv"
    run("export", "--store", store, "--format", "csv", "--out", out).complains(2, "no finished run")
    assert not out.exists()


def test_the_list_of_nobody_says_which_rows_are_bad(run: Call, store: Path) -> None:
    path = store / "providers.csv"
    path.write_text("provider_id,name,homepage\nx,X,not-an-address\n", encoding="utf-8")
    run("crawl", "--store", store).complains(2, "1 bad rows", "line 2", "not-an-address")


def test_the_version_is_told(run: Call) -> None:
    assert run("--version").out.rstrip().endswith(f"version {VERSION}")


def test_a_disk_that_cannot_be_written(
    run: Call, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(store / ".lock"))

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    run("crawl", "--store", store).complains(1, store, "cannot be written", "Read-only")


@pytest.mark.parametrize("name", ["health.json", "runs/20261124T031500Z/pages.parquet"])
def test_a_damaged_file_is_named(run: Call, sample_store: Store, name: str) -> None:
    damaged = sample_store.path / name
    damaged.write_bytes(b"{")
    where = ["--store", sample_store.path]
    command = ["status"] if name == "health.json" else ["export", "--format", "csv", "--out", "-"]
    run(*command, *where).complains(2, damaged, "unreadable")


def test_what_nobody_foresaw_is_a_line_and_no_traceback(
    run: Call, sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("one\ntwo")

    monkeypatch.setattr("data.status.describe", fail)
    run("status", "--store", sample_store.path).complains(
        1, "Unexpected KeyError (data/commands.py, line ", "KETAWATCH_TRACEBACK=1"
    )
    monkeypatch.setenv("KETAWATCH_TRACEBACK", "1")
    with pytest.raises(KeyError):
        run("status", "--store", sample_store.path)


def test_what_a_killed_audit_left_behind_goes(run: Call, sample_store: Store) -> None:
    audits = sample_store.run().path / "audits"
    (audits / ".partial-rules-of-old-engine-of-old").mkdir()
    before = sample_store.run().current_audit_id()
    assert run("audit", "--store", sample_store.path).code == 0
    assert [p.name for p in audits.glob(".partial*")] == []
    assert sample_store.run().current_audit_id() != before
    assert sample_store.run().audit(before).audit_id == before


def test_run_first_judges_what_a_killed_run_had_crawled(run: Call, sample_store: Store) -> None:
    off = ("starter", "nppes", "certificate_transparency")
    switches = "".join(f"{name} = false\n" for name in off)
    (sample_store.path / "ketawatch.toml").write_text(f"[sources]\n{switches}", encoding="utf-8")
    closed = Provider("a", "A", "https://a.example/", status="closed")
    provider_file.write(sample_store.providers_path, [closed])
    (sample_store.run().path / "audits" / "CURRENT").unlink()
    run("run", "--store", sample_store.path).complains(2, "no provider to look at")
    assert sample_store.run().current_audit_id() is not None


def test_an_unknown_rule(run: Call) -> None:
    run("rules", "show", "supervision.nothing").complains(2, "supervision.nothing", "rules list")


@pytest.mark.parametrize(
    "command",
    [
        "check {}",
        "status --store {}",
        "export --store STORE --format csv --out {}",
        "export --store STORE --format csv --out {}.csv",
        "evaluate {}",
    ],
)
def test_a_name_too_long_for_any_file(run: Call, sample_store: Store, command: str) -> None:
    words = command.format("a" * 300).split()
    run(*(sample_store.path if word == "STORE" else word for word in words))
    run.complains(2, "a" * 300, "too long")


def test_a_port_in_use(run: Call, sample_store: Store) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run("dashboard", "--store", sample_store.path, "--port", port).complains(2, port, "--port")


def test_doctor_names_what_is_missing(
    run: Call, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    run("doctor", "--store", store, "--json")
    found = {check["name"]: check for check in json.loads(run.out)}
    assert (run.code, found["contact"]["state"]) == (2, "problem")
    assert found["Chromium"]["state"] == "warning"
    monkeypatch.setenv("KETAWATCH_CONTACT", "oversight@example.org")
    assert run("doctor", "--store", store).code == 0


def test_later_commands_are_not_offered(run: Call) -> None:
    listed = run("--help").out
    commands = [line.split()[0] for line in listed.split("Commands:")[1].splitlines() if line]
    works = "audit check crawl dashboard demo discover doctor evaluate export import merges"
    assert " ".join(commands) == f"{works} prune rules run status"
