"""Exports of a whole store: what is written, beside what, and what never is."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.errors import DiskError, UsageError
from data.finding_rows import COLUMNS, SCHEMA
from data.findings import Filter, View, open_view
from data.models import Issue
from data.store import Store
from data.tables import SCHEMAS
from data.vocabulary import Outcome
from publish import commands, export, formats
from publish.export import Request, to_file


@pytest.fixture
def view(sample_store: Store) -> View:
    return open_view(sample_store)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def manifest_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        path.with_name(path.name + ".manifest.json").read_text(encoding="utf-8")
    )
    return found


def test_findings_are_exported_with_every_outcome(view: View, tmp_path: Path) -> None:
    done = to_file(view, Request(), tmp_path / "out.csv")
    rows = rows_of(tmp_path / "out.csv")
    assert tuple(rows[0]) == COLUMNS
    assert {row["outcome"] for row in rows} == {outcome.value for outcome in Outcome}
    assert done.rows == len(rows) == 8
    assert [path.name for path in done.files] == [
        "out.csv",
        "out.spreadsheet.csv",
        "out.csv.manifest.json",
    ]
    assert sorted(p.name for p in tmp_path.glob("*out*")) == sorted(p.name for p in done.files)


def test_hostile_names_stay_exact_in_the_file_and_are_neutral_in_its_twin(
    view: View, tmp_path: Path
) -> None:
    to_file(view, Request(), tmp_path / "out.csv")
    with (tmp_path / "out.spreadsheet.csv").open(encoding="utf-8-sig", newline="") as file:
        twin = list(csv.DictReader(file))
    names = {row["provider_name"] for row in rows_of(tmp_path / "out.csv")}
    assert '=HYPERLINK("https://calm-harbor.example","Calm Harbor")' in names
    assert {"007", "1e5"} <= {row["provider_id"] for row in twin}
    for row in twin:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


@pytest.mark.parametrize("table", export.TABLES)
@pytest.mark.parametrize("format_", formats.names())
def test_each_table_in_each_format(view: View, tmp_path: Path, table: str, format_: str) -> None:
    out = tmp_path / "out"
    done = to_file(view, Request(table, format_), out)
    about = manifest_of(out)
    assert (about["table"], about["format"], about["rows"]) == (table, format_, done.rows)
    assert done.rows > 0
    for written in about["files"]:
        content = (tmp_path / written["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == written["sha256"]
        assert len(content) == written["bytes"]


@pytest.mark.parametrize(
    ("table", "schema"), [("findings", SCHEMA), ("evidence", SCHEMAS["evidence"])]
)
def test_parquet_has_the_columns_and_types_of_the_table(
    view: View, tmp_path: Path, table: str, schema: pa.Schema
) -> None:
    to_file(view, Request(table, "parquet"), tmp_path / "out.parquet")
    assert pq.read_schema(tmp_path / "out.parquet") == schema


def test_providers_have_the_columns_of_providers_csv(view: View, tmp_path: Path) -> None:
    to_file(view, Request("providers"), tmp_path / "out.csv")
    own = rows_of(view.store.providers_path)
    assert rows_of(tmp_path / "out.csv") == sorted(own, key=lambda row: row["provider_id"])


def test_matrix_is_a_row_a_line_and_a_column_a_rule(view: View, tmp_path: Path) -> None:
    to_file(view, Request("matrix"), tmp_path / "out.csv")
    rows = rows_of(tmp_path / "out.csv")
    assert [(r["provider_id"], r["service_line"]) for r in rows] == [
        ("007", "in-clinic-iv"),
        ("1e5", "all"),
        ("1e5", "spravato"),
        ("calm-harbor.example", "at-home-oral"),
    ]
    assert list(rows[0])[3:] == [
        "claim.non-addictive",
        "disclosure.off-label",
        "supervision.vitals",
    ]
    assert list(rows[2].values())[3:] == ["", "", "not_tested"]
    assert list(rows[3].values())[3:] == ["concern", "met", "concern"]


def test_matrix_refuses_filters_that_would_make_empty_cells_ambiguous(
    view: View, tmp_path: Path
) -> None:
    request = Request("matrix", wanted=Filter(outcomes=("concern",)))
    with pytest.raises(UsageError, match="--table findings"):
        to_file(view, request, tmp_path / "out.csv")
    by_rule = Request("matrix", wanted=Filter(rules=("supervision.vitals",)))
    to_file(view, by_rule, tmp_path / "out.csv")
    assert list(rows_of(tmp_path / "out.csv")[0])[3:] == ["supervision.vitals"]


def test_the_manifest_names_rules_past_their_review_on_the_day_of_the_run(
    view: View, tmp_path: Path
) -> None:
    to_file(view, Request(), tmp_path / "all.csv")
    vitals = Filter(rules=("supervision.vitals",))
    to_file(view, Request(wanted=vitals), tmp_path / "vitals.csv")
    past = manifest_of(tmp_path / "all.csv")["rules_past_review"]
    assert past == {"disclosure.off-label": "2026-11-23"}
    assert manifest_of(tmp_path / "vitals.csv")["rules_past_review"] == {}


def test_filters_narrow_every_table_to_the_same_findings(view: View, tmp_path: Path) -> None:
    wanted = Filter(outcomes=("concern",))
    for table in ("findings", "evidence", "providers"):
        to_file(view, Request(table, wanted=wanted), tmp_path / f"{table}.csv")
    findings = rows_of(tmp_path / "findings.csv")
    assert {row["outcome"] for row in findings} == {"concern"}
    ids = {row["finding_id"] for row in findings}
    assert {row["finding_id"] for row in rows_of(tmp_path / "evidence.csv")} <= ids
    assert [r["provider_id"] for r in rows_of(tmp_path / "providers.csv")] == [
        "calm-harbor.example"
    ]


def test_an_unknown_id_is_refused_and_nothing_is_written(view: View, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"rule_id 'no\.such'"):
        to_file(view, Request(wanted=Filter(rules=("no.such",))), tmp_path / "out.csv")
    assert list(tmp_path.glob("*out*")) == []


def test_concerns_alone_carry_the_counts_of_every_other_outcome(view: View, tmp_path: Path) -> None:
    to_file(view, Request(wanted=Filter(outcomes=("concern",))), tmp_path / "out.csv")
    about = manifest_of(tmp_path / "out.csv")
    none = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    assert about["filters"] == {"outcome": ["concern"]}
    assert about["findings_by_outcome"] == none | {"concern": 2}
    assert about["findings_left_out"] == {"calm-harbor.example": none | {"met": 1}}
    assert "not the same as not done" in about["note"]


def test_a_provider_without_any_concern_is_still_counted(view: View, tmp_path: Path) -> None:
    wanted = Filter(providers=("1e5",), outcomes=("concern",))
    to_file(view, Request(wanted=wanted), tmp_path / "out.csv")
    left_out = manifest_of(tmp_path / "out.csv")["findings_left_out"]["1e5"]
    assert (left_out["not_tested"], left_out["not_applicable"]) == (1, 1)


def test_the_manifest_says_where_the_rows_come_from(view: View, tmp_path: Path) -> None:
    to_file(view, Request(format="jsonl"), tmp_path / "out.jsonl")
    about = manifest_of(tmp_path / "out.jsonl")
    assert about["run_id"] == "20261124T031500Z"
    assert about["audit_id"] == "rules-1+engine-1"
    assert (about["ruleset_version"], about["tool_version"]) == ("rules-1", "0.1.0")
    assert about["columns"] == list(COLUMNS)
    assert about["findings_left_out"] == {}
    assert about["complete"] is True


def test_an_existing_target_is_refused_without_force(view: View, tmp_path: Path) -> None:
    for name in ("out.csv", "out.spreadsheet.csv", "out.csv.manifest.json"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
        with pytest.raises(UsageError, match="--force"):
            to_file(view, Request(), tmp_path / "out.csv")
        assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
        (tmp_path / name).unlink()
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    to_file(view, Request(), tmp_path / "out.csv", force=True)
    assert len(rows_of(tmp_path / "out.csv")) == 8


def test_a_link_as_target_stays_a_link_to_the_new_file(view: View, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "latest.csv").write_text("old", encoding="utf-8")
    (tmp_path / "out.csv").symlink_to(tmp_path / "shared" / "latest.csv")
    to_file(view, Request(), tmp_path / "out.csv", force=True)
    assert (tmp_path / "out.csv").is_symlink()
    assert len(rows_of(tmp_path / "shared" / "latest.csv")) == 8
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["latest.csv"]


@pytest.mark.parametrize(
    ("name", "format_"), [("out.xlsx", "csv"), ("out.CSV", "xlsx"), ("out.parquet", "jsonl")]
)
def test_the_name_of_another_format_is_refused(
    view: View, tmp_path: Path, name: str, format_: str
) -> None:
    with pytest.raises(UsageError, match=f"--format {format_} writes no"):
        to_file(view, Request(format=format_), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_missing_folder_and_a_folder_as_target_are_refused(view: View, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        to_file(view, Request(), tmp_path / "missing" / "out.csv")
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(UsageError, match="not a file"):
        to_file(view, Request(), tmp_path / "out.csv", force=True)


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "full"), RuntimeError("bug")])
def test_a_failure_half_way_leaves_the_old_files_and_no_others(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fails(table: pa.Table, file: BinaryIO) -> list[Issue]:
        file.write(b"half of ")
        raise failure

    to_file(view, Request(), tmp_path / "out.csv")
    before = {path: path.read_bytes() for path in tmp_path.glob("*out*")}
    broken = formats.Format(formats.load("csv").write, twin=fails)
    monkeypatch.setattr(formats, "load", {"csv": broken}.__getitem__)
    expected = DiskError if isinstance(failure, OSError) else RuntimeError
    with pytest.raises(expected):
        to_file(view, Request(), tmp_path / "out.csv", force=True)
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_an_export_is_the_same_bytes_each_time(view: View, tmp_path: Path) -> None:
    for format_ in ("csv", "jsonl", "parquet"):
        for name in ("a", "b"):
            to_file(view, Request(format=format_), tmp_path / f"{name}.{format_}")
        contents = [(tmp_path / f"{name}.{format_}").read_bytes() for name in ("a", "b")]
        assert contents[0] == contents[1]


def test_help_offers_what_works_and_nothing_else() -> None:
    assert formats.names() == ["csv", "jsonl", "parquet", "xlsx"]
    assert export.TABLES == commands.TABLES
