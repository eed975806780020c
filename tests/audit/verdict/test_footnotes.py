"""Footnotes: the note's mark, and the claim that it belongs to."""

from __future__ import annotations

import pytest

from audit.verdict import footnotes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eight in ten feel better.*", {"*"}),
        ("Eight in ten* feel better.", {"*"}),
        ("Eight in ten feel better.**", {"**"}),
        ("Eight in ten feel better.†", {"†"}),
        ("Eight in ten feel better.[2]", {"2"}),
        ("Eight in ten feel better.²", {"2"}),
        ("Eight in ten feel better.¹⁰", {"10"}),
        ("Eight in ten feel better.2", {"2"}),
        ("Eight in ten feel better by 2.5", set()),
        ("Eight in ten feel better in 2023", set()),
        ("A dose of 4.25 mg.", set()),
        ("Eight in ten feel better.", set()),
    ],
)
def test_marks_after_words(text: str, found: set[str]) -> None:
    assert footnotes.marks(text, 0, len(text)) == found


def test_only_marks_of_the_claim_count() -> None:
    text = "Eight in ten feel better.* It costs nine dollars.†"
    assert footnotes.marks(text, 0, 25) == {"*"}
    assert footnotes.marks(text, 27, len(text)) == {"†"}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("*In a survey of our own members.", "*"),
        ("** Results vary.", "**"),
        ("† Results vary.", "†"),
        ("[2] Results vary.", "2"),
        ("² Results vary.", "2"),
        ("2 Results vary.", "2"),
        ("2. Results vary.", "2"),
        ("2 lozenges a week.", None),
        ("2023 was a good year.", None),
        ("Results vary.*", None),
        ("*", None),
    ],
)
def test_what_a_note_begins_with(text: str, mark: str | None) -> None:
    assert footnotes.mark_of(text) == mark
