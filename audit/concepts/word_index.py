r"""Which concepts a text can mention at all, by the plain words that stand in it.

One pass over the text finds the words of all terms (Aho and Corasick 1975). A term that is a plain
text itself stands where it was found; any other can stand only in a text that holds one word of
each of its groups (``audit.concepts.terms.telling``), and then a regular expression has to look for
it.

Texts are marked as the words are (``audit.concepts.word_tables``), so that no edge is left to
check.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial, reduce
from itertools import accumulate, chain
from operator import or_

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind

from audit.concepts.word_tables import MARK, MAX_GROUPS, Words, WordTables

# Where something stands: code points, end exclusive.
Place = tuple[int, int]
# By the number of a concept.
Places = dict[int, list[Place]]
_EDGE = re.compile(r"\b", re.ASCII)
# What stands around a word, the word, and what stands around it on the other side.
_Chunk = tuple[str, str, str]
# Chunks and words that are remembered, of 2 kB at most, and the longest chunk.
_MAX_CHUNKS, _MAX_LENGTH = 8192, 64


class Sighting:
    """What a text can mention: sets of terms and of concepts are numbers with a bit for each.

    ``marked``: the text with its edges. ``terms``: those that a regular expression has to look for,
    and ``suspected`` their concepts. ``sure``: concepts that stand there as plain words.
    """

    def __init__(
        self, marked: str, terms: int, suspected: int, sure: int, places: Callable[[], Places]
    ) -> None:
        self.marked, self.terms, self.suspected, self.sure = marked, terms, suspected, sure
        self._places = places

    @cached_property
    def places(self) -> Places:
        """Where the plain words stand, which may overlap; most texts are never asked."""
        return self._places()


class WordIndex:
    """The words of all terms.

    Sets of terms and of concepts are whole numbers with a bit for each. A term that is no plain
    text has one bit for each of its groups.

    Most words of groups are a word of the language, or a part of one. Those that a text is made of
    come again and again: what each tells, with the signs around it, is remembered.
    """

    def __init__(self, tables: WordTables) -> None:
        self._terms, self._rest = tables.terms, tables.rest
        self._lacking = _number(tables.lacking)
        self._concepts = _Concepts(tables.concepts)
        self._long = _Search(tables.long.texts)
        self._long_concepts = _Lists(tables.long.concepts)
        self._told = _Told(_Lists(tables.long.groups))
        self._sure = _Told(self._long_concepts)
        self._chunks = _Chunks(tables.short)

    def read(self, text: str) -> Sighting:
        """What a folded text can mention."""
        marked = _EDGE.sub(MARK, text)
        there, sure = self._in_chunks(marked), 0
        seen = []
        told, whole = self._told, self._sure
        for place in self._long.all(marked):
            there |= told[place[0]]
            concepts = whole[place[0]]
            if concepts:
                sure |= concepts
                seen.append(place)
        terms = self._possible(there)
        suspected = self._concepts.of(terms)
        return Sighting(marked, terms, suspected, sure, partial(self._places, marked, seen))

    def written(self, seen: Sighting, concept: int) -> list[str]:
        """The terms of a concept, by its number, that can stand in a text, as they are written."""
        terms = self._concepts.terms(concept)
        there = seen.terms >> terms.start & (1 << len(terms)) - 1
        return [
            self._terms[number]
            for number in map(terms.__getitem__, bits_of(there))
            if all(any(word in seen.marked for word in ws) for ws in self._rest[number])
        ]

    def _in_chunks(self, marked: str) -> int:
        """What the single words of a text tell of groups."""
        pieces = marked.split(MARK)  # signs and words in turn
        if len(pieces) == 1:
            pieces += ["", ""]
        chunks = zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False)
        return reduce(or_, map(self._chunks.__getitem__, chunks), self._lacking)

    def _places(self, marked: str, seen: Sequence[tuple[int, int, int]]) -> Places:
        """Where the concepts stand that are plain words, in the text without its marks."""
        places: Places = {}
        marks = [mark.start() for mark in re.finditer(MARK, marked)]
        for number, start, end in seen:
            place = start - bisect_left(marks, start), end - bisect_left(marks, end)
            for concept in self._long_concepts[number]:
                places.setdefault(concept, []).append(place)
        return places

    def _possible(self, there: int) -> int:
        """The terms of which every group is there."""
        complete = there
        for _ in range(MAX_GROUPS - 1):
            there >>= len(self._terms)
            complete &= there
        return complete & ((1 << len(self._terms)) - 1)


class _Search:
    """Plain texts by number, and where all of them stand in another one."""

    def __init__(self, texts: list[str]) -> None:
        self._automaton = AhoCorasick(texts, matchkind=MatchKind.Standard)

    def all(self, text: str) -> list[tuple[int, int, int]]:
        """(number, start, end) of each."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True)


class _Lists:
    """Lists of numbers end to end: each number an object of its own, they took a tenth of all."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        self._ends = array("I", accumulate(map(len, lists), initial=0))
        self._numbers = array("I", chain.from_iterable(lists))

    def __getitem__(self, number: int) -> array[int]:
        return self._numbers[self._ends[number] : self._ends[number + 1]]


class _Told(dict[int, int]):
    """What words tell, by their numbers: put together when they are met, as most never are."""

    def __init__(self, told: _Lists) -> None:
        self._by_word = told

    def __missing__(self, word: int) -> int:
        if len(self) >= _MAX_CHUNKS:
            self.clear()
        told = self[word] = _number(self._by_word[word])
        return told


class _Chunks(dict[_Chunk, int]):
    """What single words with the signs around them tell of groups, worked out once."""

    def __init__(self, words: Words) -> None:
        self._words, self._told = _Search(words.texts), _Told(_Lists(words.groups))

    def __missing__(self, chunk: _Chunk) -> int:
        marked = MARK.join(chunk)
        found = {number for number, _, _ in self._words.all(marked)}
        told = reduce(or_, map(self._told.__getitem__, found), 0)
        if len(marked) <= _MAX_LENGTH:
            if len(self) >= _MAX_CHUNKS:
                self.clear()
            self[chunk] = told
        return told


class _Concepts(dict[tuple[int, int], int]):
    """The concepts of terms, by eight terms at a time: of thousands, some stand in a text."""

    def __init__(self, concepts: Sequence[int]) -> None:
        self._by_term = concepts

    def terms(self, concept: int) -> range:
        """The numbers of a concept's terms, which follow each other."""
        return range(bisect_left(self._by_term, concept), bisect_right(self._by_term, concept))

    def of(self, terms: int) -> int:
        """The concepts of a set of terms."""
        raw = np.frombuffer(terms.to_bytes(len(self._by_term) // 8 + 1, "little"), np.uint8)
        at = raw.nonzero()[0]
        return reduce(
            or_, map(self.__getitem__, zip(at.tolist(), raw[at].tolist(), strict=True)), 0
        )

    def __missing__(self, eight: tuple[int, int]) -> int:
        if len(self) >= _MAX_CHUNKS:
            self.clear()
        place, bits = eight
        told = self[eight] = _number(self._by_term[8 * place + bit] for bit in bits_of(bits))
        return told


def _number(bits: Iterable[int]) -> int:
    """The number with these bits: so many that one by one would take too long."""
    wanted = set(bits)
    raw = bytearray(max(wanted, default=0) // 8 + 1)
    for bit in wanted:
        raw[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(raw, "little")


def bits_of(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        bit = number & -number
        number ^= bit
        yield bit.bit_length() - 1
