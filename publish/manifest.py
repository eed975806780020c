"""``NAME.manifest.json``: what stands in an exported file, from where, and how to read it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.findings import Filter, View
from data.store import now
from data.vocabulary import Outcome
from publish.cells import texts

NOTE = (
    "Each row says what was found, or not found, on the public pages captured on the date given."
    " Not stated is not the same as not done. Almost nothing that is looked for here is required"
    " on a website. Findings marked unreviewed were made by a program: a person needs to review"
    " them before anyone is named."
)


def origin(view: View) -> dict[str, str]:
    """Which run and audit, made by which rules and program; with a finding id, a citation."""
    return {
        "run_id": view.run.run_id,
        "audit_id": view.audit.audit_id,
        "ruleset_version": view.audit.info["ruleset_version"],
        "tool_version": view.audit.info["tool_version"],
    }


def digests(written: Iterable[tuple[str, Path]]) -> list[dict[str, str | int]]:
    """Name, size in bytes and SHA-256 of files, each given by its final name and its place now."""
    return [
        {"name": name, "bytes": path.stat().st_size, "sha256": _sha256(path)}
        for name, path in written
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe(view: View, wanted: Filter, found: pa.Table, table: pa.Table) -> dict[str, Any]:
    """Everything but the files: origin, filters, counts and the note.

    Args:
        view: the audit that was exported.
        wanted: what was asked for.
        found: the findings that this selects, whichever table was exported.
        table: the rows as exported.
    """
    return {
        **origin(view),
        "filters": {column: list(values) for column, values in wanted.columns().items()},
        "rows": table.num_rows,
        "columns": table.schema.names,
        "findings_by_outcome": _by_outcome(texts(found, "outcome")),
        "findings_left_out": left_out(view, wanted, found),
        "rules_past_review": past_review(view, found),
        "generated_at": now(),
        "note": NOTE,
        "complete": True,
    }


def left_out(view: View, wanted: Filter, found: pa.Table) -> dict[str, dict[str, int]]:
    """Per provider of the export, the same audit's findings that are not in it, by outcome.

    A file of concerns alone would otherwise say nothing of what the same provider does state.
    """
    if not (wanted.rules or wanted.outcomes or wanted.findings):
        return {}
    providers = wanted.providers or tuple(sorted(set(texts(found, "provider_id"))))
    if not providers:
        return {}
    exported = set(texts(found, "finding_id"))
    outcomes: defaultdict[str, list[str]] = defaultdict(list)
    for row in view.findings(Filter(providers=providers)).to_pylist():
        if row["finding_id"] not in exported:
            outcomes[row["provider_id"]].append(row["outcome"])
    return {provider: _by_outcome(outcomes[provider]) for provider in providers}


def past_review(view: View, found: pa.Table) -> dict[str, str]:
    """Rules in the export that waited for a new look on the day of the run: id -> review date."""
    used = set(texts(found, "rule_id"))
    return {rule_id: day for rule_id, day in view.past_review.items() if rule_id in used}


def _by_outcome(outcomes: Iterable[str]) -> dict[str, int]:
    counted = Counter(outcomes)
    return {outcome.value: counted[outcome.value] for outcome in Outcome}
