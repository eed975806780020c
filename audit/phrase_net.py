"""The second reader's ear for wording that it never saw: a small network over word vectors.

A linear model knows the words that it was trained on and no others; here words that are used alike
lie close together (GloVe: Pennington, Socher, Manning 2014), so that "a paramedic keeps an eye on
you" is heard as "a nurse watches you" is. Filters look at runs of one, three and five words, the
best place in the passage counts for each of them, and a linear layer makes scores of that (Kim
2014, "Convolutional Neural Networks for Sentence Classification"). It was trained by
``training/train_reader.py`` and ships as ``phrases.npz``.

All weights are whole numbers of 8 bits. Sums of such numbers are exact in floating point as long
as they stay below 2^24 (2^53 in double precision), in whatever order they are added: the same
passage has the same scores on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from audit.folding import fold
from audit.reader import Scores

FILE = Path(__file__).parent / "phrases.npz"
Sums = npt.NDArray[np.float32]
WIDTHS = 1, 3, 5
# What stands for nothing, and for a word without a vector; both lead the list of words.
NOTHING, UNKNOWN, TEXT = "<nothing>", "<unknown>", "<text>"
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[$%.,?!:;()\"-]")
_HEADING_WORDS, _TEXT_WORDS = 20, 220
# The products of a word with all filters are kept for so many words, some 30 MB: most of a site.
_KEPT = 2048
_MARGIN = max(WIDTHS) // 2


def tokens(text: str, heading: str, about: Sequence[str]) -> list[str]:
    """What the network sees of a passage: who speaks where, the heading, and the text, in words.

    Of a very long passage it sees the beginning; its sentences are for the linear model.
    """
    return [
        *about,
        *_words(heading)[:_HEADING_WORDS],
        TEXT,
        *_words(text[: _TEXT_WORDS * 20])[:_TEXT_WORDS],
    ]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).text)


class PhraseNet:
    """Scores a passage for the labels of the second reader, in the same order.

    For one thread at a time: what it works out for words is kept between passages.

    The file holds ``words`` (a line each), their ``vectors`` (words x D), ``filters`` (9 x D x H:
    a matrix for each place of each width), ``floors`` (widths x H: subtracted before what is below
    zero is cut off), ``weights`` (widths * H x labels), ``biases`` and ``steps`` (labels).
    """

    def __init__(self, path: Path = FILE) -> None:
        with np.load(path) as raw:
            words = bytes(raw["words"]).decode("utf-8").split("\n")
            self._vectors: npt.NDArray[np.int8] = raw["vectors"]
            filters = raw["filters"].astype(np.float32)
            self._floors: Sums = raw["floors"].astype(np.float32)
            self._weights: Scores = raw["weights"].astype(np.float64)
            self._biases: npt.NDArray[np.int64] = raw["biases"]
            self._steps: Scores = raw["steps"]
        self._numbers = {word: number for number, word in enumerate(words)}
        # D x (9 * H): one product gives what a word adds at every place of every filter.
        self._filters = filters.transpose(1, 0, 2).reshape(filters.shape[1], -1)
        self._kept: dict[int, int] = {}
        self._products = np.zeros((_KEPT, self._filters.shape[1]), dtype=np.float32)

    def scores(self, words: Sequence[str]) -> Scores:
        """A score for each label, for a passage given by its ``tokens``."""
        unknown = self._numbers[UNKNOWN]
        rows = self._rows([self._numbers.get(word, unknown) for word in words])
        products = self._products[rows].reshape(len(words), sum(WIDTHS), -1)
        best = np.concatenate(list(self._best(products)))
        return np.asarray((best.astype(np.float64) @ self._weights + self._biases) * self._steps)

    def _rows(self, numbers: list[int]) -> list[int]:
        """Where the products of words are kept; those that are new are made, all at once."""
        new = sorted(set(numbers) - self._kept.keys())
        if len(self._kept) + len(new) > _KEPT:
            self._kept.clear()
            new = sorted(set(numbers))
        first = len(self._kept)
        self._kept.update(zip(new, range(first, first + len(new)), strict=True))
        self._products[first : first + len(new)] = (
            self._vectors[new].astype(np.float32) @ self._filters
        )
        return [self._kept[number] for number in numbers]

    def _best(self, products: Sums) -> Iterator[Sums]:
        """For each width the highest value of each filter anywhere in the passage."""
        length, first = len(products), 0
        for floors, width in zip(self._floors, WIDTHS, strict=True):
            sums = np.zeros((length + 2 * _MARGIN, products.shape[2]), dtype=np.float32)
            for place in range(width):
                # The word that stands so far behind the filter's middle adds to the middle.
                start = _MARGIN - (place - width // 2)
                sums[start : start + length] += products[:, first + place]
            first += width
            inside = sums[_MARGIN : _MARGIN + length]
            yield np.maximum(inside.max(axis=0) - floors, 0)


@lru_cache(maxsize=1)
def bundled() -> PhraseNet | None:
    """The network that ships with ketawatch; ``None`` while none has been trained."""
    return PhraseNet() if FILE.exists() else None
