"""The reading aid for triage: what moves the score, what only widens its interval, the floor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.catalog import catalog
from audit.verdict import risk
from data.vocabulary import Line, Outcome, Reason, Severity

SETTLED = (Outcome.MET, Outcome.CONCERN)
reasons = st.sampled_from(list(Reason))
unknown = st.sampled_from([r for r in Reason if r.outcome in ("needs_review", "not_tested")])
severities = st.sampled_from(list(Severity))


def finding(
    reason: str, severity: str = "high", line: str = Line.AT_HOME_ORAL, **other: str
) -> dict[str, Any]:
    outcome = Reason(reason).outcome.value
    row = {"provider_id": "a.example", "rule_id": "claim.sameness", "service_line": line}
    return row | {"severity": severity, "reason": reason, "outcome": outcome} | other


def findings(of: st.SearchStrategy[Reason], least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.builds(finding, of, severities), min_size=least, max_size=30)


def only(rows: list[Any]) -> risk.Risk:
    (found,) = risk.risks(rows)
    return found


def test_the_published_formula_by_hand() -> None:
    """A critical concern (8), a low one met (1), two moderate ones unknown (2 and 2)."""
    found = only(
        [
            finding("not_stated", "critical"),
            finding("stated", "low"),
            finding("blocked", "moderate"),
            finding("near_miss", "moderate"),
            finding("claim_absent", "critical"),
        ]
    )
    assert (found.judged, found.applicable, found.share_judged) == (2, 4, 0.5)
    assert found.score == pytest.approx(100 * 8 / 9)
    assert found.low == pytest.approx(100 * 8 / 13)
    assert found.high == pytest.approx(100 * 12 / 13)


@given(findings(reasons))
def test_the_score_lies_in_its_interval(rows: list[Any]) -> None:
    for found in risk.risks(rows):
        assert 0 <= found.low <= found.high <= 100
        assert found.score is None or found.low <= found.score <= found.high


@given(findings(reasons, least=1), findings(unknown, least=1))
def test_what_is_not_known_widens_the_interval_and_never_moves_the_score(
    rows: list[Any], more: list[Any]
) -> None:
    before, after = risk.risks(rows), only(rows + more)
    for known in before:
        assert after.low <= known.low and known.high <= after.high
        assert after.score in (known.score, None)


@given(findings(reasons), findings(st.sampled_from([Reason.CLAIM_ABSENT]), least=1))
def test_what_does_not_apply_changes_nothing(rows: list[Any], more: list[Any]) -> None:
    assert risk.risks(rows + more) == risk.risks(rows)


@given(findings(reasons, least=1))
def test_without_anything_unknown_the_interval_is_the_score(rows: list[Any]) -> None:
    settled = [row for row in rows if row["outcome"] in SETTLED]
    for found in risk.risks(settled):
        assert found.score == found.low == found.high


def test_below_the_floor_there_is_no_score_but_an_interval() -> None:
    at_floor = [finding("claimed"), finding("unreachable")]
    assert only(at_floor).score == 100
    below = only([*at_floor, finding("robots")])
    assert (below.score, below.judged, below.applicable) == (None, 1, 3)
    assert below.low == pytest.approx(100 / 3) and below.high == 100


def test_where_nobody_could_look_all_is_possible() -> None:
    found = only([finding("unreachable"), finding("unreachable", "critical")])
    assert (found.score, found.low, found.high) == (None, 0, 100)


def test_findings_about_the_provider_count_for_each_of_its_lines() -> None:
    rows = [
        finding("stated", line="in-clinic-iv"),
        finding("stated", line="at-home-oral"),
        finding("claimed", line="all"),
        finding("claimed", line="spravato", provider_id="0.example"),
    ]
    found = [(r.provider_id, r.service_line, r.score) for r in risk.risks(rows)]
    assert found == [
        ("0.example", "spravato", 100),
        ("a.example", "at-home-oral", 50),
        ("a.example", "in-clinic-iv", 50),
    ]


def test_without_a_service_there_is_nothing_to_weigh() -> None:
    assert risk.risks([finding("no_such_service", line="all")]) == []
    assert risk.risks([finding("no_such_service")]) == []


def test_each_step_of_the_path_counts_its_own_statements() -> None:
    rows = [
        finding("stated", rule_id="supervision.vitals"),
        finding("denied", rule_id="supervision.live-monitoring"),
        finding("conditional", rule_id="supervision.emergency-plan"),
        finding("stated", rule_id="followup.preparation-integration"),
        finding("no_such_service", rule_id="followup.symptom-scales"),
    ]
    steps = {step.name: replace(step, name="") for step in only(rows).steps}
    assert list(steps) == [
        "evaluation", "preparation", "monitored dosing", "integration", "ongoing support",
    ]  # fmt: skip
    assert steps["monitored dosing"] == risk.Step("", 1, 1, 1)
    assert steps["preparation"] == steps["integration"] == risk.Step("", 1, 0, 0)
    assert steps["evaluation"] == steps["ongoing support"] == risk.Step("", 0, 0, 0)


def test_the_method_weighs_every_severity_and_knows_its_rules() -> None:
    method = risk.method()
    weights = [method.weights[severity] for severity in Severity]
    assert weights == sorted(set(weights), reverse=True) and weights[-1] > 0
    assert 0 < method.floor <= 1
    known = catalog.bundled().rules
    for rules in method.steps.values():
        assert {known[rule_id].kind for rule_id in rules} == {"required-disclosure"}


def test_the_method_says_what_the_number_is_not() -> None:
    assert "Never a ranking to publish" in risk.method().caveat
