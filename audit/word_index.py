r"""Which concepts a text can mention at all, by the plain words that stand in it.

One pass over the text finds all words of all terms (Aho and Corasick 1975). A term that is a plain
text itself stands where it was found; any other can stand only in a text that holds one word of
each of its groups (``audit.terms.telling``), and then a regular expression has to look for it.
"""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from audit.terms import Word, telling

# Where something stands: code points, end exclusive.
Place = tuple[int, int]
_WORD_CHARS = frozenset(string.ascii_letters + string.digits + "_")
# What a word tells: groups that it fills, concepts that stand there, and their names.
_Known = tuple[int, int, tuple[str, ...]]
# Most words are never met: what they tell is put together when they are.
_UNREAD: _Known = (0, 0, ("",))
_IS_WORD = bytes(chr(code) in _WORD_CHARS for code in range(256))


class WordIndex:
    """The words of all terms.

    Sets of terms and of concepts are whole numbers with a bit for each. A term that is no plain
    text has one bit for each of its groups, ``_terms`` apart. Edges are a number: 1 where a word
    ends there, 2 where one begins.
    """

    def __init__(self, terms: Mapping[str, Sequence[str]], bits: Mapping[str, int]) -> None:
        self._bits = bits
        self._concepts: list[int] = []
        # By a word and the edges that it needs: the concepts that it is, the groups that it fills.
        self._whole: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._parts: defaultdict[tuple[str, int], int] = defaultdict(int)
        groups: list[tuple[tuple[Word, ...], ...]] = []
        for name, known in terms.items():
            for term in known:
                found = telling(term)
                if found and found[0][0].whole:
                    for word in found[0]:
                        self._whole[word.text, 2 * word.begins + word.ends].append(name)
                else:
                    groups.append(found)
                    self._concepts.append(bits[name])
        self._terms = len(groups)
        self._most = max(map(len, groups), default=1) or 1
        self._always = self._tell_parts(groups)
        self._texts = sorted({text for text, _ in (*self._whole, *self._parts)})
        self._known: list[_Known | None] = [_UNREAD] * (4 * len(self._texts))
        self._words = AhoCorasick(self._texts, matchkind=MatchKind.Standard)

    def _tell_parts(self, groups: Sequence[tuple[tuple[Word, ...], ...]]) -> int:
        """Note the words of each group; the result has the bits of groups that a term lacks."""
        always = 0
        for term, found in enumerate(groups):
            for group in range(self._most):
                bit = 1 << (group * self._terms + term)
                if group >= len(found):
                    always |= bit
                for word in found[group] if group < len(found) else ():
                    self._parts[word.text, 2 * word.begins + word.ends] |= bit
        return always

    def read(self, text: str) -> tuple[int, int, dict[str, list[Place]]]:
        """Concepts that a regular expression has to look for in a folded text, and all others.

        The others come as a number and with their places, which may overlap.
        """
        there, sure, read = self._always, 0, self._known
        places: dict[str, list[Place]] = {}
        # Where a word begins or ends, as RE2's \b has it: between a sign of one and no such sign.
        signs = _signs(text)
        for number, start, end in self._words.find_matches_as_indexes(text, overlapping=True):
            begins = signs[start] != signs[start + 1]
            place = 4 * number + 2 * begins + (signs[end] != signs[end + 1])
            known = read[place]
            if known is _UNREAD:
                known = read[place] = self._told(self._texts[number], place % 4)
            if known:
                parts, concepts, names = known
                there |= parts
                sure |= concepts
                for name in names:
                    places.setdefault(name, []).append((start, end))
        return self._possible(there), sure, places

    def _told(self, text: str, edges: int) -> _Known | None:
        """What a word tells where it stands with such edges: with more of them, no less."""
        needed = [(text, n) for n in range(4) if n & edges == n]
        names = tuple(sorted({name for key in needed for name in self._whole.get(key, ())}))
        parts, concepts = 0, 0
        for key in needed:
            parts |= self._parts.get(key, 0)
        for name in names:
            concepts |= self._bits[name]
        return (parts, concepts, names) if parts or names else None

    def _possible(self, there: int) -> int:
        """The concepts of terms of which every group is there."""
        complete = there
        for _ in range(self._most - 1):
            there >>= self._terms
            complete &= there
        complete &= (1 << self._terms) - 1
        found = 0
        for term in bits_of(complete):
            found |= self._concepts[term]
        return found


def _signs(text: str) -> bytes:
    """For each character whether it is a sign of a word, with a false one before and after."""
    if text.isascii():
        return b"\0" + text.encode().translate(_IS_WORD) + b"\0"
    return bytes([0, *(char in _WORD_CHARS for char in text), 0])


def bits_of(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        bit = number & -number
        number ^= bit
        yield bit.bit_length() - 1
