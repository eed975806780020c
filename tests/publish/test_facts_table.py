"""The exported facts: each with its quote, its page and its time; by provider, and no other way."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from data import facts, tables
from data.errors import UsageError
from data.fact_kinds import FactKind
from data.findings import Filter, View, open_view
from data.models import Fact
from data.store import Store
from publish import dictionary
from publish.commands import export
from publish.export import Request, to_file

PLACE = ("body > p:nth-child(1)", 0)
FACTS = (
    Fact("007", FactKind.TELEPHONE, "+12085550142", None, None, "007-1",
         "(208) 555-0142", 0, 14, *PLACE),
    Fact("007", FactKind.PRICE, "450", "USD per infusion", "in-clinic-iv", "007-1",
         "$450 an infusion", 15, 31, *PLACE),
    Fact("calm-harbor.example", FactKind.CLINICIAN, "NA Lund", "RN", None, "calm-harbor.example-1",
         "NA Lund, RN", 0, 11, *PLACE),
)  # fmt: skip


@pytest.fixture
def view(sample_store: Store) -> View:
    path = sample_store.audited_run().audit().table_path("facts")
    tables.write(path, "facts", FACTS)
    return open_view(sample_store)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_facts_are_exported_with_quote_page_and_time(view: View, tmp_path: Path) -> None:
    to_file(view, Request("facts"), tmp_path / "out.csv")
    rows = rows_of(tmp_path / "out.csv")
    assert [(r["kind"], r["value"], r["unit"], r["quote"]) for r in rows] == [
        ("telephone", "+12085550142", "", "(208) 555-0142"),
        ("price", "450", "USD per infusion", "$450 an infusion"),
        ("clinician", "NA Lund", "RN", "NA Lund, RN"),
    ]
    assert rows[0]["url"] == "https://seven.example/"
    assert {r["captured_at"] for r in rows} == {"2026-11-24T03:16:00Z"}


def test_a_telephone_is_no_formula_in_a_spreadsheet(view: View, tmp_path: Path) -> None:
    to_file(view, Request("facts"), tmp_path / "out.csv")
    assert rows_of(tmp_path / "out.spreadsheet.csv")[0]["value"] != "+12085550142"


def test_columns_are_those_of_the_dictionary(view: View, tmp_path: Path) -> None:
    to_file(view, Request("facts", "parquet"), tmp_path / "out.parquet")
    written = pq.read_table(tmp_path / "out.parquet")
    assert written.schema.names == facts.SCHEMA.names == dictionary.SCHEMAS["facts"].names
    assert written["char_end"].to_pylist() == [14, 31, 11]


def test_facts_of_some_providers(view: View, tmp_path: Path) -> None:
    to_file(view, Request("facts", wanted=Filter(providers=("007",))), tmp_path / "out.csv")
    assert {row["provider_id"] for row in rows_of(tmp_path / "out.csv")} == {"007"}
    to_file(view, Request("facts", wanted=Filter(providers=("1e5",))), tmp_path / "none.csv")
    assert rows_of(tmp_path / "none.csv") == []


@pytest.mark.parametrize(
    "wanted", [Filter(rules=("supervision.vitals",)), Filter(outcomes=("concern",))]
)
def test_facts_have_neither_rule_nor_outcome(view: View, tmp_path: Path, wanted: Filter) -> None:
    with pytest.raises(UsageError, match="--table findings"):
        to_file(view, Request("facts", wanted=wanted), tmp_path / "out.csv")
    assert list(tmp_path.glob("out*")) == []


def test_the_command_writes_them(view: View, tmp_path: Path) -> None:
    out = tmp_path / "facts.jsonl"
    asked = ["--store", str(view.store.path), "--table", "facts", "--format", "jsonl"]
    done = CliRunner().invoke(export, [*asked, "--out", str(out)])
    assert done.exit_code == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == len(FACTS)
