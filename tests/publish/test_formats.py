"""All formats agree with each other, cell for cell, whatever the cells hold."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish import csv_file, jsonl_file, parquet_file, xlsx_file
from publish.cells import Cell, Writer, blank_as_null

TEXTS = (
    "007",
    "1e5",
    "NA",
    "None",
    "null",
    "TRUE",
    "2026-11-24",
    " lead",
    "trail ",
    "a\r\nb\rc\nd",
)
HOSTILE = (
    "=1+1",
    "#N/A",
    "@x",
    '"',
    '",\r\n"',
    "\u2028 \x85 \x0b",
    "שלום \u202e🌱",
    "_x0041_",
    "'",
)
_TEXT: pa.DataType = pa.string()
_NUMBERS: list[tuple[str, pa.DataType]] = [("n", pa.int64()), ("x", pa.float64())]
SCHEMA = pa.schema([("a", _TEXT), ("b", _TEXT), *_NUMBERS])

ids = st.sampled_from(TEXTS + HOSTILE) | st.text(min_size=1, max_size=12)
table_rows = st.tuples(
    ids,
    ids | st.none() | st.just(""),
    st.none() | st.integers(-(2**53), 2**53),
    st.none() | st.floats(0, 1),
)


def table_of(rows: list[tuple[Cell, ...]]) -> pa.Table:
    named = [dict(zip(SCHEMA.names, row, strict=True)) for row in rows]
    return blank_as_null(pa.Table.from_pylist(named, schema=SCHEMA))


def written(writer: Writer, table: pa.Table) -> bytes:
    file = io.BytesIO()
    writer(table, file)
    return file.getvalue()


def from_csv(content: bytes) -> list[dict[str, Any]]:
    """As a reader with the schema at hand understands it."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    kinds = (str, str, int, float)
    return [
        {n: k(c) if c else None for n, k, c in zip(rows[0], kinds, row, strict=True)}
        for row in rows[1:]
    ]


def from_jsonl(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode("utf-8").splitlines()]


def from_xlsx(content: bytes) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    header, *rows = book.worksheets[0].iter_rows()
    names = [str(cell.value) for cell in header]
    assert all(cell.data_type != "f" for row in rows for cell in row)
    return [dict(zip(names, (c.value for c in row), strict=True)) for row in rows]


def from_parquet(content: bytes) -> list[dict[str, Any]]:
    table = pq.read_table(pa.BufferReader(content))
    assert table.schema == SCHEMA
    return table.to_pylist()


@given(st.lists(table_rows, max_size=4))
@example([(text, text, 0, 0.5) for text in TEXTS + HOSTILE])
@example([("x", None, None, None), ("x", "", 0, 0.0)])
def test_all_formats_hold_the_same_cells(rows: list[tuple[Cell, ...]]) -> None:
    table = table_of(rows)
    expected = table.to_pylist()
    assert from_csv(written(csv_file.write, table)) == expected
    assert from_jsonl(written(jsonl_file.write, table)) == expected
    assert from_parquet(written(parquet_file.write, table)) == expected
    in_excel = [
        {k: xlsx_file.escape(v) if isinstance(v, str) else v for k, v in row.items()}
        for row in expected
    ]
    assert from_xlsx(written(xlsx_file.write, table)) == in_excel


@given(st.lists(table_rows, max_size=4))
def test_the_twin_differs_by_apostrophes_only(rows: list[tuple[Cell, ...]]) -> None:
    table = table_of(rows)
    content = written(csv_file.write_twin, table).decode("utf-8-sig").encode("utf-8")
    for exact, twin in zip(table.to_pylist(), from_csv(content), strict=True):
        for name in ("a", "b"):
            assert twin[name] in (exact[name], f"'{exact[name]}")
            assert not (twin[name] or "x").startswith(tuple("=+-@\t\r\n\0＝＋－＠"))
        assert (twin["n"], twin["x"]) == (exact["n"], exact["x"])


def test_missing_is_empty_and_never_a_word() -> None:
    table = table_of([(None, "", None, None), ("None", "nan", 0, 0.0)])
    assert written(csv_file.write, table) == b"a,b,n,x\r\n,,,\r\nNone,nan,0,0.0\r\n"
    assert from_jsonl(written(jsonl_file.write, table))[0] == dict.fromkeys(SCHEMA.names)


@pytest.mark.parametrize("writer", [csv_file.write, csv_file.write_twin])
def test_a_table_without_rows_still_has_its_header(writer: Writer) -> None:
    content = written(writer, table_of([]))
    assert content.decode("utf-8-sig").replace('"', "") == "a,b,n,x\r\n"
