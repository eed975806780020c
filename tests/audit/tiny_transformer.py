"""A small transformer of given weights, in the file format of the shipped one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from audit.reader.transformer import Transformer
from audit.reader.word_pieces import APART, FIRST, NOTHING, UNKNOWN

Floats = npt.NDArray[np.float64]
MARKS = (NOTHING, UNKNOWN, FIRST, APART)


def ship(folder: Path, pieces: list[str], floats: Mapping[str, Floats], layers: int) -> Path:
    """Write a file of matrices in float as training does: 8 bits and a step for each row.

    ``floats``: ``words``, ``places``, ``types``, ``head`` and those of each layer, all outputs x
    inputs; vectors (``norm.weight``, ``head.bias``) stay as they are.
    """
    file: dict[str, npt.NDArray[np.generic]] = {
        "pieces": np.frombuffer("\n".join((*MARKS, *pieces)).encode(), np.uint8),
        "layers": np.array(layers),
    }
    for name, value in floats.items():
        if value.ndim == 1:
            file[name] = value.astype(np.float32)
            continue
        step = np.maximum(np.abs(value).max(axis=1, keepdims=True) / 127, 1e-12)
        file[name] = np.rint(value / step).astype(np.int8)
        file[f"{name}.step"] = step[:, 0].astype(np.float32)
    path = folder / "transformer.npz"
    np.savez(path, **file)  # type: ignore[arg-type]
    return path


def listening(folder: Path, word: str, score: float, deaf: int = 0) -> Transformer:
    """A transformer without layers: a passage with a word scores so much, any other one zero.

    ``deaf``: so many labels stand before that one, which score zero whatever is said.
    """
    other = np.array([-1.0, 1.0])
    floats = {
        "words": np.array([other] * len(MARKS) + [-other]),
        "places": np.zeros((512, 2)),
        "types": np.zeros((2, 2)),
        "norm.weight": np.ones(2),
        "norm.bias": np.zeros(2),
        # Of the first, the mean and the highest the first number of the highest is heard.
        "head": np.array([[0.0] * 6] * deaf + [[0, 0, 0, 0, score / 2, 0]]),
        "head.bias": np.array([0.0] * deaf + [score / 2]),
    }
    return Transformer(ship(folder, [word], floats, layers=0))
