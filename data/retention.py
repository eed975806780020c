"""What of a store's captures may go, and what has to stay because something points at it.

A *look* is one provider in one run: its archive (``captures/<provider>.warc.gz``) and its log of
requests (``trackers/<provider>.ndjson``). Tables, audits, decisions and listings always stay, so
that every finding ever made can be read with its quote, and history goes on as if nothing had been
pruned. A look stays as a whole where

- it is among the provider's latest (``retention.keep_runs``), or its run was not judged yet;
- a finding of it differs from the look before or after it, in outcome, reason or quote: it is what
  proves that something changed, or since when it stands;
- a person decided on one of its findings, or brought its captures (kind ``import``).

An archive stays, too, where a page of such a look, or of a run in progress, is stored in it because
the page had not changed since. What goes lies between two looks that say the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data import looks, revisits
from data.errors import UsageError
from data.looks import Look
from data.store import PARTIAL, Run, Store, disk_errors, now, write_json
from data.warc import WarcError

PRUNED = "pruned.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """Files that may go, by run, and how many looks stay for which reason."""

    removed: dict[str, list[Path]] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    bytes: int = 0

    @property
    def files(self) -> int:
        """How many files may go."""
        return sum(map(len, self.removed.values()))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        runs = {run_id: len(files) for run_id, files in self.removed.items()}
        return {"bytes": self.bytes, "files": self.files, "runs": runs, "kept": self.kept}


def plan(store: Store, keep_runs: int) -> Plan:
    """What may go; changes nothing.

    Raises:
        UsageError: a table is damaged. Then nothing may go, because nobody knows what it points at.
    """
    runs = [store.run(run_id) for run_id in store.run_ids()]
    stay = looks.that_stay(store, runs, keep_runs)
    pointed_at = _pointed_at(store, runs, stay) | _by_run_in_progress(store)
    return _sort(store, runs, stay, pointed_at)


def _sort(store: Store, runs: Iterable[Run], kept: dict[Look, str], pointed_at: set[str]) -> Plan:
    found: defaultdict[str, list[Path]] = defaultdict(list)
    counts: Counter[str] = Counter()
    size = 0
    for run in runs:
        for provider_id, path in looks.files(run):
            why = kept.get((run.run_id, provider_id))
            if why is None and path.relative_to(store.path).as_posix() in pointed_at:
                why = "holds pages that did not change since"
            if why is None:
                found[run.run_id].append(path)
                size += path.stat().st_size
            elif path.name.endswith(looks.ARCHIVE):
                counts[why] += 1
    return Plan(dict(found), dict(sorted(counts.items())), size)


def _pointed_at(store: Store, runs: Iterable[Run], kept: dict[Look, str]) -> set[str]:
    """Archives, relative to the store, that hold a page or another record of a look that stays."""
    found: set[str] = set()
    for run in runs:
        mine = {provider_id for run_id, provider_id in kept if run_id == run.run_id}
        rows = looks.rows(run, "provider_id", "warc_file")
        found |= {row["warc_file"] for row in rows if row["provider_id"] in mine}
        for provider_id, path in looks.files(run):
            if provider_id in mine and path.name.endswith(looks.ARCHIVE):
                found |= _referred(store, path)
    return found


def _referred(store: Store, archive: Path) -> set[str]:
    """Archives that the ``revisit`` records of one point at: robots.txt and sitemaps, too."""
    try:
        there = revisits.originals(store.path, archive.relative_to(store.path).as_posix())
    except WarcError:  # then its pages, which the table names, are all that can be told of it
        return set()
    return {original.warc_file for original in there.values()}


def _by_run_in_progress(store: Store) -> set[str]:
    """The same for pages that an interrupted run found unchanged."""
    found: set[str] = set()
    for ledger in store.path.glob(f"runs/{PARTIAL}*/ledger.sqlite"):
        try:
            with closing(sqlite3.connect(ledger, timeout=30)) as rows:
                sql = "select distinct json_extract(record, '$.warc_file') from pages"
                found |= {row[0] for row in rows.execute(sql)}
        except sqlite3.DatabaseError as error:
            if "no such table" not in str(error):  # it died before it had any
                raise UsageError(f"{ledger}: unreadable ({error}).") from error
    return found


def as_text(found: Plan, *, removed: bool) -> str:
    """The plan for a reader."""
    size = f"{found.bytes / 1024**2:,.1f} MiB in {found.files} files of {len(found.removed)} runs"
    lines = [f"removed: {size}" if removed else f"could go: {size} (--yes removes them)"]
    lines += [f"stay, {why}: {count}" for why, count in found.kept.items()]
    return "\n".join(lines)


def carry_out(store: Store, found: Plan) -> None:
    """Remove what a plan names; the caller holds the store's lock.

    Each run tells in ``pruned.json`` what is gone before it goes, so that whoever misses a capture
    finds out why, whatever moment this is interrupted at.
    """
    with disk_errors(store.path):
        for run_id, files in found.removed.items():
            run = store.run(run_id)
            told = {"at": now(), "files": sorted({*pruned(run), *_names(run, files)})}
            write_json(run.path / PRUNED, told)
            for path in files:
                path.unlink(missing_ok=True)


def _names(run: Run, files: Iterable[Path]) -> Iterator[str]:
    return (path.relative_to(run.path).as_posix() for path in files)


def pruned(run: Run) -> list[str]:
    """Files of a run that were pruned, relative to its folder."""
    path = run.path / PRUNED
    if not path.exists():
        return []
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: unreadable ({error}).", "Bring it back from a copy.") from error


def require_whole(store: Store, run: Run) -> None:
    """Refuse to judge a run anew of whose captures some are gone: they would count as not read.

    Raises:
        UsageError: some were pruned, of this run or of an older one that its pages are stored in.
    """
    archives = {str(row["warc_file"]) for row in looks.rows(run, "warc_file")}
    gone = [a for a in sorted(archives) if not (store.path / a).exists() and _was_pruned(store, a)]
    if gone:
        raise UsageError(
            f"run {run.run_id}: {len(gone)} of its archives were pruned ({gone[0]}), so it cannot"
            " be judged anew.",
            "Its findings stand as they are; judge a later run.",
        )


def _was_pruned(store: Store, archive: str) -> bool:
    _, run_id, name = archive.split("/", 2)
    folder = store.path / "runs" / run_id
    return (folder / PRUNED).exists() and name in pruned(store.run(run_id))
