"""Conditions advertised, by a closed list; and conditions that are only talked about."""

from __future__ import annotations

import pytest

from tests.audit.fact_pages import listed, paragraph, told

SAID = [
    (paragraph("We treat depression."), {"depression"}),
    (paragraph("We treat anxiety, PTSD and chronic pain."), {"anxiety", "ptsd", "chronic-pain"}),
    (paragraph("Our clinic treats adults with severe depression, OCD & fibromyalgia."),
     {"depression", "ocd", "fibromyalgia"}),
    (paragraph("We help people with bipolar depression to climb out of the lows."),
     {"bipolar-depression"}),
    (paragraph("Our practice specializes in treatment-resistant depression."),
     {"treatment-resistant-depression"}),
    (paragraph("We offer infusions for migraine and CRPS."), {"migraine", "crps"}),
    (paragraph("Our team sees adults living with post-traumatic stress disorder."), {"ptsd"}),
    (paragraph("Ketamine infusions for depression, in a quiet house by the quay."),
     {"depression"}),
    ("<h1>Ketamine therapy for anxiety and panic attacks</h1>", {"anxiety", "panic-disorder"}),
    ("<h2>Spravato for treatment-resistant depression</h2>",
     {"treatment-resistant-depression"}),
    (listed("Conditions we treat", "Depression", "Postpartum depression", "PTSD"),
     {"depression", "postpartum-depression", "ptsd"}),
    (listed("What we treat", "Major depressive disorder (MDD)", "Neuropathic pain"),
     {"depression", "neuropathic-pain"}),
    ("<p>We treat:</p><ul><li>Fibromyalgia</li><li>Tinnitus</li></ul>",
     {"fibromyalgia", "tinnitus"}),
    ("<h2>Conditions treated</h2><h3>Anxiety</h3><p>It comes in waves.</p>", {"anxiety"}),
    (paragraph("We treat depression, but not chronic pain."), {"depression"}),
    (paragraph("We also treat pain conditions such as fibromyalgia and CRPS."),
     {"pain", "fibromyalgia", "crps"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SAID)
def test_conditions_advertised(body: str, expected: set[str]) -> None:
    assert told(body, "condition") == expected


TRAPS = [
    paragraph("We do not treat depression."),
    paragraph("Can ketamine help with anxiety?"),
    paragraph("The FDA has not approved ketamine for depression."),
    paragraph("Ketamine is used off-label for depression."),
    paragraph("One adult in five lives with depression."),
    paragraph("Other clinics treat chronic pain."),
    paragraph("If you have a history of bipolar disorder, tell us."),
    paragraph("We no longer treat migraine."),
    paragraph("We plan to treat migraine soon."),
    paragraph("Studies of ketamine for PTSD are small."),
    paragraph("Unlike other companies, which treat burnout, we began in a hospital."),
    paragraph("She taught a weekly class for people living with fibromyalgia."),
    paragraph("My depression lifted after years."),
    paragraph("We treat your pain as if it were ours."),
    paragraph("We screen for anxiety with a questionnaire."),
    listed("Who should not take ketamine", "People with bipolar disorder", "Addiction"),
    listed("You are not a candidate if you have", "Alcohol use disorder"),
    "<p>We do not treat:</p><ul><li>Eating disorders</li></ul>",
    listed("Conditions we do not treat", "Autism", "ADHD"),
    paragraph("TMS for depression, five days a week."),
    "<h2>What is depression</h2><p>It is more than sadness.</p>",
]


@pytest.mark.parametrize("body", TRAPS)
def test_conditions_that_are_only_talked_about(body: str) -> None:
    assert told(body, "condition") == set()
