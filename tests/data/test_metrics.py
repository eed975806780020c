"""The metrics are what Prometheus reads, and say what the health file and the last run say."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from data import health, metrics
from data.store import Store

ODD = 'a "quoted"\\ name\nof two lines'


def values(store: Store) -> dict[tuple[str, tuple[str, ...]], float]:
    text = metrics.path(store).read_text(encoding="utf-8")
    return {
        (sample.name.removeprefix("ketawatch_"), tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_of_a_store_with_runs(sample_store: Store) -> None:
    at = "2026-11-24T03:20:00Z"
    entry = {"rows": 5, "min": 1, "max": 9, "at": at, "ok": False, "off": False, "reason": "3 rows"}
    off = entry | {"off": True, "ok": True}
    health.note_sources(sample_store.path, {ODD: entry, "switched-off": off})
    health.note_providers(sample_store.path, "r", at, ["1e5"], {"1e5": "robots"})
    health.note_call(sample_store.path, at, at, 5, well=True)
    metrics.write(sample_store)
    found = values(sample_store)
    moment = 1795490400.0
    assert found["last_call_exit_code", ()] == 5
    assert found["last_call_well_timestamp_seconds", ()] == moment
    assert found["source_rows", (ODD,)] == 5 and found["source_ok", (ODD,)] == 0
    assert found["source_failing_since_timestamp_seconds", (ODD,)] == moment
    assert ("source_rows", ("switched-off",)) not in found
    assert found["provider_failing_since_timestamp_seconds", ("1e5", "robots")] == moment
    assert found["providers_failing", ()] == 1 and found["providers_in_scope", ()] == 3
    assert found["runs", ()] == 2 and found["run_unfinished", ()] == 0
    assert found["last_run_count", ("pages",)] == 2
    assert found["disk_run_bytes", ()] > 0 and found["disk_runs_left", ()] > 0


def test_what_is_not_known_is_not_there(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    metrics.write(store)
    found = values(store)
    assert found["runs", ()] == 0
    assert not any(name.startswith(("last_", "disk_run", "source_")) for name, _ in found)
    assert not list(tmp_path.glob(".*.new"))


@pytest.mark.parametrize("damaged", ["providers.csv", "runs/{run}/run.json"])
def test_a_damaged_file_hides_no_bad_end(sample_store: Store, damaged: str) -> None:
    """Else the metrics of the last good call would stand, and no alarm would ring."""
    at = "2026-11-24T03:20:00Z"
    health.note_call(sample_store.path, at, at, 2, well=False)
    path = sample_store.path / damaged.format(run=sample_store.run_ids()[-1])
    path.write_text("nothing of ours\n", encoding="utf-8")
    metrics.write(sample_store)
    found = values(sample_store)
    assert found["last_call_exit_code", ()] == 2
    assert "disk_free_bytes" in {name for name, _ in found}


@pytest.mark.skipif(sys.platform == "win32", reason="the modes of Unix")
def test_the_collector_is_another_user_and_may_read_it(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    before = os.umask(0o027)
    try:
        metrics.write(store)
    finally:
        os.umask(before)
    assert metrics.path(store).stat().st_mode & 0o777 == 0o644


def test_the_file_is_where_the_collector_looks_and_is_replaced_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.create(tmp_path / "store")
    place = tmp_path / "collector" / "watch.prom"
    text = f"[metrics]\nfile = '{place}'\n"
    (store.path / "ketawatch.toml").write_text(text, encoding="utf-8")
    metrics.write(store)
    before = place.read_text(encoding="utf-8")
    monkeypatch.setattr("os.replace", _full)
    with pytest.raises(OSError, match="full"):
        metrics.write(store)
    assert place.read_text(encoding="utf-8") == before
    assert [p.name for p in place.parent.glob("*.prom")] == ["watch.prom"]


def _full(*_: object) -> None:
    raise OSError("full")
