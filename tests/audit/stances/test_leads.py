"""What the lead-in of a list says of its items, and lead-ins alike that say nothing of them."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances.found import Passage
from tests.audit.plain_passage import stances

WATCHED, DRIVING = "supervision.live-monitoring", "supervision.no-driving-discharge"
ALONE, VITALS = "supervision.self-led-dosing", "supervision.vitals"
SAFE, HABIT = "claim.absolute-safety", "claim.non-addictive"
PSYCHOSIS, SEEN = "screening.psychosis-mania", "screening.live-evaluation"
NURSE = "A nurse on video during each dose"


def listed(rule: str, lead: str, *items: str, heading: str = "") -> set[str]:
    """The stances on a rule that a list asserts by patterns alone."""
    text, parts = lead, []
    for item in items:
        text += "\n" * bool(text)
        parts.append((len(text), len(text) + len(item)))
        text += item
    passage = Passage(
        text=text,
        heading=heading,
        kind="list",
        parts=tuple(parts),
        lines=frozenset({"at-home-oral"}),
    )
    found = patterns().find(passage)
    return {c.stance for c in found if c.rule_id == rule and c.set_aside is None}


@pytest.mark.parametrize(
    ("rule", "lead", "item"),
    [
        (WATCHED, "What our membership does not include:", NURSE),
        (WATCHED, "Not included in your plan:", NURSE),
        (WATCHED, "What we do not offer:", NURSE),
        (WATCHED, "Optional extras:", NURSE),
        (WATCHED, "Coming next year:", NURSE),
        (VITALS, "We do not:", "Check blood pressure during infusions"),
        (ALONE, "Please never:", "Take a dose by yourself"),
        (WATCHED, "Never part of our care:", NURSE),
        (SAFE, "What we will not tell you:", "Ketamine is completely safe"),
        (SAFE, "Common myths about ketamine:", "It has no side effects"),
        (HABIT, "Red flags when you choose a clinic:", "It says ketamine is not addictive"),
        (SAFE, "You may hear that ketamine:", "Has no side effects"),
        ("claim.suicide-benefit", "What we do not promise:", "Ketamine eases suicidal thoughts"),
        ("claim.rapid-lasting", "We never promise:", "Relief within hours"),
    ],
)
def test_the_items_are_not_said_of_the_house(rule: str, lead: str, item: str) -> None:
    assert "states" in listed(rule, "", item), "it is said by itself"
    assert "states" not in listed(rule, lead, "Tea", item)


@pytest.mark.parametrize("lead", ["What other clinics do:", "At many online companies:"])
def test_what_others_leave_out_the_house_does_not(lead: str) -> None:
    assert listed(VITALS, "", "Nobody checks your blood pressure") == {"denies"}
    assert listed(VITALS, lead, "Tea", "Nobody checks your blood pressure") == set()


@pytest.mark.parametrize(
    ("rule", "lead", "item"),
    [
        (WATCHED, "We never leave you alone:", NURSE),
        (WATCHED, "No surprises. Every plan includes:", NURSE),
        (WATCHED, "What other clinics do not offer:", NURSE),
        (WATCHED, "What most clinics don't offer, we do:", NURSE),
        (WATCHED, "Few providers offer:", NURSE),
        (WATCHED, "What we don't compromise on:", NURSE),
        ("followup.bladder-liver", "Red flags to report to us:",
         "Blood in your urine: we check your bladder every three months"),
        (PSYCHOSIS, "Ketamine is not recommended in:", "Active psychosis"),
        (WATCHED, "What sets us apart from other clinics:", NURSE),
        (WATCHED, "Additional safety measures:", NURSE),
        (WATCHED, "Please do not eat before. On the day:", NURSE),
        (DRIVING, "Be careful after your infusion:", "Do not drive until the next day"),
        (PSYCHOSIS, "Ketamine should not be used in:", "Active psychosis"),
        (PSYCHOSIS, "We cannot prescribe to people with:", "Active psychosis"),
        (DRIVING, "Do not:", "Drive until the next day"),
        (PSYCHOSIS, "Who cannot be treated:", "People with schizophrenia"),
        (PSYCHOSIS, "You are not a candidate if you have:", "Schizophrenia"),
        (SEEN, "You will not be approved without:",
         "A video visit with our physician, who decides"),
    ],
)  # fmt: skip
def test_under_words_alike_the_items_are_said(rule: str, lead: str, item: str) -> None:
    assert "states" in listed(rule, lead, "Tea", item)


def test_an_item_that_denies_too_says_it_once_more() -> None:
    for heading in ("What ketamine is not", "What we never claim"):
        said = listed("claim.fda-approved", "", "Not FDA approved", heading=heading)
        assert "states" not in said


@pytest.mark.parametrize("heading", ["Questions to ask us", "Questions to ask before you start"])
def test_questions_that_the_house_answers_itself(heading: str) -> None:
    item = f"Who watches me? {NURSE}."
    assert listed(WATCHED, "", item, heading=heading) == listed(WATCHED, "", item) == {"states"}


def test_a_heading_is_the_lead_in_of_a_list_without_one() -> None:
    assert "states" not in listed(WATCHED, "", NURSE, heading="Not included in your plan")
    assert "states" in listed(WATCHED, "", NURSE, heading="Included in your plan")
    under = listed(WATCHED, "Every plan has:", NURSE, heading="Not included: spam")
    assert under == listed(WATCHED, "Every plan has:", NURSE)


def test_what_is_left_open_in_a_remark_is_the_remarks_own() -> None:
    assert stances(WATCHED, f"{NURSE}: optional", "at-home-oral") == set()
    assert stances(WATCHED, f"{NURSE} (later doses: optional)", "at-home-oral") == {"states"}
