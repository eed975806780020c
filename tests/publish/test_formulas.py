"""What a spreadsheet would run as a formula is found, and nothing else is touched."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest

from publish import csv_file, sheet_limits
from publish.formulas import formula_like


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "\u200e=1",
        "\u00ad@x",
        "\0=x",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "\u00a0=1",
        "\ufeff=1",
        '"=1',
        "'=1",
    ],
)
def test_found(text: str) -> None:
    assert formula_like(text)


@pytest.mark.parametrize("text", ["", "a=b", "1-2", "007", "'quoted'", "<b>", "% off", "a\n=1"])
def test_left_alone(text: str) -> None:
    assert not formula_like(text)


def test_the_twin_is_in_quotes_with_apostrophes_and_a_byte_order_mark() -> None:
    file = io.BytesIO()
    csv_file.write_twin(pa.table({"a": ['=1+2";=1+2', None, "x"], "n": [-1, 2, None]}), file)
    assert file.getvalue().decode("utf-8").split("\r\n") == [
        '\ufeff"a","n"',
        '"\'=1+2"";=1+2","-1"',
        '"","2"',
        '"x",""',
        "",
    ]


@pytest.mark.parametrize("letter", ["x", "=", "\U0001f331"])
def test_what_a_cell_cannot_hold_is_cut_and_named_and_spills_into_no_other_row(letter: str) -> None:
    file, long = io.BytesIO(), letter * 40_000
    issues = csv_file.write_twin(pa.table({"n": [1, 2], "quote": ["ok", long]}), file)
    _, _, (number, twin) = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert number == "2"
    assert len(twin.encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert twin.endswith(" [cut]") and long.startswith(twin.removeprefix("'")[:-6])
    assert [issue.where for issue in issues] == ["spreadsheet twin: quote, row 3"]
    exact = io.BytesIO()
    assert csv_file.write(pa.table({"quote": [long]}), exact) == []
    assert exact.getvalue().decode("utf-8") == f"quote\r\n{long}\r\n"


def test_more_rows_than_a_spreadsheet_shows_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_limits, "MAX_ROWS", 4)
    (issue,) = csv_file.write_twin(pa.table({"n": [1, 2, 3, 4]}), io.BytesIO())
    assert "4 rows, of which a spreadsheet shows the first 3" in issue.what
    assert csv_file.write_twin(pa.table({"n": [1, 2, 3]}), io.BytesIO()) == []
