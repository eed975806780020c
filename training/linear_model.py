"""The model: a logistic regression for each rule and stance, learnt in float, shipped in 8 bits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from learnt_from import Data
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from audit.evaluation import gold
from audit.reader.reading import blended

# A feature in fewer passages, or a label with fewer of them, is learnt by heart rather than learnt.
LEAST_PASSAGES, LEAST_LABELS = 8, 5
STRENGTH, TOLERANCE = 100.0, 0.1
Matrix = npt.NDArray[np.float64]
Label = tuple[str, str]
Wanted = Mapping[Label, Sequence[bool | None]]


@dataclass
class Model:
    """Weights in float, as they were learnt: a row a feature, a column a label."""

    features: list[str]
    labels: list[Label]
    weights: Matrix
    biases: Matrix

    def scores(self, words: Sequence[set[str]]) -> Matrix:
        """A row of scores for each passage."""
        return np.asarray(_matrix(words, self.features) @ self.weights + self.biases)


def fit(data: Data, chosen: Sequence[int], labels: list[Label]) -> Model:
    """Learn from some of the passages."""
    wanted: Wanted = {
        (rule_id, stance): [
            None
            if rule_id in data.records[i].disputed
            else is_labelled(data.records[i], rule_id, stance)
            for i in chosen
        ]
        for rule_id, stance in labels
    }
    return fit_labels([data.words[i] for i in chosen], wanted)


def fit_labels(
    words: Sequence[set[str]],
    wanted: Wanted,
    *,
    least_passages: int = LEAST_PASSAGES,
    strength: float = STRENGTH,
) -> Model:
    """Learn each label from the features of passages; ``None``: it is not known there."""
    counts = Counter(word for known in words for word in known)
    features = sorted(word for word, n in counts.items() if n >= least_passages)
    matrix = _matrix(words, features)
    weights, biases = np.zeros((len(features), len(wanted))), np.full(len(wanted), -9.0)
    for column, has in enumerate(wanted.values()):
        rows = [n for n, value in enumerate(has) if value is not None]
        if sum(bool(has[n]) for n in rows) >= LEAST_LABELS:
            learner = LogisticRegression(
                C=strength,
                class_weight="balanced",
                solver="liblinear",
                dual=True,
                random_state=0,
                tol=TOLERANCE,
            ).fit(matrix[rows], [has[n] for n in rows])
            weights[:, column], biases[column] = learner.coef_[0], learner.intercept_[0]
    return Model(features, list(wanted), weights, biases)


def is_labelled(record: gold.GoldRecord, rule_id: str, stance: str) -> bool:
    return (record.labels or {}).get(rule_id) == stance


def _matrix(words: Sequence[set[str]], features: list[str]) -> sparse.csr_matrix:
    """Passages by features, each row of length 1."""
    column = {feature: n for n, feature in enumerate(features)}
    rows, columns, values = [], [], []
    for row, known in enumerate(words):
        found = sorted(column[word] for word in known if word in column)
        rows += [row] * len(found)
        columns += found
        values += [1 / np.sqrt(len(found))] * len(found)
    shape = (len(words), len(features))
    return sparse.csr_matrix((values, (rows, columns)), shape=shape)


def scores_of(data: Data, model: Model, chosen: Sequence[int]) -> Matrix:
    """A row of scores for each passage, whole and sentences blended as the second opinion does."""
    owners = [i for i in chosen for _ in data.sentences[i]]
    each = model.scores([words for i in chosen for words in data.sentences[i]])
    of: dict[int, list[Matrix]] = {}
    for owner, row in zip(owners, each, strict=True):
        of.setdefault(owner, []).append(row)
    whole = model.scores([data.words[i] for i in chosen])
    return np.array([blended(row, of.get(i, [])) for i, row in zip(chosen, whole, strict=True)])


def write(model: Model, thresholds: list[list[Any]], path: Path, **more: Any) -> None:
    """Ship whole numbers: weights of 8 bits, scores in parts of a power of two.

    ``more``: what else the file says of itself.
    """
    step = float(np.abs(model.weights).max()) / 127
    weights = np.rint(model.weights / step).astype(np.int8)
    used = np.flatnonzero(np.abs(weights).sum(axis=1))
    parts = 1 << 10  # isqrt(n << 20) is sqrt(n) in this many parts
    biases = np.rint(model.biases / step * parts).astype(np.int64)
    note = {"labels": model.labels, "step": step / parts, "bars": thresholds, **more}
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(model.features[n] for n in used).encode(), np.uint8),
        weights=weights[used],
        biases=biases,
        about=np.frombuffer(json.dumps(note).encode(), np.uint8),
    )
    print(f"{path}: {len(used)} features, {len(model.labels)} labels, {path.stat().st_size} bytes")
