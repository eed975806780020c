"""One sentence among five or six: the shipped reader hears it there, and hears no more than it."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.stances.found import Passage

OFF_LABEL = "disclosure.off-label"
CONSENT = "risk.informed-consent"
DRUGS = "screening.medication-interactions"
MIND = "screening.psychiatric-evaluation"
BLADDER = "followup.bladder-liver"
MONITOR = "supervision.live-monitoring"

BEFORE = (
    "We get this question a lot. Have the names of your doctors at hand, as it saves time. "
    "You can pause the form and come back to it later. "
)
AFTER = (
    " Most people hear from us within a day or two. If something is unclear, our front desk will"
    " call you."
)


def stances(rule: str, text: str, heading: str) -> set[str]:
    passage = Passage(
        text=text, heading=heading, page_type="faq", lines=frozenset({"at-home-oral"})
    )
    return {
        c.stance
        for c in bundled_engine().find(passage)
        if c.rule_id == rule and c.set_aside is None
    }


@pytest.mark.parametrize(
    ("rule", "heading", "said"),
    [
        (
            CONSENT,
            "Are there risks?",
            (
                "We read the consent together: benefits, dangers, alternatives, and the fact that"
                " this use isn't approved."
            ),
        ),
        (
            DRUGS,
            "Can anyone start with you?",
            (
                "We look at your prescriptions, above all anything that makes you drowsy like"
                " benzodiazepines, before saying yes."
            ),
        ),
        (
            MIND,
            "Can anyone start with you?",
            (
                "Our psychiatric nurse practitioner works out with you what diagnosis fits before"
                " medicine is talked about."
            ),
        ),
        (
            MIND,
            "Can anyone start with you?",
            "A medical and psychological evaluation is done before your first session.",
        ),
        (
            MIND,
            "Can anyone start with you?",
            (
                "A medical, psychological and social evaluation is done for every patient before"
                " treatment."
            ),
        ),
        (
            BLADDER,
            "Do you follow up?",
            (
                "Tell us about any pain when you pee, because bladder damage is possible and we'd"
                " stop and send you for tests."
            ),
        ),
    ],
)
def test_what_is_disclosed_in_the_middle_is_heard(rule: str, heading: str, said: str) -> None:
    assert stances(rule, said, heading) == {"states"}
    assert stances(rule, BEFORE + said + AFTER, heading) == {"states"}


def test_what_is_disclosed_first_is_heard_though_the_rest_is_of_something_else() -> None:
    text = (
        "Yes, this is an off-label use, as with a fifth of all prescriptions. There is a lot of "
        "talk about it online. It acts on a messenger in the brain called glutamate. Every person "
        "is different, and so is every brain. Many come to us after reading about it in the news."
    )
    assert stances(OFF_LABEL, text, "Is this off-label?") == {"states"}


@pytest.mark.parametrize(
    ("rule", "heading", "said"),
    [
        (CONSENT, "Are there risks?", "You agree to our terms of service at checkout."),
        (DRUGS, "Can anyone start with you?", "We review your medications."),
        (MIND, "Can anyone start with you?", "Dr. Rao trained as a psychiatrist in Boston."),
        (MIND, "Can anyone start with you?", "We offer psychological evaluations for custody."),
        (BLADDER, "Do you follow up?", "Daily users of street ketamine may get bladder damage."),
        (OFF_LABEL, "Is this approved?", "Ketamine is FDA approved as an anesthetic."),
        (MONITOR, "What happens then?", "A guide named Pia stays on the call and plays music."),
    ],
)
def test_what_is_only_near_it_is_not_heard(rule: str, heading: str, said: str) -> None:
    assert stances(rule, BEFORE + said + AFTER, heading) == set()
