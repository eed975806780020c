"""Which blocks of a page can hold facts of which kinds: one pass over its text for plain words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation

from audit.facts.plain import plain
from audit.facts.told import Reader

# What is longer was written for no reader, and could be made to be slow.
LONGEST = 20_000
# Characters that are looked at together: what is found in them stands in memory.
_AT_ONCE = 100_000


class Gate:
    """Finds the words of all readers at once (Aho and Corasick 1975)."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        of_word: dict[str, list[int]] = {}
        for number, reader in enumerate(readers):
            for word in reader.words:
                of_word.setdefault(word, []).append(number)
        words = sorted(of_word)
        self._readers = [tuple(of_word[word]) for word in words]
        # The automaton that is largest is three times as fast as the others.
        self._words = AhoCorasick(words, implementation=Implementation.DFA)

    def open(self, texts: Sequence[str]) -> Iterator[tuple[int, str, set[int]]]:
        """Each text that has a word: its index, itself made plain, and the readers concerned.

        A line break counts as a blank.
        """
        first, size = 0, 0
        for last, text in enumerate(texts, 1):
            size += len(text)
            if size >= _AT_ONCE or last == len(texts):
                yield from self._open(texts[first:last], first)
                first, size = last, 0

    def _open(self, texts: Sequence[str], offset: int) -> Iterator[tuple[int, str, set[int]]]:
        short = [text if len(text) <= LONGEST else "" for text in texts]
        joined = plain("\0".join((*short, "")))
        starts = [0, *accumulate(len(text) + 1 for text in short)]
        found: dict[int, set[int]] = {}
        hits = self._words.find_matches_as_indexes(joined.replace("\n", " "), overlapping=True)
        for word, start, _ in hits:
            text = bisect_right(starts, start) - 1
            found.setdefault(text, set()).update(self._readers[word])
        for text in sorted(found):
            yield offset + text, joined[starts[text] : starts[text + 1] - 1], found[text]
