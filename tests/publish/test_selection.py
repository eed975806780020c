"""A selection is read from plain ids and from our own exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import UsageError
from data.findings import open_view
from data.store import Store
from publish import selection
from publish.export import Request, to_file


@pytest.mark.parametrize(
    "text",
    [
        "a1\n\n  b2  # why\n# nothing\r\na1\n",
        '["a1", "b2"]',
        '[{"finding_id": "a1"}, {"finding_id": "b2"}]',
        '{"finding_id": "a1"}\n{"finding_id": "b2", "quote": "x\\u2028y"}\n\n',
        'quote,finding_id\r\n"two\nlines",a1\r\n,b2\r\n',
        "\ufefffinding_id\na1\n\nb2\n",
        # As spreadsheets save our own exports.
        "finding_id;quote\na1;x\nb2;\n;\n",
        "quote, finding_id\nx, a1\ny, b2\n",
        "sep=\t\nfinding_id\tquote\n'a1\tx\nb2\n",
    ],
)
def test_forms(tmp_path: Path, text: str) -> None:
    (tmp_path / "picked").write_bytes(text.encode("utf-8"))
    assert selection.read(tmp_path / "picked") == ("a1", "b2")


@pytest.mark.parametrize("name", ["out.csv", "out.spreadsheet.csv", "out.jsonl"])
def test_our_own_exports(sample_store: Store, tmp_path: Path, name: str) -> None:
    view = open_view(sample_store)
    format_ = name.rpartition(".")[2]
    to_file(view, Request(format=format_), tmp_path / f"out.{format_}")
    assert list(selection.read(tmp_path / name)) == view.findings()["finding_id"].to_pylist()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no finding"),
        ("finding_id,quote\n", "names no finding"),
        ('{"finding_id": "a1"}\n{"id": 1}\n', "line 2: no finding_id"),
        ('{"finding_id": "a1"}\n{"finding_id"\n', "line 2: not JSON"),
        ("[1]", "item 1: no finding_id"),
        ("quote,finding_id\nx\n", "line 2: no finding_id"),
        ("finding_id,quote\na1,x\n,total\n", "line 3: no finding_id"),
        ("[" * 20_000, "not JSON .nested too deeply"),
        ('{"finding_id": "a1", "finding_id": "b2"}', "'finding_id' stands twice"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "picked").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        selection.read(tmp_path / "picked")


def test_an_export_that_a_spreadsheet_saved_in_its_own_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "picked.csv"
    path.write_bytes("finding_id,quote\r\n0123abcd,it\u2019s caf\u00e9\r\n".encode("cp1252"))
    assert selection.read(path) == ("0123abcd",)


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unreadable"):
        selection.read(tmp_path / "missing")
    (tmp_path / "picked").write_bytes(b"PAR1\xff\xfe")
    with pytest.raises(UsageError, match="unreadable"):
        selection.read(tmp_path / "picked")
