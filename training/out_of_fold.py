"""Scores of passages by a reader that saw nothing of their writers: what thresholds are made of."""

from __future__ import annotations

import linear_model
import numpy as np
from learnt_from import Data
from linear_model import Label, Matrix
from network import Learnt

from audit.reading import together

FOLDS = 3


def scores(data: Data, labels: list[Label]) -> Matrix:
    """The scores of every unseen passage, a row for each of all passages."""
    writers = sorted(set(data.writers))
    found = np.full((len(data.records), len(labels)), -9.0)
    for fold in range(FOLDS):
        held = set(writers[fold::FOLDS])
        train = [i for i, w in enumerate(data.writers) if w not in held]
        test = [i for i in data.unseen if data.writers[i] in held]
        linear = linear_model.scores_of(data, linear_model.fit(data, train, labels), test)
        network = Learnt([data.records[i] for i in train], labels)
        found[test] = together(linear, network.scores([data.records[i] for i in test]))
        print(f"fold {fold + 1} of {FOLDS}: {', '.join(sorted(held))}", flush=True)
    return found
