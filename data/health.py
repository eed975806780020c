"""``health.json``: yield of every source, and since when which provider could not be looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from data.errors import UsageError
from data.store import write_json

FILE_NAME = "health.json"


def read(store: Path) -> dict[str, Any]:
    """The health file, or an empty one.

    Raises:
        UsageError: it is no JSON.
    """
    path = store / FILE_NAME
    if not path.exists():
        return {"sources": {}, "providers": {}}
    try:
        health: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(
            f"{path}: unreadable ({error}).", "Remove it; the next run writes it anew."
        ) from error
    return health


def note_sources(store: Path, sources: Mapping[str, Mapping[str, Any]]) -> None:
    """Record what each source yielded in the latest discovery."""
    health = read(store)
    health["sources"] |= {name: dict(entry) for name, entry in sources.items()}
    write_json(store / FILE_NAME, health)


def note_providers(
    store: Path, run_id: str, at: str, looked_for: Iterable[str], failing: Mapping[str, str]
) -> None:
    """Record who could not be looked at in a run, and why; the first date is kept.

    Args:
        store: the store's folder.
        run_id: the run that looked.
        at: when, RFC 3339.
        looked_for: ids of the run's whole scope; what is known of everybody else stays as it is.
        failing: provider id -> reason (one of ``not_tested``'s); the rest of the scope is well.
    """
    health = read(store)
    before = health["providers"]
    now = {
        provider: {
            "reason": reason,
            "since": before.get(provider, {}).get("since", at),
            "last": at,
            "run_id": run_id,
        }
        for provider, reason in failing.items()
    }
    kept = {provider: before[provider] for provider in before.keys() - set(looked_for)}
    health["providers"] = dict(sorted((kept | now).items()))
    health["last_run"] = {"run_id": run_id, "at": at, "failing": len(failing)}
    write_json(store / FILE_NAME, health)
