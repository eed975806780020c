"""Names and phone numbers as different lists write them, and what sets a name apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.identity.names import brand, normal, spellings, telling, words
from crawlers.identity.profiles import phone_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stillmere Ketamine & Wellness, LLC", "STILLMERE KETAMINE AND WELLNESS"),
        ("Dr. O'Hara, M.D., P.A.", "OHara"),
        ("Café Ketamine", "CAFE KETAMINE INC."),
        ("Vale\u2013Dale Ketamine", "Vale-Dale Ketamine"),
        ("Vale\u2014Dale", "Vale - Dale"),
        ("Vale\u2122 Ketamine", "Vale Ketamine"),
        ("Vale\u2022Dale", "Vale Dale"),
        ("\u00d8rvale", "Orvale"),
    ],
)
def test_names_have_one_normal_form(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_what_sets_a_name_or_an_address_apart() -> None:
    assert telling("Oakvale Serenity Ketamine Clinic of Texas", ("oakvale",)) == ("serenity",)
    assert brand("stillmerealaska") == "stillmere"
    assert brand("thestillmerewellness") == "stillmere"
    assert brand("oakvaleketamine", frozenset({"oakvale"})) == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+1 (512) 555-0142", "5125550142"),
        ("512.555.0142 x12", "5125550142"),
        ("5125550142", "5125550142"),
        ("555-0142", None),
        ("0000000000", None),
        ("+44 20 7946 0018", None),
        ("+61 412 345 6789", None),
        ("0044 207 946 0018", None),
        # Two numbers, a word after it, or what a program took for a number.
        ("512-555-0142 / 512-555-0199", "5125550142"),
        ("Phone: (512) 555-0142 Fax: (512) 555-0199", "5125550142"),
        ("Fax: (512) 555-0199, Tel: (512) 555-0142", "5125550142"),
        ("F: +1 512-555-0199 P: 512-555-0142", "5125550142"),
        ("Fax 512-555-0199", None),
        ("Tel/Fax: 512-555-0142", "5125550142"),
        ("Phone and fax 512-555-0142", "5125550142"),
        ("512-555-0142 option 2", "5125550142"),
        ("5125550142.0", "5125550142"),
        (None, None),
    ],
)
def test_phone_numbers(text: str | None, number: str | None) -> None:
    assert phone_of(text) == number


def test_a_name_holds_other_names() -> None:
    assert "B C" in set(spellings("A Clinic (B C)"))
    assert "Vale Ketamine" in set(spellings("Vale Ketamine - Auburn"))


@given(st.text(max_size=40))
def test_any_text_has_a_normal_form_that_stays(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert set(telling(text)) <= set(words(text))
    assert len(brand(text)) == 0 or len(brand(text)) >= 4
