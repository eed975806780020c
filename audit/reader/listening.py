"""What the reader hears where no pattern fired: what it is sure of by itself."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from audit.catalog.catalog import Catalog
from audit.reader.alone import is_about_the_treatment, is_running_text, located
from audit.reader.close import deeper, of_one
from audit.reader.reader import Reader, Scores
from audit.reader.reading import NEGATION, Reading
from audit.reader.told import about
from audit.reader.transformer import Transformer
from audit.stances.accusing import ACCUSES
from audit.stances.found import Found, Passage
from audit.stances.stances import Statement
from data.vocabulary import SetAside, Stance

# Where the linear model is so far below a bar, the network hardly ever carries a label above it: of
# 7,332 passages of other writers 60 % need it no more, and F1 loses .001.
FAR_BELOW = 4.0
# So much more is said without a negation that turns the sentence round: "Ketamine never ends
# suicidal thoughts" 7 more, "Ketamine does not take weeks to work" 2, "It is not addictive" 9 less.
_DENIED = 3.0
# So much more a sentence has to say by itself where the whole passage does not say enough: with
# less, as many labels are wrong as right on passages of other writers.
_BY_ITSELF = 1.5
_SETTLES_NOTHING = (SetAside.NEAR_MISS, SetAside.QUESTION)


class Listening:
    """The reader, asked what a passage says besides what patterns found."""

    def __init__(self, catalog: Catalog, reader: Reader, network: Transformer | None) -> None:
        self._catalog, self._reader, self._network = catalog, reader, network
        # For each label the score from which on it needs no pattern.
        self._bars = np.array([self._bar(*label) for label in reader.labels])
        self._discloses = np.array([self._is_disclosure(*label) for label in reader.labels])

    def alone(
        self,
        passage: Passage,
        read: Sequence[Statement],
        seen: Reading,
        claims: Sequence[Found],
        known: set[str],
    ) -> Iterator[Found]:
        """What the reader is sure of where no pattern fired, one stance a rule.

        Where a pattern read the opposite in the same words, if in vain, it says nothing.

        Args:
            passage: what is read.
            read: its statements.
            seen: what the reader makes of it.
            claims: what the patterns found.
            known: the rules that they settle.
        """
        if is_running_text(passage):
            for found in self._heard_alone(passage, read, seen, known):
                if not _reads_the_opposite(found, claims):
                    yield found

    def _heard_alone(
        self, passage: Passage, read: Sequence[Statement], seen: Reading, known: set[str]
    ) -> Iterator[Found]:
        surest: dict[str, tuple[float, int]] = {}
        for number in np.flatnonzero(seen.scores >= self._bars).tolist():
            rule_id, _ = self._reader.labels[number]
            score = float(seen.scores[number])
            if rule_id not in known and passage.voice in self._catalog.rules[rule_id].voices:
                surest[rule_id] = max((score, number), surest.get(rule_id, (score, number)))
        for score, number in surest.values():
            found = self.heard(passage, read, seen, number)
            if found is None or self._is_denied(passage, found, number):
                continue
            known = known | {found.rule_id}
            yield replace(found, score=round(score, 3))
        yield from self._in_one_sentence(passage, read, seen, known)

    def _in_one_sentence(
        self, passage: Passage, read: Sequence[Statement], seen: Reading, known: set[str]
    ) -> Iterator[Found]:
        """What is disclosed in one sentence, where much else stands around it.

        Nobody is accused so: what stands around a claim often says how it is meant.
        """
        if self._network is None or len(seen.each) < 2:
            return
        most = np.max([scores for _, scores in seen.each], axis=0)
        drowned = self._discloses & (seen.scores < self._bars) & (most >= self._bars - FAR_BELOW)
        for statement, scores in seen.each:
            near = [
                number
                for number in np.flatnonzero(drowned & (scores == most)).tolist()
                if self._reader.labels[number][0] not in known
                and self.heard(passage, read, of_one(statement, sure(scores)), number)
            ]
            if not near:
                continue
            closer = deeper(self._network, passage, statement, scores, about(passage))
            for number in near:
                if closer[number] >= self._bars[number] + _BY_ITSELF:
                    found = self.heard(passage, read, of_one(statement, closer), number)
                    if found:
                        yield replace(found, score=round(float(closer[number]), 3))

    def near(self, seen: Reading, known: set[str], below: float) -> list[int]:
        """The labels up to so far below their bar, of rules that are not known yet."""
        near = np.flatnonzero(seen.scores >= self._bars - below).tolist()
        return [number for number in near if self._reader.labels[number][0] not in known]

    def heard(
        self, passage: Passage, read: Sequence[Statement], seen: Reading, number: int
    ) -> Found | None:
        """The sentence in which a label may be heard without a pattern."""
        rule_id, stance = self._reader.labels[number]
        rule = self._catalog.rules[rule_id]
        if passage.voice not in rule.voices:
            return None
        if (rule.kind, stance) in ACCUSES and not is_about_the_treatment(read):
            return None
        return located(passage, seen, rule, stance, number, self._bars[number])

    def _is_denied(self, passage: Passage, found: Found, number: int) -> bool:
        """Whether an accusing sentence has a negation without which it would say so much more.

        Not so "It is not addictive", which says it by its negation.
        """
        kind = self._catalog.rules[found.rule_id].kind
        if self._network is None or found.stance != Stance.STATES:
            return False
        said = passage.text[found.start : found.end]
        bare = NEGATION.sub(_undone, said)
        if bare == said or (kind, found.stance) not in ACCUSES:
            return False
        scores = (
            self._network.scores(text, passage.heading, about(passage))[number]
            for text in (bare, said)
        )
        return float(next(scores)) - float(next(scores)) >= _DENIED

    def _is_disclosure(self, rule_id: str, stance: str) -> bool:
        rule = self._catalog.rules.get(rule_id)
        is_wanted = rule is not None and rule.kind == "required-disclosure"
        return is_wanted and stance == Stance.STATES

    def _bar(self, rule_id: str, stance: str) -> float:
        rule = self._catalog.rules.get(rule_id)
        bars = self._reader.bars(rule.kind, stance) if rule and not rule.needs_pattern else None
        return math.inf if bars is None or bars.alone is None else bars.alone


def sure(scores: Scores) -> Scores:
    """Scores above every bar."""
    return np.full_like(scores, math.inf)


def settled(found: Iterable[Found], weighed: Iterable[Found]) -> set[str]:
    """The rules that patterns settle.

    Where one was doubted the reader may hear something else, and the answer where only the question
    was found.

    Args:
        found: the claims of the patterns, of which some say themselves that they are near, no more.
        weighed: the same after the reader was asked about them.
    """
    near = {claim.rule_id for claim in found if claim.set_aside == SetAside.NEAR_MISS}
    return near | {c.rule_id for c in weighed if c.set_aside not in _SETTLES_NOTHING}


def _reads_the_opposite(found: Found, claims: Sequence[Found]) -> bool:
    """Whether a pattern took another stance on the rule in the same words."""
    return any(
        claim.rule_id == found.rule_id
        and claim.stance != found.stance
        and claim.start < found.end
        and found.start < claim.end
        for claim in claims
    )


def _undone(negation: re.Match[str]) -> str:
    return "can " if negation[0].lower().startswith("can") else ""
