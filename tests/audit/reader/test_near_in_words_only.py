"""Words of open evenings, money, clubs and other firms that accuse nobody."""

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
ORGANS = "screening.other-medical"
RENEWAL = "price.autorenew-cancel"
SEAL = "identity.certification-seal"
PROMISE = "privacy.promise-mismatch"


@pytest.mark.parametrize(
    ("rule", "text", "line"),
    [
        # The hour is shared with somebody.
        (
            ALONE,
            (
                "Nobody from our clinic is on the line while you take the lozenge: the evening "
                "belongs to you and to your sitter."
            ),
            HOME,
        ),
        (
            ALONE,
            (
                "No nurse rings during the dose; the hour is yours and your partner's, the person "
                "beside you."
            ),
            HOME,
        ),
        (
            ALONE,
            "Nobody of ours joins the dose. That time belongs to you and whoever sits with you.",
            HOME,
        ),
        (
            ALONE,
            (
                "None of our staff is there for the troche; the session is yours, together with a "
                "friend of your choice."
            ),
            HOME,
        ),
        (
            ALONE,
            (
                "No clinician watches the lozenge. The night belongs to you and the adult in the "
                "chair."
            ),
            HOME,
        ),
        # Signing up is no signature.
        (CHECKS, "Our door stands open on Mondays, and there is nothing to sign up for.", HOME),
        (CHECKS, "Come by the front door; nobody has to sign in.", HOME),
        (CHECKS, "News by mail? No list, no need to sign up.", HOME),
        (
            CHECKS,
            ("Prescription questions are answered at the open house, with nothing to sign into."),
            HOME,
        ),
        (
            CHECKS,
            "The courier entrance is round the back. Never sign up for anything at the door.",
            HOME,
        ),
        # What need not be proved is no treatment.
        (FIRST, "Ask for the lower fee. You do not have to prove anything.", HOME),
        (FIRST, "The fund is for whoever is short. You don't have to show income.", CLINIC),
        (FIRST, "Pay what you can; you need not prove hardship to us.", CLINIC),
        (FIRST, "On a sliding scale you do not have to show your payslips.", HOME),
        (FIRST, "You don't have to prove yourself here.", CLINIC),
        # Where it is explained is not how it is done.
        (
            RENEWAL,
            "The plan renews monthly, and ending it is explained on the page of prices.",
            HOME,
        ),
        (RENEWAL, "You are billed every month. Cancelling is described on our fees page.", HOME),
        (
            RENEWAL,
            "Membership is charged monthly; how to stop is set out in another section.",
            HOME,
        ),
        (RENEWAL, "It renews each month. Leaving it is dealt with on the terms page.", HOME),
        (RENEWAL, "A recurring payment, and cancellation of it is covered on the website.", HOME),
        # What is asked is not held.
        (SEAL, "We are sometimes asked whether we are accredited by LegitScript.", HOME),
        (SEAL, "People ask if this site is certified by LegitScript.", HOME),
        (SEAL, "You may wonder whether our clinic is accredited by the Joint Commission.", CLINIC),
        (
            SEAL,
            "We get questions whether the clinic is accredited by the Joint Commission.",
            CLINIC,
        ),
        (SEAL, "A reader enquired whether we are certified by NABP.", HOME),
        # Told of other firms.
        (WATCHED, "We are told that one has a nurse on video for the whole session.", HOME),
        (WATCHED, "I gather that another keeps a doctor on camera throughout the dose.", HOME),
        (WATCHED, "We hear that one puts a nurse on screen for the whole dose.", HOME),
        (
            WATCHED,
            "We understand that some have a therapist on video throughout the session.",
            HOME,
        ),
        (WATCHED, "I'm told that one pays a nurse to watch on video until the dose is over.", HOME),
        # A club for something else.
        (
            RENEWAL,
            (
                "The club renews monthly. Leave it by a letter, sixty days ahead. It covers "
                "vitamin drips and nothing else."
            ),
            HOME,
        ),
        (
            RENEWAL,
            (
                "Our card is for facials only. It renews by itself, and cancelling takes a "
                "certified letter."
            ),
            CLINIC,
        ),
        (
            RENEWAL,
            (
                "Dues are charged monthly. To cancel, mail a signed letter. Ketamine is not "
                "part of the club."
            ),
            HOME,
        ),
        (
            RENEWAL,
            (
                "You pay every month and cancel in writing, ninety days ahead. The membership "
                "does not cover ketamine."
            ),
            CLINIC,
        ),
        (
            RENEWAL,
            "This plan, only for hydration, renews each month; cancel by registered mail.",
            CLINIC,
        ),
        # Guides without a licence.
        (
            WATCHED,
            "Guides sit on video with you during the session. They are not clinicians.",
            HOME,
        ),
        (WATCHED, "A coach stays on screen throughout the dose. She is no nurse.", HOME),
        # Hard negatives of what is heard below.
        (GUIDES, "Your companion helps you to the sofa after the dose.", HOME),
        (DRIVING, "By suppertime the porch is all right for a walk.", HOME),
        (APPROVAL, "We have yet to see a winter without a broken boiler.", HOME),
        (DRINK, "We opened in the thick of winter and have been drinking tea ever since.", HOME),
        (ORGANS, "A thyroid test is done if your doctor asks for one.", HOME),
        (
            PROMISE,
            "There is no Meta pixel here, and no tag that tells those companies you came.",
            HOME,
        ),
    ],
)
def test_nothing_is_said(rule: str, text: str, line: str) -> None:
    # That no tag runs is itself a promise.
    promised = {"states"} if rule == PROMISE else set()
    assert not stances(rule, text, line) - promised
