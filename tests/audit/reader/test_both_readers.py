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
    """Keeps what it is asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.texts: list[str] = []

    def scores(self, text: str, heading: str, about: Sequence[str]) -> Scores:
        self.texts.append(text)
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
    assert len(network.texts) == times


OWN = "Here a nurse waits gladly."


@pytest.mark.parametrize(
    ("text", "heard", "asked", "aside"),
    [
        (f"{OWN} Elsewhere it is dreary.", 10, OWN, None),
        (f"{OWN} Elsewhere it is dreary.", -10, OWN, "near_miss"),
        (f"Elsewhere it is dreary. {OWN}", -1, OWN, None),
    ],
)
def test_of_a_claim_that_its_own_sentence_holds_the_transformer_is_asked_that_sentence(
    tmp_path: Path, text: str, heard: int, asked: str, aside: str | None
) -> None:
    bars = [("required-disclosure", "states", -1.0, None)]
    listening(tmp_path, "gladly", heard)
    network = Asked(tmp_path / "transformer.npz")
    weights = {"V=provider": {LABEL: 0}, "dreary": {LABEL: -100}}
    known = engine(RULE).with_reader(tiny_reader(tmp_path, weights, bars=bars), network)
    (claim,) = known.find(Passage(text=text))
    assert (network.texts, claim.set_aside) == ([asked], aside)


@pytest.mark.parametrize(
    ("kind", "heard", "aside"),
    [
        ("required-disclosure", 10, None),
        ("required-disclosure", 1, "near_miss"),
        ("prohibited-claim", 10, "near_miss"),
    ],
)
def test_that_a_sentence_discloses_the_transformer_may_say_by_itself(
    tmp_path: Path, kind: str, heard: int, aside: str | None
) -> None:
    weights = {"V=provider": {LABEL: 0}, "dreary": {LABEL: -100}, "sadly": {LABEL: -6}}
    linear = tiny_reader(tmp_path, weights, bars=[(kind, "states", -1.0, None)])
    known = engine(rule(NURSE, kind, says("{nurse-thing}")))
    network = listening(tmp_path, "gladly", heard)
    (claim,) = known.with_reader(linear, network).find(
        Passage(text="Here a nurse waits sadly and gladly. Elsewhere it is dreary.")
    )
    assert claim.set_aside == aside


SAID = "Somebody sits right there gladly."


@pytest.mark.parametrize(
    ("kind", "heard", "text", "quotes"),
    [
        ("required-disclosure", 10, f"Elsewhere it is dreary. {SAID} So it is.", [SAID]),
        ("required-disclosure", 6, f"Elsewhere it is dreary. {SAID} So it is.", []),
        ("required-disclosure", 10, f"Elsewhere it is dreary. {SAID[:-1]}?", []),
        ("required-disclosure", 10, f"{SAID[:-1]} on dreary days. So it is.", []),
        ("identity", 10, f"Elsewhere it is dreary. {SAID} So it is.", []),
        ("prohibited-claim", 10, f"Elsewhere it is dreary. {SAID} So it is.", []),
    ],
)
def test_what_one_sentence_discloses_is_not_drowned_by_the_others(
    tmp_path: Path, kind: str, heard: int, text: str, quotes: list[str]
) -> None:
    linear = tiny_reader(
        tmp_path,
        {"V=provider": {LABEL: 0}, "dreary": {LABEL: -100}},
        bars=[(kind, "states", -5.0, 2.0)],
    )
    known = engine(rule(NURSE, kind, says("{nurse-thing}")))
    claims = known.with_reader(linear, listening(tmp_path, "gladly", heard)).find(
        Passage(text=text, heading="Ketamine")
    )
    assert [text[c.start : c.end] for c in claims] == quotes
    assert all((c.decided_by, c.score) == ("reader", 5.0) for c in claims)


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        ("Somebody sits right there gladly.", "states"),
        ("Some limits hold right there gladly.", "denies"),
    ],
)
def test_a_sentence_that_a_pattern_read_as_a_denial_discloses_nothing(
    tmp_path: Path, said: str, stance: str
) -> None:
    denied = says("{limits-it}", "denies")
    told = rule(NURSE, "required-disclosure", says("{nurse-thing}"), denied)
    weights = {"V=provider": {LABEL: 0}, "dreary": {LABEL: -100, (NURSE, "denies"): -4}}
    kind = "required-disclosure"
    linear = tiny_reader(
        tmp_path, weights, bars=[(kind, "states", -5.0, 2.0), (kind, "denies", 1.0, None)]
    )
    known = engine(told).with_reader(linear, listening(tmp_path, "gladly", 10, deaf=1))
    text = f"Elsewhere it is dreary. {said} So it is."
    (claim,) = known.find(Passage(text=text, heading="Ketamine"))
    assert claim.stance == stance


def test_what_a_pattern_found_is_not_heard_again_in_a_sentence(tmp_path: Path) -> None:
    linear = tiny_reader(
        tmp_path,
        {"V=provider": {LABEL: 0}, "dreary": {LABEL: -100}},
        bars=[("required-disclosure", "states", -99.0, 2.0)],
    )
    known = engine(RULE).with_reader(linear, listening(tmp_path, "gladly", 10))
    (claim,) = known.find(Passage(text=f"A nurse waits. Elsewhere it is dreary. {SAID}"))
    assert claim.decided_by == "pattern"


@pytest.mark.parametrize(
    ("text", "rules", "agreed", "times"),
    [
        ("Here a nurse waits gladly for all of you.", {NURSE}, [(NURSE, "both")], 1),
        ("Here a nurse waits gladly for all of you.", {"claim.made"}, [], 0),
        ("Somebody or other keeps you company here gladly.", {NURSE}, [], 0),
    ],
)
def test_of_what_is_to_be_agreed_on_nobody_is_asked_where_no_pattern_finds_it(
    tmp_path: Path, text: str, rules: set[str], agreed: list[tuple[str, str]], times: int
) -> None:
    reader = tiny_reader(
        tmp_path, {"V=provider": {LABEL: 0}}, bars=[("required-disclosure", "states", -3.0, 2.0)]
    )
    listening(tmp_path, "gladly", 10)
    network = Asked(tmp_path / "transformer.npz")
    known = engine(RULE, rule("claim.made", "prohibited-claim", says("{claims-it}")))
    found = known.with_reader(reader, network).agreed(Passage(text=text), rules)
    assert [(c.rule_id, c.decided_by) for c in found] == agreed
    assert len(network.texts) == times
