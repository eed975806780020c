"""A sentence of a passage read by itself, by the network as well: much else may stand around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.reader.reader import Scores
from audit.reader.reading import Reading, together
from audit.reader.transformer import Transformer
from audit.stances.found import Found, Passage
from audit.stances.stances import Statement


def closely(
    network: Transformer, passage: Passage, claim: Found, seen: Reading, about: Sequence[str]
) -> Iterator[Scores]:
    """The scores of the sentences that a claim quotes, with the network's view of them."""
    for statement, scores in seen.each:
        if _is_quoted(claim, statement):
            yield deeper(network, passage, statement, scores, about)


def deeper(
    network: Transformer,
    passage: Passage,
    statement: Statement,
    scores: Scores,
    about: Sequence[str],
) -> Scores:
    """The scores of a statement by the linear model and by the network, as one."""
    said = (passage.text[start:end] for start, end in statement.unit.spans if start < end)
    return together(scores, network.scores(" ".join(said), passage.heading, about))


def of_one(statement: Statement, scores: Scores) -> Reading:
    """A reading in which nothing else was said."""
    return Reading(scores, [(statement, scores)])


def of_sentences(claim: Found, seen: Reading) -> Iterator[Scores]:
    """The scores of the sentences that a claim quotes."""
    for statement, scores in seen.each:
        if _is_quoted(claim, statement):
            yield scores


def _is_quoted(claim: Found, statement: Statement) -> bool:
    said = statement.unit.spans[-1]
    return claim.start <= said.start and said.end <= claim.end
