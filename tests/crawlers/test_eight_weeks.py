"""Eight weeks of scheduled calls over sites that change, vanish, come back, block and fail.

``weeks_lived`` tells the story once, with a clock that is moved a week from call to call; here is
what has to be true of it.
"""

from __future__ import annotations

import hashlib
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from data import retention, warc
from data.findings import Filter, open_view
from data.models import Page
from data.vocabulary import Outcome
from tests.crawlers.clockwork import clockwork
from tests.crawlers.sites_served import serve
from tests.crawlers.weeks_lived import DOWN, ILL, OFF_LABEL, SITES, VANISHING, WEEKS, World, live

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and kills by signal")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("weeks")
    with serve() as web, clockwork(folder) as calls:
        world = World(folder, web, calls)
        live(world)
        yield world


NEVER_SEEN = {
    "site-00.localhost": "unreachable",
    "site-01.localhost": "blocked",
    "site-02.localhost": "robots",
}


def test_the_scheduler_is_green_but_where_it_has_to_be_told(world: World) -> None:
    assert [week.codes for week in world.weeks] == [
        [0],
        [0],
        [-signal.SIGKILL, 0],
        [5],
        [1, 0],
        [130, 0],
        [0],
        [0],
    ]


def test_nothing_ends_in_a_traceback(world: World) -> None:
    calls = [call for week in world.weeks for call in week.calls]
    assert not [call.said for call in calls if "Traceback" in call.said]
    assert world.store.partial_run() is None
    assert not list(world.store.path.rglob("*.new")) + list(world.store.path.rglob(".partial-*"))


def test_the_three_that_are_down_are_named_every_week_with_their_first_day(world: World) -> None:
    first = "2026-10-05"
    for number, week in enumerate(world.weeks, start=1):
        for provider, reason in NEVER_SEEN.items():
            assert f"{provider} ({reason})" in " ".join(week.calls[-1].said.split())
            entry = week.health["providers"][provider]
            assert (entry["reason"], entry["since"][:10]) == (reason, first)
            assert entry["runs"] == number
            name = "provider_failing_since_timestamp_seconds"
            since = week.metrics[name, f"{provider}/{reason}"]
            assert since == datetime.fromisoformat(entry["since"]).timestamp()


def test_one_that_is_ill_for_three_weeks_is_named_for_three_weeks(world: World) -> None:
    ill = [week.health["providers"].get(ILL) for week in world.weeks]
    assert [bool(entry) for entry in ill] == [w in (4, 5, 6) for w in range(1, WEEKS + 1)]
    assert {entry["since"][:10] for entry in ill if entry} == {"2026-10-26"}
    assert [entry["runs"] for entry in ill if entry] == [1, 2, 3]


def test_a_second_call_is_refused_and_told_by_whom(world: World) -> None:
    assert world.second_caller.returncode == 6
    assert f"process {world.weeks[2].calls[0].pid} on" in world.second_caller.stderr


def test_a_killed_run_goes_on_where_it_was(world: World) -> None:
    """The same run, and of each host at most the page that was under way is asked again."""
    asked = world.weeks[2].asked
    assert sum(asked.values()) > 3 * (SITES - DOWN)
    again: Counter[str] = Counter()
    for (host, path), count in asked.items():
        again[host] += count - 1 if path != "/robots.txt" and host not in NEVER_SEEN else 0
    assert max(again.values()) <= 1
    assert world.store.run_ids()[2].startswith("20261019T03"), "it keeps the day on which it began"
    assert len(world.store.run_ids()) == WEEKS


def test_a_source_out_of_bounds_takes_nobody_away(world: World) -> None:
    ok = [week.health["sources"]["rows"]["ok"] for week in world.weeks]
    assert ok == [w != 4 for w in range(1, WEEKS + 1)]
    entry = world.weeks[3].health["sources"]["rows"]
    assert entry["since"][:10] == "2026-10-26" and "expected 30 to 50" in entry["reason"]
    assert "since" not in world.weeks[4].health["sources"]["rows"]
    assert len(world.weeks[-1].health["sources"]["rows"]["history"]) == 11
    assert {week.metrics["providers_in_scope", ""] for week in world.weeks} == {SITES}
    assert [week.metrics["source_ok", "rows"] for week in world.weeks] == [float(x) for x in ok]


def test_a_full_disk_and_the_end_of_time_are_said_and_resumed(world: World) -> None:
    full, late = world.weeks[4].calls[0].said, world.weeks[5].calls[0].said
    assert "Free some space and call again; what was finished is kept." in full
    assert "the run's time is up" in late
    finished = world.store.run_ids()[4]
    assert finished.startswith("20261102T03"), "the run of the first call, not of the second"
    assert f"Finishing run {finished}" in world.weeks[4].calls[1].said


def test_history_tells_of_the_site_and_of_nothing_else(world: World) -> None:
    assert [week.lifecycle for week in world.weeks] == [
        ("stated", "new"),
        ("stated", "persisting"),
        ("not_stated", "new"),
        ("not_stated", "persisting"),
        ("not_stated", "persisting"),
        ("stated", "resolved"),
        ("stated", "persisting"),
        ("stated", "persisting"),
    ]
    steady = open_view(world.store).findings(Filter(providers=("site-10.localhost",))).to_pylist()
    told = [row for row in steady if row["outcome"] != Outcome.NOT_TESTED]
    assert len(told) > 20
    assert {row["lifecycle"] for row in told} == {"persisting"}
    assert {row["first_seen_run"] for row in told} == {world.store.run_ids()[0]}


def test_disk_use_is_flat_although_every_page_changes_every_week(world: World) -> None:
    one = world.weeks[0].captures
    later = [week.captures for week in world.weeks[2:]]
    # The first look and the two latest, and what proves the changes of two sites.
    assert max(later) <= 3.25 * one
    assert max(later) - min(later) <= 0.15 * one
    assert sum(week.pruned["bytes"] for week in world.weeks) >= 4.5 * one
    assert world.weeks[-1].metrics["disk_runs_left", ""] > 0


def test_what_proves_a_change_is_still_there_and_what_proves_nothing_new_is_gone(
    world: World,
) -> None:
    for provider, stay in ((VANISHING, (1, 2, 3, 5, 6, 7, 8)), ("site-10.localhost", (1, 7, 8))):
        for number, run_id in enumerate(world.store.run_ids(), start=1):
            run = world.store.run(run_id)
            name = f"captures/{provider}.warc.gz"
            assert (run.path / name).exists() == (number in stay), (provider, number)
            assert (name in retention.pruned(run)) == (number not in stay)
    for number in (2, 3, 5, 6, 8):
        read_again(world, number)


def read_again(world: World, number: int) -> None:
    """Every page of the vanishing site in a week's run is in the archive, byte for byte."""
    run = world.store.run(world.store.run_ids()[number - 1])
    rows = [row for row in run.read("pages", Page) if row.provider_id == VANISHING]
    assert len(rows) == 3
    for row in rows:
        record = warc.read(world.store.path / row.warc_file, row.warc_offset)
        assert hashlib.sha256(record.payload).hexdigest() == row.payload_sha256
        assert (OFF_LABEL.encode() in record.payload) == (number not in (3, 4, 5))


def test_every_finding_ever_made_can_still_be_read_with_its_quote(world: World) -> None:
    for run_id in world.store.run_ids():
        view = open_view(world.store, run_id)
        quoted = [row for row in view.findings().to_pylist() if row["reason"] == "stated"]
        assert len(quoted) >= SITES - DOWN - 2
        assert all(row["quote"] and row["payload_sha256"] for row in quoted)


def test_the_monitor_heard_of_every_end_and_its_own_failure_changed_nothing(world: World) -> None:
    heard = [
        path.rpartition("/")[2]
        for week in world.weeks
        for (host, path), count in week.asked.items()
        for _ in range(count)
        if host == "bell.localhost"
    ]
    # Asked again where it answers 500, in week 4; a killed call says nothing.
    once = [code for n, code in enumerate(heard) if not n or code != "5" or heard[n - 1] != "5"]
    assert Counter(once) == Counter({"0": 7, "5": 1, "1": 1, "130": 1})
    assert "monitor at bell.localhost: not told" in world.weeks[3].calls[0].said


def test_the_log_has_every_call_and_the_metrics_the_last_one(world: World) -> None:
    log = (world.store.path / "logs" / "ketawatch.log").read_text(encoding="utf-8")
    assert log.count("ended with exit code 0") == 7 and log.count("ended with exit code 5") == 1
    assert "the run's time is up" in log and "OutOfTimeError" in log
    for week in world.weeks:
        assert week.metrics["last_call_exit_code", ""] == week.codes[-1]
        ended = week.metrics["last_call_ended_timestamp_seconds", ""]
        assert timedelta(0) <= datetime.fromtimestamp(ended, UTC) - week.at < timedelta(days=1)
        assert week.metrics["last_call_well_timestamp_seconds", ""] == ended
