"""A sentence without a verb goes with the one before it; an answer or a verdict does not."""

from __future__ import annotations

import pytest

from audit.stances.units import units
from tests.audit.plain_passage import stances

CURE, SAFE, HOME = "claim.cure-guarantee", "claim.absolute-safety", "at-home-oral"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("You will feel better. Guaranteed.", ["you will feel better guaranteed."]),
        ("It works. Every patient, every time. Call us.",
         ["it works every patient, every time.", "call us."]),
        ("It’s safe. Always. No exceptions.", ["it's safe always no exceptions."]),
        ("A nurse joins. Never.", ["a nurse joins.", "never."]),
        ("Is it safe? Always.", ["is it safe?", "always.", "is it safe? always."]),
        ("It is safe.\nAlways.", ["it is safe.", "always."]),
        ("It is made in Ohio. Always has been.", ["it is made in ohio.", "always has been."]),
        ("Relief. Guaranteed.", ["relief.", "guaranteed."]),
    ],
)  # fmt: skip
def test_what_goes_on(text: str, said: list[str]) -> None:
    found = units(text)
    assert [unit.text for unit in found] == said
    for unit in found:
        first, last = unit.original(0, len(unit.text))
        assert text[first:last].lower().endswith(unit.text[-5:])


@pytest.mark.parametrize(
    ("rule_id", "claim"),
    [
        (CURE, "You will feel better in six weeks. Guaranteed."),
        (CURE, "Your depression will lift by spring. No exceptions."),
        (SAFE, "Ketamine is safe. Period."),
    ],
)
def test_a_claim_over_two_sentences(rule_id: str, claim: str) -> None:
    assert stances(rule_id, claim, HOME) == {"states"}
    first = claim.split(". ", maxsplit=1)[0] + "."
    assert not stances(rule_id, first, HOME)


@pytest.mark.parametrize(
    ("rule_id", "text"),
    [
        (CURE, "You will get a reply in a day. Guaranteed."),
        (CURE, "We ask how your mood is. Every time."),
        (SAFE, "Your file is safe. Always."),
    ],
)
def test_what_is_sure_is_something_else(rule_id: str, text: str) -> None:
    assert not stances(rule_id, text, HOME)
