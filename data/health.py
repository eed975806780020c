"""``health.json``: yield of every source, and since when which provider could not be looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.store import write_json

FILE_NAME = "health.json"


def read(store: Path) -> dict[str, Any]:
    """The health file, or an empty one."""
    path = store / FILE_NAME
    if not path.exists():
        return {"sources": {}, "providers": {}}
    health: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return health


def note_sources(store: Path, sources: Mapping[str, Mapping[str, Any]]) -> None:
    """Record what each source yielded in the latest discovery."""
    health = read(store)
    health["sources"] |= {name: dict(entry) for name, entry in sources.items()}
    write_json(store / FILE_NAME, health)


def note_providers(store: Path, run_id: str, at: str, failing: Mapping[str, str]) -> None:
    """Record who could not be looked at in a run, and why; the first date is kept.

    Args:
        store: the store's folder.
        run_id: the run that looked.
        at: when, RFC 3339.
        failing: provider id -> reason (one of ``not_tested``'s); everybody else is well.
    """
    health = read(store)
    before = health["providers"]
    health["providers"] = {
        provider: {
            "reason": reason,
            "since": before.get(provider, {}).get("since", at),
            "last": at,
            "run_id": run_id,
        }
        for provider, reason in sorted(failing.items())
    }
    health["last_run"] = {"run_id": run_id, "at": at, "failing": len(failing)}
    write_json(store / FILE_NAME, health)
