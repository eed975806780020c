"""Engines of a few made-up rules with a second reader of given weights, and what they find."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from audit.claims.claims import Engine
from audit.stances.found import Found, Passage
from tests.audit.small_engine import engine, qualifier, rule, says
from tests.audit.tiny_reader import Label, tiny_reader

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
