"""Patterns and reader together: what both see, what one doubts, what only the reader sees."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from audit.catalog.catalog import Catalog
from audit.concepts.lexicon import Lexicon
from audit.reader import contradicted
from audit.reader.alone import is_running_text
from audit.reader.doubt import Doubt
from audit.reader.feature_rows import FeatureRows
from audit.reader.features import features
from audit.reader.listening import FAR_BELOW, Listening, settled, sure
from audit.reader.reader import Reader, Rows
from audit.reader.reading import Reading, blended, spoken, together
from audit.reader.told import about, heard
from audit.reader.transformer import Transformer
from audit.stances.found import Found, Passage
from audit.stances.stances import Statement
from data.vocabulary import PageType, SetAside, Voice

# Once the network is asked it may carry a label further; of 2,663 claims on made-up pages none so
# far.
_OUT_OF_REACH = 8.0


class SecondOpinion:
    """The reader with the rules that it gives its opinion on."""

    def __init__(
        self, catalog: Catalog, reader: Reader, words: Lexicon, network: Transformer | None = None
    ) -> None:
        self.catalog, self.reader, self._network = catalog, reader, network
        self._rows = FeatureRows(reader, words)
        self._doubt = Doubt(catalog, reader, network)
        self._listening = Listening(catalog, reader, network)

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
        seen = self.reading(_as_ours(passage), read, [_as_said(c) for c in claims])
        if seen is None:
            return claims
        asked_about = [c for c in claims if wanted is None or c.rule_id in wanted]
        weighed = self._doubt.judged(_as_ours(passage), read, asked_about, seen)
        if wanted is None:
            known = settled(claims, weighed)
            weighed += self._listening.alone(passage, read, seen, weighed, known)
        return contradicted.set_aside(self.catalog, weighed)

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
        doubted = [
            claim
            for claim in claims
            if claim.set_aside is None and self._doubt.is_doubtful(claim, seen.scores)
        ]
        found = {claim.rule_id for claim in claims}
        if not (doubted or self._listening.near(seen, found, FAR_BELOW)):
            return False
        if self._doubt.is_open(doubted, seen):
            return True
        # However sure the network were: it needs running text, and a sentence to quote.
        certain = replace(seen, scores=sure(seen.scores))
        known = settled(claims, claims)
        near = self._listening.near(seen, known, _OUT_OF_REACH) if is_running_text(passage) else []
        return any(self._listening.heard(passage, read, certain, number) for number in near)

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


def _as_ours(passage: Passage) -> Passage:
    """A post as a page of the provider's: in a post the reader believes nothing, whatever it says.

    What stands in a post is set aside as such; whether it says so is another question.
    """
    if passage.voice not in (Voice.BLOG, Voice.NEWS):
        return passage
    return replace(passage, voice=Voice.PROVIDER, page_type=PageType.OTHER)


def _as_said(claim: Found) -> Found:
    return replace(claim, set_aside=None) if claim.set_aside == SetAside.BLOG else claim
