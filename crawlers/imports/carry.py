"""What an import's run carries over from the run before: rows, logs, and what ``run.json`` says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from crawlers.browser import trackers
from crawlers.imports.archive import KIND
from crawlers.imports.file import digest
from crawlers.imports.spool import Spool
from crawlers.imports.walk import Before
from crawlers.runs.report import Tables
from data.models import Coverage, Failure, Page, Provider, Skipped
from data.store import Run, now
from data.version import VERSION


def before(base: Run | None, provider_id: str) -> Before:
    """A provider's rows in the run before, if there was one."""
    if base is None:
        return Before()
    return Before(
        [p for p in base.read("pages", Page) if p.provider_id == provider_id],
        [s for s in base.read("skipped", Skipped) if s.provider_id == provider_id],
        [f for f in base.read("failures", Failure) if f.provider_id == provider_id],
    )


def with_others(tables: Tables, base: Run | None, provider_id: str) -> Tables:
    """The provider's new tables and everybody else's of the run before."""
    if base is None:
        return tables

    def others(rows: Iterable[Any]) -> list[Any]:
        return [row for row in rows if row.provider_id != provider_id]

    return replace(
        tables,
        pages=_sorted([*others(base.read("pages", Page)), *tables.pages]),
        skipped=_sorted([*others(base.read("skipped", Skipped)), *tables.skipped]),
        failures=_sorted([*others(base.read("failures", Failure)), *tables.failures]),
        coverage=_sorted([*others(base.read("coverage", Coverage)), *tables.coverage]),
    )


def _sorted(rows: list[Any]) -> list[Any]:
    # By provider alone: within one, rows keep the order that their own run gave them.
    return sorted(rows, key=lambda row: row.provider_id)


def carry_logs(base: Run | None, folder: Path) -> None:
    """Take over the logs of page loads: the same files, where the file system can share them."""
    if base is None or not (base.path / trackers.FOLDER).is_dir():
        return
    (folder / trackers.FOLDER).mkdir()
    for path in (base.path / trackers.FOLDER).iterdir():
        target = folder / trackers.FOLDER / path.name
        try:
            os.link(path, target)
        except OSError:
            shutil.copy2(path, target)


def describe(
    provider_id: str, files: Sequence[Path], captures: int, spool: Spool
) -> dict[str, Any]:
    """What ``run.json`` keeps of an import: whose, from which files, and what was left out."""
    return {
        "provider_id": provider_id,
        "imported_at": now(),
        "files": [_file(path, spool) for path in files],
        "captures": captures,
        "left_out": dict(sorted((+spool.left_out).items())),
    }


def _file(path: Path, spool: Spool) -> dict[str, Any]:
    told = {"name": path.name, "sha256": digest(path), "bytes": path.stat().st_size}
    return told | ({"digests": spool.digests[path]} if path in spool.digests else {})


def info(
    base: Run | None,
    run_id: str,
    provider: Provider,
    tables: Tables,
    missed: dict[str, str],
    told: dict[str, Any],
) -> dict[str, Any]:
    """What ``run.json`` says: the run before, with the provider's part and the import's own.

    Args:
        base: the run before.
        run_id: the import's run.
        provider: whose captures were imported.
        tables: the whole run's tables.
        missed: the provider's id and why its home page is missing, if it is.
        told: what ``describe`` says.
    """
    last = base.info if base else _nothing_before()
    moment = now()
    return {
        **last,
        "run_id": run_id,
        "started_at": moment,
        "finished_at": moment,
        "tool_version": VERSION,
        **_with_provider(last, provider, tables, missed),
        **({"annexes": _annexes(last, tables)} if tables.annexes else {}),
        "kind": KIND,
        "carried_from": base.run_id if base else None,
        "imports": [*last.get("imports", []), told],
        "status": "complete",
    }


def _with_provider(
    last: dict[str, Any], provider: Provider, tables: Tables, missed: dict[str, str]
) -> dict[str, Any]:
    """The providers of the run before and this one, and what was looked at of them."""
    own = provider.provider_id
    rows = {p["provider_id"]: p for p in last["providers"]} | {own: asdict(provider)}
    others = {k: v for k, v in last["not_looked_at"].items() if k != own}
    failing = dict(sorted((others | missed).items()))
    looked_at = len(rows) - len(failing)
    return {
        "providers": list(rows.values()),
        "scope": list(rows),
        "not_looked_at": failing,
        "moves": {k: v for k, v in last.get("moves", {}).items() if k != own},
        "counts": {"providers": len(rows), "looked_at": looked_at, **tables.counts()},
    }


def _annexes(before: dict[str, Any], tables: Tables) -> dict[str, list[str]]:
    """Hosts that are a provider's beside its site: those known before, and those found now."""
    known: dict[str, list[str]] = dict(before.get("annexes", {}))
    for provider_id, found in tables.annexes.items():
        known[provider_id] = sorted({*known.get(provider_id, []), *found})
    return known


def _nothing_before() -> dict[str, Any]:
    """A run of nobody, for a store in which an import comes first."""
    return {
        "config": {"robots": "not asked: nothing was fetched"},
        "vantage": {},
        "providers": [],
        "left_out": {},
        "not_looked_at": {},
    }
