"""One table of the view, in one format, to a file or a stream.

A format is one module (``publish.formats``); a table is one line in ``_build``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from data.errors import UsageError
from data.findings import Filter, View
from data.models import Issue
from publish import formats, manifest, matrix, providers, risk
from publish.cells import blank_as_null, texts
from publish.target import appear_together, check

TABLES = ("findings", "evidence", "providers", "matrix", "risk", "facts")


@dataclass(frozen=True, slots=True)
class Request:
    """What to export: a table of ``TABLES``, a format of ``formats``, and which findings."""

    table: str = "findings"
    format: str = "csv"
    wanted: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: the files (none for a stream), the number of rows, and what was changed."""

    files: tuple[Path, ...]
    rows: int
    issues: tuple[Issue, ...]


def to_file(view: View, request: Request, out: Path, force: bool = False) -> Export:
    """Write the file, its twin where the format has one, and the manifest beside it.

    Raises:
        UsageError: a filter names something unknown, or a target exists and ``force`` is not set.
        DiskError: the disk is full or refuses to be written; nothing half-written stays.
    """
    _check_ending(out, request.format)
    chosen = formats.load(request.format)
    check([out], force)
    writers, twin = {out: chosen.write}, chosen.twin
    if twin is not None:
        writers[out.with_name(f"{out.stem}.spreadsheet.csv")] = twin
    targets = [*writers, out.with_name(f"{out.name}.manifest.json")]
    check(targets, force)
    found, table = _read(view, request)
    issues: list[Issue] = []
    with appear_together(targets) as (*beside, note):
        for write, path in zip(writers.values(), beside, strict=True):
            with path.open("wb") as file:
                issues += write(table, file)
        about = {
            "table": request.table,
            "format": request.format,
            "files": manifest.digests(zip((t.name for t in writers), beside, strict=True)),
            "issues": [str(issue) for issue in issues],
            **manifest.describe(view, request.wanted, found, table),
            **({"risk": risk.about()} if request.table == "risk" else {}),
        }
        text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
        note.write_bytes(text.encode("utf-8"))
    return Export(tuple(targets), table.num_rows, tuple(issues))


def _check_ending(out: Path, wanted: str) -> None:
    """Refuse the name of another format: what opens such files would call this one damaged."""
    ending = out.suffix.lower().removeprefix(".")
    if ending != wanted and ending in formats.names():
        raise UsageError(
            f"{out}: --format {wanted} writes no {ending} file.",
            f"Use --format {ending}, or a name that ends in .{wanted}.",
        )


def to_stream(view: View, request: Request, stream: BinaryIO) -> Export:
    """Write the exact file to a stream, with neither twin nor manifest."""
    _, table = _read(view, request)
    issues = formats.load(request.format).write(table, stream)
    stream.flush()
    return Export((), table.num_rows, tuple(issues))


def _read(view: View, request: Request) -> tuple[pa.Table, pa.Table]:
    """The findings asked for, and the rows of the table asked for."""
    found = view.findings(request.wanted)
    return found, blank_as_null(_build(view, request, found))


def _build(view: View, request: Request, found: pa.Table) -> pa.Table:
    wanted = request.wanted
    if request.table == "evidence":
        return view.evidence(wanted)
    if request.table == "providers":
        ids = set(texts(found, "provider_id")) if wanted.columns() else None
        return providers.build(view.providers, ids)
    if request.table == "matrix":
        if wanted.outcomes or wanted.findings:
            raise UsageError(
                "matrix: an empty cell there means 'no finding', so outcomes and single findings"
                " cannot be picked.",
                "Use --table findings, or filter by --provider and --rule.",
            )
        return matrix.build(found, wanted.rules or [rule["id"] for rule in view.rules])
    if request.table == "risk":
        if wanted.rules or wanted.outcomes or wanted.findings:
            raise UsageError(
                "risk: it weighs all findings of a provider; some of them alone mean nothing.",
                "Use --table findings, or filter by --provider.",
            )
        return risk.build(view, found)
    if request.table == "facts":
        if wanted.rules or wanted.outcomes or wanted.findings:
            raise UsageError(
                "facts: what a provider tells about itself has neither rule nor outcome.",
                "Use --table findings, or filter by --provider.",
            )
        return view.facts(wanted)
    return found
