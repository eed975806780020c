"""Units: what is read together, and that every place leads back to the page's own words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.stances import units
from audit.stances.unit import Unit
from audit.text.folding import fold

PIECES = st.sampled_from(
    [
        *("We don\u2019t treat:", "\u2022 pregnancy", "No.", "Yes, every time.", "Is it safe?"),
        *("A nurse stays\u00a0with you.", "\ufb01rst dose \u2014 \u00bd tablet", "\u00c9COLE"),
        *("\u0130stanbul \u00df \u0152uvre", "\u00ad", "\n", "\n\n", "  ", "- item one"),
        *("1. item two", "\U0001f600"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=12).map(" ".join)


def texts(found: list[Unit]) -> list[str]:
    return [unit.text for unit in found]


def test_items_of_a_list_are_read_with_their_lead_in() -> None:
    text = "We cannot treat people with: heart failure psychosis"
    parts = tuple((text.index(w), text.index(w) + len(w)) for w in ("heart failure", "psychosis"))
    found = texts(units.units(text, parts=parts, kind="list"))
    lead = "we cannot treat people with:"
    assert found == [lead, f"{lead} heart failure", f"{lead} psychosis"]


def test_bulleted_lines_are_read_with_their_lead_in() -> None:
    found = texts(units.units("Not for you if:\n- you are pregnant\n• you have psychosis"))
    assert found[1:] == ["not for you if: you are pregnant", "not for you if: you have psychosis"]


def test_a_lead_in_ends_with_its_list() -> None:
    found = texts(units.units("Not for you if:\n- you are pregnant\nCall us. We are glad to help."))
    assert found[-2:] == ["call us.", "we are glad to help."]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("No.", "no"), ("Nope. Fly on.", "no"), ("No, we do not.", "no"), ("It isn’t.", "no"),
        ("Not at these doses.", "no"), ("Yes.", "yes"), ("Yes, every time.", "yes"),
        ("No coaches work here.", None), ("It isn’t sold here.", None), ("Notable, yes.", None),
        ("We think so.", None), ("Absolutely not.", "no"), ("Of course not, no.", "no"),
        ("Absolutely.", "yes"), ("She does.", "yes"), ("We do, every week.", "yes"),
        ("We do, provided you ask.", None), ("It is mailed.", None), ("They're not.", "no"),
        ("You cannot, by law.", "no"), ("Afraid not.", "no"), ("Nobody.", "no"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["heading", "text"])
def test_answers_to_questions(answer: str, said: str | None, place: str) -> None:
    question = "Is it compounded?"
    found = (
        units.units(answer, heading=question)
        if place == "heading"
        else units.units(f"{question} {answer}")
    )
    joined = next(unit for unit in found if unit.asked)
    assert joined.text.startswith("is it compounded? ")
    assert joined.answer == said


def test_an_answer_may_come_after_an_aside() -> None:
    found = units.units("We hear this daily. No. It is made in a plant.", heading="Is it made up?")
    assert [unit.answer for unit in found if unit.asked] == [None, "no"]
    found = units.units("We hear this daily. It is made in a plant.", heading="Is it made up?")
    assert [unit.answer for unit in found if unit.asked] == [None]


@pytest.mark.parametrize(
    ("heading", "asks"),
    [
        ("Do you make me fill out scales", True),
        ("Our scales", False),
        ("Is it safe: a talk", False),
    ],
)
def test_a_heading_may_ask_without_its_mark(heading: str, asks: bool) -> None:
    assert any(unit.asked for unit in units.units("We do.", heading=heading)) == asks


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Nurse in the room: no.", "no"),
        ("FDA approval – none", "no"),
        ("Nurse on video: Always", "yes"),
        ("Nurse on video: ✗", "no"),
        ("Nurse on video ❌", "no"),
        ("❌ Nurse on video", "no"),
        ("✗ Do not drive", None),
        ("✓ Nurse on video", None),
        ("It cures everybody: false.", "no"),
        ("Our well-known nurses", None),
        ("Please note: no nurse is there.", None),
    ],
)
def test_a_label_and_its_answer(text: str, answer: str | None) -> None:
    (unit,) = units.units(text)
    assert unit.answer == answer and unit.told is (answer is not None)


def test_blanks_without_end_are_no_label() -> None:
    sentence = "Nurse on video" + "\u00a0" * 1_400 + "x."
    assert [unit.told for unit in units.units("\n".join([sentence] * 50))] == [False] * 50


def test_a_cross_beside_what_is_ruled_out_denies_nothing() -> None:
    text = "You are no candidate with:\n✗ psychosis"
    (_, item) = units.units(text, parts=((27, 38),), kind="list")
    assert item.answer is None


def test_an_answer_may_be_labelled() -> None:
    *_, unit = units.units("Q: Is it approved?\nA. No, it is not.")
    assert unit.answer == "no"


def test_the_abbreviation_of_number_does_not_hide_an_answer() -> None:
    found = units.units("Is it compounded? No. It is made in a plant.")
    assert [unit.answer for unit in found if unit.asked] == ["no"]
    assert texts(found)[-1] == "it is made in a plant."


def test_a_question_is_one_with_or_without_an_answer_behind_it() -> None:
    first, *_ = units.units("Will a nurse be there? Ask us.")
    assert first.question


def test_what_a_joined_unit_says() -> None:
    answered = next(u for u in units.units("No.", heading="Is it compounded?") if u.asked)
    assert answered.says(6, 16) and not answered.says(6, len(answered.text))
    open_ = next(u for u in units.units("Please wait.", heading="Pregnant?") if u.asked)
    assert open_.says(0, len(open_.text)) and not open_.says(0, 8)
    assert not open_.says(10, len(open_.text))


def test_a_place_in_the_heading_leads_to_the_answer() -> None:
    text = "No."
    unit = next(u for u in units.units(text, heading="Is it compounded?") if u.asked)
    place = unit.original(6, 16)
    assert 0 <= place.start <= place.end <= len(text)


def test_heading_and_column_heads_are_context() -> None:
    (unit,) = units.units("Angina", heading="Who we cannot treat", lead_in="Condition")
    assert unit.context == "who we cannot treat condition"


@given(TEXTS)
def test_every_word_leads_back_to_the_original(text: str) -> None:
    for unit in units.units(text):
        for word in re.finditer(r"\S+", unit.text):
            place = unit.original(*word.span())
            assert 0 <= place.start < place.end <= len(text)
            assert word.group() in fold(text[place.start : place.end]).text


def test_an_item_that_its_lead_in_takes_back_has_its_place_in_the_text() -> None:
    text = "We don't offer:\n• lozenges"
    (_, unit) = units.units(text)
    assert unit.answer == "no" and text[slice(*unit.place)] == text


@given(TEXTS, st.data())
def test_every_slice_stays_inside_the_unit(text: str, data: st.DataObject) -> None:
    for unit in units.units(text, heading="Is it safe?"):
        if len(unit.text) < 2:
            continue
        start = data.draw(st.integers(0, len(unit.text) - 2))
        end = data.draw(st.integers(start + 1, len(unit.text)))
        place = unit.original(start, end)
        assert unit.place.start <= place.start and place.end <= unit.place.end
        # An item that its lead-in withholds stands before the lead-in, as a question does.
        assert place.start <= place.end or unit.told
