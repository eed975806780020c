"""What softens a claim, and what only stands on every page: years, footers, other matters."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances.found import Passage
from tests.audit.plain_passage import stances

ENGINE = patterns()
LAW = "Ketamine by telehealth is perfectly legal in our state. "
SUICIDE = "Our infusions quickly reduce suicidal thoughts. "
BEYOND = "Our infusions relieve anxiety and PTSD. "


def stance(rule_id: str, text: str) -> str:
    """What is asserted, ``silent`` where nothing is."""
    claims = ENGINE.find(Passage(text=text))
    return "+".join({c.stance for c in claims if c.rule_id == rule_id and not c.set_aside})


@pytest.mark.parametrize(
    "beside",
    [
        "© 2026 Nuvelle Mind Inc.",
        "Copyright 2025 Moth Clinic. All rights reserved.",
        "Last updated: March 3, 2026.",
        "Last reviewed in June 2026",
        "Page updated 12 May 2026",
        "We opened in March 2022.",
        "Copyright © 2019-2026 Fern Health",
    ],
)
def test_a_year_on_the_page_dates_no_law(beside: str) -> None:
    assert stance("claim.telehealth-legality", LAW + beside) == "states"


@pytest.mark.parametrize(
    "beside",
    [
        "The rule runs out on 31 December 2026.",
        "Federal rules allow it through December 31, 2026.",
        "As of March 2026 the DEA permits this.",
        "These rules are temporary.",
        "The waiver ends in 2026.",
    ],
)
def test_until_when_the_law_holds_qualifies(beside: str) -> None:
    assert stance("claim.telehealth-legality", LAW + beside) == "qualifies"


@pytest.mark.parametrize(
    "beside",
    [
        "If this is an emergency, call 911.",
        "Call or text 988 any time.",
        "In crisis? Call or text 988.",
        "If you are in crisis, call 988 or go to the nearest emergency room.",
        "Suicide & Crisis Lifeline: dial 988.",
        "If you are in immediate danger, call 911.",
        "This site is not monitored in an emergency.",
        "Our inbox cannot help in a crisis: dial 988.",
        "Please do not use the contact form in an emergency.",
        "Dizziness is short-lived.",
        "We close temporarily in July.",
        "Rest for a while in the lounge.",
    ],
)
def test_an_emergency_number_or_another_matter_qualifies_nothing(beside: str) -> None:
    assert stance("claim.suicide-benefit", SUICIDE + beside) == "states"


@pytest.mark.parametrize(
    "beside",
    [
        "We are not a crisis service: call 988.",
        "This is not emergency care.",
        "An infusion is not for an emergency.",
        "If tonight is one of those nights, do not wait for us: call 988.",
        "Call 988 then, not us.",
        "An infusion suite is no place for an emergency.",
        "An emergency department is the right place and we are not.",
        "The effect is brief.",
        "The relief is short-lived.",
        "Nobody knows whether lives are saved.",
    ],
)
def test_limits_or_that_this_is_no_crisis_care_qualify(beside: str) -> None:
    assert stance("claim.suicide-benefit", SUICIDE + beside) == "qualifies"


@pytest.mark.parametrize(
    "beside",
    [
        "We do not treat people whose blood pressure is not controlled.",
        "We never prescribe without a good talk first.",
        "Not everyone is a strong candidate.",
        "We do not rush, and there are few cases that we turn away.",
        "No large needles are used.",
        "We do not accept established heart disease.",
        "Nobody leaves without a solid plan.",
        "Your data is not sold.",
        "Our support team will not leave you.",
        "If you are not known to us, bring a letter.",
    ],
)
def test_without_a_word_of_evidence_no_evidence_is_thin(beside: str) -> None:
    assert stance("claim.unsupported-conditions", BEYOND + beside) == "states"


@pytest.mark.parametrize(
    "beside",
    [
        "There are no controlled trials.",
        "The evidence is thin.",
        "This use has not been well studied.",
        "No large studies support this.",
        "It is not proven.",
        "Only a few cases have been published.",
        "The data are limited.",
        "Little is known about its use there.",
        "It has not been well established for these.",
    ],
)
def test_thin_evidence_qualifies(beside: str) -> None:
    assert stance("claim.unsupported-conditions", BEYOND + beside) == "qualifies"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Can I have maintenance doses at home? No.", "states"),
        ("May I have a booster later on? No, never.", "states"),
        ("Can I have maintenance doses? Yes, for as long as it wears off.", "qualifies"),
    ],
)
def test_what_is_asked_and_refused_limits_nothing(asked: str, expected: str) -> None:
    said = "Most people feel better within hours of an infusion. "
    assert stance("claim.rapid-lasting", said + asked) == expected


def test_what_rivals_ask_for_qualifies_nothing() -> None:
    ours = "You can start here first, with no prior treatment needed."
    rivals = "At other clinics you must have tried two antidepressants without relief."
    own = "Here you must have tried two antidepressants without relief."
    assert stances("screening.not-first-line", f"{ours} {rivals}", "at-home-oral") == {"states"}
    assert stances("screening.not-first-line", f"{ours} {own}", "at-home-oral") == {"qualifies"}
