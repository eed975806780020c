"""Cues: what turns a statement round, what sets it aside, and how far each reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.stances import assertion, context
from audit.stances.context import CueExample
from data.errors import UsageError

CONTEXT = context.load()


def of_kind(example: CueExample) -> list[context.Cue]:
    return [cue for cue in CONTEXT.cues(example.text) if cue.kind == example.kind]


@pytest.mark.parametrize("example", CONTEXT.examples, ids=lambda e: f"{e.kind}: {e.text}")
def test_cue_examples(example: CueExample) -> None:
    cues = of_kind(example)
    turned = assertion.negated(cues, example.start, example.end)
    aside = (
        assertion.set_aside(cues, example.start, example.end, hearsay=True, opinion=True)
        is not None
    )
    assert (turned, aside) == (example.effect == "turns", example.effect == "sets_aside")


@pytest.mark.parametrize(
    "kind",
    ["negation", "disclaimer", "conditional", "other_party", "reported", "opinion", "hearsay"],
)
def test_every_kind_has_examples_both_ways(kind: str) -> None:
    effects = {example.effect for example in CONTEXT.examples if example.kind == kind}
    assert "keeps" in effects and len(effects) == 2


def test_negation_ends_after_its_scope() -> None:
    text = "we do not hurry you along the long and winding road that leads to monitoring"
    assert not assertion.negated(CONTEXT.cues(text), text.index("monitoring"), len(text))


def test_a_cue_inside_the_place_is_part_of_it() -> None:
    text = "nobody joins"
    assert not assertion.negated(CONTEXT.cues(text), 0, len(text))


def test_a_cue_inside_another_part_of_the_statement_is_its_own() -> None:
    text = "pressure is not controlled please wait"
    head = (27, 38)
    assert assertion.negated(CONTEXT.cues(text), *head)
    assert not assertion.negated(CONTEXT.cues(text), *head, [(0, 26), head])


def test_two_negations_are_none() -> None:
    text = "it is untrue that ketamine is not addictive"
    place = text.index("addictive")
    assert not assertion.negated(CONTEXT.cues(text), place, len(text))


def test_unknown_effect_names_file_and_key(tmp_path: Path) -> None:
    kind = "{scope: 1, cues: [x], terminators: []"
    path = tmp_path / "context.yml"
    path.write_text(
        f"negation: {kind}, examples: [{{spins: 'a [b]'}}]}}\n"
        f"disclaimer: {kind}}}\nconditional: {kind}}}\n"
        f"other_party: {kind}}}\nreported: {kind}}}\nopinion: {kind}}}\nhearsay: {kind}}}\n"
    )
    with pytest.raises(UsageError, match=r"context\.yml: negation\.examples"):
        context.load(path)


def test_unknown_key_names_file_and_key(tmp_path: Path) -> None:
    path = tmp_path / "context.yml"
    path.write_text("negation: {}\nconditional: {}\nother_party: {}\nreported: {}\nirony: {}\n")
    with pytest.raises(UsageError, match=r"context\.yml: irony"):
        context.load(path)


def test_what_others_lack_is_not_denied_of_the_house() -> None:
    text = "what other clinics do not: a nurse stays"
    assert not assertion.negated(CONTEXT.cues(text), text.index("a nurse"), len(text))
    of_the_drug = "ketamine is not: approved for this"
    place = of_the_drug.index("approved")
    assert assertion.negated(CONTEXT.cues(of_the_drug), place, len(of_the_drug))
    of_both = "the lozenges are not: they are prescribed off-label"
    place = of_both.index("off-label")
    assert not assertion.negated(CONTEXT.cues(of_both), place, len(of_both))
