"""Precision, recall, F1 and their intervals, against published and hand-made values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.evaluation.scoring import Tally, bootstrap_f1, wilson

counts = st.integers(0, 50)
tallies = st.builds(Tally, counts, counts, counts)


def test_shares_by_hand() -> None:
    tally = Tally(right=6, wrong=2, missed=4)
    assert (tally.precision, tally.recall) == (0.75, 0.6)
    assert tally.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1"),
    [
        (Tally(), None, None, None),
        (Tally(wrong=3), 0.0, None, 0.0),
        (Tally(missed=3), None, 0.0, 0.0),
        (Tally(right=3), 1.0, 1.0, 1.0),
    ],
)
def test_a_share_of_nothing_is_none(
    tally: Tally, precision: float | None, recall: float | None, f1: float | None
) -> None:
    assert (tally.precision, tally.recall, tally.f1) == (precision, recall, f1)


@given(tallies, tallies)
def test_tallies_add_up(one: Tally, other: Tally) -> None:
    both = one + other
    assert both == other + one
    assert both.right == one.right + other.right
    assert both.wrong + both.missed == one.wrong + one.missed + other.wrong + other.missed


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_as_newcombe_has_it(part: int, whole: int, low: float, high: float) -> None:
    """The score intervals of Newcombe, Statistics in Medicine 17 (1998), 857-872, table I."""
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500), st.integers(0, 500))
def test_wilson_holds_its_share_and_mirrors(whole: int, part: int) -> None:
    part = min(part, whole)
    low, high = wilson(part, whole) or (2.0, 2.0)
    assert 0 <= low <= high <= 1
    assert low - 1e-12 <= part / whole <= high + 1e-12
    assert wilson(whole - part, whole) == pytest.approx((1 - high, 1 - low))


def test_of_nothing_there_is_no_interval() -> None:
    assert wilson(0, 0) is None
    assert bootstrap_f1([]) is None
    assert bootstrap_f1([Tally(), Tally()]) is None


@given(st.lists(tallies, max_size=20))
def test_the_bootstrap_is_the_same_each_time_and_within_bounds(passages: list[Tally]) -> None:
    interval = bootstrap_f1(passages)
    assert interval == bootstrap_f1(list(passages))
    if interval:
        assert 0 <= interval[0] <= interval[1] <= 1


@pytest.mark.parametrize("passages", [1, 9, 200])
def test_without_any_error_or_any_success_the_interval_is_not_a_point(passages: int) -> None:
    """Few passages prove little, and silent ones nothing at all."""
    silent = [Tally()] * 5
    perfect = bootstrap_f1([Tally(right=2)] * passages + silent)
    hopeless = bootstrap_f1([Tally(missed=1)] * passages + silent)
    share = wilson(passages, passages)
    assert perfect and hopeless and share
    assert perfect == pytest.approx((2 * share[0] / (1 + share[0]), 1.0))
    assert hopeless[0] == 0.0 < hopeless[1] < 1.0


def test_the_bootstrap_of_what_does_not_vary_is_a_point() -> None:
    assert bootstrap_f1([Tally(2, 1, 1)] * 9) == pytest.approx((2 / 3, 2 / 3))


def test_the_bootstrap_draws_passages_and_not_labels() -> None:
    """Few passages with many labels each say little: their interval is wide."""
    few = [Tally(right=50), Tally(missed=50)] * 3
    many = [Tally(right=1), Tally(missed=1)] * 150
    wide, narrow = bootstrap_f1(few), bootstrap_f1(many)
    assert wide and narrow
    assert wide[1] - wide[0] > 4 * (narrow[1] - narrow[0])


def test_the_bootstrap_agrees_with_the_spread_of_the_score() -> None:
    """Of 400 passages with one label, half of them found: F1 2/3, standard deviation .022."""
    interval = bootstrap_f1([Tally(right=1)] * 200 + [Tally(missed=1)] * 200)
    assert interval == pytest.approx((0.622, 0.709), abs=0.006)


def test_passages_without_labels_are_drawn_too() -> None:
    silent = [Tally(right=1), Tally(missed=1), *[Tally()] * 60]
    assert bootstrap_f1(silent) == (0.0, 1.0)
