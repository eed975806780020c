"""Scores of passages by a reader that saw nothing of their writers: what thresholds are made of."""

from __future__ import annotations

from dataclasses import replace

import linear_model
import numpy as np
import transformer
from learnt_from import Data
from linear_model import Label, Matrix

from audit.reader.reading import together

# Every third writer is held out, once: so many passages are enough, and training takes long.
FOLDS = 3


def scored(data: Data, labels: list[Label]) -> tuple[Data, Matrix]:
    """The unseen passages of the writers that were held out, and a row of scores for each passage.

    Rows of other passages are without meaning.
    """
    held = set(sorted(set(data.writers))[::FOLDS])
    train = [i for i, w in enumerate(data.writers) if w not in held]
    test = [i for i in data.unseen if data.writers[i] in held]
    linear = linear_model.scores_of(data, linear_model.fit(data, train, labels), test)
    network = transformer.Learnt([data.records[i] for i in train], labels)
    found = np.full((len(data.records), len(labels)), -9.0)
    found[test] = together(linear, network.scores([data.records[i] for i in test]))
    print(f"{len(test)} passages held out, of {', '.join(sorted(held))}", flush=True)
    return replace(data, unseen=test), found
