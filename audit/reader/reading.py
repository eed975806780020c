"""What the second reader makes of a passage: scores of the whole and of each statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audit.reader.reader import Scores
from audit.stances.found import Passage
from audit.stances.stances import Statement

NEGATION = re.compile(r"\b(?:can)?(?:not|never|no longer)\b ?|(?<=\w)n['\u2019]t\b", re.IGNORECASE)
# Measured on passages by other writers: the whole and its best sentence judge better than either.
_SHARE_OF_BEST = 0.3
# And so do the linear model and the network together.
_SHARE_OF_NETWORK = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a passage: ``scores`` of the whole, and of ``each`` statement."""

    scores: Scores
    each: list[tuple[Statement, Scores]]


def spoken(passage: Passage, read: Sequence[Statement]) -> str:
    """The words of a passage, of a table's row without the cells that speak of others."""
    if passage.kind != "table-row" or not passage.parts:
        return passage.text
    said = [span for statement in read for span in statement.unit.spans]
    own = [
        passage.text[start:end]
        for start, end in passage.parts
        if any(start <= span.start and span.end <= end for span in said)
    ]
    return " ".join(own)


def blended(whole: Scores, each: Sequence[Scores]) -> Scores:
    """The scores of a passage from its own and those of its sentences."""
    if not each:
        return whole
    return np.asarray((1 - _SHARE_OF_BEST) * whole + _SHARE_OF_BEST * np.max(each, axis=0))


def together(linear: Scores, network: Scores) -> Scores:
    """The scores of the linear model and of the network as one."""
    return np.asarray((1 - _SHARE_OF_NETWORK) * linear + _SHARE_OF_NETWORK * network)
