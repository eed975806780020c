"""A store shows whole runs and audits only, whatever happened while they were made."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data import config, store
from data.errors import DiskError, UsageError
from data.models import Finding, Page
from data.store import Store, disk_errors, write_tables

ROOT = Path(__file__).resolve().parents[2]
RUN_ID = "20261201T000000Z"

# Stops dead at its place, as a machine does that loses its power.
_KILLED = f"""
import os, signal, sys
from pathlib import Path
from data import store
place, folder = sys.argv[1:]
def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)
s = store.Store(Path(folder))
real = os.replace
def replace(a, b):
    if str(b).endswith(place) or (place == "run" and Path(b).name == "{RUN_ID}"): die()
    real(a, b)
os.replace = replace
if place in ("run.json", "run"):
    partial = s.start_run("{RUN_ID}")
    s.finish_run(partial, {{"scope": []}})
else:
    run = s.run()
    beside = run.path / "audits" / ".partial-x"
    beside.mkdir(parents=True, exist_ok=True)
    s.finish_audit(run, beside, {{"audit_id": "rules-2+engine-1"}})
"""


def killed_at(place: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, place, str(folder)],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL


def test_a_run_appears_whole(tmp_path: Path) -> None:
    new = Store.create(tmp_path / "store")
    partial = new.start_run(RUN_ID)
    assert new.run_ids() == []
    assert new.partial_run() == partial
    run = new.finish_run(partial, {"scope": ["a"]})
    assert new.run_ids() == [RUN_ID]
    assert new.partial_run() is None
    assert run.scope == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a Unix thing")
@pytest.mark.parametrize("place", ["run.json", "run"])
def test_a_run_killed_before_its_last_step_stays_hidden(sample_store: Store, place: str) -> None:
    before = sample_store.run_ids()
    killed_at(place, sample_store.path)
    assert sample_store.run_ids() == before
    partial = sample_store.partial_run()
    assert partial is not None
    sample_store.finish_run(partial, {"scope": []})
    assert sample_store.run_ids() == [*before, RUN_ID]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a Unix thing")
@pytest.mark.parametrize("place", ["audit.json", "rules-2+engine-1", "CURRENT"])
def test_an_audit_killed_before_its_last_step_is_not_published(
    sample_store: Store, place: str
) -> None:
    killed_at(place, sample_store.path)
    run = sample_store.run()
    assert run.audit().audit_id == "rules-1+engine-1"
    assert len(run.audit().read("findings", Finding)) == 8
    beside = run.path / "audits" / ".partial-x"
    beside.mkdir(exist_ok=True)
    sample_store.finish_audit(run, beside, {"audit_id": "rules-2+engine-1"})
    assert run.audit().audit_id == "rules-2+engine-1"
    assert sorted(p.name for p in (run.path / "audits").iterdir()) == [
        "CURRENT",
        "rules-1+engine-1",
        "rules-2+engine-1",
    ]


def test_an_audit_of_the_same_name_replaces_nothing(sample_store: Store) -> None:
    run = sample_store.run()
    before = run.audit().table_path("findings").read_bytes()
    beside = run.path / "audits" / ".partial-again"
    beside.mkdir()
    write_tables(beside, {"findings": []})
    again = sample_store.finish_audit(run, beside, {"audit_id": "rules-1+engine-1"})
    assert again.table_path("findings").read_bytes() == before
    assert not beside.exists()


@pytest.mark.parametrize("name", ["run.json", "audits/rules-1+engine-1/audit.json"])
def test_a_run_or_audit_of_a_newer_version_is_refused(sample_store: Store, name: str) -> None:
    path = sample_store.run().path / name
    info = json.loads(path.read_text(encoding="utf-8"))
    store.write_json(path, info | {"store_format": config.STORE_FORMAT + 1})
    with pytest.raises(UsageError, match="newer ketawatch"):
        sample_store.run().audit()


def test_a_newer_store_is_refused_when_it_is_opened(sample_store: Store) -> None:
    path = sample_store.path / config.FILE_NAME
    path.write_text(f"store_format = {config.STORE_FORMAT + 1}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"ketawatch\.toml: store_format 2 .*newer"):
        Store.open(sample_store.path)


def test_a_damaged_run_file_is_named(sample_store: Store) -> None:
    path = sample_store.run().path / "run.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match=r"run\.json: unreadable"):
        sample_store.run()


def test_unknown_runs_and_audits_are_named(sample_store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Known: 20261020T031500Z"):
        sample_store.run("20250101T000000Z")
    with pytest.raises(UsageError, match="no audit 'other'"):
        sample_store.run().audit("other")
    with pytest.raises(UsageError, match="no such store"):
        Store.open(tmp_path / "missing")


def test_a_file_where_a_store_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not a folder"):
        Store.create(tmp_path / "store")


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="directory"):
        store.write_text(tmp_path / "taken", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_tables_are_read_back_as_records(sample_store: Store) -> None:
    pages = sample_store.run().read("pages", Page)
    assert {page.provider_id for page in pages} == {"calm-harbor.example", "007"}
    assert all((sample_store.path / page.warc_file).exists() for page in pages)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])
def test_disk_trouble_is_told_with_its_place(code: int) -> None:
    with pytest.raises(DiskError, match="here/there"), disk_errors(Path("here/there")):
        raise OSError(code, "trouble")


def test_other_system_errors_are_not_dressed_up() -> None:
    with pytest.raises(FileNotFoundError), disk_errors(Path("x")):
        Path("no such file").read_bytes()


def test_texts_are_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        store.write_text(path, "half \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    store.write_text(path, "a\nb\r\n")
    assert path.read_bytes() == b"a\nb\r\n"


def test_a_text_behind_a_link_is_replaced_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "list.csv").write_text("old", encoding="utf-8")
    (tmp_path / "list.csv").symlink_to(tmp_path / "kept" / "list.csv")
    store.write_text(tmp_path / "list.csv", "new")
    assert (tmp_path / "list.csv").is_symlink()
    assert (tmp_path / "kept" / "list.csv").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("name", ["{} (copy)", "{}.bak", "{}-old", "2026-notes"])
def test_a_copy_that_somebody_made_of_a_run_is_no_run(sample_store: Store, name: str) -> None:
    runs = sample_store.run_ids()
    copy = sample_store.path / "runs" / name.format(runs[-1])
    shutil.copytree(sample_store.path / "runs" / runs[-1], copy)
    assert sample_store.run_ids() == runs
    assert sample_store.run().run_id == runs[-1]
