"""What people ask, read and are told is nobody's claim; what patients are told is disclosed."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances.found import Passage

ENGINE = patterns()


def test_in_a_blog_too_it_is_others_who_say_so() -> None:
    said = "In other clinics patients are told that ketamine cures depression."
    found = ENGINE.find(Passage(text=said, voice="blog"))
    asides = {c.set_aside for c in found if c.rule_id == "claim.cure-guarantee"}
    assert asides <= {"other_party"}
    found = ENGINE.find(Passage(text="Ketamine cures depression for good.", voice="blog"))
    assert {c.set_aside for c in found if c.rule_id == "claim.cure-guarantee"} == {"blog"}


def asserted(text: str) -> set[tuple[str, str]]:
    found = ENGINE.find(Passage(text=text))
    return {(claim.rule_id, claim.stance) for claim in found if claim.set_aside is None}


@pytest.mark.parametrize(
    "text",
    [
        "A reader asked whether ketamine can cure depression for good.",
        "People are promised a cure for depression by ketamine.",
        "You will read on the internet that ketamine cures depression for good.",
        "A neighbor handed me a leaflet saying that ketamine cures depression.",
        "It is often said that ketamine cures depression.",
        "A journalist wrote to me that ketamine cures depression.",
    ],
)
def test_what_is_asked_or_told_elsewhere_is_no_claim(text: str) -> None:
    assert ("claim.cure-guarantee", "states") not in asserted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ketamine cures depression for good.",
        "Our patients are told that ketamine cures depression.",
        "You may have heard that it is slow, but ketamine cures depression.",
        "People ask us for help, and ketamine cures depression for good.",
    ],
)
def test_what_the_provider_says_itself_is_claimed(text: str) -> None:
    assert ("claim.cure-guarantee", "states") in asserted(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Patients are told that ketamine is not FDA-approved for depression.",
         "disclosure.off-label"),
        ("Members are told that ketamine can be addictive and is a controlled substance.",
         "risk.abuse-potential"),
        ("You may have read that ketamine is addictive and is misused.", "risk.abuse-potential"),
    ],
)  # fmt: skip
def test_what_patients_are_told_is_disclosed(text: str, rule: str) -> None:
    assert (rule, "states") in asserted(text)


def test_who_is_told_that_a_safeguard_is_missing_does_not_admit_it() -> None:
    rule = "risk.abuse-potential"
    assert (rule, "denies") in asserted("Ketamine is not addictive.")
    assert (rule, "denies") not in asserted("Patients are told that ketamine is not addictive.")
