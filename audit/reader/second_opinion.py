"""Patterns and reader together: what both see, what one doubts, what only the reader sees."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

import numpy as np

from audit.catalog.catalog import Catalog
from audit.concepts.lexicon import Lexicon
from audit.reader.alone import is_about_the_treatment, is_running_text, located
from audit.reader.close import closely, deeper, of_one, of_sentences
from audit.reader.feature_rows import FeatureRows
from audit.reader.features import features
from audit.reader.reader import Reader, Rows, Scores
from audit.reader.reading import Reading, blended, spoken, together
from audit.reader.transformer import Transformer
from audit.stances.accusing import ACCUSES
from audit.stances.found import Found, Passage
from audit.stances.stances import Statement
from data.vocabulary import SetAside, Stance

# A pattern tells a claim; how well it is qualified is for the patterns alone to say.
_SAME_CLAIM = {
    Stance.STATES: (Stance.STATES, Stance.QUALIFIES),
    Stance.QUALIFIES: (Stance.STATES, Stance.QUALIFIES),
    Stance.DENIES: (Stance.DENIES,),
}
# Where the linear model is so far below a bar, or above it, the network hardly ever carries a label
# to its other side: of 7,332 passages of other writers 60 % need it no more, and F1 loses .001.
_FAR_BELOW, _FAR_ABOVE = 4.0, 4.0
# Once it is asked it may carry a label further; of 2,663 claims on made-up pages none so far.
_OUT_OF_REACH = 8.0
# So much more is said without a negation that turns the sentence round: "Ketamine never ends
# suicidal thoughts" 7 more, "Ketamine does not take weeks to work" 2, "It is not addictive" 9 less.
_DENIED = 3.0
# So much more a sentence has to say by itself where the whole passage does not say enough: with
# less, as many labels are wrong as right on passages of other writers.
_BY_ITSELF = 1.5
_ABOUT_A_CLAIM = ("prohibited-claim", "required-qualifier")
# A hit of the patterns so far below its veto is not even close: on passages of other writers of 55
# such disclosures 1 was one, of 92 other claims 11 were. On 26 made-up sites they made 13 of 1,835
# verdicts "needs review" that should not have been, and none that should.
_FAR_OFF, _FAR_OFF_DISCLOSED = 4.5, 6.0
# The longest plain answer: "Yes, you will."
_ANSWER_WORDS = 3
_NEGATION = re.compile(r"\b(?:can)?(?:not|never|no longer)\b ?|(?<=\w)n['\u2019]t\b", re.IGNORECASE)


class SecondOpinion:
    """The reader with the rules that it gives its opinion on."""

    def __init__(
        self, catalog: Catalog, reader: Reader, words: Lexicon, network: Transformer | None = None
    ) -> None:
        self.catalog, self.reader, self._network = catalog, reader, network
        self._rows = FeatureRows(reader, words)
        # For each label the score from which on it needs no pattern.
        self._bars = np.array([self._bar(*label) for label in reader.labels])
        self._discloses = np.array([self._is_disclosure(*label) for label in reader.labels])

    def on(
        self,
        passage: Passage,
        read: Sequence[Statement],
        claims: list[Found],
        wanted: Set[str] | None = None,
    ) -> list[Found]:
        """The claims of a passage after the reader has read it as well.

        Where no pattern found anything and the reader may not speak alone, it is not asked.
        ``wanted``: only what patterns found of these rules is to be judged.
        """
        if not claims and not is_running_text(passage):
            return claims
        seen = self.reading(passage, read, claims)
        if seen is None:
            return claims
        plain = _plainly_answered(read)
        judged = [
            claim if self._is_plain(claim, plain) else self._weighed(passage, claim, seen)
            for claim in claims
            if wanted is None or claim.rule_id in wanted
        ]
        weighed = [claim for claim in judged if not self._is_far(claim)]
        if wanted is not None:
            return weighed
        return [*weighed, *self._alone(passage, read, seen, _settled(weighed))]

    def reading(
        self, passage: Passage, read: Sequence[Statement], claims: Sequence[Found]
    ) -> Reading | None:
        """The score of each of the reader's labels, ``None`` where it knows nothing.

        Most of a page says nothing of any rule, and to the linear model nothing like it: there the
        network, which takes ten times as long, is not asked. Nor where that is sure already, or
        where no answer could change what is claimed.
        """
        seen = self.at_first_sight(passage, read, claims)
        if seen is None or self._network is None or not self._is_open(passage, read, seen, claims):
            return seen
        said = spoken(passage, read)
        deeper = self._network.scores(said, passage.heading, about(passage))
        return replace(seen, scores=together(seen.scores, deeper))

    def _is_open(
        self, passage: Passage, read: Sequence[Statement], seen: Reading, claims: Sequence[Found]
    ) -> bool:
        """Whether the network may yet turn down a pattern's claim, or have another one heard."""
        asserted = [claim for claim in claims if claim.set_aside is None]
        doubted = [claim for claim in asserted if self._is_doubtful(claim, seen.scores)]
        found = {claim.rule_id for claim in claims}
        if not (doubted or self._near(seen, found, _FAR_BELOW)):
            return False
        if not all(self._is_believed_alone(claim, seen) for claim in doubted):
            return True
        # However sure the network were: it needs running text, and a sentence to quote.
        sure = replace(seen, scores=_sure(seen.scores))
        known = _settled(claims)
        near = self._near(seen, known, _OUT_OF_REACH) if is_running_text(passage) else []
        return any(self._heard(passage, read, sure, number) for number in near)

    def _near(self, seen: Reading, known: set[str], below: float) -> list[int]:
        """The labels up to so far below their bar, of rules that are not known yet."""
        near = np.flatnonzero(seen.scores >= self._bars - below).tolist()
        return [number for number in near if self.reader.labels[number][0] not in known]

    def _is_doubtful(self, claim: Found, scores: Scores) -> bool:
        score = self._score(claim, scores)
        bars = self.reader.bars(self.catalog.rules[claim.rule_id].kind, claim.stance)
        return score is not None and bars is not None and score < bars.veto + _FAR_ABOVE

    def _is_believed_alone(self, claim: Found, seen: Reading) -> bool:
        """Whether a claim's own sentence holds it, whatever the network thinks of the whole."""
        bars = self.reader.bars(self.catalog.rules[claim.rule_id].kind, claim.stance)
        return bars is None or self._of_its_own(claim, seen, -math.inf) >= bars.veto

    def at_first_sight(
        self, passage: Passage, read: Sequence[Statement], claims: Sequence[Found]
    ) -> Reading | None:
        """What the linear model makes of a passage, ``None`` where it knows nothing.

        A passage counts as a whole, and so does the sentence in it that says most: in a long
        passage one sentence is little, and a sentence alone does not tell what it is about.
        """
        told = *about(passage), *heard(claims)
        said = spoken(passage, read)
        whole = self.reader.scores(self._known(said, passage.heading, told, read))
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

    def _weighed(self, passage: Passage, claim: Found, seen: Reading) -> Found:
        """A claim that a pattern found, with what the reader thinks of it.

        In a long passage much else is said: before it is doubted, its own sentence is read.
        """
        score = self._score(claim, seen.scores)
        rule = self.catalog.rules[claim.rule_id]
        bars = self.reader.bars(rule.kind, claim.stance)
        if score is None or bars is None:
            return claim
        if score < bars.veto:
            score = self._by_its_sentence(passage, claim, seen, score, bars.veto)
        if score < bars.veto and claim.set_aside is None:
            return replace(claim, set_aside=SetAside.NEAR_MISS, score=score)
        decided = "both" if score >= 0 else claim.decided_by
        return replace(claim, decided_by=decided, score=score)

    def _by_its_sentence(
        self, passage: Passage, claim: Found, seen: Reading, doubted: float, veto: float
    ) -> float:
        """The score of a claim's own sentence, where the whole passage is doubted.

        Both models have to believe it; that something is disclosed the network may say by itself.
        """
        own = self._of_its_own(claim, seen, doubted)
        discloses = self._is_disclosure(claim.rule_id, claim.stance)
        if self._network is None or len(seen.each) < 2 or not (discloses or own >= veto):
            return own
        closer = closely(self._network, passage, claim, seen, about(passage))
        both = self._best(claim, closer, doubted)
        return both if discloses and both >= veto else min(own, both)

    def _of_its_own(self, claim: Found, seen: Reading, otherwise: float) -> float:
        """The score of a claim's own sentence, in a passage of several."""
        each = of_sentences(claim, seen) if len(seen.each) > 1 else ()
        return self._best(claim, each, otherwise)

    def _best(self, claim: Found, each: Iterable[Scores], otherwise: float) -> float:
        own = (self._score(claim, scores) for scores in each)
        return max((score for score in own if score is not None), default=otherwise)

    def _is_plain(self, claim: Found, plain: set[int]) -> bool:
        """Whether a claim is a plain yes to what was asked."""
        about_a_claim = self.catalog.rules[claim.rule_id].kind in _ABOUT_A_CLAIM
        is_made = claim.stance == Stance.STATES and not claim.bold
        return claim.end in plain and about_a_claim and is_made

    def _is_far(self, claim: Found) -> bool:
        """Whether the reader turns down what a bold frame found, or thinks it far off the rule.

        The first was no more than a question, the second has some words alike.
        """
        bars = self.reader.bars(self.catalog.rules[claim.rule_id].kind, claim.stance)
        if bars is None or claim.score is None:
            return False
        if claim.bold:
            return claim.score < bars.veto
        discloses = self._is_disclosure(claim.rule_id, claim.stance)
        off = _FAR_OFF_DISCLOSED if discloses else _FAR_OFF
        return claim.set_aside == SetAside.NEAR_MISS and claim.score < bars.veto - off

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
        if not is_running_text(passage):
            return
        surest: dict[str, tuple[float, int]] = {}
        for number in np.flatnonzero(seen.scores >= self._bars).tolist():
            rule_id, _ = self.reader.labels[number]
            score = float(seen.scores[number])
            if rule_id not in known and passage.voice in self.catalog.rules[rule_id].voices:
                surest[rule_id] = max((score, number), surest.get(rule_id, (score, number)))
        for score, number in surest.values():
            found = self._heard(passage, read, seen, number)
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
        drowned = self._discloses & (seen.scores < self._bars) & (most >= self._bars - _FAR_BELOW)
        for statement, scores in seen.each:
            near = [
                number
                for number in np.flatnonzero(drowned & (scores == most)).tolist()
                if self.reader.labels[number][0] not in known
                and self._heard(passage, read, of_one(statement, _sure(scores)), number)
            ]
            if not near:
                continue
            closer = deeper(self._network, passage, statement, scores, about(passage))
            for number in near:
                if closer[number] >= self._bars[number] + _BY_ITSELF:
                    found = self._heard(passage, read, of_one(statement, closer), number)
                    if found:
                        yield replace(found, score=round(float(closer[number]), 3))

    def _heard(
        self, passage: Passage, read: Sequence[Statement], seen: Reading, number: int
    ) -> Found | None:
        """The sentence in which a label may be heard without a pattern."""
        rule_id, stance = self.reader.labels[number]
        rule = self.catalog.rules[rule_id]
        if passage.voice not in rule.voices:
            return None
        if (rule.kind, stance) in ACCUSES and not is_about_the_treatment(read):
            return None
        return located(passage, seen, rule, stance, number, self._bars[number])

    def _is_denied(self, passage: Passage, found: Found, number: int) -> bool:
        """Whether an accusing sentence has a negation without which it would say so much more.

        Not so "It is not addictive", which says it by its negation.
        """
        kind = self.catalog.rules[found.rule_id].kind
        if self._network is None or found.stance != Stance.STATES:
            return False
        said = passage.text[found.start : found.end]
        bare = _NEGATION.sub(_undone, said)
        if bare == said or (kind, found.stance) not in ACCUSES:
            return False
        scores = (
            self._network.scores(text, passage.heading, about(passage))[number]
            for text in (bare, said)
        )
        return float(next(scores)) - float(next(scores)) >= _DENIED

    def _is_disclosure(self, rule_id: str, stance: str) -> bool:
        rule = self.catalog.rules.get(rule_id)
        is_wanted = rule is not None and rule.kind == "required-disclosure"
        return is_wanted and stance == Stance.STATES

    def _bar(self, rule_id: str, stance: str) -> float:
        rule = self.catalog.rules.get(rule_id)
        bars = self.reader.bars(rule.kind, stance) if rule and not rule.needs_pattern else None
        return math.inf if bars is None or bars.alone is None else bars.alone


def _sure(scores: Scores) -> Scores:
    return np.full_like(scores, math.inf)


def _settled(claims: Iterable[Found]) -> set[str]:
    """The rules that patterns settle; where one was doubted the reader may hear something else."""
    return {claim.rule_id for claim in claims if claim.set_aside != SetAside.NEAR_MISS}


def _undone(negation: re.Match[str]) -> str:
    return "can " if negation[0].lower().startswith("can") else ""


def _plainly_answered(read: Sequence[Statement]) -> set[int]:
    """Where the questions end that a word or two answer: "Is it a cure? Absolutely.".

    To a reader of words a "yes" says little; the patterns know what was asked.
    """
    answered = (
        s.unit
        for s in read
        if s.unit.answer == "yes"
        and not (s.unit.told or s.unit.takes_back or _NEGATION.search(s.unit.text[: s.unit.asked]))
    )
    return {u.spans[-1].end for u in answered if u.text.count(" ", u.asked) <= _ANSWER_WORDS}


def about(passage: Passage) -> tuple[str, ...]:
    """What the reader is told of a passage: who speaks, on what page, of which line."""
    return f"V={passage.voice}", f"P={passage.page_type}", *_lines(passage)


def heard(claims: Iterable[Found]) -> list[str]:
    """What the reader is told of the patterns: which fired, and whether they took it back."""
    fired = {f"F={c.rule_id}:{c.stance}:{'aside' if c.set_aside else ''}" for c in claims}
    return sorted(fired)


def _lines(passage: Passage) -> tuple[str, ...]:
    return tuple(f"L={line}" for line in sorted(passage.lines)) or ("L=mixed",)
