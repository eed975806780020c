"""What pruning may take, and everything that it has to leave."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from data import disk, retention
from data.commands import prune
from data.decisions import Decisions, Kind
from data.errors import StoreHeldError, UsageError
from data.history import lifecycles
from data.lock import hold
from data.models import Page, finding_id
from data.revisits import Original
from data.store import Audit, Run, Store
from data.warc import WarcAppender
from tests.data.looks_made import LINE, RULE, RUN_IDS, add_run


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "store")


def archives(store: Store, provider: str) -> list[str]:
    """The runs that still hold a provider's archive."""
    found = store.path.glob(f"runs/*/captures/{provider}.warc.gz")
    return sorted(path.parent.parent.name for path in found)


def audits(store: Store) -> list[tuple[Run, Audit]]:
    return [(run, run.audit()) for run in map(store.run, store.run_ids())]


def prune_to(store: Store, keep: int) -> retention.Plan:
    plan = retention.plan(store, keep)
    retention.carry_out(store, plan)
    return plan


def test_between_two_looks_that_say_the_same_everything_goes(store: Store) -> None:
    for run_id in RUN_IDS:
        add_run(store, run_id, {"calm.example": "a nurse stays"})
    before = disk.tree_bytes(store.path)
    plan = prune_to(store, keep=2)
    assert archives(store, "calm.example") == [RUN_IDS[0], *RUN_IDS[-2:]]
    assert plan.bytes == 5 * 1010 and plan.files == 10
    assert before - disk.tree_bytes(store.path) > 5 * 1010 * 0.5
    assert plan.kept == {"recent": 2, "something changed": 1}
    assert not list(store.path.glob(f"runs/{RUN_IDS[3]}/trackers/*"))
    assert retention.plan(store, 2).files == 0


def test_both_sides_of_every_change_stay_and_unknown_is_no_change(store: Store) -> None:
    said = ["x", "x", "", "", "?", "", "y", "y"]
    for run_id, quote in zip(RUN_IDS, said, strict=True):
        add_run(store, run_id, {"calm.example": quote})
    prune_to(store, keep=1)
    # First look; x before it went; gone; gone before y; y.
    stay = [0, 1, 2, 5, 6, 7]
    assert archives(store, "calm.example") == [RUN_IDS[n] for n in stay]


def test_an_archive_stays_while_a_later_look_points_into_it(store: Store) -> None:
    for n, run_id in enumerate(RUN_IDS):
        older = {"calm.example": RUN_IDS[2]} if n > 2 else {}
        add_run(store, run_id, {"calm.example": "x"}, older)
    plan = prune_to(store, keep=2)
    assert RUN_IDS[2] in archives(store, "calm.example")
    assert plan.kept["holds pages that did not change since"] == 1
    for row in store.run().read("pages", Page):
        assert (store.path / row.warc_file).exists()


def test_an_archive_stays_while_a_record_that_is_no_page_points_into_it(store: Store) -> None:
    """A robots.txt that did not change has no row in any table."""
    for run_id in RUN_IDS:
        add_run(store, run_id, {"calm.example": "x"})
    latest = store.path / "runs" / RUN_IDS[-1] / "captures" / "calm.example.warc.gz"
    latest.unlink()
    place = f"runs/{RUN_IDS[4]}/captures/calm.example.warc.gz"
    uri, at = "https://calm.example/robots.txt", "2026-10-05T00:00:00Z"
    original = Original(uri, at, "00", place, "<urn:uuid:1>", 0, 9)
    with WarcAppender(latest) as warc:
        warc.append("revisit", uri, b"", original.refer(not_modified=True, date=at))
    prune_to(store, keep=1)
    assert archives(store, "calm.example") == [RUN_IDS[0], RUN_IDS[4], RUN_IDS[-1]]


def test_an_interrupted_run_keeps_what_it_found_unchanged(store: Store) -> None:
    for run_id in RUN_IDS:
        add_run(store, run_id, {"calm.example": "x"})
    folder = store.start_run("20261101T000000Z")
    with sqlite3.connect(folder / "ledger.sqlite") as rows:
        rows.execute("create table pages (provider_id text, url text, record text)")
        pointed = {"warc_file": f"runs/{RUN_IDS[4]}/captures/calm.example.warc.gz"}
        rows.execute("insert into pages values ('', '', ?)", (json.dumps(pointed),))
    rows.close()
    prune_to(store, keep=1)
    assert archives(store, "calm.example") == [RUN_IDS[0], RUN_IDS[4], RUN_IDS[7]]


def test_nothing_goes_while_nobody_knows_what_an_interrupted_run_points_at(store: Store) -> None:
    ledger = store.path / "runs" / ".partial-20991231T000000Z" / "ledger.sqlite"
    ledger.parent.mkdir(parents=True)
    ledger.write_bytes(b"no database at all " * 100)
    with pytest.raises(UsageError, match=r"ledger\.sqlite: unreadable"):
        retention.plan(store, 1)


def test_what_a_person_decided_on_or_brought_stays(store: Store) -> None:
    for n, run_id in enumerate(RUN_IDS):
        quotes = {"calm.example": "x", "mill.example": "x"}
        add_run(store, run_id, quotes, kind="import" if n == 3 else "raw")
    decided = {"run_id": RUN_IDS[5]}
    decisions = Decisions(store.path)
    key = finding_id("calm.example", LINE, RULE)
    decisions.add(Kind.REVIEW, key, decided, who="a reader", why="read it")
    prune_to(store, keep=1)
    stay = [RUN_IDS[n] for n in (0, 3, 5, 7)]
    assert archives(store, "calm.example") == stay
    assert archives(store, "mill.example") == [RUN_IDS[n] for n in (0, 3, 7)]


def test_the_latest_looks_are_counted_by_provider(store: Store) -> None:
    """A few runs over somebody else take nothing away from those that were not looked at."""
    for run_id in RUN_IDS[:4]:
        add_run(store, run_id, {"calm.example": "x", "mill.example": "x"})
    for run_id in RUN_IDS[4:]:
        add_run(store, run_id, {"mill.example": "x"})
    prune_to(store, keep=2)
    assert archives(store, "calm.example") == [RUN_IDS[n] for n in (0, 2, 3)]


def test_a_run_that_nobody_judged_is_not_touched(store: Store) -> None:
    for n, run_id in enumerate(RUN_IDS):
        add_run(store, run_id, {"calm.example": "x"}, audited=n != 2)
    prune_to(store, keep=1)
    assert RUN_IDS[2] in archives(store, "calm.example")


def test_history_is_the_same_before_and_after(store: Store) -> None:
    for run_id, quote in zip(RUN_IDS, ["x", "", "", "", "x", "x", "x", "x"], strict=True):
        add_run(store, run_id, {"calm.example": quote})
    before = retention.plan(store, 1)
    told = lifecycles(audits(store))
    assert before.files
    retention.carry_out(store, before)
    assert lifecycles(audits(store)) == told
    assert list(told.values()) == [("persisting", RUN_IDS[4])]


def test_a_pruned_run_is_not_judged_anew(store: Store) -> None:
    from audit.run import audit_run

    for run_id in RUN_IDS:
        add_run(store, run_id, {"calm.example": "x"})
    prune_to(store, keep=1)
    with pytest.raises(UsageError, match="1 of its archives were pruned"):
        audit_run(store, store.run(RUN_IDS[3]))
    assert retention.pruned(store.run(RUN_IDS[3])) == [
        "captures/calm.example.warc.gz",
        "trackers/calm.example.ndjson",
    ]


def test_a_run_that_carries_the_pages_of_another_needs_them(store: Store) -> None:
    """As an import makes one: it has no archive of its own, and the rows of the run before it."""
    add_run(store, RUN_IDS[0], {"calm.example": "x"})
    add_run(store, RUN_IDS[1], {"calm.example": "x"})
    carried = {"calm.example": RUN_IDS[1]}
    add_run(store, RUN_IDS[2], {"calm.example": "x"}, carried, archives=False)
    prune_to(store, keep=1)
    assert RUN_IDS[1] in archives(store, "calm.example")
    retention.require_whole(store, store.run(RUN_IDS[2]))
    add_run(store, RUN_IDS[3], {"calm.example": "x"})
    prune_to(store, keep=1)
    assert archives(store, "calm.example") == [RUN_IDS[0], RUN_IDS[3]]
    with pytest.raises(UsageError, match=f"pruned .runs/{RUN_IDS[1]}/captures"):
        retention.require_whole(store, store.run(RUN_IDS[2]))


def test_an_interrupted_pruning_is_finished_by_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for run_id in RUN_IDS:
        add_run(store, run_id, {"calm.example": "x"})
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", _killed)
        with pytest.raises(KeyboardInterrupt):
            prune_to(store, keep=1)
    assert len(archives(store, "calm.example")) == len(RUN_IDS)
    assert retention.pruned(store.run(RUN_IDS[1]))
    prune_to(store, keep=1)
    assert archives(store, "calm.example") == [RUN_IDS[0], RUN_IDS[-1]]


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_the_command_only_tells_until_it_is_told_to(store: Store) -> None:
    for run_id in RUN_IDS:
        add_run(store, run_id, {"calm.example": "x"})
    arguments = ["--store", str(store.path), "--keep-runs", "1"]
    told = CliRunner().invoke(prune, arguments)
    assert told.exit_code == 0 and "12 files of 6 runs" in told.output
    assert len(archives(store, "calm.example")) == len(RUN_IDS)
    done = CliRunner().invoke(prune, [*arguments, "--yes", "--json"])
    assert json.loads(done.output)["removed"] is True
    assert len(archives(store, "calm.example")) == 2
    with hold(store.path, "run"):
        held = CliRunner().invoke(prune, [*arguments, "--yes"])
    assert isinstance(held.exception, StoreHeldError)


def test_the_configuration_says_how_many_stay(store: Store) -> None:
    for run_id in RUN_IDS:
        add_run(store, run_id, {"calm.example": "x"})
    (store.path / "ketawatch.toml").write_text("[retention]\nkeep_runs = 3\n", encoding="utf-8")
    CliRunner().invoke(prune, ["--store", str(store.path), "--yes"])
    assert len(archives(store, "calm.example")) == 4


def test_the_forecast_counts_whole_runs_and_the_reserve(store: Store) -> None:
    assert disk.forecast(store).run_bytes is None
    for run_id in RUN_IDS[:3]:
        add_run(store, run_id, {"calm.example": "x"})
    (store.path / "ketawatch.toml").write_text("[disk]\nreserve_mb = 1\n", encoding="utf-8")
    one = disk.tree_bytes(store.run().path)
    found = disk.forecast(store, free=disk.MIB + 10 * one + one // 2)
    assert (found.run_bytes, found.runs_left) == (one, 10)
    assert found.full_on == "2026-10-14"  # a day each: the eleventh after the third
    assert disk.too_little(disk.forecast(store, free=disk.MIB + one // 2))
    assert "10 more fit, until about 2026-10-14" in str(found)
