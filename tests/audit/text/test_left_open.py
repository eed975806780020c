"""Lines that end in the midst of a sentence, and whose next word has a capital letter."""

from __future__ import annotations

import pytest

from audit.pages.pages import read
from tests.audit.plain_passage import stances


def said(html: str) -> list[str]:
    return [b.text for b in read(html.encode(), url="https://clinic.example/x").blocks]


@pytest.mark.parametrize(
    ("begun", "rest"),
    [
        ("Ketamine is not", "FDA approved."),
        ("Ketamine isn’t", "FDA approved."),
        ("It has never been", "FDA approved."),
        ("It was not reviewed by the", "FDA."),
        ("None of our drugs are", "FDA approved."),
        ("Ketamine Is Not", "FDA Approved"),
        ("This is off-label use of", "Ketalar."),
        ("Do not", "Drive for a day."),
        ("Please remember: never", "Drive on that day."),
    ],
)
def test_a_break_in_a_sentence_ends_no_line(begun: str, rest: str) -> None:
    assert said(f"<p>{begun}<br>{rest}</p>") == [f"{begun} {rest}"]
    assert said(f"<p>{begun}&nbsp;<br>\n{rest}</p>") == [f"{begun}\u00a0 {rest}"]
    assert said(f"<pre>{begun}\n{rest}</pre>") == [f"{begun} {rest}"]
    assert said(f"<p style='white-space:pre-line'>{begun}\n{rest}</p>") == [f"{begun} {rest}"]


@pytest.mark.parametrize(
    ("begun", "rest"),
    [
        ("A nurse stays", "Vitals are read"),
        ("What it is used for", "Depression"),
        ("Why not", "FDA approved"),
        ("Now or never", "There is no risk."),
        ("Who we are", "We are nurses."),
        ("We do what others don't", "A nurse stays."),
        ("We do what others won’t", "Nurses on video"),
        ("Is it approved? It is not", "Compounded ketamine is off-label."),
        ("Dosing alone: never", "Adult sitter for every dose"),
        ("Do not", "• Drive"),
        ("You need to", "1. Fast"),
        ("Plan A", "Two lozenges"),
    ],
)
def test_other_breaks_do(begun: str, rest: str) -> None:
    assert said(f"<p>{begun}<br>{rest}</p>") == [f"{begun}\n{rest}"]


def test_nobody_is_accused_by_a_break() -> None:
    (text,) = said("<p>Ketamine is a dissociative. It is not<br>FDA approved for depression.</p>")
    assert stances("claim.fda-approved", text, "at-home-oral") == {"denies"}
