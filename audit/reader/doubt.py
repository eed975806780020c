"""What the reader thinks of what patterns found: it may turn a claim down."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from audit.catalog.catalog import Catalog
from audit.reader.close import closely, of_sentences
from audit.reader.reader import Bars, Reader, Scores
from audit.reader.reading import NEGATION, Reading
from audit.reader.told import about
from audit.reader.transformer import Transformer
from audit.stances.found import Found, Passage
from audit.stances.stances import Statement
from data.vocabulary import SetAside, Stance

# A pattern tells a claim; how well it is qualified is for the patterns alone to say.
_SAME_CLAIM = {
    Stance.STATES: (Stance.STATES, Stance.QUALIFIES),
    Stance.QUALIFIES: (Stance.STATES, Stance.QUALIFIES),
    Stance.DENIES: (Stance.DENIES,),
}
# Where the linear model is so far above a veto, the network hardly ever carries a label below it:
# of 7,332 passages of other writers 60 % need it no more, and F1 loses .001.
_FAR_ABOVE = 4.0
# A hit of the patterns so far below its veto is not even close, and no reason to look again (with
# 4.5 and 6, a third of what was no longer "needs review" on made-up sites went the wrong way).
_FAR_OFF, _FAR_OFF_DISCLOSED = 6.0, 8.0
_ABOUT_A_CLAIM = ("prohibited-claim", "required-qualifier")
# "Visit | $240 plus the drug": in a table place and figure say more than the few words of a row.
_PRICE = re.compile(r"[$£€]\s?\d")
# The longest plain answer: "Yes, you will."
_ANSWER_WORDS = 3


class Doubt:
    """The reader, asked about the claims of patterns."""

    def __init__(self, catalog: Catalog, reader: Reader, network: Transformer | None) -> None:
        self._catalog, self._reader, self._network = catalog, reader, network

    def judged(
        self, passage: Passage, read: Sequence[Statement], claims: Iterable[Found], seen: Reading
    ) -> list[Found]:
        """The claims of a passage, each with what the reader thinks of it."""
        answered = _plainly_answered(read)
        weighed = [
            claim
            if self._is_undoubted(passage, claim, answered)
            else self._weighed(passage, claim, seen)
            for claim in claims
        ]
        return [claim for claim in weighed if not self._is_far(claim)]

    def is_open(self, claims: Sequence[Found], seen: Reading) -> bool:
        """Whether the network may yet turn down one of these claims that are doubted."""
        return not all(self._is_believed_alone(claim, seen) for claim in claims)

    def is_doubtful(self, claim: Found, scores: Scores) -> bool:
        """Whether the linear model is not sure of a claim."""
        score = self._score(claim, scores)
        bars = self._bars(claim)
        return score is not None and bars is not None and score < bars.veto + _FAR_ABOVE

    def _is_believed_alone(self, claim: Found, seen: Reading) -> bool:
        """Whether a claim's own sentence holds it, whatever the network thinks of the whole."""
        bars = self._bars(claim)
        return bars is None or self._of_its_own(claim, seen, -math.inf) >= bars.veto

    def _weighed(self, passage: Passage, claim: Found, seen: Reading) -> Found:
        """A claim that a pattern found, with what the reader thinks of it.

        In a long passage much else is said: before it is doubted, its own sentence is read.
        """
        score = self._score(claim, seen.scores)
        bars = self._bars(claim)
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
        discloses = self._discloses(claim)
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

    def _is_undoubted(self, passage: Passage, claim: Found, answered: Mapping[int, str]) -> bool:
        """Whether the patterns know better than a reader of words."""
        in_so_many_words = claim.plain and self._discloses(claim)
        priced = self._is_priced(passage, claim)
        return in_so_many_words or priced or self._is_answered(claim, answered)

    def _is_answered(self, claim: Found, answered: Mapping[int, str]) -> bool:
        """Whether a claim is made by a plain answer to what was asked.

        A "no" that claims something is often one to more than that; what it discloses the
        patterns were told: "Can I drive home? No."
        """
        if claim.stance != Stance.STATES or claim.bold or claim.end not in answered:
            return False
        about_a_claim = self._catalog.rules[claim.rule_id].kind in _ABOUT_A_CLAIM
        return self._discloses(claim) or (about_a_claim and answered[claim.end] == "yes")

    def _is_priced(self, passage: Passage, claim: Found) -> bool:
        """Whether a claim is what a table's row with a price in it tells of prices."""
        is_row = passage.kind == "table-row" and claim.rule_id.startswith("price.")
        return is_row and _PRICE.search(passage.text, claim.start, claim.end) is not None

    def _is_far(self, claim: Found) -> bool:
        """Whether the reader turns down what a bold frame found, or thinks it far off the rule.

        The first was no more than a question, the second has some words alike. Nor is it worth a
        look that a post only seems to claim something.
        """
        bars = self._bars(claim)
        if bars is None or claim.score is None:
            return False
        about_a_claim = self._catalog.rules[claim.rule_id].kind in _ABOUT_A_CLAIM
        if claim.bold or (claim.set_aside == SetAside.BLOG and about_a_claim):
            return claim.score < bars.veto
        discloses = self._discloses(claim)
        off = _FAR_OFF_DISCLOSED if discloses else _FAR_OFF
        is_doubted = claim.set_aside in (SetAside.NEAR_MISS, SetAside.BLOG)
        return is_doubted and claim.score < bars.veto - off

    def _score(self, claim: Found, scores: Scores) -> float | None:
        columns = [
            column
            for stance in _SAME_CLAIM[Stance(claim.stance)]
            if (column := self._reader.column(claim.rule_id, stance)) is not None
        ]
        return max((round(float(scores[c]), 3) for c in columns), default=None)

    def _bars(self, claim: Found) -> Bars | None:
        return self._reader.bars(self._catalog.rules[claim.rule_id].kind, claim.stance)

    def _discloses(self, claim: Found) -> bool:
        kind = self._catalog.rules[claim.rule_id].kind
        return kind == "required-disclosure" and claim.stance == Stance.STATES


def _plainly_answered(read: Sequence[Statement]) -> dict[int, str]:
    """Where the questions end that a word or two answer, and how: "Is it a cure? Absolutely.".

    To a reader of words a "yes" says little; the patterns know what was asked.
    """
    answered = (s.unit for s in read if not (s.unit.told or s.unit.takes_back))
    return {
        u.spans[-1].end: u.answer
        for u in answered
        if u.answer is not None
        and u.text.count(" ", u.asked) <= _ANSWER_WORDS
        and not (u.answer == "yes" and NEGATION.search(u.text[: u.asked]))
    }
