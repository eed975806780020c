"""What an Excel sheet cannot hold is told, and never lost in silence."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.models import Issue
from publish import sheet_limits, xlsx_file


def write(table: pa.Table) -> tuple[openpyxl.Workbook, list[Issue]]:
    file = io.BytesIO()
    issues = xlsx_file.write(table, file)
    return openpyxl.load_workbook(file), issues


def test_texts_are_texts_numbers_are_numbers_and_the_header_is_frozen() -> None:
    book, issues = write(pa.table({"id": ["=1+1", "#REF!", "007"], "n": [1, None, 3]}))
    sheet = book.worksheets[0]
    assert [c.data_type for c in sheet["A"]] == ["s", "s", "s", "s"]
    assert [c.value for c in sheet["B"]] == ["n", 1, None, 3]
    assert [c.quotePrefix for c in sheet["A"]] == [False, True, True, False]
    assert sheet.freeze_panes == "A2"
    assert issues == []


def test_more_rows_than_a_sheet_holds_go_to_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sheet_limits.MAX_ROWS == 2**20
    monkeypatch.setattr(xlsx_file, "MAX_ROWS", 4)
    book, _ = write(pa.table({"n": list(range(7))}))
    assert book.sheetnames == ["ketawatch", "ketawatch 2", "ketawatch 3"]
    columns = [[c.value for c in sheet["A"]] for sheet in book.worksheets]
    assert columns == [["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6]]


def test_a_full_sheet_is_not_followed_by_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MAX_ROWS", 4)
    book, _ = write(pa.table({"n": [1, 2, 3]}))
    assert book.sheetnames == ["ketawatch"]


def test_a_cell_too_long_is_cut_marked_and_named() -> None:
    book, issues = write(pa.table({"quote": ["ok", "x" * 40_000]}))
    text = book.worksheets[0]["A3"].value
    assert len(text) == 32_767
    assert text.endswith("x [cut]")
    assert [issue.where for issue in issues] == ["sheet ketawatch: quote, row 3"]
    assert "40,000" in issues[0].what


def test_the_longest_cell_that_fits_is_left_alone() -> None:
    book, issues = write(pa.table({"quote": ["x" * 32_767]}))
    assert book.worksheets[0]["A2"].value == "x" * 32_767
    assert issues == []


@given(st.lists(st.sampled_from(["x", "🌱", "\x01", "_", "_x0041_"]), min_size=1, max_size=5))
def test_a_cut_cell_never_exceeds_the_limit(pieces: list[str]) -> None:
    pattern = "".join(pieces)
    text = pattern * (33_000 // len(pattern) + 1)
    cut = xlsx_file.cut(xlsx_file.escape(text))
    most = sheet_limits.MAX_CHARACTERS
    assert most - 8 <= sheet_limits.units(cut) <= most
    kept = cut.removesuffix(sheet_limits.CUT_MARK)
    assert text.startswith(re.sub("_x([0-9A-F]{4})_", lambda e: chr(int(e[1], 16)), kept))


def test_characters_that_xml_cannot_hold_are_escaped_and_named() -> None:
    book, issues = write(pa.table({"quote": ["a\x00b\x1f\uffff", "_x0041_ stays", "\x07"]}))
    cells = [c.value for c in book.worksheets[0]["A"]]
    assert cells == ["quote", "a_x0000_b_x001F__xFFFF_", "_x005F_x0041_ stays", "_x0007_"]
    assert [issue.where for issue in issues] == ["sheet ketawatch: quote, row 2"]
    assert "1 more" in issues[0].what


def test_carriage_returns_survive_xml() -> None:
    file = io.BytesIO()
    xlsx_file.write(pa.table({"a": ["x\r\ny\rz"]}), file)
    with zipfile.ZipFile(file) as archive:
        assert b"x&#13;\ny&#13;z" in archive.read("xl/worksheets/sheet1.xml")
