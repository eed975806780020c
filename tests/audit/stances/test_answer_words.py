"""Answers that are a no in other words, things that are no medicine, and turns of phrase."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances.found import Passage

ENGINE = patterns()
CONDITIONS = "Depression\nAnxiety\nPTSD"
MONTHLY = "Your membership goes on from month to month. "


def stance(rule_id: str, passage: Passage) -> str:
    """What is asserted, ``silent`` where nothing is."""
    claims = ENGINE.find(passage)
    found = {c.stance for c in claims if c.rule_id == rule_id and not c.set_aside}
    return "+".join(sorted(found)) or "silent"


@pytest.mark.parametrize(
    ("rule_id", "question", "answer", "expected"),
    [
        ("claim.unsupported-conditions", "Do you treat anxiety?", "Not with lozenges.", "denies"),
        ("claim.unsupported-conditions", "Do you treat PTSD?", "Not with ketamine.", "denies"),
        ("claim.unsupported-conditions", "Do you treat OCD?", "Not through us.", "denies"),
        ("claim.unsupported-conditions", "Do you treat OCD?", "Yes, with lozenges.", "states"),
        ("claim.non-addictive", "Is ketamine addictive?", "Not the way we use it.", "states"),
        ("claim.non-addictive", "Is ketamine addictive?", "Not as we prescribe it.", "states"),
        ("claim.non-addictive", "Is ketamine addictive?", "Nobody has shown that it is.", "states"),
        ("claim.non-addictive", "Is ketamine addictive?", "It can be.", "denies"),
        (
            "claim.non-addictive",
            "Is ketamine addictive?",
            "Not without risk: it can be habit-forming.",
            "denies",
        ),
        (
            "claim.suicide-benefit",
            "Does it stop suicidal thoughts?",
            "Nobody has shown that lozenges do.",
            "denies",
        ),
        (
            "claim.suicide-benefit",
            "Does it stop suicidal thoughts?",
            "No study has shown that infusions do.",
            "denies",
        ),
        (
            "screening.psychiatric-evaluation",
            "Do I need a diagnosis or a referral?",
            "You need neither.",
            "denies",
        ),
        ("claim.cure-guarantee", "Is ketamine a cure for depression?", "You bet.", "states"),
        ("claim.cure-guarantee", "Is ketamine a cure for depression?", "For sure!", "states"),
        (
            "supervision.live-monitoring",
            "Is a nurse in the room during the infusion?",
            "We get this one a lot. The short answer is no.",
            "denies",
        ),
        (
            "supervision.live-monitoring",
            "Is a nurse in the room during the infusion?",
            "The short answer is yes.",
            "states",
        ),
        (
            "supervision.live-monitoring",
            "Will a nurse be with me during the infusion?",
            "We're afraid that's not part of this plan.",
            "denies",
        ),
    ],
)
def test_an_answer_in_other_words(rule_id: str, question: str, answer: str, expected: str) -> None:
    assert stance(rule_id, Passage(text=answer, heading=question, page_type="faq")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She will not do so if your blood pressure is not controlled.", "states"),
        ("They will not do so for people with heart failure.", "states"),
        ("We cannot do this if you have had a recent stroke.", "states"),
        ("It will not do harm if your blood pressure is fine.", "silent"),
    ],
)
def test_will_not_do_so_excludes_as_will_not_prescribe_does(text: str, expected: str) -> None:
    said = Passage(text=f"Dr. Voss writes the prescription. {text}")
    assert stance("screening.cardiovascular", said) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("What our ketamine helps with", "states"),
        ("Conditions we treat with ketamine", "states"),
        ("Conditions that respond to ketamine", "states"),
        ("Ketamine therapy for:", "states"),
        ("Who benefits from ketamine?", "states"),
        ("What we use ketamine for", "states"),
        ("Conditions we treat with TMS", "silent"),
        ("What our therapists help with", "silent"),
        ("Conditions ketamine does not treat", "silent"),
        ("Who cannot have ketamine", "silent"),
        ("Learn about ketamine", "silent"),
        ("Conditions", "silent"),
    ],
)
def test_a_list_under_a_heading_that_names_ketamine(heading: str, expected: str) -> None:
    starts = [CONDITIONS.index(item) for item in CONDITIONS.split("\n")]
    parts = tuple(
        (start, start + len(item))
        for start, item in zip(starts, CONDITIONS.split("\n"), strict=True)
    )
    said = Passage(text=CONDITIONS, heading=heading, kind="list", parts=parts, page_type="home")
    assert stance("claim.unsupported-conditions", said) == expected


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("Is the room safe?", "It is warm, private and completely safe.", "silent"),
        ("", "The recliner is perfectly safe and sturdy.", "silent"),
        ("", "Our house is completely safe and quiet.", "silent"),
        ("Is paying online safe?", "It is completely safe.", "silent"),
        ("Is the website safe?", "Absolutely safe, with encryption.", "silent"),
        ("Is ketamine safe?", "It is completely safe.", "states"),
        ("", "In our rooms, ketamine is completely safe.", "states"),
        ("", "You rest in a safe, cozy room. Ketamine is completely safe.", "states"),
        ("", "The infusion is very safe; you lie in a comfortable chair.", "states"),
    ],
)
def test_a_safe_room_is_no_safe_medicine(heading: str, text: str, expected: str) -> None:
    assert stance("claim.absolute-safety", Passage(text=text, heading=heading)) == expected


@pytest.mark.parametrize(
    ("rule_id", "text", "expected"),
    [
        ("privacy.promise-mismatch", "You never leave the couch.", "silent"),
        ("privacy.promise-mismatch", "The device never leaves our office.", "silent"),
        ("privacy.promise-mismatch", "The lozenges stay in our clinic.", "silent"),
        ("privacy.promise-mismatch", "Your answers never leave our servers.", "states"),
        ("privacy.promise-mismatch", "Everything you say stays within our walls.", "states"),
        (
            "price.autorenew-cancel",
            MONTHLY + "To end it, send a signed letter at least 45 days before billing.",
            "denies",
        ),
        ("price.autorenew-cancel", MONTHLY + "To quit it you mail a notarized form.", "denies"),
        ("price.autorenew-cancel", MONTHLY + "To end it, press Cancel in the app.", "states"),
        ("identity.prescriber-named", "Naltrexone, prescribed by Dr. Amadi.", "silent"),
        ("identity.prescriber-named", "Lena Fox, MD, prescribes testosterone.", "silent"),
        (
            "identity.prescriber-named",
            "Dr. Lena Fox, MD, prescribes our ketamine and buprenorphine.",
            "states",
        ),
        ("risk.abuse-potential", "Stimulants can be misused.", "silent"),
        ("risk.abuse-potential", "Ketamine, like stimulants, can be misused.", "states"),
        (
            "screening.medication-interactions",
            "Stimulants can be misused, so we check the state database before each refill.",
            "silent",
        ),
        (
            "screening.medication-interactions",
            "If you are prescribed buprenorphine or other opioids, our prescriber reviews that.",
            "states",
        ),
    ],
)
def test_of_what_it_is_said(rule_id: str, text: str, expected: str) -> None:
    assert stance(rule_id, Passage(text=text)) == expected


@pytest.mark.parametrize(
    ("rule_id", "text", "expected"),
    [
        ("screening.instant-approval", "Almost everyone gets the green light.", "states"),
        ("screening.instant-approval", "Virtually all get the nod.", "states"),
        ("screening.instant-approval", "Nearly everyone gets a ride home.", "silent"),
        (
            "claim.rapid-lasting",
            "The shifts tend to come fast, and they stay with people long after the session.",
            "states",
        ),
        ("claim.rapid-lasting", "Change tends to come quickly.", "states"),
        ("claim.rapid-lasting", "A nurse stays with you long after the infusion.", "silent"),
        ("followup.bladder-liver", "Bladder trouble happens, but not in our members.", "denies"),
        ("followup.bladder-liver", "Bladder trouble comes to people who party on it.", "denies"),
    ],
)
def test_turns_of_phrase(rule_id: str, text: str, expected: str) -> None:
    assert stance(rule_id, Passage(text=text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The panic that ran my life for twenty years was simply gone.", "states"),
        ("The dread that woke me at four every morning is gone.", "states"),
        ("The receptionist who greeted me was gone by noon.", "silent"),
    ],
)
def test_what_is_gone_for_the_one_who_speaks(text: str, expected: str) -> None:
    said = Passage(text=text, voice="testimonial")
    assert stance("testimonial.atypical-results", said) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("I stopped my antidepressant. Can I still come?", "silent"),
        ("You can stop your antidepressants. True?", "states"),
        ("Many ask us this. Can I stop my antidepressants?", "states"),
    ],
)
def test_an_answer_is_to_what_was_asked_last(question: str, expected: str) -> None:
    passage = Passage(text="Yes.", heading=question)
    assert stance("claim.stop-medication", passage) == expected
