"""What a store holds and what is due, for a person or a program."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from data import disk, health, provider_file
from data.printable import one_line
from data.store import PARTIAL, Store


def describe(store: Store) -> dict[str, Any]:
    """Providers by status, sources by yield, runs with their audits, and who fails since when."""
    known = health.read(store.path)
    partial = store.partial_run()
    return {
        "store": str(store.path),
        "contact_set": bool(store.config().contact),
        "providers": _providers(store),
        "sources": known["sources"],
        "interrupted_run": partial.name.removeprefix(PARTIAL) if partial else None,
        "runs": [_run(store, run_id) for run_id in store.run_ids()],
        "failing_providers": known["providers"],
        "last_call": known.get("last_call"),
        "disk": asdict(disk.forecast(store)),
        "due": _due(store),
    }


def _providers(store: Store) -> dict[str, int]:
    if not store.providers_path.exists():
        return {}
    rows, issues = provider_file.read(store.providers_path)
    counts = Counter(str(p.status) for p in rows)
    if issues:
        counts["unreadable rows"] = len(issues)
    return dict(sorted(counts.items()))


def _run(store: Store, run_id: str) -> dict[str, Any]:
    run = store.run(run_id)
    audit_id = run.current_audit_id()
    return {
        "run_id": run_id,
        "finished_at": run.info["finished_at"],
        "scope": len(run.scope),
        "counts": run.info["counts"],
        "audit_id": audit_id,
        "outcomes": run.audit(audit_id).info["counts"] if audit_id else None,
    }


def _due(store: Store) -> list[str]:
    """The next commands to give, in order."""
    name = f"--store {shlex.quote(str(store.path))}"
    if store.partial_run():
        return [f"ketawatch crawl --resume {name}"]
    if not store.providers_path.exists():
        return [f"ketawatch discover {name}"]
    if not store.run_ids():
        return [f"ketawatch crawl {name}"]
    if store.run().current_audit_id() is None:
        return [f"ketawatch audit {name}"]
    return [f"ketawatch run {name}"] if overdue(store) else []


def overdue(store: Store) -> bool:
    """Whether the latest run is older than ``schedule.every_days``, where that is set."""
    every = store.config().operation.every_days
    if not every or not store.run_ids():
        return False
    began = datetime.fromisoformat(store.run().info["started_at"])
    # A tenth more, because no scheduler is on the minute.
    return (datetime.now(UTC) - began) / timedelta(days=1) > every * 1.1


def _beside(entry: dict[str, Any]) -> str:
    """Why a source is off or failing, and since when; else what it usually yields."""
    usual = health.usual_rows(entry)
    if entry["reason"]:
        since = f" (since {entry['since']})" if "since" in entry else ""
        return f" - {entry['reason']}{since}"
    return f" ({usual:.0f} are usual)" if usual is not None else ""


def _moved(provider: str, entry: dict[str, Any]) -> str:
    """Where a home page leads for good, and how a person follows it there."""
    if "moved_to" not in entry:
        return ""
    target = entry["moved_to"]
    follow = f"ketawatch merges homepage {shlex.quote(provider)} {shlex.quote(target)}"
    return f"; it leads for good to {target} (if that is the same provider: {follow})"


def as_text(found: dict[str, Any]) -> str:
    """The same for a reader: one fact a line."""
    lines = [f"store: {found['store']}"]
    if not found["contact_set"]:
        lines.append("contact: none, so no public host is crawled (set it in ketawatch.toml)")
    lines += [f"providers, {status}: {n}" for status, n in found["providers"].items()]
    lines += [
        f"source {name}: {entry['rows']} rows on {entry['at']}" + _beside(entry)
        for name, entry in sorted(found["sources"].items())
    ]
    if found["interrupted_run"]:
        lines.append(
            f"run {found['interrupted_run']}: unfinished: a crawl is at it, or was interrupted"
        )
    for run in found["runs"]:
        judged = run["outcomes"]
        said = ", ".join(f"{n} {o}" for o, n in judged.items()) if judged else "not audited yet"
        lines.append(f"run {run['run_id']}: {run['scope']} providers; {said}")
    lines += [
        f"could not be looked at: {provider} ({entry['reason']}, since {entry['since']})"
        + _moved(provider, entry)
        for provider, entry in found["failing_providers"].items()
    ]
    if found["last_call"]:
        lines.append(
            "last call of 'run': {ended_at}, exit code {exit_code}".format_map(found["last_call"])
        )
    lines.append(f"disk: {disk.Forecast(**found['disk'])}")
    lines += [f"next: {command}" for command in found["due"]]
    return "\n".join(map(one_line, lines))
