"""``health.json``: yield of every source, and since when which provider could not be looked at.

::

    sources.<name>     rows, min, max, at, ok, reason: the latest reading, as discovery tells it
                       since: of its first failure in a row, while it fails
                       history: [{at, rows, ok}], its latest readings, oldest first
    providers.<id>     reason, since (first failure in a row), last, run_id, runs (in a row)
                       moved_to: where its home page leads for good, while it does
    last_run           run_id, at, failing
    last_call          of ``run``: started_at, ended_at, exit_code, well_at (when one last did what
                       it was asked to)
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import Any

from data.errors import UsageError
from data.models import Issue
from data.store import write_json

FILE_NAME = "health.json"
# A year of weekly readings.
_KEPT_READINGS = 52
_KEYS = {"sources": ("rows", "min", "max", "at", "ok", "reason"), "providers": ("reason", "since")}
_CALL_KEYS = ("started_at", "ended_at", "exit_code")
# A yield is told from the usual one by the median of so many good readings, once there are enough.
_USUAL_OF, _ENOUGH = 8, 3
_FEW, _MANY = 0.5, 2.0


def read(store: Path) -> dict[str, Any]:
    """The health file, or an empty one.

    Raises:
        UsageError: it is no JSON, or none of ours.
    """
    path = store / FILE_NAME
    if not path.exists():
        return {"sources": {}, "providers": {}}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        health: dict[str, Any] = {"sources": {}, "providers": {}, **found}
        _check(health)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path}: unreadable ({error}).", "Remove it; the next run writes it anew."
        ) from error
    return health


def _check(health: Mapping[str, Any]) -> None:
    """Refuse a file in which a part that is always written is missing."""
    parts = [
        (f"{part}.{name}", keys, entry)
        for part, keys in _KEYS.items()
        for name, entry in health[part].items()
    ]
    if "last_call" in health:
        parts.append(("last_call", _CALL_KEYS, health["last_call"]))
    for place, keys, entry in parts:
        missing = [key for key in keys if key not in entry]
        if missing:
            raise ValueError(f"{place}: {missing[0]}: missing")


def note_sources(store: Path, sources: Mapping[str, Mapping[str, Any]]) -> None:
    """Record what each source yielded in the latest discovery; one that is off has no history."""
    health = read(store)
    for name, entry in sources.items():
        health["sources"][name] = _source(health["sources"].get(name, {}), entry)
    write_json(store / FILE_NAME, health)


def _source(before: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    history = list(before.get("history", []))
    if not entry.get("off", False):
        history.append({key: entry[key] for key in ("at", "rows", "ok")})
    noted = dict(entry)
    if history:
        noted["history"] = history[-_KEPT_READINGS:]
    if not entry["ok"]:
        noted["since"] = before.get("since", entry["at"])
    return noted


def usual_rows(entry: Mapping[str, Any]) -> float | None:
    """The median of a source's good readings before the latest; None where there are too few."""
    good = [r["rows"] for r in entry.get("history", [])[:-1] if r["ok"]]
    return float(median(good[-_USUAL_OF:])) if len(good) >= _ENOUGH else None


def unusual_yields(health: Mapping[str, Any]) -> list[Issue]:
    """Sources within their bounds whose latest yield is far from what they used to yield."""
    found = []
    for name, entry in sorted(health["sources"].items()):
        usual = usual_rows(entry)
        if usual is None or entry.get("off") or not entry["ok"]:
            continue
        if not _FEW * usual <= entry["rows"] <= _MANY * usual:
            what = f"{entry['rows']} rows, where {usual:.0f} are usual."
            found.append(Issue(f"source {name}", what, "Within its bounds; please look at it."))
    return found


def note_providers(
    store: Path,
    run_id: str,
    at: str,
    looked_for: Iterable[str],
    failing: Mapping[str, str],
    moves: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Record who could not be looked at in a run, and why; the first date is kept.

    Args:
        store: the store's folder.
        run_id: the run that looked.
        at: when, RFC 3339.
        looked_for: ids of the run's whole scope; what is known of everybody else stays as it is.
        failing: provider id -> reason (one of ``not_tested``'s); the rest of the scope is well.
        moves: provider id -> the other domain to which the home page leads for good.
    """
    health = read(store)
    before = health["providers"]
    now = {
        provider: _failing(before.get(provider, {}), reason, at, run_id, moves.get(provider, ""))
        for provider, reason in failing.items()
    }
    kept = {provider: before[provider] for provider in before.keys() - set(looked_for)}
    health["providers"] = dict(sorted((kept | now).items()))
    health["last_run"] = {"run_id": run_id, "at": at, "failing": len(failing)}
    write_json(store / FILE_NAME, health)


def _failing(
    before: Mapping[str, Any], reason: str, at: str, run_id: str, moved_to: str
) -> dict[str, Any]:
    # A run whose end is told twice, because its teller was killed, counts once.
    again = before.get("run_id") == run_id
    return {
        "reason": reason,
        "since": before.get("since", at),
        "last": at,
        "run_id": run_id,
        "runs": before.get("runs", 0) + (0 if again else 1),
        **({"moved_to": moved_to} if moved_to else {}),
    }


def forget_unlisted(store: Path, listed: Collection[str]) -> None:
    """Drop providers that are looked at no more: closed, merged into another, taken off the list.

    Whoever comes back starts anew.
    """
    health = read(store)
    kept = {p: entry for p, entry in health["providers"].items() if p in listed}
    if kept != health["providers"]:
        health["providers"] = kept
        write_json(store / FILE_NAME, health)


def note_call(store: Path, started_at: str, ended_at: str, exit_code: int, well: bool) -> None:
    """Record how a scheduled call ended, and when one last did what it was asked to."""
    health = read(store)
    before = health.get("last_call", {})
    health["last_call"] = {
        "started_at": started_at,
        "ended_at": ended_at,
        "exit_code": exit_code,
        "well_at": ended_at if well else before.get("well_at"),
    }
    write_json(store / FILE_NAME, health)
