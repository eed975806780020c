"""What a text mentions, and where: looked up for the few concepts that a rule asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from audit.word_index import Place


class Searched(Protocol):
    """A lexicon, as its mentions need it."""

    def named(self, mask: int) -> list[str]: ...

    def locate(self, name: str, text: str | bytes) -> list[Place]: ...

    def outside(self, name: str, text: str | bytes, places: list[Place]) -> list[Place]: ...


class Mentions:
    """What a text mentions: ``concept in mentions``, and ``places(concept)``."""

    __slots__ = ("_lexicon", "_places", "_suspected", "_text", "_whole", "possible")

    def __init__(
        self, lexicon: Searched, text: str, maybe: int, sure: int, whole: dict[str, list[Place]]
    ) -> None:
        self._lexicon = lexicon
        self._text: str | bytes = text.encode() if text.isascii() else text
        self._suspected, self._whole = frozenset(lexicon.named(maybe)), whole
        # As a number with a bit for each: some that do not stand there, but all that do.
        self.possible = maybe | sure
        self._places: dict[str, list[Place]] = {}

    def __contains__(self, concept: object) -> bool:
        return isinstance(concept, str) and bool(self.places(concept))

    def places(self, concept: str) -> list[Place]:
        """Where a concept stands, from the left."""
        found = self._places.get(concept)
        if found is not None:
            return found
        if concept in self._suspected:
            found = self._lexicon.locate(concept, self._text)
        elif concept in self._whole:
            whole = _longest(self._whole[concept])
            found = self._lexicon.outside(concept, self._text, whole)
        else:
            return []
        self._places[concept] = found
        return found

    @property
    def suspected(self) -> frozenset[str]:
        """Concepts that may stand there: all that they need does, and nobody has looked yet."""
        return self._suspected

    def plain(self) -> Iterator[tuple[str, list[Place]]]:
        """Concepts that stand there as plain words, each with its places."""
        for concept in self._whole:
            if concept not in self._suspected and (places := self.places(concept)):
                yield concept, places

    def any_of(self, concepts: Iterable[str]) -> bool:
        """Whether one of these stands there."""
        return any(concept in self for concept in concepts)


class Together:
    """What several texts mention between them."""

    def __init__(self, texts: Sequence[Mentions]) -> None:
        self._texts = texts

    def __contains__(self, concept: object) -> bool:
        return any(concept in text for text in self._texts)


def _longest(places: list[Place]) -> list[Place]:
    """From the left, at each place the longest one, none that begins within another."""
    if len(places) == 1:
        return places
    chosen: list[Place] = []
    last = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= last:
            chosen.append((start, end))
            last = end
    return chosen
