"""What a text mentions, and where: looked up for the few concepts that a rule asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from audit.concepts.word_index import Place, Sighting


class Searched(Protocol):
    """A lexicon, as its mentions need it."""

    every: int

    def bit(self, concept: str) -> int: ...

    def mask(self, concepts: Iterable[str]) -> int: ...

    def named(self, mask: int) -> list[str]: ...

    def look_for(self, concept: str, text: str, seen: Sighting) -> list[Place]: ...


class Mentions:
    """What a text mentions: ``concept in mentions``, and ``places(concept)``.

    As numbers with a bit for each concept: ``suspected`` may stand there, as all that they need
    does, and nobody has looked; ``plain`` stand there as plain words, unless an exception covers
    them; ``possible`` are both.
    """

    __slots__ = (
        "_lexicon",
        "_places",
        "_seen",
        "_text",
        "excepted",
        "plain",
        "possible",
        "suspected",
    )

    def __init__(self, lexicon: Searched, text: str, seen: Sighting) -> None:
        self._lexicon, self._text, self._seen = lexicon, text, seen
        every, possible = lexicon.every, seen.suspected | seen.sure
        self.suspected = seen.suspected & every
        self.plain = seen.sure & ~seen.suspected & every
        self.possible = possible & every
        self.excepted = self.plain & (possible >> every.bit_length())
        self._places: dict[str, list[Place]] = {}

    def __contains__(self, concept: object) -> bool:
        return isinstance(concept, str) and bool(self.places(concept))

    def places(self, concept: str) -> list[Place]:
        """Where a concept stands, from the left."""
        found = self._places.get(concept)
        if found is None:
            if not self.possible & self._lexicon.bit(concept):
                return []
            found = self._lexicon.look_for(concept, self._text, self._seen)
            self._places[concept] = found
        return found

    def each(self, mask: int) -> Iterator[tuple[str, int]]:
        """The names of some concepts, each with its number."""
        for name in self._lexicon.named(mask):
            yield name, self._lexicon.bit(name)

    def is_sure(self, concepts: frozenset[str]) -> bool:
        """Whether one of these stands there for sure: nobody has to look."""
        return bool(self.plain & ~self.excepted & self._lexicon.mask(concepts))

    def lacks(self, concepts: frozenset[str]) -> bool:
        """Whether none of these can stand there."""
        return not self.possible & self._lexicon.mask(concepts)

    def among(self, concepts: Iterable[str]) -> list[str]:
        """Those of some concepts that stand there."""
        maybe = self.possible & self._lexicon.mask(concepts)
        return [name for name in self._lexicon.named(maybe) if name in self] if maybe else []

    def any_of(self, concepts: Iterable[str]) -> bool:
        """Whether one of these stands there."""
        return any(map(self.__contains__, concepts))


class Together:
    """What several texts mention between them."""

    def __init__(self, texts: Sequence[Mentions]) -> None:
        self._texts = texts
        self._known: dict[object, bool] = {}

    def __contains__(self, concept: object) -> bool:
        found = self._known.get(concept)
        if found is None:
            found = self._known[concept] = any(concept in text for text in self._texts)
        return found
