"""The examples in the rule files: they come out as written, and the silent ones are real traps."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import pytest

from audit import examples
from audit.catalog.catalog import bundled
from audit.catalog.frames import Frame
from audit.catalog.rule import Example, Rule
from audit.claims import claims, engines
from audit.concepts.lexicon import Lexicon
from audit.stances import context
from audit.stances.found import Passage
from audit.stances.stances import Statement

RULES = sorted(bundled().rules.values(), key=lambda rule: rule.id)
_NO_CUES = {
    kind: {"scope": 0, "cues": [], "terminators": []}
    for kind in (
        "negation",
        "disclaimer",
        "conditional",
        "other_party",
        "reported",
        "opinion",
        "hearsay",
    )
}


class Careless(claims.Engine):
    """An engine to which every sentence is about ketamine."""

    def statements(self, passage: Passage) -> list[Statement]:
        read = super().statements(passage)
        for statement in read:
            statement.of_another = 0
        return read


@lru_cache(maxsize=1)
def without_context() -> claims.Engine:
    """An engine that hears no cue, knows no exception and asks for no surroundings."""
    shipped = engines.patterns()
    bare = {
        rule.id: dataclasses.replace(rule, frames=tuple(map(without_exceptions, rule.frames)))
        for rule in shipped.catalog.rules.values()
    }
    rules = dataclasses.replace(shipped.catalog, rules=bare)
    words = Lexicon(shipped.lexicon._terms)
    return Careless(rules, words, context.Context(_NO_CUES))


def without_exceptions(frame: Frame) -> Frame:
    none: frozenset[str] = frozenset()
    return dataclasses.replace(
        frame, unless=none, unless_nearby=none, only_lines=none, not_lines=none
    )


def fires_without_context(rule: Rule, example: Example) -> bool:
    """Whether a careless reader would hear the rule: no question, in a voice that counts."""
    voice = example.voice if example.voice in rule.voices else rule.voices[0]
    said = Passage(text=example.text.replace("?", "."), heading=example.heading, voice=voice)
    return any(found.rule_id == rule.id for found in without_context().find(said))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_come_out_as_written(rule: Rule) -> None:
    failures = list(examples.failures(engines.patterns(), rule))
    assert not failures, [(f.example.text, f.example.stance, f.got) for f in failures]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_statements_and_traps(rule: Rule) -> None:
    silent = [e for e in rule.examples if e.stance == examples.SILENT]
    assert len(silent) >= 8
    assert len(rule.examples) - len(silent) >= 8
    for example in silent:
        assert example.why or example.voice != "provider" or example.line, example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_silent_example_holds_a_concept_of_its_rule(rule: Rule) -> None:
    engine = engines.patterns()
    for example in rule.examples:
        if example.stance == examples.SILENT:
            assert engine.mentions(example.text).any_of(rule.concepts), example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_half_of_the_traps_are_silent_through_context_alone(rule: Rule) -> None:
    silent = [e for e in rule.examples if e.stance == examples.SILENT]
    assert 2 * sum(fires_without_context(rule, e) for e in silent) >= len(silent)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_example_stands_in_two_stances(rule: Rule) -> None:
    seen = [(e.text, e.heading, e.voice, e.line) for e in rule.examples]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("voice", ["testimonial", "blog", "news", "directory", "government"])
def test_other_voices_never_assert(voice: str) -> None:
    engine = engines.patterns()
    for rule in RULES:
        for example in rule.examples if voice not in rule.voices else ():
            spoken = dataclasses.replace(example, voice=voice)
            assert examples.stance(engine, rule.id, spoken) == examples.SILENT, example.text
