"""Drop caps: a paragraph's first letter, as high as several of its lines."""

from __future__ import annotations

import pytest

from audit.pages.pages import read
from tests.audit.pdf_writer import Text, pdf


def said(*drawn: Text) -> list[str]:
    return [b.text for b in read(pdf(drawn), url="https://clinic.example/f.pdf").blocks]


@pytest.mark.parametrize(
    ("letter", "rest", "whole"),
    [
        ("W", "e do not prescribe ketamine to", "We do not prescribe ketamine to"),
        ("A", "nurse does not send home", "A nurse does not send home"),
    ],
)
def test_it_begins_its_word(letter: str, rest: str, whole: str) -> None:
    found = said(
        Text(letter, 72, 676, 36),
        Text(rest, 108, 700, 12),
        Text("people with psychosis or", 108, 686, 12),
        Text("mania at any time.", 72, 672, 12),
    )
    assert found == [f"{whole} people with psychosis or mania at any time."]


@pytest.mark.parametrize(
    "beside",
    [
        [Text("Nurses stay in the room.", 108, 676, 12)],  # a letter in its own line
        [Text("Nurses stay.", 300, 700, 12), Text("Always.", 300, 686, 12)],  # far away
        [Text("Nurses stay.", 108, 730, 12), Text("Always.", 108, 686, 12)],  # above it
    ],
)
def test_other_large_letters_stay_where_they_are(beside: list[Text]) -> None:
    assert not any(text.startswith("ENurses") for text in said(Text("E", 72, 676, 36), *beside))
