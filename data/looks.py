"""One provider in one run, and why what was captured of it then has to stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from data import aliases, tables
from data.decisions import Decisions, Kind
from data.store import Run, Store
from data.vocabulary import Outcome

Look = tuple[str, str]  # run id, provider id

ARCHIVE, _LOG = ".warc.gz", ".ndjson"
_JUDGEMENTS = (Kind.REVIEW, Kind.REPLY, Kind.WAIVER)


def that_stay(store: Store, runs: Sequence[Run], keep_runs: int) -> dict[Look, str]:
    """Looks that stay, each with the first reason that holds; ``data.retention`` says what for."""
    reasons: dict[Look, str] = {}
    for why, found in (
        ("not judged yet", _unjudged(runs)),
        ("recent", _recent(runs, keep_runs)),
        ("decided on", _decided(store, runs)),
        ("brought by a person", _imported(runs)),
        ("something changed", _turning_points(runs, aliases.of(store))),
    ):
        for look in found:
            reasons.setdefault(look, why)
    return reasons


def files(run: Run) -> Iterator[tuple[str, Path]]:
    """Each file of a run that belongs to one provider."""
    for folder, ending in (("captures", ARCHIVE), ("trackers", _LOG)):
        for path in sorted((run.path / folder).glob(f"*{ending}")):
            yield path.name.removesuffix(ending), path


def _unjudged(runs: Iterable[Run]) -> Iterator[Look]:
    for run in runs:
        if run.current_audit_id() is None:
            yield from ((run.run_id, provider_id) for provider_id in run.scope)


def _recent(runs: Sequence[Run], count: int) -> Iterator[Look]:
    """By provider, because a run may have looked at a few only."""
    seen: defaultdict[str, list[Look]] = defaultdict(list)
    for run in runs:
        for provider_id, path in files(run):
            if path.name.endswith(ARCHIVE):
                seen[provider_id].append((run.run_id, provider_id))
    return (look for looks in seen.values() for look in looks[-count:])


def _imported(runs: Iterable[Run]) -> Iterator[Look]:
    for run in runs:
        for row in rows(run, "provider_id", "kind"):
            if row["kind"] == "import":
                yield run.run_id, row["provider_id"]


def rows(run: Run, *columns: str) -> list[dict[str, Any]]:
    """Columns of a run's pages."""
    found: list[dict[str, Any]] = tables.load(run.table_path("pages"), columns).to_pylist()
    return found


def _turning_points(runs: Iterable[Run], given_up: Mapping[str, str]) -> Iterator[Look]:
    """For each finding the looks on both sides of a change, and the first; unknown is no change."""
    last: dict[str, tuple[Look, tuple[Any, ...]]] = {}
    for run in runs:
        names = aliases.Names(given_up, run.scope)
        for finding_id, former, provider_id, said in _said(run, names):
            look = (run.run_id, provider_id)
            looks = [last[known] for known in (finding_id, *former) if known in last]
            before = max(looks, key=lambda known: known[0], default=None)
            if before is None or before[1] != said:
                yield look
                if before is not None:
                    yield before[0]
            last[finding_id] = (look, said)


def _said(
    run: Run, names: aliases.Names
) -> Iterator[tuple[str, tuple[str, ...], str, tuple[Any, ...]]]:
    """What the published audit says: finding, its former ids, provider, and what is said.

    That is outcome, reason and first quote.
    """
    if run.current_audit_id() is None:
        return
    audit = run.audit()
    quotes = {
        row["finding_id"]: row["quote"]
        for row in tables.load(
            audit.table_path("evidence"), ["finding_id", "rank", "quote"]
        ).to_pylist()
        if row["rank"] == 1
    }
    columns = ["finding_id", "provider_id", "service_line", "rule_id", "outcome", "reason"]
    for row in tables.load(audit.table_path("findings"), columns).to_pylist():
        if row["outcome"] != Outcome.NOT_TESTED:
            said = (row["outcome"], row["reason"], quotes.get(row["finding_id"]))
            whose = row["provider_id"]
            former = names.former_findings(whose, row["service_line"], row["rule_id"])
            yield row["finding_id"], former, whose, said


def _decided(store: Store, runs: Sequence[Run]) -> Iterator[Look]:
    """The looks that people judged: the run that a decision names, or the latest at its time."""
    judged = [d for d in Decisions(store.path).all() if d.kind in _JUDGEMENTS]
    audited = {run.run_id: run for run in runs if run.current_audit_id() is not None}
    whose: dict[str, dict[str, str]] = {}
    for decision in judged:
        then = decision.at.translate({ord(mark): None for mark in "-:"})
        run_id = decision.value.get("run_id") or max((r for r in audited if r <= then), default="")
        if run_id not in audited:
            continue
        if run_id not in whose:
            whose[run_id] = _providers_of_findings(audited[run_id])
        if decision.subject in whose[run_id]:
            yield run_id, whose[run_id][decision.subject]


def _providers_of_findings(run: Run) -> dict[str, str]:
    table = tables.load(run.audit().table_path("findings"), ["finding_id", "provider_id"])
    return {row["finding_id"]: row["provider_id"] for row in table.to_pylist()}
