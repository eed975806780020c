"""Counts, shares and intervals behind the bars."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import tally, words
from data.vocabulary import Line, Outcome, Reason

RULE = {"id": "supervision.vitals", "kind": "required-disclosure"}
CLAIM = {"id": "claim.non-addictive", "kind": "prohibited-claim"}
reasons = st.lists(st.sampled_from(list(Reason)), min_size=1, max_size=60)


def findings(
    found: list[Reason], rule_id: str = RULE["id"], line: str = Line.AT_HOME_ORAL
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rule_id": rule_id,
            "rule_group": words.group_of(rule_id),
            "provider_id": [f"p{n}.example" for n in range(len(found))],
            "service_line": line,
            "reason": [str(r) for r in found],
            "outcome": [str(r.outcome) for r in found],
            "segment": [words.segment_of(r) for r in found],
        }
    )


@pytest.mark.parametrize(
    ("hits", "judged", "low", "high"),
    [
        (4, 12, 0.1381, 0.6094),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_wilson_gives_the_published_interval(
    hits: int, judged: int, low: float, high: float
) -> None:
    share = tally.wilson(hits, judged)
    assert share.low == pytest.approx(low, abs=1e-4)
    assert share.high == pytest.approx(high, abs=1e-4)


def test_nothing_judged_gives_no_share() -> None:
    assert tally.wilson(0, 0).value is None


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_its_interval(counts: tuple[int, int]) -> None:
    share = tally.wilson(*counts)
    assert share.low is not None and share.value is not None and share.high is not None
    assert 0 <= share.low <= share.value + 1e-12 and share.value - 1e-12 <= share.high <= 1


@given(reasons)
def test_every_finding_is_in_exactly_one_segment_of_its_bar(found: list[Reason]) -> None:
    (one,) = tally.by_rule(findings(found), [RULE])
    assert sum(count for _, count in one.segments) == one.total == len(found)


@given(reasons)
def test_what_is_not_settled_is_in_no_denominator(found: list[Reason]) -> None:
    settled = [r for r in found if r.outcome in (Outcome.MET, Outcome.CONCERN)]
    (one,) = tally.by_rule(findings(found), [RULE])
    assert one.share.judged == len(settled)
    assert one.share.hits == sum(r.outcome == Outcome.MET for r in settled)


def test_the_widest_gap_comes_first_and_what_nobody_judged_last() -> None:
    found = pd.concat(
        [
            findings([Reason.STATED, Reason.NOT_STATED], "screening.pregnancy"),
            findings([Reason.NOT_STATED, Reason.DENIED], "supervision.vitals"),
            findings([Reason.BLOCKED], "disclosure.off-label"),
        ]
    )
    rules = [{"id": i, "kind": RULE["kind"]} for i in found["rule_id"].unique()]
    order = [one.rule["id"] for one in tally.by_rule(found, rules)]
    assert order == ["supervision.vitals", "screening.pregnancy", "disclosure.off-label"]


def test_groups_come_in_reading_order_and_keep_the_order_of_their_rules() -> None:
    ids = ["claim.sameness", "supervision.vitals", "screening.pdmp", "supervision.adult-sitter"]
    found = pd.concat([findings([Reason.STATED, Reason.NOT_STATED], i) for i in [*ids, "new.rule"]])
    tallies = tally.by_rule(found, [{"id": i, "kind": RULE["kind"]} for i in [*ids, "new.rule"]])
    groups = tally.by_group(tallies)
    titles = ["Supervision of a dose", "Screening before treatment", "Claims", "new"]
    assert [group.title for group in groups] == titles
    assert [t.rule["id"] for t in groups[0].tallies] == sorted([ids[1], ids[3]])
    assert [(s.key, n) for s, n in groups[0].segments] == [("stated", 2), ("not_stated", 2)]


def test_the_share_of_a_claim_counts_those_who_make_it() -> None:
    made = findings([Reason.CLAIMED, Reason.NOT_CLAIMED, Reason.DISOWNED], CLAIM["id"])
    (one,) = tally.by_rule(made, [CLAIM])
    assert (one.share.hits, one.share.judged) == (1, 3)


def test_could_not_look_stays_whichever_service_line_is_chosen() -> None:
    found = pd.concat(
        [
            findings([Reason.STATED], line=Line.AT_HOME_ORAL),
            findings([Reason.STATED], line=Line.IN_CLINIC_IV),
            findings([Reason.UNREACHABLE], line=Line.UNKNOWN),
        ]
    )
    kept = tally.select(found, lines=[Line.AT_HOME_ORAL])
    assert sorted(kept["service_line"]) == [Line.AT_HOME_ORAL, Line.UNKNOWN]
    assert tally.select(found, providers=["p0.example"], groups=["claim"]).empty
