"""Patterns and reader together: what both see, what one doubts, what only the reader sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from audit.catalog import Catalog
from audit.found import Found, Passage
from audit.reader import Reader, features
from audit.rule import Rule
from audit.stances import Statement, aside_for_line, whole
from data.models import SetAside, Stance, Voice

# Where the reader may find what no pattern did: not in labels, captions, menus and footers.
_RUNNING_TEXT = {"paragraph", "list", "faq", "table-row"}
_BODY = {"main", "modal", "hidden"}
_SENTENCE_WORDS = 5
Scores = npt.NDArray[np.float64]
# A pattern tells a claim; how well it is qualified is for the patterns alone to say.
_SAME_CLAIM = {
    Stance.STATES: (Stance.STATES, Stance.QUALIFIES),
    Stance.QUALIFIES: (Stance.STATES, Stance.QUALIFIES),
    Stance.DENIES: (Stance.DENIES,),
}


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """The reader with the rules that it gives its opinion on."""

    catalog: Catalog
    reader: Reader

    def on(self, passage: Passage, read: Sequence[Statement], claims: list[Found]) -> list[Found]:
        """The claims of a passage after the reader has read it as well.

        Where no pattern found anything and the reader may not speak alone, it is not asked.
        """
        if not claims and not _is_running_text(passage):
            return claims
        scores = self.scores(passage, read)
        if scores is None:
            return claims
        heard = [self._weighed(claim, scores, passage, read) for claim in claims]
        known = {c.rule_id for c in claims}
        return [*heard, *self._alone(passage, read, scores, known)]

    def scores(self, passage: Passage, read: Sequence[Statement]) -> Scores | None:
        """The score of each of the reader's labels, ``None`` where it knows nothing."""
        return self.reader.scores(features(passage.text, passage.heading, about(passage), read))

    def _weighed(
        self, claim: Found, scores: Scores, passage: Passage, read: Sequence[Statement]
    ) -> Found:
        """A claim that a pattern found, with what the reader thinks of it.

        In a long passage much else is said: before it is doubted, its own sentence is read.
        """
        score = self._score(claim, scores)
        rule = self.catalog.rules[claim.rule_id]
        bars = self.reader.bars(rule.kind, claim.stance)
        if score is None or bars is None:
            return claim
        if score < bars.veto and len(read) > 1:
            own = [self._score(claim, s) for s in self._of_sentences(claim, passage, read)]
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

    def _of_sentences(
        self, claim: Found, passage: Passage, read: Sequence[Statement]
    ) -> Iterator[Scores]:
        """The scores of the sentences that a claim quotes, each with its heading."""
        for statement in read:
            said = statement.unit.spans[-1]
            if claim.start <= said.start and said.end <= claim.end:
                text = statement.unit.text
                known = features(text, passage.heading, about(passage), [statement])
                scores = self.reader.scores(known)
                if scores is not None:
                    yield scores

    def _alone(
        self, passage: Passage, read: Sequence[Statement], scores: Scores, known: set[str]
    ) -> Iterator[Found]:
        """What the reader is sure of where no pattern fired: never that something is wrong."""
        if not _is_running_text(passage):
            return
        for number in np.flatnonzero(scores > 0):
            rule_id, stance = self.reader.labels[number]
            rule = self.catalog.rules.get(rule_id)
            if rule is None or rule_id in known or passage.voice not in rule.voices:
                continue
            if rule.counts:
                continue
            bars = self.reader.bars(rule.kind, stance)
            if bars and bars.alone is not None and scores[number] >= bars.alone:
                found = self._located(passage, read, rule, stance, int(number))
                if found:
                    yield replace(found, score=round(float(scores[number]), 3))

    def _located(
        self, passage: Passage, read: Sequence[Statement], rule: Rule, stance: str, column: int
    ) -> Found | None:
        """The sentence that says most of it: a quote has to stand somewhere."""
        best: tuple[float, Statement] | None = None
        for statement in read:
            text = statement.unit.text
            if statement.unit.question or len(text.split()) < _SENTENCE_WORDS:
                continue
            scores = self.reader.scores(features(text, "", _lines(passage), [statement]))
            if scores is not None and (best is None or scores[column] > best[0]):
                best = float(scores[column]), statement
        if best is None or (best[1].is_apart and not rule.hears_other_lines):
            return None
        unit, spoken = best[1].unit, best[1].lines
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


def _is_running_text(passage: Passage) -> bool:
    enough = len(passage.text.split()) >= _SENTENCE_WORDS
    return enough and passage.kind in _RUNNING_TEXT and passage.region in _BODY


def about(passage: Passage) -> tuple[str, ...]:
    """What the reader is told of a passage: who speaks, on what page, of which line."""
    return f"V={passage.voice}", f"P={passage.page_type}", *_lines(passage)


def _lines(passage: Passage) -> tuple[str, ...]:
    return tuple(f"L={line}" for line in sorted(passage.lines)) or ("L=mixed",)
