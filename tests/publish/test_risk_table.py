"""The exported reading aid: its rows, and the formula and caveat that never leave it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.verdict import risk
from data.errors import UsageError
from data.findings import Filter, View, open_view
from data.store import Store
from publish.export import Request, to_file


@pytest.fixture
def view(sample_store: Store) -> View:
    return open_view(sample_store)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def manifest_of(path: Path) -> dict[str, Any]:
    text = path.with_name(path.name + ".manifest.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_risk_is_a_row_a_line_by_name_of_provider_never_by_score(
    view: View, tmp_path: Path
) -> None:
    to_file(view, Request("risk"), tmp_path / "out.csv")
    rows = rows_of(tmp_path / "out.csv")
    shown = ("provider_id", "service_line", "score", "low", "high", "share_judged")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        ("007", "in-clinic-iv", "0.0", "0.0", "25.0", "0.667"),
        ("1e5", "spravato", "", "0.0", "100.0", "0.0"),
        ("calm-harbor.example", "at-home-oral", "75.0", "75.0", "75.0", "1.0"),
    ]
    assert {row["risk_version"] for row in rows} == {risk.method().version}
    dosing = [name for name in rows[0] if name.startswith("monitored_dosing_")]
    assert [[row[name] for name in dosing] for row in rows] == [
        ["1", "0", "0"],
        ["0", "0", "1"],
        ["0", "1", "0"],
    ]


def test_the_formula_and_the_caveat_stand_beside_the_risk_and_nowhere_else(
    view: View, tmp_path: Path
) -> None:
    for table in ("risk", "findings"):
        to_file(view, Request(table, "jsonl"), tmp_path / f"{table}.jsonl")
    about = manifest_of(tmp_path / "risk.jsonl")["risk"]
    method = risk.method()
    assert (about["formula"], about["caveat"]) == (method.formula, method.caveat)
    assert about["weights"]["critical"] == 8 and "vitals" in str(about["steps"])
    assert "risk" not in manifest_of(tmp_path / "findings.jsonl")


@pytest.mark.parametrize(
    "wanted",
    [Filter(outcomes=("concern",)), Filter(rules=("supervision.vitals",)), Filter(findings=("x",))],
)
def test_risk_of_some_findings_only_is_refused(view: View, tmp_path: Path, wanted: Filter) -> None:
    known = view.findings()["finding_id"][0].as_py()
    request = Request("risk", wanted=replace(wanted, findings=wanted.findings and (known,)))
    with pytest.raises(UsageError, match="filter by --provider"):
        to_file(view, request, tmp_path / "out.csv")
    to_file(view, Request("risk", wanted=Filter(providers=("007",))), tmp_path / "out.csv")
    assert [row["provider_id"] for row in rows_of(tmp_path / "out.csv")] == ["007"]
