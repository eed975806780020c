"""A provider that goes by another id today keeps its history, and its old id still finds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import aliases, retention
from data.aliases import Names
from data.decisions import Decision, Decisions, Kind
from data.findings import Filter, View, open_view
from data.history import lifecycles
from data.models import finding_id
from data.store import Store
from tests.data.looks_made import LINE, RULE, RUN_IDS, add_run

OLD, NEW = "old.example", "new.example"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "store")


def merge(store: Store, gone: str, into: str) -> Decision:
    return Decisions(store.path).add(Kind.MERGE, gone, {"into": into}, who="Ada", why="one phone")


def stages(store: Store, run_id: str | None = None) -> dict[str, tuple[str | None, str]]:
    """Provider id -> (lifecycle, first seen) of its one finding."""
    view = open_view(store, run_id)
    told = lifecycles(view._audits(), aliases.of(store))
    return {p: told[finding_id(p, LINE, RULE)] for p in view.run.scope}


def test_what_was_said_under_the_old_id_is_no_news_under_the_new_one(store: Store) -> None:
    add_run(store, RUN_IDS[0], {OLD: "a nurse stays"})
    add_run(store, RUN_IDS[1], {NEW: "a nurse stays"})
    assert stages(store) == {NEW: ("new", RUN_IDS[1])}
    decision = merge(store, OLD, NEW)
    assert stages(store) == {NEW: ("persisting", RUN_IDS[0])}
    # The older run is read as it was.
    assert stages(store, RUN_IDS[0]) == {OLD: ("new", RUN_IDS[0])}
    Decisions(store.path).undo(decision.decision_id, who="Ada", why="two after all")
    assert stages(store) == {NEW: ("new", RUN_IDS[1])}


def test_two_that_stand_side_by_side_keep_their_own_histories(store: Store) -> None:
    add_run(store, RUN_IDS[0], {OLD: "a nurse stays", NEW: ""})
    add_run(store, RUN_IDS[1], {OLD: "a nurse stays", NEW: "a nurse stays"})
    merge(store, OLD, NEW)
    assert stages(store) == {OLD: ("persisting", RUN_IDS[0]), NEW: ("resolved", RUN_IDS[1])}


def test_a_provider_s_own_look_goes_before_one_it_took_over(store: Store) -> None:
    add_run(store, RUN_IDS[0], {OLD: "x", NEW: ""})
    add_run(store, RUN_IDS[1], {OLD: "x", NEW: "?"})  # it could not be seen, the other could
    merge(store, OLD, NEW)
    add_run(store, RUN_IDS[2], {NEW: "x"})
    assert stages(store) == {NEW: ("persisting", RUN_IDS[1])}
    add_run(store, RUN_IDS[3], {NEW: ""})
    assert stages(store) == {NEW: ("returned", RUN_IDS[3])}


def test_a_chain_of_merges_is_followed_and_a_circle_ends() -> None:
    assert aliases.followed({"a": "b", "b": "c", "d": "d"}) == {"a": "c", "b": "c"}
    assert aliases.followed({"a": "b", "b": "a"}) == {"a": "b", "b": "a"}
    names = Names({"a": "c", "b": "c", "x": "gone"}, ["c", "b"])
    assert [names.today(i) for i in ("a", "b", "x")] == ["c", "b", "x"]
    assert names.former("c") == ("a",)


def test_the_old_id_and_its_findings_are_found_under_the_new_one(store: Store) -> None:
    add_run(store, RUN_IDS[0], {OLD: "a nurse stays"})
    add_run(store, RUN_IDS[1], {NEW: "a nurse stays"})
    view = _view(store)
    asked = Filter(providers=(OLD,), findings=(finding_id(OLD, LINE, RULE),))
    assert view.today(asked) == asked
    merge(store, OLD, NEW)
    found = view.today(asked)
    assert found == Filter(providers=(NEW,), findings=(finding_id(NEW, LINE, RULE),))
    (row,) = view.evidence(found).to_pylist()
    assert row["quote"] == "a nurse stays"


def _view(store: Store) -> View:
    """The made-up audits name no rules and versions; the view asks for them."""
    view = open_view(store)
    view.audit.info.update({"ruleset_version": "1", "tool_version": "1"})
    return view


def test_what_proves_a_change_across_the_merge_is_kept(store: Store) -> None:
    for run_id in RUN_IDS[:3]:
        add_run(store, run_id, {OLD: "x"})
    merge(store, OLD, NEW)
    for run_id in RUN_IDS[3:]:
        add_run(store, run_id, {NEW: ""})
    before = stages(store)
    retention.carry_out(store, retention.plan(store, 1))
    kept = sorted(p.relative_to(store.path).parts[1] for p in store.path.glob("runs/*/captures/*"))
    assert {RUN_IDS[0], RUN_IDS[2], RUN_IDS[3], RUN_IDS[-1]} == set(kept) & {*RUN_IDS}
    assert stages(store) == before
