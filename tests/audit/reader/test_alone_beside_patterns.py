"""The second reader beside patterns: what they have read it does not read otherwise."""

from __future__ import annotations

from pathlib import Path

from tests.audit.small_engine import engine, rule, says
from tests.audit.tiny_reader import tiny_reader
from tests.audit.weighed import (
    BARS,
    CLAIM,
    NURSE,
    decided,
    found,
    read_by,
    weighing,
)


def test_what_a_pattern_found_negated_the_reader_does_not_state(tmp_path: Path) -> None:
    alone = rule(NURSE, "required-disclosure", says("{nurse-thing}"))
    weights = weighing("gladly", 99, (NURSE, "states"))
    known = engine(alone, reader=tiny_reader(tmp_path, weights, bars=BARS))
    (claim,) = found(known, "Somebody or other waits here quite gladly.")
    assert (claim.stance, claim.decided_by) == ("states", "reader")
    assert found(known, "It is untrue that a nurse waits here gladly.") == []


def test_what_a_frame_without_a_stance_holds_the_reader_does_not_state(tmp_path: Path) -> None:
    mute = says("{limits-it}", unless=["nurse-thing"]) | {"stance": "silent"}
    bars = (("required-disclosure", "states", -5.0, 20.0), *BARS[1:])
    weights = weighing("gladly", 99, (NURSE, "states"))
    told = rule(NURSE, "required-disclosure", says("{claims-it}"), mute)
    known = engine(told, reader=tiny_reader(tmp_path, weights, bars=bars))
    assert [c.decided_by for c in found(known, "Somebody or other is here gladly.")] == ["reader"]
    assert found(known, "Here some limits hold quite gladly.") == []
    # Beside it another sentence has to say so by itself.
    assert found(known, "Here some limits hold quite gladly. We like to drink tea.") == []
    (beside,) = found(known, "Here some limits hold quite gladly. We are here gladly too.")
    assert beside.start > 30
    assert len(found(known, "A nurse waits, and some limits hold gladly.")) == 1


def test_what_a_frame_without_a_stance_holds_the_reader_does_not_deny(tmp_path: Path) -> None:
    mute = says("{limits-it}") | {"stance": "silent"}
    bars = (*BARS[:3], ("required-disclosure", "denies", -5.0, 20.0), *BARS[4:])
    weights = weighing("gladly", 99, (NURSE, "denies"))
    told = rule(NURSE, "required-disclosure", says("{nurse-thing}"), mute)
    known = engine(told, reader=tiny_reader(tmp_path, weights, bars=bars))
    denied = found(known, "Your ketamine is taken quite gladly here.")
    assert decided(denied) == [(NURSE, "denies", None, "reader")]
    assert found(known, "Of your ketamine some limits hold gladly.") == []


def test_what_a_pattern_excepts_the_reader_accuses_nobody_of(tmp_path: Path) -> None:
    excepting = rule(CLAIM, "prohibited-claim", says("{claims-it}", unless=["limits-it"]))
    bars = (("prohibited-claim", "states", -5.0, 20.0), *BARS[1:])
    weights = weighing("gladly", 99, (CLAIM, "states"))
    known = engine(excepting, reader=tiny_reader(tmp_path, weights, bars=bars))
    said = "Of ketamine we claim it gladly, and some limits hold."
    assert [c.decided_by for c in found(known, said.partition(",")[0] + ".")] == ["both"]
    assert found(known, said) == []


def test_where_a_pattern_was_doubted_the_reader_may_hear_the_other_stance(tmp_path: Path) -> None:
    weights = {"gladly": {(CLAIM, "states"): -50, (CLAIM, "denies"): 50}}
    said = found(read_by(tmp_path, weights), "Nobody says that we claim it gladly here.")
    assert (CLAIM, "denies", None, "reader") in decided(said)


def test_what_a_pattern_calls_near_the_reader_does_not_call_said(tmp_path: Path) -> None:
    near = rule(CLAIM, "prohibited-claim", says("{claims-it}", near_miss=True))
    bars = (("prohibited-claim", "states", -5.0, 20.0), *BARS[1:])
    weights = weighing("gladly", 99, (CLAIM, "states"))
    known = engine(near, reader=tiny_reader(tmp_path, weights, bars=bars))
    said = decided(found(known, "Of ketamine we claim it gladly."))
    assert said == [(CLAIM, "states", "near_miss", "both")]
    assert decided(found(known, "Of ketamine this is said gladly.")) == [
        (CLAIM, "states", None, "reader")
    ]


def test_where_a_pattern_read_the_opposite_in_vain_the_reader_says_nothing(tmp_path: Path) -> None:
    weights = {"gladly": {(CLAIM, "denies"): -6, (CLAIM, "states"): 99}}
    bars = (("prohibited-claim", "states", -5.0, 20.0), *BARS[1:])
    known = read_by(tmp_path, weights, bars)
    read = "Of ketamine we disown it gladly."
    assert decided(found(known, read)) == [(CLAIM, "denies", "near_miss", "pattern")]
    apart = decided(found(known, "Of ketamine we disown it. It does so much quite gladly."))
    assert (CLAIM, "states", None, "reader") in apart


def test_nor_does_it_clear_anybody_there(tmp_path: Path) -> None:
    denied = says("{limits-it}", "denies")
    told = rule(NURSE, "required-disclosure", says("{nurse-thing}"), denied)
    weights = {"gladly": {(NURSE, "denies"): -6, (NURSE, "states"): 99}}
    known = engine(told, reader=tiny_reader(tmp_path, weights, bars=BARS))
    assert decided(found(known, "Here some limits hold quite gladly.")) == [
        (NURSE, "denies", "near_miss", "pattern")
    ]
    (alone,) = found(known, "Somebody or other is here gladly.")
    assert alone.decided_by == "reader"


def test_alone_it_is_silent_where_a_pattern_spoke(tmp_path: Path) -> None:
    known = read_by(tmp_path, weighing("gladly", 99, (CLAIM, "denies")))
    said = found(known, "We claim it gladly.")
    assert [(c.stance, c.decided_by) for c in said] == [("states", "pattern")]
    asked = found(known, "Is it so that we claim it? We say so gladly.")
    assert [c.set_aside for c in asked] == ["question"]
