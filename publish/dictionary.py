"""The data dictionary: every column of every exported table, for people.

``python -m publish.dictionary`` writes ``docs/data-dictionary.md`` anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

import pyarrow as pa

from data import facts, finding_rows, vocabulary
from data.fact_kinds import FactKind
from data.tables import SCHEMAS as STORED
from publish import matrix, providers, risk

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "data-dictionary.md"
SCHEMAS: Mapping[str, pa.Schema] = {
    "findings": finding_rows.SCHEMA,
    "evidence": STORED["evidence"],
    "providers": providers.SCHEMA,
    "matrix": matrix.schema(()),
    "risk": risk.schema(),
    "facts": facts.SCHEMA,
}

_INTRODUCTION = """\
# Data dictionary

<!-- Made by `python -m publish.dictionary` from publish/dictionary.toml; edit that file. -->

Columns of the tables that `ketawatch export` writes, the same in every format. Missing is an empty
cell in CSV and XLSX, and null in JSON Lines and Parquet; never 0 and never a word. An empty text is
missing. Times are UTC, as in `2026-11-24T03:15:00Z`. Texts stay texts, also where they look like
numbers: in pandas read CSV with `dtype=str, keep_default_na=False`, or use Parquet. A spreadsheet
that opens a CSV guesses all the same (`007` becomes 7, `1e5` a large number): give it the XLSX.

Not stated is not the same as not done, and almost nothing of what is looked for is required on a
website. Findings marked `unreviewed` need a person's review before anyone is named.
"""
# The closed list behind a column, in the tables named or in all of them.
_LISTS: dict[str, type[StrEnum]] = {
    "service_line": vocabulary.Line,
    "severity": vocabulary.Severity,
    "outcome": vocabulary.Outcome,
    "page_type": vocabulary.PageType,
    "role": vocabulary.EvidenceRole,
    "stance": vocabulary.Stance,
    "evidence.status": vocabulary.ClaimStatus,
    "providers.status": vocabulary.ProviderStatus,
    "set_aside_reason": vocabulary.SetAside,
    "voice": vocabulary.Voice,
    "facts.kind": FactKind,
}
_TYPES = {pa.string(): "text", pa.int64(): "whole number", pa.float64(): "number"}


def described() -> dict[str, dict[str, str]]:
    """Table -> column -> meaning, as ``dictionary.toml`` has it."""
    text = Path(__file__).with_name("dictionary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def markdown() -> str:
    """The document's whole text."""
    meanings = described()
    parts = [_INTRODUCTION]
    for table, schema in SCHEMAS.items():
        rows = [
            (f"`{f.name}`", _TYPES[f.type], meanings[table][f.name], _values(table, f.name))
            for f in schema
        ]
        heading = f"## {table}\n\n{meanings['tables'][table]}\n"
        parts += [heading, _table(("column", "type", "meaning", "values"), rows)]
    reasons = [(f"`{r}`", f"`{r.outcome}`", meanings["reasons"][r]) for r in vocabulary.Reason]
    parts += ["## Reasons\n", _table(("reason", "outcome", "meaning"), reasons)]
    kinds = [(f"`{k}`", meanings["fact_kinds"][k]) for k in FactKind]
    parts += ["## Kinds of facts\n", _table(("kind", "what it holds"), kinds)]
    return "\n".join(parts)


def _values(table: str, column: str) -> str:
    closed = _LISTS.get(f"{table}.{column}") or _LISTS.get(column)
    return ", ".join(f"`{value}`" for value in closed) if closed else ""


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    escaped = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in escaped)


if __name__ == "__main__":
    DOCUMENT.write_text(markdown(), encoding="utf-8", newline="\n")
