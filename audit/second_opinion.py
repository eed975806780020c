"""Patterns and reader together: what both see, what one doubts, what only the reader sees."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from audit.accusing import ACCUSES
from audit.catalog import Catalog
from audit.feature_rows import FeatureRows
from audit.features import features
from audit.found import Found, Passage
from audit.lexicon import Lexicon
from audit.reader import Reader, Rows, Scores
from audit.rule import Rule
from audit.stances import (
    Statement,
    are_others_words,
    aside_for_line,
    asserts,
    excepts,
    takes_back,
    whole,
)
from data.vocabulary import SetAside, Stance, Voice

ADVICE = "advice-to-ask"
# Where the reader may find what no pattern did: not in labels, captions, menus and footers.
_RUNNING_TEXT = {"paragraph", "list", "faq", "table-row"}
_BODY = {"main", "modal", "hidden"}
_SENTENCE_WORDS = 5
# What is shorter and ends without a mark is a caption, a date or a label.
_UNMARKED_WORDS = 12
_MARKS = (".", "!", "?", ":", "…", '"', "”", ")")
# Measured on passages by other writers: the whole and its best sentence judge better than either.
_SHARE_OF_BEST = 0.3
# A pattern tells a claim; how well it is qualified is for the patterns alone to say.
_SAME_CLAIM = {
    Stance.STATES: (Stance.STATES, Stance.QUALIFIES),
    Stance.QUALIFIES: (Stance.STATES, Stance.QUALIFIES),
    Stance.DENIES: (Stance.DENIES,),
}
# Concepts of the treatment itself: on a page of many services the rest may be about another one.
_THE_TREATMENT = ("ketamine-named", "ketamine-word", "product-word", "dosing-session", "dose-thing")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a passage: ``scores`` of the whole, and of ``each`` statement."""

    scores: Scores
    each: list[tuple[Statement, Scores]]


class SecondOpinion:
    """The reader with the rules that it gives its opinion on."""

    def __init__(self, catalog: Catalog, reader: Reader, words: Lexicon) -> None:
        self.catalog, self.reader = catalog, reader
        self._rows = FeatureRows(reader, words)
        # For each label the score from which on it needs no pattern.
        self._bars = np.array([self._bar(*label) for label in reader.labels])

    def on(self, passage: Passage, read: Sequence[Statement], claims: list[Found]) -> list[Found]:
        """The claims of a passage after the reader has read it as well.

        Where no pattern found anything and the reader may not speak alone, it is not asked.
        """
        if not claims and not _is_running_text(passage):
            return claims
        seen = self.reading(passage, read, claims)
        if seen is None:
            return claims
        weighed = [self._weighed(claim, seen) for claim in claims]
        # Where a pattern was doubted the reader may hear something else.
        known = {c.rule_id for c in weighed if c.set_aside != SetAside.NEAR_MISS}
        return [*weighed, *self._alone(passage, read, seen, known)]

    def reading(
        self, passage: Passage, read: Sequence[Statement], claims: Sequence[Found]
    ) -> Reading | None:
        """The score of each of the reader's labels, ``None`` where it knows nothing.

        A passage counts as a whole, and so does the sentence in it that says most: in a long
        passage one sentence is little, and a sentence alone does not tell what it is about.
        """
        told = *about(passage), *heard(claims)
        whole = self.reader.scores(self._known(passage.text, passage.heading, told, read))
        if whole is None:
            return None
        if len(read) < 2:
            return Reading(whole, [(statement, whole) for statement in read])
        rows = [self._known(s.unit.text, passage.heading, told, [s]) for s in read]
        scored = zip(read, self.reader.scores_of_each(rows), strict=True)
        each = [(statement, scores) for statement, scores in scored if scores is not None]
        return Reading(blended(whole, [scores for _, scores in each]), each)

    def _known(
        self, text: str, heading: str, told: tuple[str, ...], read: Sequence[Statement]
    ) -> Rows:
        """Where the weights of what stands there are."""
        return self._rows.of(features(text, heading, told, read))

    def _weighed(self, claim: Found, seen: Reading) -> Found:
        """A claim that a pattern found, with what the reader thinks of it.

        In a long passage much else is said: before it is doubted, its own sentence is read.
        """
        score = self._score(claim, seen.scores)
        rule = self.catalog.rules[claim.rule_id]
        bars = self.reader.bars(rule.kind, claim.stance)
        if score is None or bars is None:
            return claim
        if score < bars.veto and len(seen.each) > 1:
            own = [self._score(claim, scores) for scores in _of_sentences(claim, seen)]
            score = max((s for s in own if s is not None), default=score)
        if score < bars.veto and claim.set_aside is None:
            return replace(claim, set_aside=SetAside.NEAR_MISS, score=score)
        decided = "both" if score >= 0 else claim.decided_by
        return replace(claim, decided_by=decided, score=score)

    def _score(self, claim: Found, scores: Scores) -> float | None:
        columns = [
            column
            for stance in _SAME_CLAIM[Stance(claim.stance)]
            if (column := self.reader.column(claim.rule_id, stance)) is not None
        ]
        return max((round(float(scores[c]), 3) for c in columns), default=None)

    def _alone(
        self, passage: Passage, read: Sequence[Statement], seen: Reading, known: set[str]
    ) -> Iterator[Found]:
        """What the reader is sure of where no pattern fired, one stance a rule."""
        if not _is_running_text(passage):
            return
        surest: dict[str, tuple[float, int]] = {}
        for number in np.flatnonzero(seen.scores >= self._bars).tolist():
            rule_id, _ = self.reader.labels[number]
            score = float(seen.scores[number])
            if rule_id not in known and passage.voice in self.catalog.rules[rule_id].voices:
                surest[rule_id] = max((score, number), surest.get(rule_id, (score, number)))
        for rule_id, (score, number) in surest.items():
            stance, rule = self.reader.labels[number][1], self.catalog.rules[rule_id]
            if (rule.kind, stance) in ACCUSES and not _is_about_the_treatment(read):
                continue
            found = _located(passage, seen, rule, stance, number)
            if found:
                yield replace(found, score=round(score, 3))

    def _bar(self, rule_id: str, stance: str) -> float:
        rule = self.catalog.rules.get(rule_id)
        # Where several things have to be said together, a likeness is not enough.
        bars = self.reader.bars(rule.kind, stance) if rule and not rule.counts else None
        return math.inf if bars is None or bars.alone is None else bars.alone


def blended(whole: Scores, each: Sequence[Scores]) -> Scores:
    """The scores of a passage from its own and those of its sentences."""
    if not each:
        return whole
    return np.asarray((1 - _SHARE_OF_BEST) * whole + _SHARE_OF_BEST * np.max(each, axis=0))


def _of_sentences(claim: Found, seen: Reading) -> Iterator[Scores]:
    """The scores of the sentences that a claim quotes."""
    for statement, scores in seen.each:
        said = statement.unit.spans[-1]
        if claim.start <= said.start and said.end <= claim.end:
            yield scores


def _located(passage: Passage, seen: Reading, rule: Rule, stance: str, column: int) -> Found | None:
    """The sentence that says most of it: a quote has to stand somewhere.

    To a reader of words "a nurse does not stay with you" is much like its opposite: not so to the
    patterns. What they found to be negated is not claimed, and what they found said without any
    negation is not denied. Nor is anybody accused of what they except, or of what others say; and
    who tells readers what to ask has disclosed nothing.
    """
    best: tuple[float, Statement] | None = None
    for statement, scores in seen.each:
        too_short = len(statement.unit.text.split()) < _SENTENCE_WORDS
        if statement.unit.question or statement.is_apart or too_short:
            continue
        if best is None or scores[column] > best[0]:
            best = float(scores[column]), statement
    if best is None:
        return None
    unit, spoken = best[1].unit, best[1].lines
    if stance == Stance.STATES and takes_back(rule, best[1]):
        return None
    if stance == Stance.DENIES and asserts(rule, best[1]):
        return None
    if rule.kind == "prohibited-claim" and stance == Stance.STATES and excepts(rule, best[1]):
        return None
    accuses = (rule.kind, stance) in ACCUSES
    if are_others_words(best[1]) if accuses else ADVICE in best[1].mentions:
        return None
    place = whole(unit, unit.original(0, len(unit.text)))
    return Found(
        rule_id=rule.id,
        stance=stance,
        start=place.start,
        end=place.end,
        set_aside=aside_for_line(rule, spoken),
        lines=spoken,
        voice=Voice(passage.voice),
        decided_by="reader",
    )


def _is_about_the_treatment(read: Sequence[Statement]) -> bool:
    return any(
        statement.mentions.any_of(_THE_TREATMENT) or statement.heading.any_of(_THE_TREATMENT)
        for statement in read
    )


def _is_running_text(passage: Passage) -> bool:
    words = len(passage.text.split())
    least = _UNMARKED_WORDS if passage.kind == "paragraph" else _SENTENCE_WORDS
    enough = words >= (_SENTENCE_WORDS if passage.text.rstrip().endswith(_MARKS) else least)
    return enough and passage.kind in _RUNNING_TEXT and passage.region in _BODY


def about(passage: Passage) -> tuple[str, ...]:
    """What the reader is told of a passage: who speaks, on what page, of which line."""
    return f"V={passage.voice}", f"P={passage.page_type}", *_lines(passage)


def heard(claims: Iterable[Found]) -> list[str]:
    """What the reader is told of the patterns: which fired, and whether they took it back."""
    fired = {f"F={c.rule_id}:{c.stance}:{'aside' if c.set_aside else ''}" for c in claims}
    return sorted(fired)


def _lines(passage: Passage) -> tuple[str, ...]:
    return tuple(f"L={line}" for line in sorted(passage.lines)) or ("L=mixed",)
