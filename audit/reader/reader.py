"""The second reader: a small linear model beside the patterns, the same on every machine.

It was trained by ``training/train_reader.py`` and ships as ``reader.npz``: whole numbers, summed,
so that the same bytes give the same scores everywhere. It doubts what a pattern found, finds what
no pattern foresaw, and says by how much.
"""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

FILE = Path(__file__).parent / "reader.npz"
Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
# Scores are whole numbers of this many parts.
_PARTS = 1 << 20
# So many texts at once: a passage may have thousands of sentences.
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Bars:
    """Thresholds for one kind of rule and stance, in the model's own score.

    Below ``veto`` a pattern is not believed; from ``alone`` on the reader needs none (``None``: it
    always does).
    """

    veto: float
    alone: float | None


class Reader:
    """Scores a passage for every rule and stance that it was trained on."""

    def __init__(self, path: Path = FILE) -> None:
        with np.load(path) as raw:
            features = bytes(raw["features"]).decode("utf-8").split("\n")
            self._weights: npt.NDArray[np.int8] = raw["weights"]
            self._biases: npt.NDArray[np.int64] = raw["biases"]
            self.about: dict[str, Any] = json.loads(bytes(raw["about"]))
        self._ones = np.ones(len(self._weights), dtype=np.float32)
        self._rows = {feature: row for row, feature in enumerate(features)}
        self._runs = {tuple(feature.split(" ")): row for feature, row in self._rows.items()}
        self._step: float = self.about["step"]
        self.labels: list[tuple[str, str]] = [(r, s) for r, s in self.about["labels"]]
        self._column = {label: number for number, label in enumerate(self.labels)}
        self._bars = {(kind, s): Bars(veto, alone) for kind, s, veto, alone in self.about["bars"]}

    def row(self, feature: str) -> int | None:
        """Where a feature's weights stand, if it was learnt."""
        return self._rows.get(feature)

    def rows(self, features: Set[str]) -> list[int]:
        """Where the weights of those features stand that were learnt."""
        return list(map(self._rows.__getitem__, self._rows.keys() & features))

    def rows_of_runs(self, words: Sequence[str], longest: int) -> list[int]:
        """The same for all runs of up to so many words that follow each other in a text.

        No text is put together for them, as there is hardly anything that happens more often.
        """
        found = set(map(self._rows.get, words))
        for length in range(2, longest + 1):
            shifted = (words[first:] for first in range(length))
            found.update(map(self._runs.get, zip(*shifted, strict=False)))
        return [row for row in found if row is not None]

    def scores(self, rows: Rows) -> Scores | None:
        """The score of each label, ``None`` where nothing that was learnt stands there.

        Args:
            rows: where the weights of what stands there are, each once.
        """
        return self.scores_of_each([rows])[0]

    def scores_of_each(self, texts: Sequence[Rows]) -> list[Scores | None]:
        """The same for several texts at once."""
        scored: list[Scores | None] = [None] * len(texts)
        known = [number for number, rows in enumerate(texts) if len(rows)]
        for first in range(0, len(known), _AT_ONCE):
            some = known[first : first + _AT_ONCE]
            for number, scores in zip(some, self._scored([texts[n] for n in some]), strict=True):
                scored[number] = scores
        return scored

    def _scored(self, texts: list[Rows]) -> Scores:
        sizes = [len(rows) for rows in texts]
        sums = np.array([self._sums(rows) for rows in texts]).astype(np.int64)
        lengths = np.array([[isqrt(size * _PARTS)] for size in sizes])
        return np.asarray((sums * _PARTS // lengths + self._biases) * self._step)

    def _sums(self, rows: Rows) -> npt.NDArray[np.float32]:
        """Sums of whole numbers, exact in single precision: all rows of the file together are."""
        return self._ones[: len(rows)] @ self._weights.take(rows, axis=0).astype(np.float32)

    def bars(self, kind: str, stance: str) -> Bars | None:
        """The thresholds for a kind of rule and a stance, where the reader has a say."""
        return self._bars.get((kind, stance))

    def column(self, rule_id: str, stance: str) -> int | None:
        """Where a label's score stands."""
        return self._column.get((rule_id, stance))


@lru_cache(maxsize=1)
def bundled() -> Reader | None:
    """The reader that ships with ketawatch; ``None`` while none has been trained."""
    return Reader() if FILE.exists() else None
