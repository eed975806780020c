"""A negation that the head of a frame does not feel leaves nothing said; others leave it alone."""

from __future__ import annotations

import pytest

from tests.audit.plain_passage import stances

WATCHED, SITTER = "supervision.live-monitoring", "supervision.adult-sitter"
VITALS, FIGURES = "supervision.vitals", "claim.efficacy-statistics"
FAST, SAME = "claim.rapid-lasting", "claim.sameness"


@pytest.mark.parametrize(
    ("rule", "text", "line"),
    [
        (WATCHED, "A nurse never stays with you on video during your sessions.", "at-home-oral"),
        (WATCHED, "A nurse no longer stays with you on video in your sessions.", "at-home-oral"),
        (WATCHED, "A nurse does not stay with you on video in your sessions.", "at-home-oral"),
        (WATCHED, "Neither a nurse nor a physician stays in the room during your infusion.",
         "in-clinic-iv"),
        (WATCHED, "None of our nurses stays in the room during infusions.", "in-clinic-iv"),
        (WATCHED, "Instead of a nurse on video, an adult you trust sits with you for every dose.",
         "at-home-oral"),
        (SITTER, "An adult does not have to be with you at any session.", "at-home-oral"),
        (VITALS, "Vital signs are never recorded before, during and after a session.",
         "in-clinic-iv"),
        (FIGURES, "Around a third of people do not get well on the first two pills they try.",
         "in-clinic-iv"),
        (FAST, "Relief does not come within hours for most people.", "in-clinic-iv"),
        (SAME, "No approved ketamine tablet exists for them to be a copy of.", "at-home-oral"),
        ("claim.cure-guarantee", "Treatment does not make depression go away once and for all.",
         "in-clinic-iv"),
        ("spravato.rems-supervision", "We are not a certified Spravato treatment center.",
         "spravato"),
    ],
)  # fmt: skip
def test_what_is_denied_is_not_stated(rule: str, text: str, line: str) -> None:
    assert "states" not in stances(rule, text, line)


@pytest.mark.parametrize(
    ("rule", "text", "line"),
    [
        (WATCHED, "A nurse stays with you on video during your sessions.", "at-home-oral"),
        (WATCHED, "Rather than leave you alone, a nurse sits beside you for the whole infusion.",
         "in-clinic-iv"),
        (WATCHED, "Do not worry about the needle, a nurse sits with you the entire infusion.",
         "in-clinic-iv"),
        (SITTER, "Never take a lozenge without an adult in the house at every session.",
         "at-home-oral"),
        (VITALS, "Vital signs, never skipped, are taken during the infusion.", "in-clinic-iv"),
        (VITALS, "We don't just check your blood pressure before the infusion.", "in-clinic-iv"),
        (VITALS, "We never fail to check your blood pressure before and during the infusion.",
         "in-clinic-iv"),
        ("supervision.no-driving-discharge", "Nobody who has injected drives until next morning.",
         "at-home-injection"),
        ("supervision.home-injection",
         "You may not inject on your own: a nurse is on video each time.", "at-home-injection"),
        (SAME, "It is a generic of Spravato, so you are not paying for the brand.",
         "at-home-nasal"),
        ("screening.psychosis-mania",
         "You may be treated provided you have not been manic in six months.", "in-clinic-iv"),
    ],
)  # fmt: skip
def test_what_is_said_beside_a_negation_is_stated(rule: str, text: str, line: str) -> None:
    assert "states" in stances(rule, text, line)


def test_a_negation_in_another_clause_leaves_the_frame_alone() -> None:
    text = "Now and then, and never as a first step, we use Spravato for PTSD."
    assert stances("claim.unsupported-conditions", text, "spravato") == {"states"}
    form = "While you give your health answers, no ad company is listening."
    assert stances("privacy.promise-mismatch", form, "at-home-oral") == {"denies"}
