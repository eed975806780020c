"""What clinics say beside the usual words: asked aloud, turned down, led elsewhere, passed on."""

from __future__ import annotations

import pytest

from tests.audit.plain_passage import stances

HOME, CLINIC = "at-home-oral", "in-clinic-iv"
ALONE = "supervision.self-led-dosing"
WATCHED = "supervision.live-monitoring"
DRIVING = "supervision.no-driving-discharge"
GUIDES = "supervision.guide-role"
FIRST = "screening.not-first-line"
APPROVAL = "screening.instant-approval"
CHECKS = "screening.pdmp"
DRINK = "screening.substance-use"
SUICIDE = "screening.suicide-risk"
ORGANS = "screening.other-medical"
SEEN = "screening.live-evaluation"
RENEWAL = "price.autorenew-cancel"
SEAL = "identity.certification-seal"
PROMISE = "privacy.promise-mismatch"
PIXEL = "A Meta pixel stands on the pages about depression. "


@pytest.mark.parametrize(
    ("rule", "text", "line", "stance"),
    [
        (
            ALONE,
            "Nobody from our clinic is on the line for the dose: the evening belongs to you.",
            HOME,
            "states",
        ),
        (ALONE, "There is no such thing with us as an unaccompanied dose.", HOME, "denies"),
        (ALONE, "No such thing as a solo lozenge here.", HOME, "denies"),
        (ALONE, "There's no such option as a lone session.", HOME, "denies"),
        (ALONE, "Solo doses do not exist here.", HOME, "denies"),
        (ALONE, "There is no such thing at our practice as an unattended night.", HOME, "denies"),
        (
            ALONE,
            "From the fifth dose on you choose the evening, with no sitter and no check-ins.",
            HOME,
            "states",
        ),
        (CHECKS, "The package is left at your door; nobody has to sign for it.", HOME, "denies"),
        (FIRST, "You do not have to prove that you failed other medication.", CLINIC, "states"),
        (FIRST, "You don't have to prove treatment resistance.", CLINIC, "states"),
        (
            RENEWAL,
            "The plan renews monthly. Cancel in your account on the settings page.",
            HOME,
            "states",
        ),
        (
            RENEWAL,
            (
                "Lozenges renew monthly; cancel by certified letter. The spa card is for "
                "facials only."
            ),
            HOME,
            "denies",
        ),
        (
            WATCHED,
            "Guides sit on video with you during the session. They are licensed nurses.",
            HOME,
            "states",
        ),
        (SEAL, "This website is certified by LegitScript.", HOME, "states"),
        (WATCHED, "A nurse stays with you on video for the whole session.", HOME, "states"),
        # Asked aloud, and with words between.
        (
            SUICIDE,
            (
                "At every visit she asks, plainly and without blinking, whether you think of "
                "suicide."
            ),
            CLINIC,
            "states",
        ),
        (
            SUICIDE,
            "We ask each patient, out loud, whether they have thought of ending their life.",
            CLINIC,
            "states",
        ),
        (SUICIDE, "Our nurses ask, without fuss, whether you want to die.", CLINIC, "states"),
        (
            SUICIDE,
            "I ask, without embarrassment, if there have been suicidal thoughts.",
            CLINIC,
            "states",
        ),
        (
            APPROVAL,
            ("Plenty of people who filled in our form have been told that it was not for them."),
            HOME,
            "denies",
        ),
        (
            APPROVAL,
            (
                "Several of our old patients asked for lozenges and were told that they "
                "weren't right for them."
            ),
            HOME,
            "denies",
        ),
        (APPROVAL, "We have yet to see an application turned down.", HOME, "states"),
        (APPROVAL, "Our doctors have yet to say no.", HOME, "states"),
        (APPROVAL, "I have yet to see a form refused.", HOME, "states"),
        (DRIVING, "By dinnertime most patients are well enough to drive.", HOME, "denies"),
        (DRIVING, "By bedtime people are in a fit state to drive.", HOME, "denies"),
        (DRINK, "People in the grip of drinking are led to another service first.", HOME, "states"),
        (
            DRINK,
            "Somebody in the midst of a relapse is walked to a different program first.",
            HOME,
            "states",
        ),
        (
            ORGANS,
            "A thyroid that is running fast, or lungs that need oxygen: we say no.",
            HOME,
            "states",
        ),
        (
            SEEN,
            (
                "Our nurse practitioner sits down with you for an hour and says no, or not yet, "
                "or yes."
            ),
            CLINIC,
            "states",
        ),
        (GUIDES, "Your companion helps you set an intention before each box.", HOME, "states"),
        (GUIDES, "Each mentor helps you make sense of what came up.", HOME, "states"),
        (PROMISE, PIXEL + "It tells that company which page you read.", HOME, "denies"),
        (PROMISE, PIXEL + "They pass your click on to those companies.", HOME, "denies"),
        (PROMISE, PIXEL + "It lets that firm know that you were here.", HOME, "denies"),
    ],
)
def test_alike_and_said(rule: str, text: str, line: str, stance: str) -> None:
    assert stances(rule, text, line) == {stance}
