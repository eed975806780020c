"""Names in other words: only where they are certain, and with the way back to the text."""

from __future__ import annotations

import pytest

from audit.people.by_name import ByName
from audit.people.staff import Staff

PEOPLE = {
    "Marta": "our nurse practitioner",
    "Marta Quill": "our nurse practitioner",
    "Will": "our therapist",
    "Grace": "our nurse",
    "Austin": "our nurse",
}
TITLED = {"Quill": "our nurse practitioner", "Orr": "our psychologist", "Vale": "our physician"}
HOUSE = ByName(Staff(tuple(PEOPLE.items()), tuple(TITLED.items()), frozenset({"Will"})))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Marta sees you first.", "Our nurse practitioner sees you first."),
        ("First you see Marta. Then we talk.",
         "First you see our nurse practitioner. Then we talk."),
        ("You talk with Marta Quill by video.", "You talk with our nurse practitioner by video."),
        ("Marta never leaves you alone.", "Our nurse practitioner never leaves you alone."),
        ("Marta does not prescribe until you meet.",
         "Our nurse practitioner does not prescribe until you meet."),
        ("Ms. Quill decides.", "Our nurse practitioner decides."),
        ("Dr. Orr prepares you.", "Our psychologist prepares you."),
        ("Will meets you before the dose.", "Our therapist meets you before the dose."),
        ("You and Will meet to prepare.", "You and our therapist meet to prepare."),
        ("After the dose Grace stays with you.", "After the dose our nurse stays with you."),
        ("Talk with Austin first.", "Talk with our nurse first."),
    ],
)  # fmt: skip
def test_people_are_spoken_of_by_what_they_do(text: str, other: str) -> None:
    said = HOUSE.reworded(text)
    assert said is not None
    assert said.text == other


@pytest.mark.parametrize(
    "text",
    [
        "Will you need a driver? It will wear off.",
        "By the Grace of rest.",
        "Grace is a gift. Grace.",
        "What Will Happen When You Begin",
        "Our office in Austin is open.",
        "Marta, FNP-C, sees you.",
        "Marta is a nurse practitioner.",
        "Our nurse practitioner Marta sees you.",
        "I'm Marta.",
        "Meet Marta",
        "Marta Wellness sends a box.",
        "Saint Marta sees you. With Joan Marta you sing.",
        "Marta's sister sits with you.",
        "Write to marta@quill.example or Marta@quill.example.",
        "Marta, 42, came to us. Marta sees you.",
        "Our patient Marta told us so. Marta sees you.",
        "Marta R. was glad. Marta sees you.",
        "“Before any of it I saw Marta by video,” says one.",
        'He said: "Marta saw me first."',
        "Marta does not see you before she prescribes.",
        "Marta isn't with you during the dose. Marta will never join you.",
        "My sister Marta sees you. Our dog, Marta, sees you. Marta, our old cat, sees you.",
        "Quill sees everybody.",
        "Dr. Vale sees everybody.",
        "Martas see everybody; marta does not.",
    ],
)
def test_what_is_not_certain_stays_as_it_is(text: str) -> None:
    assert HOUSE.reworded(text) is None


def test_every_place_leads_back() -> None:
    text = "Hello. Marta sees you; then Will and Marta Quill decide. Bye."
    said = HOUSE.reworded(text)
    assert said is not None
    for words, meant in (
        ("Our nurse practitioner sees you", "Marta sees you"),
        ("then our therapist", "then Will"),
        ("our therapist and our nurse practitioner", "Will and Marta Quill"),
        ("decide. Bye.", "decide. Bye."),
        ("Hello.", "Hello."),
        ("nurse practitioner sees", "Marta sees"),
    ):
        at = said.text.index(words)
        assert text[said.start(at) : said.end(at + len(words))] == meant
    for at in (0, 7, text.index("then"), text.index("decide"), len(text)):
        assert said.start(said.forth(at)) == at
