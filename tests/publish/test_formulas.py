"""What a spreadsheet would run as a formula is found, and nothing else is touched."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest

from publish import csv_file
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
