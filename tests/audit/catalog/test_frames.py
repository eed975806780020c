"""Frames: order, gaps, heads, exceptions and what may stand elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from audit.catalog import frames, matching
from audit.concepts.lexicon import Lexicon

WORDS = Lexicon(
    {"nurse": ["nurses?"], "stay": ["stays?"], "session": ["sessions?"], "mood": ["mood"]}
)


def hits(
    text: str,
    *,
    heading: tuple[str, ...] = (),
    nearby: tuple[str, ...] = (),
    **declared: Any,
) -> list[str]:
    frame = frames.parse({"stance": "states", **declared})
    found = matching.match(frame, text, WORDS.mentions(text), frozenset(heading), frozenset(nearby))
    return [text[hit.start : hit.end] for hit in found]


def test_order_counts_in_says_and_not_in_all() -> None:
    assert hits("the nurse stays", says="{nurse} .. {stay}") == ["nurse stays"]
    assert hits("stays the nurse", says="{nurse} .. {stay}") == []
    assert hits("stays the nurse", all=["nurse", "stay"]) == ["stays the nurse"]


@pytest.mark.parametrize(("between", "found"), [("one two", True), ("one two three", False)])
def test_gap_is_counted_in_words(between: str, found: bool) -> None:
    assert bool(hits(f"nurse {between} stays", says="{nurse} ..2 {stay}")) == found


def test_slots_without_dots_stand_side_by_side() -> None:
    assert hits("nurse always really stays", says="{nurse} {stay}")
    assert not hits("nurse always and really stays", says="{nurse} {stay}")


def test_a_short_gap_does_not_cross_a_semicolon() -> None:
    assert hits("no nurse here stays", says="{nurse} ..4 {stay}")
    assert not hits("no nurse; someone stays", says="{nurse} ..4 {stay}")


def test_either_of_two_concepts() -> None:
    assert hits("a session stays", says="{nurse|session} .. {stay}") == ["session stays"]


def test_a_later_mention_completes_the_chain() -> None:
    text = "nurse a b c d nurse stays"
    assert hits(text, says="{nurse} ..1 {stay}") == ["nurse stays"]


@pytest.mark.parametrize(
    ("marked", "head"), [("{nurse}! .. {stay}", "nurse"), ("{nurse} .. {stay}", "stays")]
)
def test_head_is_the_marked_concept_else_the_last(marked: str, head: str) -> None:
    text = "the nurse stays"
    frame = frames.parse({"stance": "states", "says": marked})
    (hit,) = matching.match(frame, text, WORDS.mentions(text), frozenset())
    assert text[slice(*hit.head)] == head


def test_all_finds_the_nearest_for_each_head() -> None:
    text = "stays nurse x x x x nurse stays"
    assert hits(text, all=["nurse!", "stay"], gap=2) == ["stays nurse", "nurse stays"]


def test_unless_bars_its_own_clause_only() -> None:
    assert not hits("nurse stays with your mood", says="{nurse} .. {stay}", unless=["mood"])
    assert hits("we track mood; nurse stays", says="{nurse} .. {stay}", unless=["mood"])


def test_unless_nearby_bars_the_passage() -> None:
    says = "{nurse} .. {stay}"
    assert not hits("nurse stays", says=says, nearby=("mood",), unless_nearby=["mood"])
    assert hits("nurse stays", says=says, nearby=("session",), unless_nearby=["mood"])


def test_where_a_condition_may_be_met() -> None:
    says, text = "{nurse} .. {stay}", "nurse stays"
    assert not hits(text, says=says, context=["session"])
    assert hits(text, says=says, context=["session"], heading=("session",))
    assert hits("nurse stays, session on", says=says, context=["session"])
    assert not hits(text, says=says, context=["session"], nearby=("session",))


def test_heading_condition_is_met_by_the_heading_alone() -> None:
    frame = frames.parse({"stance": "states", "says": "{nurse}", "heading": ["session"]})
    text = "nurse, session"
    mentions = WORDS.mentions(text)
    assert not list(matching.match(frame, text, mentions, frozenset()))
    assert list(matching.match(frame, text, mentions, frozenset({"session"})))


def test_nearby_condition_may_be_met_anywhere() -> None:
    says, text = "{nurse} .. {stay}", "nurse stays"
    frame = frames.parse({"stance": "states", "says": says, "nearby": ["session"]})
    mentions = WORDS.mentions(text)
    assert not list(matching.match(frame, text, mentions, frozenset()))
    assert list(matching.match(frame, text, mentions, frozenset(), frozenset({"session"})))


@pytest.mark.parametrize("pattern", ["{nurse} near {stay}", "nurse", ""])
def test_an_unreadable_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"neither|no \{concept\}"):
        frames.parse({"stance": "states", "says": pattern})


def test_stances_by_answer() -> None:
    frame = frames.parse({"stance": "silent", "says": "{nurse}", "if_no": "denies"})
    assert (frame.stance, frame.if_yes, frame.if_no) == ("", "", "denies")
    plain = frames.parse({"stance": "states", "says": "{nurse}"})
    assert (plain.stance, plain.if_yes, plain.if_no) == ("states", "states", "")


def test_a_hit_knows_its_parts() -> None:
    text = "the nurse stays"
    frame = frames.parse({"stance": "states", "says": "{nurse} .. {stay}"})
    (hit,) = matching.match(frame, text, WORDS.mentions(text), frozenset())
    assert [text[slice(*part)] for part in hit.parts] == ["nurse", "stays"]


def test_a_near_miss_is_declared() -> None:
    declared = {"stance": "states", "says": "{nurse}"}
    assert not frames.parse(declared).near_miss
    assert frames.parse({**declared, "near_miss": True}).near_miss
