"""A second reader of a few hand-made weights, in the file format of the shipped one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from audit.reader.reader import Reader

Label = tuple[str, str]


def tiny_reader(
    folder: Path,
    weights: Mapping[str, Mapping[Label, int]],
    *,
    bars: Sequence[tuple[str, str, float, float | None]] = (),
    biases: Mapping[Label, int] | None = None,
    step: float = 1 / 1024,
) -> Reader:
    """A reader out of feature -> label -> weight (from -127 to 127).

    With the usual step a text with one known feature scores its weight. ``bars``: (kind, stance,
    veto, alone). ``biases`` are in steps.
    """
    path = folder / "reader.npz"
    labels = sorted({label for given in weights.values() for label in given})
    table = [[given.get(label, 0) for label in labels] for given in weights.values()]
    note = {"labels": labels, "step": step, "bars": bars}
    np.savez(
        path,
        features=np.frombuffer("\n".join(weights).encode(), np.uint8),
        weights=np.array(table, dtype=np.int8).reshape(len(weights), len(labels)),
        biases=np.array([(biases or {}).get(label, 0) for label in labels], dtype=np.int64),
        about=np.frombuffer(json.dumps(note).encode(), np.uint8),
    )
    return Reader(path)
