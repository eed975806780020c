"""Since when a provider could not be looked at, and who is well again."""

from __future__ import annotations

from pathlib import Path

from data import health


def test_the_first_date_stands_until_a_provider_is_seen_again(tmp_path: Path) -> None:
    everybody = ["a", "b", "c"]
    health.note_providers(tmp_path, "r1", "2026-10-01T00:00:00Z", everybody, {"a": "unreachable"})
    health.note_providers(tmp_path, "r2", "2026-11-01T00:00:00Z", everybody, {"a": "blocked"})
    found = health.read(tmp_path)["providers"]
    assert found == {
        "a": {
            "reason": "blocked",
            "since": "2026-10-01T00:00:00Z",
            "last": "2026-11-01T00:00:00Z",
            "run_id": "r2",
        }
    }
    health.note_providers(tmp_path, "r3", "2026-12-01T00:00:00Z", everybody, {})
    assert health.read(tmp_path)["providers"] == {}


def test_a_run_over_some_says_nothing_of_the_others(tmp_path: Path) -> None:
    health.note_providers(tmp_path, "r1", "2026-10-01T00:00:00Z", ["a", "b"], {"a": "robots"})
    health.note_providers(tmp_path, "r2", "2026-11-01T00:00:00Z", ["b"], {"b": "blocked"})
    found = health.read(tmp_path)["providers"]
    assert {name: entry["since"] for name, entry in found.items()} == {
        "a": "2026-10-01T00:00:00Z",
        "b": "2026-11-01T00:00:00Z",
    }
