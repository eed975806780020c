"""The index of frames: it may name too many of them, and never misses one that stands in a text."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.catalog import frames, matching
from audit.catalog.catalog import bundled
from audit.catalog.frame_index import FrameIndex
from audit.catalog.frames import Frame
from audit.catalog.rule import Rule
from audit.claims.engines import bundled_engine
from audit.concepts.lexicon import Lexicon
from audit.stances import stances
from audit.stances.found import Passage
from audit.stances.stances import Statement

PASSAGES = Path(__file__).parents[3] / "training" / "passages"
NAMES = ("nurse", "stay", "session", "mood")
WORDS = Lexicon(
    {"nurse": ["nurses?"], "stay": [r"stay\w*"], "session": ["session"], "mood": ["mood"]}
)
RULE = replace(bundled().rules["supervision.live-monitoring"], examples=())

concepts = st.sampled_from(NAMES)
slots = st.lists(concepts, min_size=1, max_size=2, unique=True).map("|".join)
some = st.lists(concepts, max_size=2, unique=True)
texts = st.lists(st.sampled_from(("nurse", "stays", "session", "mood", "x", ";")), max_size=8)


def _declared(names: list[str], ordered: bool, surroundings: list[list[str]]) -> dict[str, Any]:
    said = {"says": " .. ".join(f"{{{n}}}" for n in names)} if ordered else {"all": names}
    keys = ("heading", "context", "nearby", "unless", "unless_nearby")
    return (
        {"stance": "states"} | said | {k: v for k, v in zip(keys, surroundings, strict=True) if v}
    )


declared = st.builds(
    _declared,
    st.lists(slots, min_size=1, max_size=3),
    st.booleans(),
    st.tuples(some, some, some, some, some).map(list),
)


def key(found: Iterable[tuple[Rule, Frame]]) -> list[tuple[str, Frame]]:
    return [(rule.id, replace(frame, by_rarity=())) for rule, frame in found]


@settings(max_examples=300)
@given(st.lists(declared, min_size=1, max_size=6), texts, texts, texts)
def test_a_frame_that_stands_is_named_in_the_catalogues_order(
    given_frames: list[dict[str, Any]], text: list[str], around: list[str], rest: list[str]
) -> None:
    rule = replace(RULE, frames=tuple(map(frames.parse, given_frames)))
    here, heading = " ".join(text), WORDS.mentions(" ".join(around))
    mentions, passage = WORDS.mentions(here), WORDS.mentions(" ".join([*text, *rest]))
    standing = [
        (rule.id, frame)
        for frame in rule.frames
        if any(matching.match(frame, here, mentions, heading, passage))
    ]
    named = FrameIndex([rule], WORDS).possible(
        mentions.possible, heading.possible, passage.possible
    )
    assert [f for f in key(named) if f in standing] == standing
    for _, ranked in named:
        plain = replace(ranked, by_rarity=())
        hits = [list(matching.match(f, here, mentions, heading, passage)) for f in (ranked, plain)]
        assert hits[0] == hits[1]


def test_frames_that_lack_a_slot_are_left_out() -> None:
    rule = replace(RULE, frames=(frames.parse({"stance": "states", "says": "{nurse} .. {stay}"}),))
    index = FrameIndex([rule], WORDS)
    mask = WORDS.mask
    assert index.possible(mask(["nurse", "stay"]), 0, 0)
    assert not index.possible(mask(["nurse"]), mask(["stay"]), mask(["stay"]))


def test_of_counting_frames_those_are_named_that_can_have_enough() -> None:
    declared = {"stance": "states", "at_least": 2, "of": ["nurse", "mood", "{session} {stay}"]}
    rule = replace(RULE, frames=(frames.parse(declared),))
    index = FrameIndex([rule], WORDS)
    mask = WORDS.mask
    assert list(index.counting(mask(["nurse", "session", "stay"])))
    assert not list(index.counting(mask(["nurse", "session"])))
    assert not index.possible(mask(NAMES), 0, 0)


@lru_cache(maxsize=1)
def shipped_index() -> FrameIndex:
    return FrameIndex(bundled().rules.values(), bundled_engine().lexicon)


def passages(count: int) -> list[Passage]:
    """Training passages, the same ones each time."""
    lines = [
        line
        for path in sorted(PASSAGES.glob("train-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    chosen = map(json.loads, random.Random(11).sample(lines, count))
    return [Passage(text=raw["text"], heading=raw["heading"]) for raw in chosen]


def test_no_shipped_frame_is_missed() -> None:
    stood = 0
    for passage in passages(120):
        read = bundled_engine().statements(passage)
        anywhere = 0
        for said in read:
            anywhere |= said.mentions.possible
        for said in read:
            standing = _standing(said)
            named = shipped_index().possible(
                said.mentions.possible, said.heading.possible, anywhere
            )
            assert [f for f in key(named) if f in standing] == standing, said.unit.text
            stood += len(standing)
        counted = _counted(read)
        assert [f for f in key(shipped_index().counting(anywhere)) if f in counted] == counted
    assert stood > 100


def _standing(said: Statement) -> list[tuple[str, Frame]]:
    """Every frame that stands in a statement, looked for one after another."""
    return [
        (rule.id, frame)
        for rule in bundled().rules.values()
        for frame in rule.frames
        if not frame.count and any(_match(frame, said))
    ]


def _match(frame: Frame, said: Statement) -> Iterable[matching.Hit]:
    return matching.match(frame, said.unit.text, said.mentions, said.heading, said.nearby)


def _counted(read: list[Statement]) -> list[tuple[str, Frame]]:
    return [
        (rule.id, frame)
        for rule in bundled().rules.values()
        for frame in rule.frames
        if frame.count and stances.in_passage(rule, frame, read, "provider")
    ]
