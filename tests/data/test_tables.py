"""Records survive Parquet unchanged, whatever their texts hold."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import models, tables, vocabulary

TEXTS = st.text() | st.sampled_from(["007", "1e5", "NA", "None", "nan", "", " ", "\u2028", "🌱\0"])
_VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(0, 2**63 - 1),
    float: st.floats(0, 1),
}
RECORDS = (
    ("pages", models.Page),
    ("skipped", models.Skipped),
    ("failures", models.Failure),
    ("coverage", models.Coverage),
    ("claims", models.Claim),
    ("findings", models.Finding),
    ("passages", models.Passage),
    ("facts", models.Fact),
)


def records(kind: type) -> st.SearchStrategy[Any]:
    """Any record of a kind, with a value or nothing in each field that may be empty."""
    values = {}
    for name, hint in typing.get_type_hints(kind).items():
        options = typing.get_args(hint) or (hint,)
        value = _VALUES[options[0]]
        values[name] = st.none() | value if type(None) in options else value
    return st.builds(kind, **values)


@pytest.mark.parametrize(("name", "kind"), RECORDS)
def test_records_come_back(name: str, kind: type, tmp_path_factory: pytest.TempPathFactory) -> None:
    @given(st.lists(records(kind), max_size=3))
    def check(rows: list[Any]) -> None:
        path = tmp_path_factory.mktemp("table") / "x.parquet"
        tables.write(path, name, rows)
        assert tables.read(path, kind) == rows

    check()


def test_the_columns_are_those_of_the_contract() -> None:
    failures = "provider_id url expected_type class fault remedy attempts last_at"
    assert " ".join(tables.SCHEMAS["failures"].names) == failures
    assert tables.SCHEMAS["evidence"].names == [
        *("finding_id", "rank", "role"),
        *(field.name for field in dataclasses.fields(models.Claim)),
    ]
    assert set(tables.SCHEMAS) == {*tables.RUN_TABLES, *tables.AUDIT_TABLES}


def test_words_of_closed_lists_are_written_as_texts() -> None:
    row = models.Coverage("a", vocabulary.PageType.FAQ, 1, 1, 0, 0, 0)
    assert tables.table("coverage", [row]).column("expected_type").to_pylist() == ["faq"]
