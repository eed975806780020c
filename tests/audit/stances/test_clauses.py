"""What a sentence claims of one line is not charged to another that it names beside it."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances import clauses
from audit.stances.found import Passage

ENGINE = patterns()
BEYOND = "claim.unsupported-conditions"
IV, SPRAVATO, IM, ORAL = "in-clinic-iv", "spravato", "in-clinic-im", "at-home-oral"


def charged(text: str, rule: str = BEYOND, about: frozenset[str] = frozenset()) -> set[str]:
    found = [c for c in ENGINE.find(Passage(text=text, lines=about)) if c.rule_id == rule]
    assert [c for c in found if c.stance == "states" and c.set_aside is None]
    return {str(line) for claim in found if claim.stance == "states" for line in claim.lines}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("IV ketamine treats PTSD and Spravato treats depression.", {IV}),
        ("IV ketamine can help with anxiety, PTSD and OCD; Spravato is for depression.", {IV}),
        ("IV ketamine relieves PTSD, while Spravato lifts depression, and you choose.", {IV}),
        ("Spravato is approved for depression, whereas IM ketamine helps with anxiety.", {IM}),
        ("Spravato treats depression, IV ketamine treats PTSD.", {IV}),
        ("We offer Spravato for resistant depression and IV ketamine for PTSD and pain.", {IV}),
        ("For PTSD we use IV ketamine, and for depression, Spravato.", {IV}),
        ("Our lozenges help with anxiety, and our infusions relieve pain.", {ORAL, IV}),
        ("Infusions ease pain, lozenges help with anxiety, and Spravato lifts depression.",
         {IV, ORAL}),
    ],
)  # fmt: skip
def test_a_claim_is_of_its_own_clause(text: str, lines: set[str]) -> None:
    assert charged(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "IV ketamine and Spravato treat PTSD.",
        "IV ketamine, like Spravato, and Spravato itself help with PTSD and anxiety.",
        "IV ketamine helps with PTSD and so does Spravato.",
        "IV ketamine helps with PTSD, and both it and Spravato help with anxiety.",
        "We give IV ketamine for depression and Spravato for six weeks: they help with anxiety.",
        "We use IV ketamine for chronic pain and Spravato for depression and PTSD.",
    ],
)
def test_what_is_said_of_both_is_charged_to_both(text: str) -> None:
    assert {IV, SPRAVATO} <= charged(text)


def test_it_is_what_the_page_is_about() -> None:
    text = (
        "We use it for those whose plan won't pay for Spravato or whose trouble is OCD: IM ketamine"
        " helps with anxiety, while Spravato is approved for depression."
    )
    assert SPRAVATO not in charged(text, about=frozenset({IM})) - {SPRAVATO}
    assert IM in charged(text, about=frozenset({IM}))


def test_a_safeguard_counts_for_every_line_that_its_sentence_names() -> None:
    text = "IV ketamine needs a driver to take you home, and Spravato needs two hours with us."
    found = ENGINE.find(Passage(text=text))
    driver = [c for c in found if c.rule_id == "supervision.no-driving-discharge"]
    said = {line for c in driver for line in c.lines}
    assert {IV, SPRAVATO} <= said


def test_what_is_found_across_clauses_gives_way_to_what_is_found_in_them() -> None:
    both, one, other = frozenset({IV, SPRAVATO}), frozenset({IV}), frozenset({SPRAVATO})
    assert clauses.together([both, one]) == one
    assert clauses.together([both, one, other]) == both
    assert clauses.together([both]) == both
    assert clauses.together([frozenset(), one]) == frozenset()
