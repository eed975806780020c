"""Since when a provider could not be looked at, and who is well again."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import health
from data.errors import UsageError


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
            "runs": 2,
        }
    }
    health.note_providers(tmp_path, "r2", "2026-11-02T00:00:00Z", everybody, {"a": "blocked"})
    assert health.read(tmp_path)["providers"]["a"]["runs"] == 2, "the same run, told twice"
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


def test_who_is_looked_at_no_more_fails_no_more(tmp_path: Path) -> None:
    failing = {"a": "blocked", "b": "robots"}
    health.note_providers(tmp_path, "r1", "2026-10-01T00:00:00Z", failing, failing)
    health.forget_unlisted(tmp_path, ["b", "c"])
    assert set(health.read(tmp_path)["providers"]) == {"b"}


def reading(rows: int, day: int, **other: object) -> dict[str, dict[str, object]]:
    at = f"2026-10-{day:02}T00:00:00Z"
    told = {"rows": rows, "min": 1, "max": 999, "at": at, "ok": True, "off": False, "reason": ""}
    return {"list": told | other}


def test_a_source_keeps_its_yields_and_since_when_it_fails(tmp_path: Path) -> None:
    for day, rows in enumerate((100, 104, 98, 102), start=1):
        health.note_sources(tmp_path, reading(rows, day))
    health.note_sources(tmp_path, reading(102, 5, ok=False, reason="3 rows"))
    health.note_sources(tmp_path, reading(102, 6, ok=False, reason="2 rows"))
    noted = health.read(tmp_path)["sources"]["list"]
    assert noted["since"] == "2026-10-05T00:00:00Z"
    assert [r["ok"] for r in noted["history"]] == [True] * 4 + [False] * 2
    assert [r["rows"] for r in noted["history"][:4]] == [100, 104, 98, 102]
    health.note_sources(tmp_path, reading(99, 7))
    assert "since" not in health.read(tmp_path)["sources"]["list"]


def test_an_odd_yield_within_bounds_is_told(tmp_path: Path) -> None:
    for day, rows in enumerate((100, 104, 98, 102), start=1):
        health.note_sources(tmp_path, reading(rows, day))
        assert health.unusual_yields(health.read(tmp_path)) == []
    for day, rows in ((5, 40), (6, 240)):
        health.note_sources(tmp_path, reading(rows, day))
        (issue,) = health.unusual_yields(health.read(tmp_path))
        assert f"{rows} rows, where 101 are usual" in str(issue) or "100 are usual" in str(issue)
    health.note_sources(tmp_path, reading(0, 7, off=True))
    assert health.unusual_yields(health.read(tmp_path)) == []
    assert len(health.read(tmp_path)["sources"]["list"]["history"]) == 6


def test_a_year_of_readings_is_kept_and_no_more(tmp_path: Path) -> None:
    for day in range(1, 31):
        for _ in range(2):
            health.note_sources(tmp_path, reading(day, day))
    assert len(health.read(tmp_path)["sources"]["list"]["history"]) == 52


def test_when_a_call_last_went_well(tmp_path: Path) -> None:
    health.note_call(tmp_path, "t1", "t2", 0, well=True)
    health.note_call(tmp_path, "t3", "t4", 1, well=False)
    told = {"started_at": "t3", "ended_at": "t4", "exit_code": 1, "well_at": "t2"}
    assert health.read(tmp_path)["last_call"] == told


def test_a_file_that_somebody_emptied_of_its_parts_is_filled_again(tmp_path: Path) -> None:
    (tmp_path / health.FILE_NAME).write_text("{}", encoding="utf-8")
    health.note_sources(tmp_path, reading(5, 1))
    assert health.read(tmp_path)["sources"]["list"]["rows"] == 5


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "\0\0\0", "3", '{"sources": null}', '{"providers": []}'),
        *('{"sources": {"list": {}}}', '{"sources": {"list": "x"}}', '{"providers": {"a": null}}'),
        '{"last_call": {"exit_code": 0}}',
    ],
)
def test_a_file_that_is_none_of_ours_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / health.FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"health\.json: unreadable"):
        health.read(tmp_path)
