"""The reader of prices and of what they cover."""

from __future__ import annotations

from collections.abc import Iterator

from audit.facts import covers, prices
from audit.facts.passage import Passage
from audit.facts.told import Reader, Told


def read(passage: Passage) -> Iterator[Told]:
    """The prices of a block, and what they cover."""
    found = list(prices.read(passage))
    yield from found
    yield from covers.read(passage, found)


READER = Reader(read, prices.WORDS | covers.WORDS)
