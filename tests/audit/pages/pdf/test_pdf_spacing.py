"""Letters of a PDF that are set apart for looks."""

from __future__ import annotations

import pytest

from audit.pages.pages import read
from tests.audit.pdf_writer import document, stream


def said(*shown: str) -> list[str]:
    drawn = b"".join(
        b"BT /F 10 Tf 72 %d Td [%s] TJ ET " % (700 - 50 * number, one.encode())
        for number, one in enumerate(shown)
    )
    return [b.text for b in read(document([stream(drawn)]), url="").blocks]


def apart(text: str, gap: int) -> str:
    """A text with so much of an em, in thousandths, after each letter."""
    return "".join(f"({letter}){-gap} " for letter in text)


@pytest.mark.parametrize("gap", [50, 150, 200, 350, 500])
def test_words_stay_words(gap: int) -> None:
    text = "Ketamine is not approved, we say."
    assert said(apart(text, gap)) == [text]
    assert said(apart(text, gap), "(Call us.)") == [text, "Call us."]


def test_a_blank_may_be_a_gap() -> None:
    words = "".join(f"{apart(word, 300)}-400 " for word in ("It", "is", "not", "so"))
    assert said(words) == ["It is not so"]


def test_single_letters_among_words_stay() -> None:
    for text in ("Plan A or B", "Vitamin B and a nurse", "I am a nurse", "A - B"):
        assert said(f"({text})") == [text]
