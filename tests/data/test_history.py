"""Lifecycles: what is told as news of a provider, what as a change of ours, and what is no news."""

from __future__ import annotations

import dataclasses
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import history
from data.findings import open_view
from data.history import Look
from data.models import Finding
from data.store import Audit, Store
from data.tables import SCHEMAS
from data.vocabulary import Outcome, Reason


def look(
    run: int, reason: str, quote: str | None = None, site: str = "", method: str = "1"
) -> Look:
    """One look; the site's bytes differ in each run unless they are named."""
    outcome = Reason(reason).outcome
    return Look(f"run-{run}", outcome, reason, quote, frozenset({site or f"bytes-{run}"}), method)


def told(*looks: Look) -> tuple[str | None, str]:
    chain = list(looks)
    return history._lifecycle(chain), history._first_seen(chain)


@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        ([look(1, "not_stated")], ("new", "run-1")),
        ([look(1, "stated", "a"), look(2, "stated", "a")], ("persisting", "run-1")),
        ([look(1, "stated", "a"), look(2, "stated", "b")], ("changed_wording", "run-1")),
        ([look(1, "not_stated"), look(2, "denied", "no")], ("changed_wording", "run-1")),
        ([look(1, "claimed", "a"), look(2, "not_claimed")], ("resolved", "run-2")),
        ([look(1, "stated", "a"), look(2, "not_stated")], ("new", "run-2")),
        (
            [look(1, "claimed", "a"), look(2, "not_claimed"), look(3, "claimed", "a")],
            ("returned", "run-3"),
        ),
        # Where nothing could be seen, nothing is told, and nothing is forgotten.
        ([look(1, "claimed", "a"), look(2, "robots")], (None, "run-2")),
        (
            [look(1, "claimed", "a"), look(2, "blocked"), look(3, "claimed", "a")],
            ("persisting", "run-1"),
        ),
        (
            [look(1, "claimed", "a"), look(2, "blocked"), look(3, "not_claimed")],
            ("resolved", "run-3"),
        ),
        ([look(1, "unreachable"), look(2, "not_stated")], ("new", "run-2")),
    ],
)
def test_stories(looks: list[Look], expected: tuple[str | None, str]) -> None:
    assert told(*looks) == expected


@pytest.mark.parametrize("reason", ["stated", "near_miss", "not_applicable"])
def test_same_bytes_under_other_rules_are_our_change(reason: str) -> None:
    reason = "claim_absent" if reason == "not_applicable" else reason
    before = look(1, "not_stated", site="same", method="1")
    after = look(2, reason, "a", site="same", method="2")
    assert told(before, after)[0] == "method_change"
    assert told(before, dataclasses.replace(after, method="1"))[0] != "method_change"
    assert told(before, dataclasses.replace(after, site=frozenset({"x"})))[0] != "method_change"


def test_other_rules_that_say_the_same_are_no_change() -> None:
    before = look(1, "stated", "a", site="same", method="1")
    assert told(before, look(2, "stated", "a", site="same", method="2"))[0] == "persisting"


@given(
    st.lists(
        st.tuples(st.sampled_from(Reason), st.sampled_from([None, "a"]), st.sampled_from("xy")),
        min_size=1,
        max_size=6,
    )
)
def test_looks_that_failed_never_change_what_is_told(
    story: list[tuple[Reason, str | None, str]],
) -> None:
    looks = [look(n, reason, quote, site) for n, (reason, quote, site) in enumerate(story)]
    seen = [item for item in looks if item.outcome != Outcome.NOT_TESTED]
    if looks[-1].outcome == Outcome.NOT_TESTED:
        assert told(*looks)[0] is None
    else:
        assert told(*looks) == told(*seen)


def test_another_nearest_miss_is_no_news(sample_store: Store) -> None:
    """Where nothing was found, what comes nearest is shown, but it is no wording of a finding."""
    for number, run_id in enumerate(sample_store.run_ids()):
        audit = sample_store.run(run_id).audit()
        near, silent = _near_miss_for_what_is_not_stated(audit)
        rows = [row | {"quote": f"nearest {number}"} for row in near]
        tables = pa.Table.from_pylist(rows, schema=SCHEMAS["evidence"])
        pq.write_table(tables, audit.table_path("evidence"))
    rows = open_view(sample_store).findings().to_pylist()
    (found,) = [r for r in rows if r["finding_id"] == silent]
    assert (found["nearest_miss"], found["quote"]) == ("nearest 1", None)
    assert found["lifecycle"] == "persisting"


def _near_miss_for_what_is_not_stated(audit: Audit) -> tuple[list[dict[str, Any]], str]:
    rows = pq.read_table(audit.table_path("evidence")).to_pylist()
    near = next(r for r in rows if r["role"] == "near_miss")
    findings = audit.read("findings", Finding)
    silent = next(
        f for f in findings if f.reason == "not_stated" and f.rule_id == "supervision.vitals"
    )
    return [near | {"finding_id": silent.finding_id}], silent.finding_id


def test_a_store_tells_its_runs_apart(sample_store: Store) -> None:
    rows = open_view(sample_store).findings().to_pylist()
    stages = {(row["rule_id"], row["reason"]): row["lifecycle"] for row in rows}
    assert stages["disclosure.off-label", "stated"] == "resolved"
    assert stages["supervision.vitals", "not_stated"] == "persisting"
    assert stages["supervision.vitals", "robots"] is None
    earlier = open_view(sample_store, "20261020T031500Z").findings().to_pylist()
    assert {row["lifecycle"] for row in earlier} == {"new", None}
