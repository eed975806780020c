"""Arguments that a shell, a scheduler or a slip made of nothing are refused before any work."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click
import pytest

import ketawatch
from data.errors import UsageError
from data.store import Store


def call(*arguments: object) -> int:
    """The exit code of a command in this process; what it complains of is raised."""
    words = [str(argument) for argument in arguments]
    return int(ketawatch.cli.main(words, standalone_mode=False) or 0)


@pytest.mark.parametrize(
    "command",
    [
        *("run", "demo", "discover", "crawl", "audit", "status", "prune", "doctor", "dashboard"),
        *("export --format csv --out -", "import x.html --provider a", "merges list", "merges log"),
    ],
)
def test_a_variable_that_is_not_set_makes_no_store_here(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(click.BadParameter, match="It is empty"):
        call(*command.split(), "--store", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", ["nan", "inf", "-1", "1e999", "soon"])
@pytest.mark.parametrize("option", ["--max-hours", "--delay"])
def test_what_is_no_number_is_refused(option: str, number: str, tmp_path: Path) -> None:
    with pytest.raises(click.BadParameter):
        call("run", "--store", tmp_path / "store", option, number)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("out", ["", ".", ".."])
def test_an_export_without_a_file_s_name_is_refused(sample_store: Store, out: str) -> None:
    with pytest.raises(UsageError, match=r"names no file|not a file"):
        call("export", "--store", sample_store.path, "--format", "csv", "--out", out)


def test_a_run_without_a_name_is_not_the_latest_one(sample_store: Store) -> None:
    with pytest.raises(UsageError, match="no run ''"):
        call("export", "--store", sample_store.path, "--format", "csv", "--out", "-", "--run", "")


def test_a_page_without_a_name_or_a_byte_says_nothing_of_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match="an empty path: no such file"):
        call("check", "")
    (tmp_path / "page.html").write_bytes(b"\r\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    for place in (tmp_path / "page.html", "-"):
        assert call("check", place) == 4
        told = capsys.readouterr()
        assert told.out == "" and "is empty" in told.err


@pytest.mark.parametrize("name", ["providers.csv", "ketawatch.toml"])
def test_a_folder_in_place_of_a_file_is_named(sample_store: Store, name: str) -> None:
    path = sample_store.path / name
    path.unlink(missing_ok=True)
    path.mkdir()
    with pytest.raises(UsageError, match=rf"{name}: unreadable"):
        call("status", "--store", sample_store.path)
