"""The second reader's halves: a linear model and a transformer, whose scores are weighed as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from audit.claims.claims import Engine
from audit.reader.reader import Scores
from audit.reader.transformer import Transformer
from audit.stances.found import Passage
from tests.audit.small_engine import engine, rule, says
from tests.audit.tiny_reader import tiny_reader
from tests.audit.tiny_transformer import listening

NURSE = "screening.made"
RULE = rule(NURSE, "required-disclosure", says("{nurse-thing}"))
LABEL = (NURSE, "states")


def both(folder: Path, bars: list[tuple[str, str, float, float | None]], heard: int) -> Engine:
    """The linear model thinks nothing of any passage; the transformer so much of "gladly"."""
    linear = tiny_reader(folder, {"V=provider": {LABEL: 0}}, bars=bars)
    return engine(RULE).with_reader(linear, listening(folder, "gladly", heard))


@pytest.mark.parametrize(("heard", "found"), [(10, ["reader"]), (1, [])])
def test_what_only_the_transformer_hears_is_found(
    tmp_path: Path, heard: int, found: list[str]
) -> None:
    known = both(tmp_path, [("required-disclosure", "states", -5.0, 2.0)], heard)
    text = "Somebody or other keeps you company here quite gladly."
    claims = known.find(Passage(text=text))
    assert [c.decided_by for c in claims] == found
    assert known.find(Passage(text=text.replace("gladly", "sadly"))) == []


@pytest.mark.parametrize(("heard", "aside"), [(-10, "near_miss"), (-4, None)])
def test_what_the_transformer_doubts_is_a_near_miss(
    tmp_path: Path, heard: int, aside: str | None
) -> None:
    known = both(tmp_path, [("required-disclosure", "states", -3.0, None)], heard)
    (claim,) = known.find(Passage(text="Here a nurse waits gladly."))
    assert claim.set_aside == aside


@pytest.mark.parametrize(
    ("word", "heard", "text", "accuses"),
    [
        ("never", -10, "Ketamine never does such things gladly.", False),
        ("never", -2, "Ketamine never does such things gladly.", True),
        ("never", 10, "Ketamine never does such things gladly.", True),
        ("gladly", -10, "Ketamine never does such things gladly.", True),
        ("never", -10, "Ketamine ever does such things gladly.", True),
    ],
)
def test_nobody_is_accused_by_the_reader_alone_of_what_only_the_bare_words_say(
    tmp_path: Path, word: str, heard: int, text: str, accuses: bool
) -> None:
    claim = "claim.made"
    bars = [("prohibited-claim", "states", -5.0, 2.0)]
    linear = tiny_reader(tmp_path, {"gladly": {(claim, "states"): 99}}, bars=bars)
    rules = rule(claim, "prohibited-claim", says("{claims-it}"))
    known = engine(rules).with_reader(linear, listening(tmp_path, word, heard))
    assert bool(known.find(Passage(text=text))) == accuses


class Asked(Transformer):
    """Counts how often it is asked."""

    times = 0

    def scores(self, text: str, heading: str, about: Sequence[str]) -> Scores:
        self.times += 1
        return super().scores(text, heading, about)


@pytest.mark.parametrize(
    ("linear", "text", "times"),
    [
        (0, "Somebody or other keeps you company here gladly.", 1),
        (-60, "Somebody or other keeps you company here gladly.", 0),
        (-60, "Here a nurse waits gladly for all of you.", 1),
        (60, "Here a nurse waits gladly for all of you.", 0),
        (0, "Does somebody or other keep you company here gladly?", 0),
    ],
)
def test_the_transformer_is_asked_where_it_could_change_something(
    tmp_path: Path, linear: int, text: str, times: int
) -> None:
    bars = [("required-disclosure", "states", -5.0, 2.0)]
    reader = tiny_reader(tmp_path, {"V=provider": {LABEL: linear}}, bars=bars)
    listening(tmp_path, "gladly", 10)
    network = Asked(tmp_path / "transformer.npz")
    engine(RULE).with_reader(reader, network).find(Passage(text=text))
    assert network.times == times


@pytest.mark.parametrize(
    ("text", "times", "aside"),
    [
        ("Here a nurse waits gladly. Elsewhere it is dreary.", 0, None),
        ("Here a nurse waits gladly on dreary days. So it is.", 1, "near_miss"),
    ],
)
def test_of_a_claim_that_its_own_sentence_holds_the_transformer_is_not_asked(
    tmp_path: Path, text: str, times: int, aside: str | None
) -> None:
    bars = [("required-disclosure", "states", -1.0, None)]
    listening(tmp_path, "gladly", 10)
    network = Asked(tmp_path / "transformer.npz")
    weights = {"V=provider": {LABEL: 0}, "dreary": {LABEL: -100}}
    known = engine(RULE).with_reader(tiny_reader(tmp_path, weights, bars=bars), network)
    (claim,) = known.find(Passage(text=text))
    assert (network.times, claim.set_aside) == (times, aside)
