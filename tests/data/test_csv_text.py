"""CSV as spreadsheets and hands write it is told apart, record by record."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.csv_text import decoded, records, without_empty_end

ROWS = [["name", "note"], ["Vale, Inc", "a;b"]]


def cells(text: str) -> list[list[str]]:
    return [list(row.cells) for row in records(text) if not isinstance(row.cells, csv.Error)]


@pytest.mark.parametrize(
    "text",
    [
        'name,note\n"Vale, Inc",a;b\n',
        'name;note\r\nVale, Inc;"a;b"\r\n',
        "name\tnote\nVale, Inc\ta;b\n",
        'name|note\nVale, Inc|"a;b"\n',
        'sep=;\r\nname;note\r\nVale, Inc;"a;b"\r\n',
        'sep=,\nname,note\n"Vale, Inc",a;b\n',
        '\n \nname,note\n,\n"Vale, Inc",a;b\n,,\n\n',
        '"name","note"\r"Vale, Inc","a;b"\r',
    ],
)
def test_whatever_parts_the_cells(text: str) -> None:
    assert cells(text) == ROWS


def test_a_bar_in_a_column_s_name_parts_no_cells() -> None:
    assert cells("name|alias|brand,note\na|b,c\n") == [["name|alias|brand", "note"], ["a|b", "c"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_first_bytes_tell_the_encoding(encoding: str) -> None:
    assert decoded("Café\tü\r\n".encode(encoding)) == "Café\tü\r\n"


def test_a_second_byte_order_mark_is_no_letter() -> None:
    assert decoded(b"\xef\xbb\xbf\xef\xbb\xbfname,note\n") == "name,note\n"


def test_a_bad_row_is_named_and_swallows_no_other() -> None:
    found = list(records('a,b\n"never closed,1\nc,2\n"x"y,3\n"d\nd",4\ne,5'))
    assert [(r.line, isinstance(r.cells, csv.Error)) for r in found] == [
        (1, False),
        (2, True),
        (3, False),
        (4, True),
        (5, False),
        (7, False),
    ]
    assert [r.is_whole for r in found[-2:]] == [True, False], "the file may be cut off there"


def test_cells_of_nothing_at_the_end_go() -> None:
    assert without_empty_end(["a", "", "b", " ", ""]) == ["a", "", "b"]


@given(st.text(alphabet='ab",;\t\r\n =sep', max_size=60))
def test_no_text_breaks_it_and_none_is_lost(text: str) -> None:
    found = list(records(text))
    assert [row.line for row in found] == sorted({row.line for row in found})
    # Without a quote every letter stands in some cell.
    if '"' not in text and "sep=" not in text.lower():
        told = "".join("".join(row.cells) for row in found if not isinstance(row.cells, csv.Error))
        assert told.count("a") == text.count("a")
