"""Where sentences end, and where they only seem to."""

from __future__ import annotations

import pytest

from audit.text.sentences import sentences


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ("We open at 9 a.m.", "A nurse is there."),
        ("Ask for Plan B.", "We do not ship it."),
        ("It is Type I.", "It works."),
        ("Who can come?", "• Adults • People who tried two medicines."),
        ("Not if you have: • a heart condition • glaucoma.",),
        ("Talk to an M.D.", "You are in good hands."),
        ("It is proven.1,2", "We say so."),
        ("It is proven.¹", "We say so."),
        ("It is proven.†", "We say so."),
        ("It wears off at 5 p.m.", "Ketamine is strong."),
        ("We are in the U.S.", "Ketamine is strong."),
        ("Dr. J. Smith stays.", "She is a nurse."),
        ("It is not... FDA approved.", "We say so."),
        ("It has never . . . Been approved.",),
        ("It isn’t … FDA approved.",),
        ("We do not...", "We stay."),
        ("You wait...", "FDA rules apply."),
        ("Nurse in the room ........ No",),
        ("A session . . . . . $450",),
        ("We wait .....", "You call."),
        ("A nurse in the room: no.", "Chat support: yes."),
        ("See item No. Four: it is here.",),
    ],
)
def test_an_end_that_looks_like_an_abbreviation(parts: tuple[str, ...]) -> None:
    assert said(" ".join(parts)) == list(parts)


@pytest.mark.parametrize(
    "parts",
    [
        ("Is it safe?", "It is."),
        ("Is it safe?", "No."),
        ("It is safe.", "We do not hurry.", "You rest."),
    ],
)
def test_an_end_without_a_blank(parts: tuple[str, ...]) -> None:
    assert said("".join(parts)) == list(parts)


@pytest.mark.parametrize(
    "text",
    [
        "Dr. A. Smith stays with you.",
        "We open at 9 a.m. Monday.",
        "The U.S. Food and Drug Administration knows it.",
        "Take 0.5 mg of it.",
        "Write to care@clinic.Com or to us.",
        "See clinic.example/find?No=3 for it.",
        "It costs approx. $300 a month.",
    ],
)
def test_no_end(text: str) -> None:
    assert said(text) == [text]
