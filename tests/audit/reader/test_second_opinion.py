"""Patterns and reader together: who decided, and what is doubted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from audit.catalog.catalog import bundled
from audit.claims.engines import bundled_engine
from audit.evaluation import gold
from audit.site import site
from audit.stances.found import Passage
from data.vocabulary import ClaimStatus
from tests.audit.captured_page import captured
from tests.audit.small_engine import engine, rule, says
from tests.audit.tiny_reader import tiny_reader
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

DOUBT = "near_miss"
PASSAGES = Path(__file__).parents[3] / "training" / "passages"


@pytest.mark.parametrize(
    ("rule_id", "text", "doubted"),
    [
        (CLAIM, "Do we claim it gladly? Absolutely.", False),
        (CLAIM, "Do we claim it gladly? Yes, we do.", False),
        (CLAIM, "Do we claim it gladly? Yes, as long as there is nobody who minds it much.", True),
        (CLAIM, "Don't we claim it gladly? Absolutely.", True),
        (CLAIM, "We claim it gladly.", True),
        (NURSE, "Is it so that a nurse waits gladly? Yes.", False),
        (NURSE, "Isn't it so that a nurse waits gladly? Yes.", True),
        (NURSE, "Is it so that a nurse waits gladly? Yes, if anybody at all asks us for it.", True),
    ],
)
def test_a_plain_yes_to_a_question_is_not_doubted(
    tmp_path: Path, rule_id: str, text: str, doubted: bool
) -> None:
    known = read_by(tmp_path, weighing("gladly", -99, (rule_id, "states")))
    states = [c for c in found(known, text) if c.stance == "states"]
    assert any(c.set_aside is None for c in states) is not doubted


@pytest.mark.parametrize(("kind", "aside"), [("required-disclosure", None), ("identity", DOUBT)])
def test_nor_is_a_plain_no_that_discloses(tmp_path: Path, kind: str, aside: str | None) -> None:
    asked = rule(NURSE, kind, says("{nurse-thing}", "silent", if_no="states"))
    bars = [(kind, "states", -5.0, None)]
    weights = weighing("gladly", -6, (NURSE, "states"))
    known = engine(asked, reader=tiny_reader(tmp_path, weights, bars=bars))
    (claim,) = found(known, "Is it so that a nurse waits gladly? No.")
    assert (claim.stance, claim.set_aside) == ("states", aside)


@pytest.mark.parametrize(
    ("kind", "stance", "plain", "aside"),
    [
        ("required-disclosure", "states", True, None),
        ("required-disclosure", "states", False, DOUBT),
        ("required-disclosure", "denies", True, DOUBT),
        ("prohibited-claim", "states", True, DOUBT),
    ],
)
def test_what_a_plain_frame_discloses_is_not_doubted(
    tmp_path: Path, kind: str, stance: str, plain: bool, aside: str | None
) -> None:
    bold = says("{nurse-thing}", stance, bold=True)
    told = rule(NURSE, kind, bold, says("{nurse-thing}", stance, plain=plain))
    bars = [(kind, stance, -5.0, None)]
    weights = weighing("gladly", -6, (NURSE, stance))
    known = engine(told, reader=tiny_reader(tmp_path, weights, bars=bars))
    (claim,) = found(known, "A nurse waits gladly.")
    assert claim.set_aside == aside


@pytest.mark.parametrize("voice", ["blog", "news"])
def test_what_a_post_only_seems_to_claim_is_not_even_set_aside(tmp_path: Path, voice: str) -> None:
    said, where = "We claim it gladly.", {"voice": voice, "page_type": voice}
    doubting = read_by(tmp_path, weighing("gladly", -99, (CLAIM, "states")))
    assert not found(doubting, said, **where)
    # That posts claim nothing is no reason to doubt what one says.
    wary = read_by(tmp_path, weighing(f"V={voice}", -99, (CLAIM, "states")))
    assert [c.set_aside for c in found(wary, said, **where)] == ["blog"]


@pytest.mark.parametrize(("score", "left"), [(-9, True), (-99, False)])
def test_a_disclosure_in_a_post_is_left_unless_it_is_far_off(
    tmp_path: Path, score: int, *, left: bool
) -> None:
    doubting = read_by(tmp_path, weighing("gladly", score, (NURSE, "states")))
    said = found(doubting, "A nurse waits gladly.", voice="blog", page_type="blog")
    assert [c.set_aside for c in said] == ["blog"] * left


@pytest.mark.parametrize(
    ("rule_id", "row", "doubted"),
    [
        ("price.made", ("A nurse waits", "$240 gladly"), False),
        ("price.made", ("A nurse waits", "quite gladly"), True),
        (NURSE, ("A nurse waits", "$240 gladly"), True),
    ],
)
def test_what_a_row_of_prices_tells_is_not_doubted(
    tmp_path: Path, rule_id: str, row: tuple[str, str], doubted: bool
) -> None:
    told = rule(rule_id, "required-disclosure", says("{nurse-thing}"))
    weights = weighing("gladly", -6, (rule_id, "states"))
    known = engine(told, reader=tiny_reader(tmp_path, weights, bars=BARS))
    parts = ((0, len(row[0])), (len(row[0]) + 1, len(" ".join(row))))
    (claim,) = found(known, " ".join(row), kind="table-row", parts=parts)
    assert (claim.set_aside == "near_miss") is doubted


@pytest.mark.parametrize(
    ("score", "aside", "decided_by"),
    [
        (9, None, "both"),
        (0, None, "both"),
        (-1, None, "pattern"),
        (-5, None, "pattern"),
        (-6, "near_miss", "pattern"),
    ],
)
def test_what_the_reader_thinks_of_a_pattern(
    tmp_path: Path, score: int, aside: str | None, decided_by: str
) -> None:
    known = read_by(tmp_path, weighing("gladly", score, (NURSE, "states")))
    (claim,) = found(known, "A nurse waits gladly.")
    assert (claim.set_aside, claim.decided_by, claim.score) == (aside, decided_by, score)
    assert claim.status == (ClaimStatus.SET_ASIDE if aside else ClaimStatus.ASSERTED)
    assert "A nurse waits gladly."[claim.start : claim.end] == "A nurse waits gladly."


@pytest.mark.parametrize(
    ("score", "text", "left"),
    [
        (-5, "A nurse waits gladly.", [None]),
        (-6, "A nurse waits gladly.", []),
        (-6, "Is it so that a nurse waits gladly?", []),
        (-6, "A nurse waits gladly, and some limits hold.", ["near_miss"]),
    ],
)
def test_what_a_bold_frame_found_and_the_reader_turns_down_is_no_near_miss(
    tmp_path: Path, score: int, text: str, left: list[str | None]
) -> None:
    """But what another frame finds at the same place is one as ever."""
    bold = says("{nurse-thing}", bold=True)
    rules = rule(NURSE, "required-disclosure", bold, says("{nurse-thing} .. {limits-it}!"))
    reader = tiny_reader(tmp_path, weighing("gladly", score, (NURSE, "states")), bars=BARS)
    assert [c.set_aside for c in found(engine(rules, reader=reader), text)] == left


@pytest.mark.parametrize(
    ("rule_id", "stance", "score", "left"),
    [
        (NURSE, "states", -13, ["near_miss"]),
        (NURSE, "states", -14, []),
        (CLAIM, "states", -11, ["near_miss"]),
        (CLAIM, "states", -12, []),
        (CLAIM, "denies", -11, ["near_miss"]),
        (CLAIM, "denies", -12, []),
    ],
)
def test_what_the_reader_thinks_far_off_is_no_near_miss(
    tmp_path: Path, rule_id: str, stance: str, score: int, left: list[str]
) -> None:
    """A disclosure has to be further off: who is not believed there is accused of silence."""
    known = read_by(tmp_path, weighing("gladly", score, (rule_id, stance)))
    claim = "We claim it gladly." if stance == "states" else "We disown it gladly."
    text = claim if rule_id == CLAIM else "A nurse waits gladly."
    assert [c.set_aside for c in found(known, text) if c.stance == stance] == left


def test_where_the_reader_knows_nothing_the_patterns_stand(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("unheard", -99, (NURSE, "states")))
    (claim,) = found(known, "A nurse waits.")
    assert (claim.set_aside, claim.decided_by, claim.score) == (None, "pattern", None)


def test_without_a_bar_or_a_label_the_patterns_stand(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", -99, (NURSE, "states")), bars=())
    assert decided(found(known, "A nurse waits gladly.")) == [(NURSE, "states", None, "pattern")]
    known = read_by(tmp_path, weighing("gladly", -99, (CLAIM, "states")))
    assert decided(found(known, "A nurse waits gladly.")) == [(NURSE, "states", None, "pattern")]


def test_what_is_set_aside_already_keeps_its_reason(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", -99, (NURSE, "states")))
    assert {c.set_aside for c in found(known, "Is it so that a nurse waits gladly?")} == {
        "question"
    }


def test_a_veto_of_one_stance_leaves_the_other(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", -9, (CLAIM, "states")))
    said = found(known, "We claim it gladly. We disown it.")
    assert sorted(decided(said)) == [
        (CLAIM, "denies", None, "pattern"),
        (CLAIM, "states", "near_miss", "pattern"),
    ]


def test_how_well_a_claim_is_qualified_is_for_the_patterns_to_say(tmp_path: Path) -> None:
    weights = {"gladly": {(LIMITED, "qualifies"): -99, (LIMITED, "states"): 7}}
    said = found(read_by(tmp_path, weights), "Another limit holds gladly. Some limits hold.")
    assert decided(said) == [(LIMITED, "qualifies", None, "both")]
    assert [c.score for c in said] == [7.0]


def test_a_passage_counts_with_the_sentence_that_says_most(tmp_path: Path) -> None:
    """The whole: two words of weight; each sentence: one. (7 * 100 / sqrt 2 + 3 * 100) / 10."""
    weights = {"gladly": {(NURSE, "states"): 100}, "tea": {(NURSE, "states"): 0}}
    text = "We really like our green tea. Somebody sits right there gladly."
    (claim,) = found(read_by(tmp_path, weights), text)
    assert claim.score == pytest.approx(0.7 * 100 / 2**0.5 + 0.3 * 100, abs=0.1)
    assert text[claim.start : claim.end] == "Somebody sits right there gladly."


def test_the_reader_is_told_which_patterns_fired(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing(f"F={CLAIM}:states:", 7, (CLAIM, "states")))
    assert [c.score for c in found(known, "We claim it.")] == [7.0]
    known = read_by(tmp_path, weighing(f"F={CLAIM}:states:aside", 7, (CLAIM, "states")))
    assert [c.score for c in found(known, "Do we claim it?")] == [7.0]


def test_before_a_claim_is_doubted_its_own_sentence_is_read(tmp_path: Path) -> None:
    weights = {"sadly": {(NURSE, "states"): -8}, "gladly": {(NURSE, "states"): 9}}
    known = read_by(tmp_path, weights)
    own, other = (
        found(known, "A nurse waits gladly. It rains sadly."),
        "A nurse waits. It rains sadly.",
    )
    assert decided(own) == [(NURSE, "states", None, "both")]
    assert decided(found(known, other)) == [(NURSE, "states", "near_miss", "pattern")]
    within = found(known, "It rains. A nurse waits sadly.")
    assert decided(within) == [(NURSE, "states", "near_miss", "pattern")]


def test_a_page_keeps_who_decided_and_the_score(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    body = (
        "<p>A nurse waits gladly.</p><p>Somebody sits right there gladly.</p><p>We disown it.</p>"
    )
    claims = site.read_site(known, [captured(body)]).claims
    assert [(c.decided_by, c.score is not None, c.quote) for c in claims] == [
        ("both", True, "A nurse waits gladly."),
        ("reader", True, "Somebody sits right there gladly."),
        ("pattern", False, "We disown it."),
    ]


def test_labels_of_rules_that_are_gone_say_nothing(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, ("screening.gone", "states")))
    assert found(known, "Somebody sits right there gladly.") == []


def test_the_shipped_reader_in_training_passages() -> None:
    """Who decided, with what score; quotes at their offsets; the same each time."""
    ways = set[str]()
    for passage in passages(150):
        claims = bundled_engine().find(passage)
        assert claims == bundled_engine().find(passage)
        for claim in claims:
            ways.add(claim.decided_by)
            assert 0 <= claim.start < claim.end <= len(passage.text)
            assert passage.text[claim.start : claim.end].strip()
            assert claim.decided_by != "both" or (claim.score is not None and claim.score >= 0)
            if claim.decided_by == "reader":
                assert claim.score is not None and claim.score > 0
    assert ways == {"pattern", "both", "reader"}


def passages(count: int) -> list[Passage]:
    """Training passages, the same ones each time."""
    records = [
        record.passage
        for path in sorted(PASSAGES.glob("train-*.jsonl"))
        for record in gold.read(path, bundled().rules)
    ]
    return random.Random(11).sample(records, count)


def test_what_is_agreed_on_is_what_is_found_but_for_what_the_reader_hears_alone() -> None:
    known, alone, agreed = bundled_engine(), 0, 0
    for record in gold.read(PASSAGES / "train-t90.jsonl", known.catalog.rules)[:100]:
        stated = [c for c in known.find(record.passage) if c.stance == "states"]
        for rule_id in {c.rule_id for c in stated}:
            own = [c for c in stated if c.rule_id == rule_id and c.decided_by != "reader"]
            assert known.agreed(record.passage, {rule_id}) == own
            alone, agreed = alone + (not own), agreed + bool(own)
    assert alone and agreed
