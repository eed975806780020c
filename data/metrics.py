"""``ketawatch.prom``: how the store is, for Prometheus.

Format: the text exposition format, as node_exporter's textfile collector reads it
(https://github.com/prometheus/node_exporter#textfile-collector). Times are Unix seconds. The file
appears whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from data import disk, health, provider_file
from data.errors import KetawatchError
from data.store import Store, write_text

# name, help, value, labels
_Sample = tuple[str, str, float | None, Mapping[str, str]]


def path(store: Store) -> Path:
    """Where the file is: what the configuration says, relative to the store."""
    return store.path / store.config().operation.metrics_file


def write(store: Store) -> None:
    """Write the file anew.

    Raises:
        OSError: it cannot be written.
    """
    target = path(store)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_text(target, as_text(store))
    # The collector is another user, whatever is usual for files of this one.
    target.chmod(0o644)


def as_text(store: Store) -> str:
    """All metrics in the text format."""
    registry = CollectorRegistry()
    gauges: dict[str, Gauge] = {}
    for name, told, value, labels in _samples(store):
        if value is None:  # nothing is known, and that is not 0
            continue
        if name not in gauges:
            gauges[name] = Gauge(f"ketawatch_{name}", told, list(labels), registry=registry)
        gauge = gauges[name].labels(**labels) if labels else gauges[name]
        gauge.set(value)
    return generate_latest(registry).decode("utf-8")


def _samples(store: Store) -> Iterator[_Sample]:
    for part in (_health, _listed, _run, _disk):
        try:
            # A damaged file is a reason to tell how the call ended, and none to tell nothing.
            yield from list(part(store))
        except KetawatchError:
            continue


def _health(store: Store) -> Iterator[_Sample]:
    known = health.read(store.path)
    for part in (_call, _sources, _providers):
        yield from part(known)


def _call(known: Mapping[str, Any]) -> Iterator[_Sample]:
    call = known.get("last_call", {})
    yield "last_call_exit_code", "Exit code of the last 'run'.", call.get("exit_code"), {}
    for key, what in (
        ("started_at", "began"),
        ("ended_at", "ended"),
        ("well_at", "did what it was asked to"),
    ):
        name = f"last_call_{key.removesuffix('_at')}_timestamp_seconds"
        yield name, f"When 'run' last {what}.", seconds(call.get(key)), {}


def _sources(known: Mapping[str, Any]) -> Iterator[_Sample]:
    figures: tuple[tuple[str, str, Callable[[Mapping[str, Any]], float | None]], ...] = (
        ("source_rows", "Rows that stand of a source.", lambda e: e["rows"]),
        ("source_rows_min", "Fewest rows that are taken over.", lambda e: e["min"]),
        ("source_rows_max", "Most rows that are taken over.", lambda e: e["max"]),
        ("source_rows_usual", "Median of its good readings of late.", health.usual_rows),
        ("source_ok", "1 where its latest reading was good.", lambda e: int(e["ok"])),
        (
            "source_failing_since_timestamp_seconds",
            "Its first failure in a row.",
            lambda e: seconds(e.get("since")),
        ),
    )
    for name, told, figure in figures:
        for source, entry in sorted(known["sources"].items()):
            if not entry.get("off", False):
                yield name, told, figure(entry), {"source": source}


def _providers(known: Mapping[str, Any]) -> Iterator[_Sample]:
    name = "provider_failing_since_timestamp_seconds"
    told = "First time in a row that a provider could not be looked at."
    for provider, entry in known["providers"].items():
        labels = {"provider": provider, "reason": str(entry["reason"])}
        yield name, told, seconds(entry["since"]), labels
    yield "providers_failing", "Not looked at in the last run.", len(known["providers"]), {}


def _listed(store: Store) -> Iterator[_Sample]:
    if store.providers_path.exists():
        rows, _ = provider_file.read(store.providers_path)
        told = "Providers that a run looks at."
        yield "providers_in_scope", told, sum(row.in_scope for row in rows), {}


def _run(store: Store) -> Iterator[_Sample]:
    runs = store.run_ids()
    yield "runs", "Finished runs in the store.", len(runs), {}
    told = "1 where a run was interrupted, or is going on."
    yield "run_unfinished", told, int(store.partial_run() is not None), {}
    if not runs:
        return
    run = store.run()
    for key in ("started_at", "finished_at"):
        name = f"last_run_{key.removesuffix('_at')}_timestamp_seconds"
        yield name, f"When the last run was {key[:-3]}.", seconds(run.info[key]), {}
    for kind, count in run.info["counts"].items():
        yield "last_run_count", "What the last run counted.", count, {"of": str(kind)}
    if run.current_audit_id():
        for outcome, count in run.audit().info["counts"].items():
            told = "Findings of the published audit."
            yield "last_run_findings", told, count, {"outcome": str(outcome)}


def _disk(store: Store) -> Iterator[_Sample]:
    found = disk.forecast(store)
    yield "disk_free_bytes", "Free beyond the reserve.", found.free, {}
    yield "disk_run_bytes", "What a run took on average of late.", found.run_bytes, {}
    yield "disk_runs_left", "How many more such runs fit.", found.runs_left, {}


def seconds(moment: str | None) -> float | None:
    """An RFC 3339 time as Unix seconds; None where there is none."""
    return datetime.fromisoformat(moment).timestamp() if moment else None
