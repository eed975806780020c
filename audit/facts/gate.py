"""Which blocks of a page can hold facts of which kinds: one pass over its text for plain words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation

from audit.facts.plain import plain
from audit.facts.told import Reader


class Gate:
    """Finds the words of all readers at once (Aho and Corasick 1975)."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        of_word: dict[str, list[int]] = {}
        for number, reader in enumerate(readers):
            for word in reader.words:
                of_word.setdefault(word, []).append(number)
        words = sorted(of_word)
        self._readers = [tuple(of_word[word]) for word in words]
        self._words = AhoCorasick(words, implementation=Implementation.DFA)

    def open(self, texts: Sequence[str]) -> dict[int, tuple[str, set[int]]]:
        """Index of a text -> the text, plain, and the readers that have a word in it; in order.

        A line break counts as a blank, and after each text stands a NUL.
        """
        joined = plain("\0".join((*texts, "")))
        starts = [0, *accumulate(len(text) + 1 for text in texts)]
        found: dict[int, set[int]] = {}
        hits = self._words.find_matches_as_indexes(joined.replace("\n", " "), overlapping=True)
        for word, start, _ in hits:
            text = bisect_right(starts, start) - 1
            found.setdefault(text, set()).update(self._readers[word])
        return {
            text: (joined[starts[text] : starts[text + 1] - 1], found[text])
            for text in sorted(found)
        }
