"""Patterns and reader together: who decided, what is doubted, what the reader finds alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from audit import gold, site
from audit.catalog import bundled
from audit.claims import Engine, bundled_engine
from audit.found import Found, Passage
from data.vocabulary import ClaimStatus
from tests.audit.captured_page import captured
from tests.audit.small_engine import engine, qualifier, rule, says
from tests.audit.tiny_reader import Label, tiny_reader

PASSAGES = Path(__file__).parents[2] / "training" / "passages"
CLAIM, NURSE, LIMITED = "claim.made", "screening.made", "claim.limited"
RULES = (
    rule(CLAIM, "prohibited-claim", says("{claims-it}"), says("{disowns-it}", "denies")),
    rule(NURSE, "required-disclosure", says("{nurse-thing}", if_negated="denies")),
    rule(
        LIMITED, "required-qualifier", says("{second-limit}"), qualifier=qualifier(1, "limits-it")
    ),
)
BARS = (
    ("prohibited-claim", "states", -5.0, None), ("prohibited-claim", "denies", -5.0, 20.0),
    ("required-disclosure", "states", -5.0, 20.0), ("required-disclosure", "denies", -5.0, None),
    ("required-qualifier", "states", -5.0, None), ("required-qualifier", "qualifies", -5.0, 20.0),
)  # fmt: skip
Weights = Mapping[str, Mapping[Label, int]]


def read_by(folder: Path, weights: Weights, bars: object = BARS) -> Engine:
    """An engine with a reader of these weights."""
    return engine(*RULES, reader=tiny_reader(folder, weights, bars=bars))  # type: ignore[arg-type]


def weighing(word: str, score: int, label: Label) -> Weights:
    """So that a passage with one word has this score, whatever else stands there."""
    return {word: {label: score}}


def found(known: Engine, text: str, **around: object) -> list[Found]:
    return known.find(Passage(text=text, **around))  # type: ignore[arg-type]


def decided(claims: list[Found]) -> list[tuple[str, str, str | None, str]]:
    return [(c.rule_id, c.stance, c.set_aside, c.decided_by) for c in claims]


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


def test_what_a_pattern_found_negated_the_reader_does_not_state(tmp_path: Path) -> None:
    alone = rule(NURSE, "required-disclosure", says("{nurse-thing}"))
    weights = weighing("gladly", 99, (NURSE, "states"))
    known = engine(alone, reader=tiny_reader(tmp_path, weights, bars=BARS))
    (claim,) = found(known, "Somebody or other waits here quite gladly.")
    assert (claim.stance, claim.decided_by) == ("states", "reader")
    assert found(known, "It is untrue that a nurse waits here gladly.") == []


def test_what_a_pattern_excepts_the_reader_accuses_nobody_of(tmp_path: Path) -> None:
    excepting = rule(CLAIM, "prohibited-claim", says("{claims-it}", unless=["limits-it"]))
    bars = (("prohibited-claim", "states", -5.0, 20.0), *BARS[1:])
    weights = weighing("gladly", 99, (CLAIM, "states"))
    known = engine(excepting, reader=tiny_reader(tmp_path, weights, bars=bars))
    said = "Of ketamine we claim it gladly, and some limits hold."
    assert [c.decided_by for c in found(known, said.partition(",")[0] + ".")] == ["both"]
    assert found(known, said) == []


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
    known = read_by(tmp_path, weighing("gladly", -99, (CLAIM, "states")))
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


def test_alone_it_takes_the_stance_that_it_is_surest_of(tmp_path: Path) -> None:
    bars = (*BARS[:3], ("required-disclosure", "denies", -5.0, 20.0), *BARS[4:])
    weights = {"gladly": {(NURSE, "states"): 50, (NURSE, "denies"): 60}}
    said = found(read_by(tmp_path, weights, bars), "Ketamine sits right there gladly.")
    assert decided(said) == [(NURSE, "denies", None, "reader")]


def test_where_a_pattern_was_doubted_the_reader_may_hear_the_other_stance(tmp_path: Path) -> None:
    weights = {"gladly": {(CLAIM, "states"): -50, (CLAIM, "denies"): 50}}
    said = found(read_by(tmp_path, weights), "Nobody says that we claim it gladly here.")
    assert (CLAIM, "denies", None, "reader") in decided(said)


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


def test_alone_it_is_silent_where_a_pattern_spoke(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (CLAIM, "denies")))
    said = found(known, "We claim it gladly.")
    assert [(c.stance, c.decided_by) for c in said] == [("states", "pattern")]
    asked = found(known, "Is it so that we claim it? We say so gladly.")
    assert [c.set_aside for c in asked] == ["question"]


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


def test_alone_it_needs_a_sentence(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (NURSE, "states")))
    assert found(known, "Sits right there gladly.") == []


def test_alone_it_does_not_count(tmp_path: Path) -> None:
    """Where several things have to be said together, a likeness is not enough."""
    counted = {"stance": "states", "at_least": 2, "of": ["nurse-thing", "limits-it"]}
    tiny = tiny_reader(tmp_path, weighing("gladly", 99, (NURSE, "states")), bars=BARS)
    known = engine(rule(NURSE, "required-disclosure", counted), reader=tiny)
    assert found(known, "Somebody sits right there gladly.") == []


def test_before_a_claim_is_doubted_its_own_sentence_is_read(tmp_path: Path) -> None:
    weights = {"sadly": {(NURSE, "states"): -90}, "gladly": {(NURSE, "states"): 9}}
    known = read_by(tmp_path, weights)
    own, other = (
        found(known, "A nurse waits gladly. It rains sadly."),
        "A nurse waits. It rains sadly.",
    )
    assert decided(own) == [(NURSE, "states", None, "both")]
    assert decided(found(known, other)) == [(NURSE, "states", "near_miss", "pattern")]
    within = found(known, "It rains. A nurse waits sadly.")
    assert decided(within) == [(NURSE, "states", "near_miss", "pattern")]


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
