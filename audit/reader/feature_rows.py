"""Where the weights of a passage's features stand in the second reader.

Concepts come as numbers with a bit for each: their rows are read off a table, for a hundred of them
at once.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from audit.concepts.lexicon import Lexicon
from audit.reader.features import LONGEST_RUN, Features
from audit.reader.reader import Reader, Rows


class FeatureRows:
    """The rows of one reader for the concepts of one lexicon."""

    def __init__(self, reader: Reader, words: Lexicon) -> None:
        self._reader, self._names = reader, words.concepts
        self._around = lru_cache(maxsize=256)(self._of_names)
        # By marks: for each mark and concept its row, and a bit where there is one.
        self._tables: dict[tuple[str, ...], tuple[Rows, int]] = {}

    def of(self, seen: Features) -> Rows:
        """The row of each feature that was learnt."""
        around = self._around(seen.around)
        words = np.array(self._reader.rows_of_runs(seen.words, LONGEST_RUN), dtype=np.int64)
        found = [self._of_concepts(marks, masks) for marks, masks in seen.concepts()]
        return np.concatenate([around, words, *found])

    def _of_names(self, names: frozenset[str]) -> Rows:
        return np.array(self._reader.rows(names), dtype=np.int64)

    def _of_concepts(self, marks: tuple[str, ...], masks: tuple[int, ...]) -> Rows:
        table, learnt = self._tables.get(marks) or self._table(marks)
        whole = 0
        for mask in reversed(masks):
            whole = whole << len(self._names) | mask
        whole &= learnt
        raw = np.frombuffer(whole.to_bytes(len(table) // 8 + 1, "little"), dtype=np.uint8)
        there = np.unpackbits(raw, count=len(table), bitorder="little").view(bool)
        return np.asarray(table[there])

    def _table(self, marks: tuple[str, ...]) -> tuple[Rows, int]:
        rows = [self._reader.row(mark + name) for mark in marks for name in self._names]
        learnt = sum(1 << place for place, row in enumerate(rows) if row is not None)
        table = np.array([row or 0 for row in rows], dtype=np.int64), learnt
        self._tables[marks] = table
        return table
