"""A small network of given weights, in the file format of the shipped one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from audit.phrase_net import NOTHING, UNKNOWN, PhraseNet


def tiny_net(
    folder: Path,
    words: dict[str, list[int]],
    filters: npt.ArrayLike,
    *,
    floors: npt.ArrayLike,
    weights: npt.ArrayLike,
    biases: list[int],
    steps: list[float],
) -> PhraseNet:
    """A network out of word -> vector and whole-numbered arrays of the shapes of ``PhraseNet``.

    A word that is not given has a vector of zeros.
    """
    size = len(next(iter(words.values())))
    rows = {NOTHING: [0] * size, UNKNOWN: [0] * size, **words}
    path = folder / "phrases.npz"
    np.savez(
        path,
        words=np.frombuffer("\n".join(rows).encode(), np.uint8),
        vectors=np.array(list(rows.values()), dtype=np.int8),
        filters=np.asarray(filters, dtype=np.int8),
        floors=np.asarray(floors, dtype=np.int32),
        weights=np.asarray(weights, dtype=np.int8),
        biases=np.array(biases, dtype=np.int64),
        steps=np.array(steps, dtype=np.float64),
    )
    return PhraseNet(path)
