"""Words of another share, place, drug or moment that must not be heard as a claim, and words alike
that must be."""

from __future__ import annotations

import pytest

from tests.audit.plain_passage import stances

FIGURES = "claim.efficacy-statistics"
EMERGENCY = "supervision.emergency-plan"
ALONE = "supervision.self-led-dosing"
WATCHED = "supervision.live-monitoring"
MEDICINES = "screening.medication-interactions"
LABEL = "disclosure.off-label"
LASTING = "claim.rapid-lasting"
HOME_SHOT = "supervision.home-injection"


@pytest.mark.parametrize(
    ("rule", "text", "line"),
    [
        (FIGURES, "A third of those in our ketamine work are referred by a colleague.", "therapy"),
        (FIGURES, "Half of the people in our group work were sent by their doctor.", "therapy"),
        (FIGURES, "Two thirds of those in our medicine work come on referral.", "therapy"),
        (FIGURES, "Seven in ten who respond to the trial lead choose to keep it.", "in-clinic-iv"),
        (FIGURES, "Four in five who benefit opted for the monthly plan.", "at-home-oral"),
        (EMERGENCY, "In a medical emergency dial 911.", "at-home-oral"),
        (EMERGENCY, "For medical emergencies, please call 911.", "at-home-oral"),
        (EMERGENCY, "In case of a life-threatening emergency call 911.", "in-clinic-im"),
        (EMERGENCY, "In a mental health emergency, dial 911.", "in-clinic-im"),
        (EMERGENCY, "In an urgent medical emergency please dial 911.", "at-home-nasal"),
        (ALONE, "Do not halve or double lozenges on your own initiative.", "at-home-oral"),
        (ALONE, "Never change a dose on your own accord.", "at-home-oral"),
        (ALONE, "Do not raise your dose on your own judgment.", "at-home-oral"),
        (ALONE, "Please do not take more lozenges on your own decision.", "at-home-oral"),
        (ALONE, "Do not stretch a dose on your own authority.", "at-home-oral"),
        (WATCHED, "Lozenges by post, with a doctor on video before you begin.", "at-home-oral"),
        (WATCHED, "We mail troches, with our own nurse on video before you start.", "at-home-oral"),
        (WATCHED, "Lozenges, with one licensed clinician on video before the first box.",
         "at-home-oral"),
        (WATCHED, "A ketamine session kit with a physician on call, before the box ships.",
         "at-home-oral"),
        (WATCHED, "Lozenges, with a real clinician on video to decide whether they suit you.",
         "at-home-oral"),
        (MEDICINES, "Who uses opioids, cocaine or street ketamine is not accepted.", "therapy"),
        (MEDICINES, "Who uses heroin, opioids or crack is turned away.", "therapy"),
        (MEDICINES, "People who take cocaine, stimulants or meth are not accepted.", "therapy"),
        (MEDICINES, "We do not accept people who use stimulants or street drugs.", "therapy"),
        (MEDICINES, "Illicit drugs, opiates and heroin: we turn you away.", "therapy"),
        (LASTING, "We set one cookie. It lasts for a year.", "therapy"),
        (LASTING, "Cookies: this one lasts for months.", "therapy"),
        (LASTING, "We keep your choice in local storage. It lasts for a year.", "therapy"),
        (LASTING, "Your browser data stays with you. It lasts for weeks.", "therapy"),
        (LASTING, "The cookies are few. It lasts for a month.", "therapy"),
        (HOME_SHOT, "By lozenge at home or by intramuscular injection.", "therapy"),
        (HOME_SHOT, "We give an IM injection here and, at home, a lozenge: lozenges at home.",
         "therapy"),
        (HOME_SHOT, "Injections with us, or troches taken at home.", "therapy"),
        (HOME_SHOT, "Injections in our rooms; at home, with a lozenge.", "therapy"),
        (HOME_SHOT, "An injection, or dissolvable tablets held at home.",
         "therapy"),
    ],
)  # fmt: skip
def test_nothing_is_said(rule: str, text: str, line: str) -> None:
    assert not stances(rule, text, line)


@pytest.mark.parametrize(
    ("rule", "text", "line", "stance"),
    [
        (FIGURES, "Two thirds of our patients who were referred to us improve.", "therapy",
         "states"),
        (EMERGENCY, "If something goes wrong in a session, the nurse gives oxygen and calls 911.",
         "in-clinic-iv", "states"),
        (ALONE, "Never take a lozenge on your own.", "at-home-oral", "denies"),
        (WATCHED, "You take the lozenge with a nurse on video beside you the whole time.",
         "at-home-oral", "states"),
        (MEDICINES, "We hold opioids and benzodiazepines before each session.", "in-clinic-iv",
         "states"),
        (HOME_SHOT, "We send ketamine injections that you use at home.", "at-home-injection",
         "states"),
        (LASTING, "One infusion and the mood lifts. It lasts for a year.", "in-clinic-iv",
         "states"),
        (LABEL, "Approved for depression? No, off label.", "in-clinic-iv", "states"),
    ],
)  # fmt: skip
def test_what_is_said_in_words_alike(rule: str, text: str, line: str, stance: str) -> None:
    assert stances(rule, text, line) == {stance}


@pytest.mark.parametrize(
    "text",
    [
        "No, off label.",
        "No, it is off-label.",
        "No: this is an off-label use.",
        "No; off label.",
        "No, that is off-label.",
    ],
)
def test_no_is_the_answer_and_off_label_the_word(text: str) -> None:
    said = stances(LABEL, f"Is it approved for depression?\n{text}", "in-clinic-iv")
    assert "denies" not in said
    assert stances(LABEL, "This is no off-label use.", "in-clinic-iv") != {"states"}
