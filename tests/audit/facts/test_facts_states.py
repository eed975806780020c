"""States in which people are treated; and states that are only mentioned."""

from __future__ import annotations

import pytest

from tests.audit.fact_pages import listed, paragraph, told

SAID = [
    (paragraph("We serve adults in Vermont, New Hampshire and Maine."), {"VT", "NH", "ME"}),
    (paragraph("Our clinicians are licensed in Oregon and New Mexico."), {"OR", "NM"}),
    (paragraph("Currently available in Texas, Utah, and West Virginia."), {"TX", "UT", "WV"}),
    (paragraph("Invented Health treats adults in Ohio."), {"OH"}),
    (paragraph("Now treating patients in IN, KY, MI and PA."), {"IN", "KY", "MI", "PA"}),
    (paragraph("We see patients throughout Washington and in Washington, DC."), {"WA", "DC"}),
    (paragraph("Prescriptions are written for adults in Maine and Vermont."), {"ME", "VT"}),
    (paragraph("Our services are available to residents of Florida."), {"FL"}),
    (paragraph("Serving patients across Idaho."), {"ID"}),
    (paragraph("We serve Texas and Oregon."), {"TX", "OR"}),
    (paragraph("Proudly serving CA, OR, and WA."), {"CA", "OR", "WA"}),
    (paragraph("We practice in the states of Nevada and Arizona, but not in Utah."), {"NV", "AZ"}),
    (listed("States we serve", "Colorado", "Kansas", "Missouri"), {"CO", "KS", "MO"}),
    ("<h2>Where we practice</h2><p>Georgia, South Carolina</p>", {"GA", "SC"}),
    ("<details><summary>Where do you practice?</summary><p>In Oregon and Idaho.</p></details>",
     {"OR", "ID"}),
    ("<details><summary>Which states are you in?</summary><p>Texas. More may follow.</p></details>",
     {"TX"}),
    (paragraph("We treat people in all 50 states."), {"all"}),
    (paragraph("Our lozenges are available in Montana."), {"MT"}),
    (paragraph("We serve patients in Washington D.C. and Virginia."), {"DC", "VA"}),
    (paragraph("We serve patients in Southern Oregon and Northern California."), {"OR", "CA"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SAID)
def test_states_served(body: str, expected: set[str]) -> None:
    assert told(body, "state-served") == expected


TRAPS = [
    paragraph("We do not serve Texas."),
    paragraph("We serve Austin, Texas."),
    paragraph("Serving Washington County"),
    paragraph("We are not available in Texas."),
    paragraph("Coming soon to Nevada."),
    paragraph("We plan to offer care in Utah."),
    paragraph("Available in Ohio soon."),
    paragraph("Other companies serve adults in Florida."),
    paragraph("The law of Oregon applies."),
    paragraph("She trained at the University of Michigan."),
    paragraph("We serve patients in New York City."),
    paragraph("We see patients in me and you alike."),
    paragraph("We serve patients in Virginia Beach."),
    paragraph("We serve patients in Nevada County."),
    paragraph("We serve patients in Delaware Valley."),
    paragraph("Do you treat people in Georgia?"),
    paragraph("Would we be available in Kansas, we would say so."),
    paragraph("Complaints go to the Texas Medical Board."),
    listed("States we do not serve yet", "Alaska", "Hawaii"),
    listed("States we serve", "Ask us about Alaska"),
    "<h3>Odile Fernhurst, MD</h3><p>Licensed in Oregon and New Mexico.</p>",
    paragraph("Our clinic stands on Florida Avenue."),
    paragraph("A storm in Louisiana delayed our mail."),
]


@pytest.mark.parametrize("body", TRAPS)
def test_states_that_are_only_mentioned(body: str) -> None:
    assert told(body, "state-served") == set()


def test_all_states_but_one_is_not_all() -> None:
    body = paragraph("We treat people in all 50 states except Alaska.")
    assert told(body, "state-served") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Now available in 34 states.", {"34 | states"}),
        ("Our prescribers are licensed in more than thirty states.", {"30 | states"}),
        ("Our pharmacy is licensed in 41 states.", set()),
        ("Telehealth is regulated in 50 states.", set()),
        ("Other platforms are available in 40 states.", set()),
    ],
)
def test_the_number_of_states(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), "state-count") == expected
