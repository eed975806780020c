"""The second reader's scores: whole numbers, the same whatever the order, as its file has them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from math import isqrt, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.catalog.catalog import bundled
from audit.reader import reader
from audit.reader.features import features
from audit.reader.reader import Bars, Reader
from audit.stances.found import Passage
from tests.audit.small_engine import engine, rule, says
from tests.audit.tiny_reader import tiny_reader

A, B = ("rule.a", "states"), ("rule.b", "denies")


def scored(by: Reader, features: Iterable[str]) -> list[float] | None:
    scores = by.scores(np.array(by.rows(set(features)), dtype=np.int64))
    return None if scores is None else scores.tolist()


def test_scores_by_hand(tmp_path: Path) -> None:
    tiny = tiny_reader(tmp_path, {"x": {A: 3, B: -7}, "y": {A: 1}}, biases={B: 512})
    assert tiny.labels == [A, B]
    assert scored(tiny, ["x"]) == [3.0, -6.5]
    both = scored(tiny, ["x", "y", "unheard"])
    assert both == pytest.approx([4 / sqrt(2), -7 / sqrt(2) + 0.5], abs=0.002)
    assert (tiny.column(*A), tiny.column(*B), tiny.column("rule.a", "denies")) == (0, 1, None)


def test_of_what_was_never_learnt_there_is_no_score(tmp_path: Path) -> None:
    tiny = tiny_reader(tmp_path, {"x": {A: 3}})
    assert scored(tiny, []) is None and scored(tiny, ["unheard"]) is None


def test_bars_are_of_a_kind_and_a_stance(tmp_path: Path) -> None:
    bars = [("identity", "states", -1.5, 0.25), ("identity", "denies", -2.0, None)]
    tiny = tiny_reader(tmp_path, {"x": {A: 3}}, bars=bars)
    assert tiny.bars("identity", "states") == Bars(-1.5, 0.25)
    assert tiny.bars("identity", "denies") == Bars(-2.0, None)
    assert tiny.bars("technical", "states") is None


@given(st.integers(-127, 127), st.integers(-127, 127), st.integers(-(2**40), 2**40))
def test_scores_are_whole_steps(
    tmp_path_factory: pytest.TempPathFactory, x: int, y: int, bias: int
) -> None:
    folder = tmp_path_factory.mktemp("reader")
    tiny = tiny_reader(folder, {"x": {A: x}, "y": {A: y}}, biases={A: bias}, step=1.0)
    assert scored(tiny, ["x", "y"]) == [(x + y) * 2**20 // isqrt(2 * 2**20) + bias]


def test_many_texts_at_once_score_as_each_alone(tmp_path: Path) -> None:
    tiny = tiny_reader(tmp_path, {f"f{n}": {A: n, B: 3 * n - 40} for n in range(20)})
    texts = [np.arange(number % 21, dtype=np.int64)[::-1] for number in range(200)]
    together = tiny.scores_of_each(texts)
    assert together[0] is None and len(together) == len(texts)
    for rows, scores in zip(texts, together, strict=True):
        alone = tiny.scores(rows)
        assert (scores is None) == (alone is None)
        assert scores is None or alone is None or scores.tolist() == alone.tolist()


def test_neither_order_nor_number_of_the_features_matters(tmp_path: Path) -> None:
    weights = {f"f{n}": {A: n, B: 3 * n - 40} for n in range(20)}
    tiny = tiny_reader(tmp_path, weights)
    names = [*weights, "unheard"]
    expected = scored(tiny, names)
    for seed in range(20):
        shuffled = random.Random(seed).sample(names * 3, len(names) * 3)
        assert scored(tiny, shuffled) == expected


def test_the_order_in_the_file_does_not_matter(tmp_path: Path) -> None:
    weights = {"x": {A: 3, B: 1}, "y": {A: -9}, "z": {B: 100}}
    orders = [dict(order) for order in itertools.permutations(weights.items())]
    found = [scored(tiny_reader(tmp_path, order), ["x", "z"]) for order in orders]
    assert found == [found[0]] * 6


def test_sums_do_not_run_over(tmp_path: Path) -> None:
    tiny = tiny_reader(tmp_path, {f"f{n}": {A: 127} for n in range(4096)})
    assert scored(tiny, (f"f{n}" for n in range(4096))) == [127 * 4096 / 64]


def test_without_a_file_there_is_no_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "FILE", tmp_path / "none.npz")
    assert reader.bundled.__wrapped__() is None


def seen(text: str, heading: str = "", *about: str) -> set[str]:
    """The features of a passage."""
    known = engine(rule("screening.made", "required-disclosure", says("{nurse-thing}")))
    read = known.statements(Passage(text=text, heading=heading))
    return features(text, heading, about, read).names(known.lexicon)


def test_words_stand_in_runs_of_three_and_those_of_the_heading_in_runs_of_two() -> None:
    found = seen("A Nurse\u2019s tea", "Our tea time", "L=mixed")
    words = {"a", "nurse's", "tea", "a nurse's", "nurse's tea", "a nurse's tea"}
    heading = {"H:our", "H:tea", "H:time", "H:our tea", "H:tea time"}
    assert words | heading | {"L=mixed"} <= found
    assert not [f for f in found if f.startswith("H:") and f not in heading]


def test_an_examination_of_the_mind_is_told_in_the_words_that_were_learnt() -> None:
    found = seen("A medical and psychological evaluation", "Psych eval")
    assert {"psychiatric evaluation", "H:psychiatric eval"} <= found
    assert "psychological" in seen("Of psychological help")


@pytest.mark.parametrize(
    ("text", "heading", "feature"),
    [
        ("A nurse waits.", "", "P=nurse-thing"),
        ("We do not say that a nurse waits.", "", "N=nurse-thing"),
        ("A nurse waits, though we never said that a nurse waits.", "", "P=nurse-thing"),
        ("Is it so that a nurse waits?", "", "P=Qnurse-thing"),
        ("No, nobody.", "Is it so that a nurse waits?", "P=Anonurse-thing"),
        ("Yes.", "Is it so that a nurse waits?", "P=Ayesnurse-thing"),
        ("If needed, a nurse waits.", "", "P=condinurse-thing"),
    ],
)
def test_a_concept_comes_with_its_mood(text: str, heading: str, feature: str) -> None:
    assert {"C:nurse-thing", feature} <= seen(text, heading)


def test_the_shipped_reader_fits_the_shipped_rules() -> None:
    shipped = reader.bundled()
    assert shipped is not None
    assert reader.FILE.stat().st_size < 5_000_000
    rules = bundled().rules
    kinds = {rule.kind for rule in rules.values()}
    for rule_id, stance in shipped.labels:
        assert rule_id in rules and stance in ("states", "denies", "qualifies")
    for kind in kinds:
        for stance in ("states", "denies"):
            bars = shipped.bars(kind, stance)
            assert bars is not None and (bars.alone is None or bars.veto < bars.alone > 0)


@pytest.mark.parametrize(
    ("accuses", "credit"),
    [
        (("prohibited-claim", "states"), ("prohibited-claim", "denies")),
        (("required-disclosure", "denies"), ("required-disclosure", "states")),
        (("required-qualifier", "states"), ("required-qualifier", "qualifies")),
    ],
)
def test_to_accuse_alone_the_shipped_reader_has_to_be_surer(
    accuses: tuple[str, str], credit: tuple[str, str]
) -> None:
    shipped = reader.bundled()
    assert shipped is not None
    high, low = shipped.bars(*accuses), shipped.bars(*credit)
    assert high and low and low.alone is not None
    assert high.alone is None or high.alone > low.alone


def test_the_shipped_reader_is_whole_numbers() -> None:
    with np.load(reader.FILE, allow_pickle=False) as raw:
        assert raw["weights"].dtype == np.int8 and raw["biases"].dtype == np.int64
    words = ["pregnant", "a nurse", "C:ketamine-named", "V=provider"]
    found = [scored(Reader(), order) for order in (words, words[::-1])]
    assert found[0] == found[1] is not None
