"""The second reader: a small linear model beside the patterns, the same on every machine.

It was trained by ``training/train_reader.py`` and ships as ``reader.npz``: whole numbers, summed,
so that the same bytes give the same scores everywhere. It doubts what a pattern found, finds what
no pattern foresaw, and says by how much.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit import context
from audit.folding import fold
from audit.stances import Statement
from audit.word_index import Place

FILE = Path(__file__).parent / "reader.npz"
_WORD = re.compile(r"[a-z0-9$%']+")
_WORDS = 3
_HEADING_WORDS = 2
# Scores are whole numbers of this many parts.
_PARTS = 1 << 20


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
            about: dict[str, Any] = json.loads(bytes(raw["about"]))
        self._rows = {feature: row for row, feature in enumerate(features)}
        self._step: float = about["step"]
        self.labels: list[tuple[str, str]] = [(r, s) for r, s in about["labels"]]
        self._column = {label: number for number, label in enumerate(self.labels)}
        self._bars = {(kind, s): Bars(veto, alone) for kind, s, veto, alone in about["bars"]}

    def scores(self, features: Iterable[str]) -> npt.NDArray[np.float64] | None:
        """The score of each label, ``None`` where nothing that was learnt stands there."""
        known = sorted(map(self._rows.__getitem__, self._rows.keys() & set(features)))
        if not known:
            return None
        sums = self._weights[known].sum(axis=0, dtype=np.int64)
        whole = sums * _PARTS // isqrt(len(known) * _PARTS) + self._biases
        return np.asarray(whole * self._step)

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


def features(
    text: str, heading: str, about: Iterable[str], read: Iterable[Statement]
) -> Iterator[str]:
    """What the reader knows of a passage: words, words of its heading, concepts and their mood.

    Where a regular expression would have to look for a concept, that it may stand there is enough:
    looking would take longer than all the rest, and the reader judges no worse without.

    Args:
        text: the passage.
        heading: its heading.
        about: its line, voice and type of page, as ``L=...``.
        read: its statements.
    """
    yield from _runs(fold(text).text, _WORDS, "")
    yield from _runs(fold(heading).text, _HEADING_WORDS, "H:")
    yield from about
    for statement in read:
        mood = _mood(statement)
        for concept in statement.mentions.suspected:
            yield f"S:{concept}"
            yield f"S={mood}{concept}"
        for concept, places in statement.mentions.plain():
            yield f"C:{concept}"
            yield f"{_sign(statement, places)}={mood}{concept}"


def _runs(text: str, longest: int, mark: str) -> Iterator[str]:
    words = _WORD.findall(text)
    for length in range(1, longest + 1):
        shifted = (words[first:] for first in range(length))
        yield from (mark + " ".join(run) for run in zip(*shifted, strict=False))


def _mood(statement: Statement) -> str:
    unit = statement.unit
    asked = f"A{unit.answer}" if unit.answer else "a" if unit.asked else ""
    aside = context.set_aside(statement.cues, 0, len(unit.text)) or ""
    return f"{'Q' if unit.question else ''}{asked}{aside[:5]}"


def _sign(statement: Statement, places: list[Place]) -> str:
    """``N`` where every mention is negated."""
    cues = statement.cues
    return "N" if all(context.negated(cues, start, end) for start, end in places) else "P"
