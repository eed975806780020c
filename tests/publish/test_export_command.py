"""``ketawatch export`` as a process: streams, pipes, full disks, and what goes to stderr."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.verdict import risk
from data.errors import DiskError, UsageError
from data.finding_rows import COLUMNS
from data.store import Store, write_json
from publish.commands import export

ROOT = Path(__file__).resolve().parents[2]
_MAIN = "from publish.commands import export; export()"
# A file may hold 4 KB only, as on a disk that is nearly full.
_LIMITED = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); {_MAIN}"


def arguments(store: Store, out: str | Path, format_: str = "csv") -> list[str]:
    return ["--store", str(store.path), "--out", str(out), "--format", format_]


def in_process(*args: str) -> tuple[str, str]:
    result = CliRunner().invoke(export, list(args), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.stdout, result.stderr


def command(*args: str, main: str = _MAIN) -> list[str]:
    return [sys.executable, "-W", "error", "-c", main, *args]


def environment() -> dict[str, str]:
    """What a scheduler gives: no home, an ASCII locale."""
    return {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PATH": os.environ["PATH"]}


def test_messages_go_to_stderr_and_files_where_they_should(
    sample_store: Store, tmp_path: Path
) -> None:
    stdout, stderr = in_process(*arguments(sample_store, tmp_path / "out.csv"))
    assert stdout == ""
    assert "8 rows" in stderr
    assert "out.csv.manifest.json" in stderr


def test_every_filter_can_be_given_more_than_once(sample_store: Store) -> None:
    base = arguments(sample_store, "-", "jsonl")
    stdout, _ = in_process(*base, "--provider", "007", "--provider", "1e5", "--outcome", "met")
    rows = [json.loads(line) for line in stdout.splitlines()]
    assert {(row["provider_id"], row["outcome"]) for row in rows} == {("007", "met")}
    picked = [row["finding_id"] for row in rows]
    stdout, _ = in_process(*base, "--finding", picked[0], "--finding", picked[1])
    assert [json.loads(line)["finding_id"] for line in stdout.splitlines()] == picked


def test_an_earlier_run_can_be_named(sample_store: Store) -> None:
    stdout, _ = in_process(*arguments(sample_store, "-", "jsonl"), "--run", "20261020T031500Z")
    rows = [json.loads(line) for line in stdout.splitlines()]
    assert {row["run_id"] for row in rows} == {"20261020T031500Z"}
    assert {row["lifecycle"] for row in rows} == {"new", None}


def test_a_selection_and_findings_add_up(sample_store: Store, tmp_path: Path) -> None:
    base = arguments(sample_store, "-", "jsonl")
    ids = [json.loads(line)["finding_id"] for line in in_process(*base)[0].splitlines()]
    (tmp_path / "picked.txt").write_text(f"{ids[2]}\n", encoding="utf-8")
    selection = ["--selection", str(tmp_path / "picked.txt"), "--finding", ids[0]]
    rows = in_process(*base, *selection)[0].splitlines()
    assert [json.loads(line)["finding_id"] for line in rows] == [ids[0], ids[2]]


@pytest.mark.parametrize("out", ["-", "risk.csv"])
def test_the_formula_goes_wherever_the_risk_goes(
    sample_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    _, stderr = in_process(*arguments(sample_store, out), "--table", "risk")
    method = risk.method()
    assert method.formula in stderr and method.caveat in stderr


@pytest.mark.parametrize(
    "wrong", [["--table", "coverage"], ["--format", "sqlite"], ["--outcome", "x"]]
)
def test_what_does_not_work_yet_is_refused(sample_store: Store, wrong: list[str]) -> None:
    result = CliRunner().invoke(export, [*arguments(sample_store, "-"), *wrong])
    assert result.exit_code == 2


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ketawatch crawl"):
        in_process(*arguments(Store.create(tmp_path / "new"), "-"))


@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet", "xlsx"])
def test_stdout_holds_the_exact_file_and_nothing_else(
    sample_store: Store, tmp_path: Path, format_: str
) -> None:
    piped = subprocess.run(
        command(*arguments(sample_store, "-", format_)),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert b"Neither manifest nor" in piped.stderr
    out = tmp_path / "out"
    in_process(*arguments(sample_store, out, format_))
    if format_ != "xlsx":  # a workbook holds the time at which it was saved
        assert piped.stdout == out.read_bytes()
    assert piped.stdout[:2] == out.read_bytes()[:2]
    assert sorted(path.name for path in tmp_path.glob("*.manifest.json")) == ["out.manifest.json"]


def test_a_closed_pipe_ends_quietly_but_not_as_a_success(
    sample_store: Store, tmp_path: Path
) -> None:
    with subprocess.Popen(
        command(*arguments(sample_store, "-")),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_not_steered(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sample_store.run()
    name = "Calm\x1b[2J Harbor\x9b"
    info = run.info | {"providers": [p | {"name": name} for p in run.info["providers"]]}
    write_json(run.path / "run.json", info)
    for format_ in ("csv", "jsonl"):
        shown = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", _Terminal(shown, "utf-8", newline=""))
        export.main([*arguments(sample_store, "-", format_)], standalone_mode=False)
        text = shown.getvalue().decode("utf-8")
        assert "Calm\\u001b[2J Harbor\\u009b" in text
        assert not set(text) & set("\x1b\x9b")


def test_a_terminal_is_spared_binary_formats(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(UsageError, match="terminal"):
        export.main([*arguments(sample_store, "-", "xlsx")], standalone_mode=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's always-full device")
def test_a_full_disk_behind_stdout_is_told(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("wb", buffering=0) as device:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(device), "utf-8"))
        with pytest.raises(DiskError, match="standard output"):
            export.main([*arguments(sample_store, "-")], standalone_mode=False)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a Unix thing")
@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_full_disk_leaves_no_file(sample_store: Store, tmp_path: Path, format_: str) -> None:
    before = set(tmp_path.iterdir())
    failed = subprocess.run(
        command(*arguments(sample_store, tmp_path / "out", format_), main=_LIMITED),
        cwd=tmp_path,
        env=environment() | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert failed.returncode == 1
    assert b"DiskError" in failed.stderr
    assert set(tmp_path.iterdir()) == before


def test_csv_on_stdout_is_read_back_whole(sample_store: Store) -> None:
    stdout, _ = in_process(*arguments(sample_store, "-"))
    rows = list(csv.reader(io.StringIO(stdout, newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
