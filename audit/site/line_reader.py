"""How likely a passage makes it that a house gives ketamine in each way: a small linear model.

No list of words foresees how owners tell it: "I stay until the bag is empty", "your month comes
by courier". The model knows the words of a passage and of its heading, the signs of
``audit.site.route_signs`` and the offers of ``audit/claims/offers.yml``. It was learnt by
``training/train_lines.py`` from invented sites and ships as ``line_reader.npz``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from audit.reader.features import LONGEST_RUN, around, words_of
from audit.reader.reader import Reader, Scores
from audit.reader.told import about
from audit.site.route_signs import Told
from audit.stances.found import Passage

FILE = Path(__file__).parent / "line_reader.npz"
# A line, offered or disowned, and where in the passage.
Offers = Sequence[tuple[str, bool, tuple[int, int]]]


class LineReader(Reader):
    """Scores a passage for each line; ``house``: what counts how much for a house."""

    def __init__(self, path: Path = FILE) -> None:
        super().__init__(path)
        self.lines = tuple(line for line, _ in self.labels)
        self.house: dict[str, float] = self.about["house"]

    def shows(self, passage: Passage, told: Iterable[Told], offers: Offers) -> Scores | None:
        """A score for each line, above 0 where the passage shows it; ``None``: nothing is known."""
        runs = self.rows_of_runs(words_of(passage.text), LONGEST_RUN)
        named = self.rows(beside(passage, told, offers))
        return self.scores(np.array([*runs, *named], dtype=np.int64))


def beside(passage: Passage, told: Iterable[Told], offers: Offers) -> set[str]:
    """What is known of a passage beside its own words, by name."""
    known = {*around(passage.heading, about(passage))}
    for sentence in told:
        known.update(f"T:{sign}" for sign in sentence.signs)
        known.update(f"T-:{sign}" for sign in sentence.against)
        known.update(f"TO:{sign}" for sign in sentence.signs if sentence.own)
    known.update(f"{'O' if offered else 'O-'}:{line}" for line, offered, _ in offers)
    return known


@lru_cache(maxsize=1)
def bundled() -> LineReader:
    """The reader that ships with ketawatch."""
    return LineReader()
