"""What is said of another drug, another kind of help or an illness is no claim about ketamine; what
turns to ketamine again is."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine, patterns
from audit.stances.found import Passage
from data.vocabulary import SetAside

FIGURES, FAST, APPROVED = "claim.efficacy-statistics", "claim.rapid-lasting", "claim.fda-approved"
OTHERS, SAFE, HABIT = "claim.unsupported-conditions", "claim.absolute-safety", "claim.non-addictive"
CURE, ABUSE, LIVES = "claim.cure-guarantee", "risk.abuse-potential", "claim.suicide-benefit"
INFUSION = frozenset({"in-clinic-iv"})


def asserted(text: str, heading: str = "") -> set[str]:
    """The rules on which the patterns find a passage of an infusion clinic to take a stance."""
    passage = Passage(text=text, heading=heading, lines=INFUSION)
    return {c.rule_id for c in patterns().find(passage) if c.set_aside is None}


@pytest.mark.parametrize(
    ("rule", "text", "heading"),
    [
        (SAFE, "Exposure therapy is safe and has no side effects.", "Panic"),
        (HABIT, "Propofol is not addictive.", ""),
        (APPROVED, "The FDA approved zuranolone for depression.", ""),
        (FIGURES, "A plant-based diet eased depression in half of the patients.", ""),
        (FIGURES, "One in three people gets better on a sugar pill.", ""),
        (FIGURES, "About a third of people get to remission on their first SSRI.", ""),
        (OTHERS, "Magnesium eases anxiety.", "Ketamine and sleep"),
        (FAST, "The baby blues get better within days.", "Ketamine for mothers"),
        (OTHERS, "With time and rest most people with PTSD get better.", "Ketamine and PTSD"),
        (ABUSE, "Long-term pain can lead to dependence.", "Risks of ketamine"),
        (LIVES, "Dialectical behavior therapy cuts suicide attempts by half.", ""),
        (OTHERS, "Therapy with Dr. Ada Quill - help with anxiety, trauma and self-esteem.", ""),
        # It goes on about it, until it turns to ketamine.
        (FAST, "Brexanolone came in 2019. It works within two days.", ""),
        (HABIT, "It is safe in trained hands, and it is not addictive.", "Is propofol dangerous?"),
        (FIGURES, "Around half of patients respond to the first.", "Do antidepressants work?"),
    ],
)
def test_nothing_is_said_of_ketamine(rule: str, text: str, heading: str) -> None:
    assert rule not in asserted(text, heading)


@pytest.mark.parametrize(
    ("rule", "text", "heading"),
    [
        (FIGURES, "70% of our patients improve with ketamine, with yoga and walks beside it.", ""),
        (FIGURES, "SSRIs help a third of people; with ketamine 7 in 10 patients respond.", ""),
        (FAST, "Antidepressants take weeks, but most people feel better within hours.", ""),
        (FAST, "Yoga calms. Ketamine works within hours.", ""),
        (HABIT, "Ketamine is not addictive.", "Is propofol dangerous?"),
        (FIGURES, "Around half of our patients respond to ketamine.", "Do antidepressants work?"),
        (OTHERS, "Ketamine relieves migraine.", "The benefits of yoga"),
        (FAST, "Walk in low and feel better within hours of your infusion.", ""),
        (OTHERS, "Ketamine eases PTSD, which left alone lasts for years.", ""),
        (ABUSE, "Ketamine can lead to dependence.", "When pain lasts"),
        (FIGURES, "When antidepressants failed, 7 in 10 of our patients improved.", ""),
        (FIGURES, "7 in 10 patients improved.", "When antidepressants fail"),
    ],
)
def test_it_is_said_of_ketamine(rule: str, text: str, heading: str) -> None:
    assert rule in asserted(text, heading)


def test_care_is_told_of_other_drugs_too() -> None:
    """Who must not take what is no effect: the sentence may begin with the drug."""
    said = asserted("Benzodiazepines and opioids must be stopped before your infusion.")
    assert "screening.medication-interactions" in said


def test_the_reader_quotes_no_sentence_for_what_another_one_says() -> None:
    """The figure is of magnets, and the infusions are told of without one."""
    text = (
        "We have three tools. TMS, with a response rate of 62%. Spravato, approved in 2019. "
        "And ketamine infusions, which we watch over from start to finish."
    )
    found = bundled_engine().find(Passage(text=text, heading="Depression", lines=INFUSION))
    assert not [c for c in found if c.rule_id == FIGURES and c.set_aside is None]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The aim of the trial is to find out if ketamine works within hours.", "other_party"),
        ("The aim of our clinic is plain: ketamine works within hours.", None),
    ],
)
def test_what_a_trial_asks_is_no_claim(text: str, reason: str | None) -> None:
    found = patterns().find(Passage(text=text, lines=INFUSION))
    assert {c.set_aside for c in found if c.rule_id == FAST} == {
        SetAside(reason) if reason else None
    }


@pytest.mark.parametrize(
    ("text", "is_risk"),
    [
        ("Text messages can be lost or misused.", False),
        ("The risks of e-mail include misuse of data and loss.", False),
        ("Sleep breaks, and many can begin to misuse alcohol.", False),
        ("Ketamine can be misused.", True),
    ],
)
def test_misuse_of_what_is_no_drug(text: str, is_risk: bool) -> None:
    assert (ABUSE in asserted(text)) is is_risk


RISKS = (
    "Drinking makes these worse: sedation, dissociation, slowed breathing, raised blood pressure "
    "and misuse."
)
OFF, CORE = "disclosure.off-label", "risk.core-adverse-effects"


@pytest.mark.parametrize(
    ("rule", "text", "heading"),
    [
        (ABUSE, "Like alcohol, this medicine can be misused, and some come to depend on it.", ""),
        (ABUSE, "The medicine has abuse potential of its own.", "Alcohol"),
        (ABUSE, "Since the medicine can be habit-forming, we talk about it.", "Group therapy"),
        (ABUSE, "Opioids slow breathing. It is no opioid, but it can be misused.", "Ketamine"),
        (ABUSE, "Opioids are worse, but it too can be abused.", ""),
        (ABUSE, "Addiction is among the known risks.", "Risks"),
        (ABUSE, "Addiction can come from frequent use.", "Risks"),
        (OFF, "Trazodone is used off-label for sleep, and this medicine is off-label too.", ""),
        (OFF, "Some benzodiazepines are used off-label; the same is true of this treatment.", ""),
        (OFF, "Psychotherapy with the medicine is an off-label use.", ""),
        (OFF, "IV treatment for mood is not FDA-approved.", "Massage"),
        (CORE, RISKS, "Alcohol"),
    ],
)
def test_a_disclosure_that_speaks_of_both_is_made(rule: str, text: str, heading: str) -> None:
    assert rule in asserted(text, heading)


@pytest.mark.parametrize(
    ("rule", "text", "heading"),
    [
        (FAST, "Antidepressants take six weeks. It works within hours.", "Why infusions?"),
        (FAST, "SSRIs take weeks, this takes hours: most people feel relief the same day.", ""),
        (HABIT, "Benzodiazepines are habit-forming, this treatment is not habit-forming.", ""),
        (CURE, "Antidepressants treat symptoms. It cures depression at its root.", ""),
        (SAFE, "Alcohol is more dangerous than this, which is completely safe.", ""),
    ],
)
def test_this_and_it_beside_many_others_are_ours(rule: str, text: str, heading: str) -> None:
    assert rule in asserted(text, heading)


@pytest.mark.parametrize(
    ("rule", "text", "heading"),
    [
        (ABUSE, "Opioids can be addictive. They have a high potential for abuse.", ""),
        (ABUSE, "It is habit-forming and can be abused.", "Xanax"),
        (OFF, "Prazosin is used off-label for nightmares.", ""),
        (OFF, "It is prescribed off-label for anxiety.", "Gabapentin"),
        (FAST, "It works within a week. This medicine lifts mood within days.", "Lithium"),
        (SAFE, "This therapy has no side effects. It is completely safe.", "EMDR"),
    ],
)
def test_it_and_this_beside_one_other_are_its(rule: str, text: str, heading: str) -> None:
    assert rule not in asserted(text, heading)


def test_but_goes_on_about_the_same() -> None:
    said = "It may calm you for an hour, but it is habit-forming."
    assert ABUSE not in asserted(said, "Is marijuana good for anxiety?")


@pytest.mark.parametrize(
    ("text", "rule_id"),
    [
        ("Saline has no side effects to speak of; ketamine does.", SAFE),
        ("Talk therapy reduces suicidal thoughts, and we ask every ketamine patient to go.", LIVES),
        ("CBT-I helps most people: seven in ten sleep better after six sessions.", FIGURES),
    ],
)
def test_a_clause_of_its_own_may_turn_to_ketamine(text: str, rule_id: str) -> None:
    assert rule_id not in asserted(text)


def test_a_clause_of_its_own_may_claim_it_of_ketamine() -> None:
    assert SAFE in asserted("Opioids are dangerous; ketamine has no side effects at all.")


def test_another_treatment_that_beats_a_third_one_is_no_claim_of_ketamines() -> None:
    text = "TMS is more effective than another round of pills. We offer it beside ketamine."
    weeks = "Antidepressants take six weeks to work. Our ketamine works in two hours."
    for said, claimed in ((text, False), (weeks, True)):
        found = bundled_engine().find(Passage(text=said, lines=INFUSION))
        kept = {c.rule_id for c in found if c.set_aside is None}
        assert ("claim.superiority" in kept) is claimed, said


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("You do not need a driver for a tour of the building.", False),
        ("You do not need a driver after your infusion.", True),
    ],
)
def test_what_an_errand_does_not_ask_for_is_no_denial(text: str, is_denied: bool) -> None:
    assert ("supervision.no-driving-discharge" in asserted(text)) is is_denied
