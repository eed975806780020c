"""What the second reader finds where no pattern did: when it may, where, and which quote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.small_engine import engine, rule, says
from tests.audit.tiny_reader import Label, tiny_reader
from tests.audit.weighed import (
    BARS,
    CLAIM,
    LIMITED,
    NURSE,
    decided,
    found,
    read_by,
    weighing,
)


@pytest.mark.parametrize(
    ("label", "may"),
    [
        ((NURSE, "states"), True),
        ((CLAIM, "denies"), True),
        ((LIMITED, "qualifies"), True),
        ((NURSE, "denies"), False),
        ((CLAIM, "states"), False),
        ((LIMITED, "states"), False),
    ],
)
def test_alone_the_reader_speaks_where_it_has_a_bar(
    tmp_path: Path, label: Label, may: bool
) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, label))
    said = found(known, "We like tea. Somebody sits right there gladly. And so on.")
    assert decided(said) == ([(*label, None, "reader")] if may else [])


@pytest.mark.parametrize("gladly_with_us", [True, False])
def test_of_a_row_it_reads_the_cells_about_the_provider(
    tmp_path: Path, gladly_with_us: bool
) -> None:
    cells = ["Who is there", "Somebody or other", "Somebody quite gladly"]
    if not gladly_with_us:
        cells[1:] = reversed(cells[1:])
    text = " ".join(cells)
    parts = tuple((text.index(cell), text.index(cell) + len(cell)) for cell in cells)
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    row = found(known, text, kind="table-row", parts=parts, lead_in="Other clinics | With us")
    assert bool(row) == gladly_with_us


def test_alone_it_takes_the_stance_that_it_is_surest_of(tmp_path: Path) -> None:
    bars = (*BARS[:3], ("required-disclosure", "denies", -5.0, 20.0), *BARS[4:])
    weights = {"gladly": {(NURSE, "states"): 50, (NURSE, "denies"): 60}}
    said = found(read_by(tmp_path, weights, bars), "Ketamine sits right there gladly.")
    assert decided(said) == [(NURSE, "denies", None, "reader")]


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Somebody says all sorts of things gladly.", False),
        ("Somebody says all sorts of things gladly. Ketamine it is.", True),
        ("Readers asked me whether ketamine does such things gladly.", False),
        ("Ketamine does such things gladly, and a reader asked why.", True),
    ],
)
def test_alone_it_accuses_only_where_the_provider_speaks_of_the_treatment(
    tmp_path: Path, text: str, may: bool
) -> None:
    bars = (("prohibited-claim", "states", -5.0, 20.0), *BARS[1:])
    known = read_by(tmp_path, weighing("gladly", 99, (CLAIM, "states")), bars)
    assert decided(found(known, text)) == ([(CLAIM, "states", None, "reader")] if may else [])


def test_alone_it_hears_no_caption_and_no_date(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    assert found(known, "Somebody sits right there gladly") == []
    long = "Somebody sits right there gladly while we make more of our green tea"
    assert len(found(known, long)) == 1


@pytest.mark.parametrize(("score", "enough"), [(19, False), (20, True)])
def test_alone_it_has_to_be_sure(tmp_path: Path, score: int, enough: bool) -> None:
    known = read_by(tmp_path, weighing("gladly", score, (NURSE, "states")))
    assert bool(found(known, "Somebody sits right there gladly.")) == enough


_LIST = "All of that rules you out gladly."


@pytest.mark.parametrize(
    ("text", "heading", "score", "may"),
    [
        (_LIST, "", 20, False),
        (_LIST, "", 21, True),
        (_LIST, "For whom some limits hold", 20, True),
        ("All of that rules you out gladly; some limits hold.", "", 20, True),
        (f"{_LIST} Also, some limits hold.", "", 20, True),
        (f"{_LIST} Also, another limit holds.", "", 20, False),
    ],
)
def test_alone_it_has_to_be_surer_where_nothing_names_the_subject(
    tmp_path: Path, text: str, heading: str, score: int, may: bool
) -> None:
    screens = rule(NURSE, "required-disclosure", subject=((frozenset({"limits-it"}),),))
    weights = weighing("gladly", score, (NURSE, "states"))
    known = engine(screens, reader=tiny_reader(tmp_path, weights, bars=BARS))
    assert bool(found(known, text, heading=heading)) == may


def test_alone_it_quotes_the_sentence_that_says_most(tmp_path: Path) -> None:
    weights = {"gladly": {(NURSE, "states"): 60}, "really": {(NURSE, "states"): 30}}
    said = "Somebody sits right there\u00a0gladly, \u201cthere\u201d."
    text = f"We really like our green tea. {said} Do they sit gladly?"
    (claim,) = found(read_by(tmp_path, weights), text)
    assert text[claim.start : claim.end] == said
    assert claim.score is not None and claim.score > 20


def test_alone_it_quotes_no_question(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    assert found(known, "Does somebody sit right there gladly?") == []


def test_an_answer_is_quoted_with_its_question(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    text = "Does somebody sit there? Yes, gladly."
    (claim,) = found(known, text)
    assert text[claim.start : claim.end] in (text, "Yes, gladly.")
    answer = "Yes, gladly, and to the very end."
    (claim,) = found(known, answer, heading="Does somebody sit there?")
    assert (claim.start, claim.end) == (0, len(answer))


@pytest.mark.parametrize(
    ("around", "may"),
    [
        ({"kind": "paragraph"}, True),
        ({"kind": "list"}, True),
        ({"region": "modal"}, True),
        ({"region": "footer"}, False),
        ({"region": "nav"}, False),
        ({"kind": "button"}, False),
        ({"kind": "alt"}, False),
        ({"kind": "heading"}, False),
    ],
)
def test_alone_it_hears_running_text(tmp_path: Path, around: dict[str, str], may: bool) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    assert bool(found(known, "Somebody sits right there gladly.", **around)) == may


@pytest.mark.parametrize(("kind", "may"), [("list", False), ("paragraph", True)])
def test_of_a_list_an_item_has_to_say_it(tmp_path: Path, kind: str, may: bool) -> None:
    """What is known stands across two lines: the whole is scored 0.7 * 127 / sqrt 2, an item 0."""
    weights = {"list here": {(NURSE, "states"): 127}, "V=provider": {(NURSE, "states"): 0}}
    known = read_by(tmp_path, weights)
    text = "We keep a list\nhere are four more of our words."
    assert bool(found(known, text, kind=kind)) is may


def test_alone_it_needs_a_sentence(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    assert found(known, "Sits right there gladly.") == []


@pytest.mark.parametrize("needs_pattern", [True, False])
def test_alone_it_hears_what_needs_no_pattern(tmp_path: Path, needs_pattern: bool) -> None:
    """Where several things have to be said together, a likeness is not enough."""
    tiny = tiny_reader(tmp_path, weighing("gladly", 99, (NURSE, "states")), bars=BARS)
    said = says("{nurse-thing}")
    asked = rule(NURSE, "required-disclosure", said, needs_pattern=needs_pattern)
    heard = found(engine(asked, reader=tiny), "Somebody sits right there gladly.")
    assert [claim.decided_by for claim in heard] == ["reader"] * (not needs_pattern)


@pytest.mark.parametrize("voice", ["testimonial", "blog", "directory"])
def test_alone_it_hears_the_voices_that_the_rule_hears(tmp_path: Path, voice: str) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    assert found(known, "Somebody sits right there gladly.", voice=voice) == []


def test_alone_it_credits_nobody_with_what_is_said_of_another_treatment(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    other = frozenset({"other-treatment"})
    assert found(known, "Somebody sits right there gladly.", lines=other) == []


def test_alone_it_sets_aside_what_is_said_of_spravato(tmp_path: Path) -> None:
    """As with a pattern: what holds for Spravato does not hold for the lozenge."""
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    about = frozenset({"spravato"})
    by_pattern = found(known, "A nurse waits.", lines=about)
    assert [c.set_aside for c in by_pattern] == ["other_line"]
    by_reader = found(known, "Somebody sits right there gladly.", lines=about)
    assert all(c.set_aside == "other_line" for c in by_reader)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Ask whether anybody there does the thing with the straw hat.", False),
        ("So ask them who does the thing with the straw hat.", False),
        ("Then ask if they do the thing with the straw hat.", False),
        ("Always ask the clinic what is done about the straw hat.", False),
        ("You should ask how it goes with the straw hat.", False),
        ("We ask whether anybody does the thing with the straw hat.", True),
        ("Ask us about the thing with the straw hat.", True),
    ],
)
def test_who_tells_readers_what_to_ask_discloses_nothing(
    tmp_path: Path, text: str, heard: bool
) -> None:
    known = read_by(tmp_path, weighing("straw", 30, (NURSE, "states")))
    assert bool(found(known, text)) is heard
