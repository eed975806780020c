"""``ketawatch discover`` as it is typed: results to stdout, messages to stderr, the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawlers.discover.command import discover
from data.errors import StoreHeldError
from data.lock import hold

DECLARATION = """\
name: rows
title: An invented list
reader: list
path: rows.csv
columns: {name: name, website: url}
min_rows: 2
max_rows: 9
shape_seen: 2026-11-24
"""


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    (tmp_path / "rows.yml").write_text(DECLARATION, encoding="utf-8")
    (tmp_path / "rows.csv").write_text("name,url\nVale,vale.example.com\nDale,dale.example.net\n")
    store, source = str(tmp_path / "store"), str(tmp_path / "rows.yml")
    return ["--store", store, "--source", "rows", "--source-file", source]


def test_results_and_messages_do_not_mix(arguments: list[str]) -> None:
    result = CliRunner().invoke(discover, [*arguments, "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["providers"] == 2
    assert result.stderr == "rows: 2 rows\n"


def test_a_broken_source_is_told_by_the_exit_code(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("name,url\nVale,vale.example.com\n")
    result = CliRunner().invoke(discover, arguments)
    assert result.exit_code == 5
    assert "rows: 1 rows, expected 2 to 9. It has no earlier rows.\n" in result.stderr


def test_a_held_store_is_left_alone(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with hold(tmp_path / "store", "crawl"):
        result = CliRunner().invoke(discover, arguments)
    assert isinstance(result.exception, StoreHeldError)
    assert not (tmp_path / "store" / "providers.csv").exists()
