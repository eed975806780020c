"""The reading aid for triage, one row a provider and service line, with its path in five steps."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from audit.verdict import risk
from audit.verdict.risk import Risk
from data.findings import View

_STEP_COUNTS = ("stated", "not_found", "unknown")


def schema() -> pa.Schema:
    """The fixed columns, then three counts for each step of the path."""
    columns: dict[str, pa.DataType] = {
        **dict.fromkeys(("provider_id", "provider_name", "service_line"), pa.string()),
        **dict.fromkeys(("score", "low", "high"), pa.float64()),
        **dict.fromkeys(("judged", "applicable"), pa.int64()),
        "share_judged": pa.float64(),
        "risk_version": pa.string(),
    }
    for step in risk.method().steps:
        columns |= dict.fromkeys((_column(step, c) for c in _STEP_COUNTS), pa.int64())
    return pa.schema(columns)


def build(view: View, findings: pa.Table) -> pa.Table:
    """One row for each line of each provider, by their ids; never by score.

    Args:
        view: the audit, for the providers' names.
        findings: all findings of the providers wanted.
    """
    names = {p["provider_id"]: p["name"] for p in view.providers}
    rows = [
        _row(one, names[one.provider_id])
        for one in risk.risks(findings.select(risk.COLUMNS).to_pylist())
    ]
    return pa.Table.from_pylist(rows, schema=schema())


def about() -> dict[str, Any]:
    """The method, as the manifest of the table has to say it."""
    method = risk.method()
    return {
        "version": method.version,
        "formula": method.formula,
        "weights": dict(method.weights),
        "floor": method.floor,
        "caveat": method.caveat,
        "steps": {name: list(rules) for name, rules in method.steps.items()},
    }


def _row(one: Risk, name: str) -> dict[str, Any]:
    counts = {
        _column(step.name, count): getattr(step, count)
        for step in one.steps
        for count in _STEP_COUNTS
    }
    return {
        "provider_id": one.provider_id,
        "provider_name": name,
        "service_line": one.service_line,
        "score": None if one.score is None else round(one.score, 1),
        "low": round(one.low, 1),
        "high": round(one.high, 1),
        "judged": one.judged,
        "applicable": one.applicable,
        "share_judged": round(one.share_judged, 3),
        "risk_version": risk.method().version,
    } | counts


def _column(step: str, count: str) -> str:
    return f"{step.replace(' ', '_')}_{count}"
