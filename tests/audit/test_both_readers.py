"""The second reader's two halves: a linear model and a network, whose scores are weighed as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.claims import Engine
from audit.found import Passage
from audit.phrase_net import PhraseNet
from tests.audit.small_engine import engine, rule, says
from tests.audit.tiny_net import tiny_net
from tests.audit.tiny_reader import tiny_reader

NURSE = "screening.made"
RULE = rule(NURSE, "required-disclosure", says("{nurse-thing}"))
LABEL = (NURSE, "states")


def listening(folder: Path, word: str, score: int) -> PhraseNet:
    """A network that scores a passage with a word, and any other one zero."""
    filters = [[[0]] for _ in range(9)]
    filters[0] = [[1]]
    return tiny_net(
        folder, {word: [1]}, filters,
        floors=[[0], [0], [0]], weights=[[1], [0], [0]], biases=[0], steps=[float(score)],
    )  # fmt: skip


def both(folder: Path, bars: list[tuple[str, str, float, float | None]], heard: int) -> Engine:
    """The linear model thinks nothing of any passage; the network thinks so much of "gladly"."""
    linear = tiny_reader(folder, {"V=provider": {LABEL: 0}}, bars=bars)
    return engine(RULE).with_reader(linear, listening(folder, "gladly", heard))


@pytest.mark.parametrize(("heard", "found"), [(10, ["reader"]), (1, [])])
def test_what_only_the_network_hears_is_found(tmp_path: Path, heard: int, found: list[str]) -> None:
    known = both(tmp_path, [("required-disclosure", "states", -5.0, 2.0)], heard)
    text = "Somebody or other keeps you company here quite gladly."
    claims = known.find(Passage(text=text))
    assert [c.decided_by for c in claims] == found
    assert known.find(Passage(text=text.replace("gladly", "sadly"))) == []


@pytest.mark.parametrize(("heard", "aside"), [(-20, "near_miss"), (-10, None)])
def test_what_the_network_doubts_is_a_near_miss(
    tmp_path: Path, heard: int, aside: str | None
) -> None:
    known = both(tmp_path, [("required-disclosure", "states", -4.0, None)], heard)
    (claim,) = known.find(Passage(text="Here a nurse waits gladly."))
    assert claim.set_aside == aside
