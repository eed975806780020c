"""The second reader's understanding of sentences: a small transformer in whole numbers.

Words mean what their neighbours make of them: "a nurse stays until you can walk" and "no nurse
stays" have nearly the same words. The network is MiniLM (Wang et al. 2020, six layers of 384
numbers; Apache License 2.0), which had read much English before, trained further on labelled
passages by ``training/train_reader.py``; it ships as ``transformer.npz``.

The same passage has the same scores on every machine. What is multiplied and added up are whole
numbers of 8 bits, in 32 bits or where floating point holds every sum exactly, in whatever order it
is made; between the sums stand only operations that IEEE 754 rounds alike everywhere, and tables.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numkong
import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from audit.reader.reader import Scores
from audit.reader.word_pieces import WordPieces

FILE = Path(__file__).parent / "transformer.npz"
Numbers = npt.NDArray[np.float32]
HEADS = 12
_EIGHT_BITS = np.float32(127)
# Sums for means and variances are of whole parts this small.
_PARTS = 1 << 12
_GELU_PARTS, _GELU_END = 256, 8
# Texts whose scores are kept: about a kB each.
_REMEMBERED = 1024
_EXP_PARTS, _EXP_END, _EXP_ONE = 64, 12, 255


class Transformer:
    """Scores a passage for the labels of the second reader, in the same order.

    The file holds ``pieces`` (a line each), ``words``, ``places`` and ``types`` (vectors of 8 bits
    with a step for each row), for each layer N the matrices ``N.qkv``, ``N.out``, ``N.up``,
    ``N.down`` (outputs x inputs, 8 bits, a step for each output) with their ``.bias``, and the
    weights and biases of the norms.
    """

    def __init__(self, path: Path = FILE) -> None:
        # Matrices so small gain nothing from a second thread, which waits at full power.
        threadpool_limits(1, user_api="blas")
        with np.load(path) as raw:
            kept = {name: raw[name] for name in raw.files}
        self.pieces = WordPieces(bytes(kept["pieces"]).decode("utf-8").split("\n"))
        self._words = kept["words"], kept["words.step"]
        self._places, self._types = (_floats(kept, name) for name in ("places", "types"))
        self._norm = _Norm(kept, "norm")
        self._layers = [_Layer(kept, str(n)) for n in range(int(kept["layers"]))]
        self._head = _Product(kept, "head")
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def scores(self, text: str, heading: str, about: Sequence[str]) -> Scores:
        """A score for each label; a sentence that two claims quote is read once."""
        numbers, told = self.pieces.of_passage(text, heading, about)
        return self._remembered(tuple(numbers), told)

    def _read(self, numbers: tuple[int, ...], told: int) -> Scores:
        """A score for each label of these pieces, of which so many stand before the text."""
        table, steps = self._words
        said = (np.arange(len(numbers)) >= told).astype(np.intp)
        rows = np.array(numbers)
        read = table[rows].astype(np.float32) * steps[rows, None]
        read = self._norm(read + self._places[: len(numbers)] + self._types[said])
        for layer in self._layers:
            read = layer(read)
        mean = np.rint(read * _PARTS).astype(np.float64).sum(axis=0) / (_PARTS * len(read))
        seen = np.concatenate([read[0], mean.astype(np.float32), read.max(axis=0)])
        scores = np.asarray(self._head(seen[None])[0], dtype=np.float64)
        scores.flags.writeable = False
        return scores


class _Layer:
    """Every piece looks at all others, and is then thought about by itself."""

    def __init__(self, kept: dict[str, Any], name: str) -> None:
        self._qkv, self._out = _Product(kept, f"{name}.qkv"), _Product(kept, f"{name}.out")
        self._up, self._down = _Product(kept, f"{name}.up"), _Product(kept, f"{name}.down")
        self._norms = _Norm(kept, f"{name}.norm1"), _Norm(kept, f"{name}.norm2")

    def __call__(self, read: Numbers) -> Numbers:
        seen = self._norms[0](read + self._out(_attended(self._qkv(read))))
        return self._norms[1](seen + self._down(_gelu(self._up(seen))))


class _Product:
    """A matrix of 8 bits, times rows that are brought to 8 bits each by its own step."""

    def __init__(self, kept: dict[str, Any], name: str) -> None:
        self._weights = numkong.dots_pack(np.ascontiguousarray(kept[name]), dtype="int8")
        self._steps: Numbers = kept[f"{name}.step"]
        self._bias: Numbers = kept[f"{name}.bias"]

    def __call__(self, rows: Numbers) -> Numbers:
        steps = _largest(rows, 1) / _EIGHT_BITS
        whole = _whole(rows, steps).astype(np.int8)
        sums = np.asarray(numkong.dots_packed(whole, self._weights)).astype(np.float32)
        sums *= steps
        sums *= self._steps
        sums += self._bias
        return sums


class _Norm:
    """Rows brought to the mean 0 and the variance 1, then weighted (Ba et al. 2016)."""

    def __init__(self, kept: dict[str, Any], name: str) -> None:
        self._weights: Numbers = kept[f"{name}.weight"]
        self._bias: Numbers = kept[f"{name}.bias"]

    def __call__(self, rows: Numbers) -> Numbers:
        parts = np.rint(rows * _PARTS).astype(np.float64)
        size = parts.shape[1]
        mean = parts.sum(axis=1, keepdims=True) / size
        variance = np.vecdot(parts, parts)[:, None] / size - mean * mean
        parts -= mean
        parts /= np.sqrt(np.maximum(variance, 1))
        even = parts.astype(np.float32)
        even *= self._weights
        even += self._bias
        return even


def _attended(rows: Numbers) -> Numbers:
    """What each piece takes from all others, head by head (Vaswani et al. 2017).

    The pieces are the last axis of all that follows, along which numpy is quick.
    """
    count, size = len(rows), rows.shape[1] // (3 * HEADS)
    heads = np.ascontiguousarray(rows.T).reshape(3, HEADS, size, count)
    steps = _largest(heads, 2) / _EIGHT_BITS
    steps[2] = steps[2].max(axis=2, keepdims=True)
    asked, known, told = _whole(heads, steps)
    alike = known.transpose(0, 2, 1) @ asked
    alike *= steps[0]
    alike *= steps[1].transpose(0, 2, 1)
    alike *= np.float32(1 / math.sqrt(size))
    below = np.subtract(alike.max(axis=1, keepdims=True), alike, out=alike)
    below *= _EXP_PARTS
    shares = _exp_table().take(np.rint(below, out=below).astype(np.intp), mode="clip")
    taken = (told @ shares) / shares.sum(axis=1, keepdims=True)
    taken *= steps[2]
    return np.ascontiguousarray(taken.reshape(-1, count).T)


def _gelu(rows: Numbers) -> Numbers:
    """X times the share of a normal distribution below x (Hendrycks, Gimpel 2016)."""
    near = rows * _GELU_PARTS
    np.rint(near, out=near)
    near += _GELU_END * _GELU_PARTS
    rows *= _gelu_table().take(near.astype(np.intp), mode="clip")
    return rows


def _largest(rows: Numbers, axis: int) -> Numbers:
    """The largest number of each row, whatever its sign."""
    return np.asarray(np.abs(rows).max(axis=axis, keepdims=True))


def _whole(rows: Numbers, steps: Numbers) -> Numbers:
    """Rows as whole numbers of 8 bits, in steps."""
    whole = rows / np.maximum(steps, np.float32(1e-12))
    return np.rint(whole, out=whole)


def _floats(kept: dict[str, Any], name: str) -> Numbers:
    return np.asarray(kept[name].astype(np.float32) * kept[f"{name}.step"][:, None])


@lru_cache(maxsize=1)
def _exp_table() -> Numbers:
    """e^-x in whole parts, for x in steps; below the last there is nothing."""
    steps = range(_EXP_PARTS * _EXP_END + 1)
    return np.array([round(_EXP_ONE * math.exp(-n / _EXP_PARTS)) for n in steps], np.float32)


@lru_cache(maxsize=1)
def _gelu_table() -> Numbers:
    """The share below x, in parts of 2^16 so that no machine's last digit shows."""
    steps = range(-_GELU_END * _GELU_PARTS, _GELU_END * _GELU_PARTS + 1)
    below = [(1 + math.erf(n / _GELU_PARTS / math.sqrt(2))) / 2 for n in steps]
    return np.array([round(share * 65536) / 65536 for share in below], np.float32)


@lru_cache(maxsize=1)
def bundled() -> Transformer | None:
    """The transformer that ships with ketawatch; ``None`` while none has been trained."""
    return Transformer() if FILE.exists() else None
