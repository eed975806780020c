"""What the next sentence takes back is nobody's claim; what it only goes on from is one."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances import context
from audit.stances.found import Passage

ENGINE = patterns()
CURE, APPROVED = "claim.cure-guarantee", "claim.fda-approved"
HABIT, SAFE = "claim.non-addictive", "claim.absolute-safety"
WATCHED = "supervision.live-monitoring"


def stances(rule_id: str, text: str) -> set[str]:
    found = ENGINE.find(Passage(text=text))
    return {c.stance for c in found if c.rule_id == rule_id and c.set_aside is None}


@pytest.mark.parametrize(
    ("rule_id", "claim"),
    [
        (APPROVED, "Ketamine is FDA-approved for depression."),
        (CURE, "Ketamine cures depression for good."),
        (HABIT, "Ketamine is not addictive."),
        (HABIT, "Ketamine is non-addictive."),
        (SAFE, "Ketamine has no side effects."),
    ],
)
@pytest.mark.parametrize(
    "verdict",
    [
        "False!", "Wrong.", "Not true.", "That's a myth.", "This is simply untrue.", "If only.",
        "We hear that a lot, and it is wrong.", "No honest clinic can promise that.", "Not so.",
        "We would never say so.", "There is no evidence for that.", "It is an old myth.",
        "We beg to differ.", "That has never been shown.",
        "Wrong: read the label.",
    ],
)  # fmt: skip
def test_a_verdict_takes_back_the_sentence_before_it(
    rule_id: str, claim: str, verdict: str
) -> None:
    assert stances(rule_id, claim) == {"states"}
    assert "states" not in stances(rule_id, f"{claim} {verdict}")
    assert "states" not in stances(rule_id, f"{claim}\n{verdict}")


@pytest.mark.parametrize(
    "following",
    [
        "True!", "That is no myth.", "This is not hype.", "Wrong doses do harm.", "Call us.",
        "False positives on drug tests are possible.", "We do not say this lightly.",
        "Not a day too soon.", "Myth: ketamine is addictive.", "No one does it better.",
        "You are not alone.", "Is that wrong?", "Others are not.", "It works.",
        "It is not sold in shops.", "We do not, ever, rush you.",
        "Most clinics skip that; we don't.", "It is misleading, and unfair, to say otherwise.",
        "A myth, you say?", "A myth, however, is that it must be dear.",
    ],
)  # fmt: skip
def test_what_only_follows_takes_nothing_back(following: str) -> None:
    assert "states" in stances(CURE, f"Ketamine cures depression for good. {following}")


def test_a_short_no_contradicts_what_was_said_and_agrees_with_what_was_denied() -> None:
    assert stances(APPROVED, "Ketamine is FDA-approved for depression. It is not.") == {"denies"}
    assert stances(HABIT, "Ketamine is not addictive. It isn't.") == {"states"}
    assert "states" not in stances(HABIT, "You cannot get addicted to ketamine. Yes, you can.")
    assert stances(HABIT, "Ketamine is not addictive. Yes, we know.") == {"states"}


def test_of_several_sentences_the_nearest_is_taken_back() -> None:
    text = "Ketamine cures depression for good. Ketamine is not addictive. False!"
    assert stances(CURE, text) == {"states"}
    assert "states" not in stances(HABIT, text)


@pytest.mark.parametrize(
    ("verdict", "taken_back"),
    [
        ("Both statements are false.", True),
        ("None of this is true.", True),
        ("Both are true.", False),
        ("None of our nurses is here.", False),
    ],
)
def test_a_verdict_on_several_sentences_takes_them_all_back(verdict: str, taken_back: bool) -> None:
    text = f"Ketamine cures depression for good. Ketamine is not addictive. {verdict}"
    accused = {rule for rule in (CURE, HABIT) if "states" in stances(rule, text)}
    assert accused == (set() if taken_back else {CURE, HABIT})


def test_a_safeguard_that_is_taken_back_is_not_there() -> None:
    nurse = "A nurse stays with you in the room during your session."
    assert stances(WATCHED, nurse) == {"states"}
    assert "states" not in stances(WATCHED, f"{nurse} Not here.")
    assert "states" not in stances(WATCHED, f"{nurse} Others offer that; we don't.")
    assert stances(WATCHED, f"{nurse} It is not optional.") == {"states"}
    assert stances(WATCHED, f"{nurse} Most clinics skip that; we don't.") == {"states"}


def test_the_quote_holds_the_verdict() -> None:
    text = "We are open daily. Ketamine is FDA-approved for depression. False! Call us."
    quotes = {
        (c.stance, text[c.start : c.end])
        for c in ENGINE.find(Passage(text=text))
        if c.rule_id == APPROVED
    }
    assert quotes == {("denies", "Ketamine is FDA-approved for depression. False!")}


@pytest.mark.parametrize(
    ("rule_id", "text", "expected"),
    [
        (CURE, "We can do anything except promise that, and everything but cure depression.", ""),
        (CURE, "To say that ketamine cures depression would be dishonest.", ""),
        (CURE, "A guaranteed cure is not a promise we make.", ""),
        (CURE, "Anyone who says that ketamine cures depression wants your money.", ""),
        (CURE, "Should a clinic that promises a cure worry you? Ketamine cures depression.",
         "states"),
        (CURE, "Ketamine is nothing short of a cure for depression.", "states"),
        (CURE, "We guarantee a cure, and a referral is not needed.", "states"),
        (HABIT, "Myth: Ketamine is not addictive.", "denies"),
        (APPROVED, "True or false: ketamine is FDA-approved for depression. True!", "states"),
        ("screening.psychiatric-evaluation",
         "An evaluation by a psychiatrist is something we do not do without.", "states"),
        ("disclosure.off-label", "Off-label use of ketamine for depression is unproven.", "states"),
        ("supervision.vitals", "Your blood pressure is not checked during the session.", "denies"),
    ],
)  # fmt: skip
def test_what_a_sentence_denies_of_itself(rule_id: str, text: str, expected: str) -> None:
    found = stances(rule_id, text)
    assert found == {expected} if expected else "states" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Nobody is treated here without a psychiatric evaluation.",
        "We do not mail ketamine to anyone without a prior psychiatric evaluation.",
        "We never begin without a psychiatric evaluation.",
    ],
)
def test_who_does_nothing_without_it_denies_it_not(text: str) -> None:
    assert "denies" not in stances("screening.psychiatric-evaluation", text)


@pytest.mark.parametrize(
    "text",
    [
        "It would be a lie to say there is no risk whatsoever with ketamine.",
        "We do not believe that ketamine works better than antidepressants.",
        "It is too soon to say that ketamine works better than antidepressants.",
    ],
)
def test_an_outright_denial_reaches_frames_with_a_no_of_their_own(text: str) -> None:
    accusing = stances(SAFE, text) | stances("claim.superiority", text)
    assert "states" not in accusing


def test_only_outright_cues_deny_outright() -> None:
    cues = context.load().cues("we do not say that it is not harmless")
    assert [cue.outright for cue in cues] == [True, False]
