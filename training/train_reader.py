"""Trains the second reader on the passages in this folder and writes ``audit/reader.npz``.

Run ``python training/train_reader.py`` (with the group ``training`` of pyproject.toml). One
logistic regression for each rule and stance, on words, concepts and their mood
(``audit.reader.features``); weights become whole numbers of 8 bits. The thresholds come from
passages that neither the patterns nor the reader at hand had seen: for each of them the reader was
trained without its writers. The blind passages and the development set are never looked at here.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent.parent))

from audit import claims, gold, reader
from audit.claims import Engine
from audit.found import Found
from audit.second_opinion import about

HERE = Path(__file__).parent
PASSAGES = HERE / "passages"
# A feature in fewer passages, or a label with fewer of them, is learnt by heart rather than learnt.
LEAST_PASSAGES, LEAST_LABELS = 8, 5
STRENGTH, TOLERANCE = 30.0, 0.01
FOLDS = 4
LABELS_OF = {
    "required-disclosure": ("states", "denies"),
    "identity": ("states", "denies"),
    "prohibited-claim": ("states", "denies"),
    "required-qualifier": ("states", "qualifies", "denies"),
    "technical": ("states", "denies"),
}
# What the reader may say alone: that a safeguard is stated or a claim disowned, and never that
# something is wrong.
ALONE = {
    ("required-disclosure", "states"),
    ("identity", "states"),
    ("technical", "states"),
    ("prohibited-claim", "denies"),
    ("required-qualifier", "qualifies"),
}
ALONE_PRECISION = 0.88
# Above it, what is vetoed is right nearly as often as what is kept: measured on unseen passages,
# precision gains nothing there and recall falls fast.
HIGHEST_VETO = -2.0
ACCUSES = {("prohibited-claim", "states"), ("required-disclosure", "denies")}
Matrix = npt.NDArray[np.float64]
Label = tuple[str, str]


@dataclass(frozen=True)
class Data:
    """The passages with what the engine makes of each, and what is to be learnt."""

    records: list[gold.GoldRecord]
    writers: list[str]
    words: list[set[str]]
    found: list[list[Found]]


def load(engine: Engine) -> Data:
    """All training passages, in a fixed order."""
    records, writers = [], []
    for path in sorted(PASSAGES.glob("train-*.jsonl")):
        read = gold.read(path, engine.catalog.rules)
        records += read
        writers += [path.stem.removeprefix("train-")] * len(read)
    words, found = [], []
    for passage in (record.passage for record in records):
        read = engine.statements(passage)
        features = reader.features(passage.text, passage.heading, about(passage), read)
        words.append(set(features))
        found.append(engine.find(passage, read))
    return Data(records, writers, words, found)


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
    counts = Counter(word for i in chosen for word in data.words[i])
    features = sorted(word for word, n in counts.items() if n >= LEAST_PASSAGES)
    matrix = _matrix([data.words[i] for i in chosen], features)
    weights, biases = np.zeros((len(features), len(labels))), np.full(len(labels), -9.0)
    for column, (rule_id, stance) in enumerate(labels):
        rows = [n for n, i in enumerate(chosen) if rule_id not in data.records[i].disputed]
        wanted = [_is(data.records[chosen[n]], rule_id, stance) for n in rows]
        if sum(wanted) >= LEAST_LABELS:
            learner = LogisticRegression(
                C=STRENGTH,
                class_weight="balanced",
                solver="liblinear",
                random_state=0,
                tol=TOLERANCE,
            ).fit(matrix[rows], wanted)
            weights[:, column], biases[column] = learner.coef_[0], learner.intercept_[0]
    return Model(features, labels, weights, biases)


def _is(record: gold.GoldRecord, rule_id: str, stance: str) -> bool:
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


def out_of_fold(data: Data, labels: list[Label]) -> Matrix:
    """The scores of every passage by a model that saw nothing of its writer."""
    writers = sorted(set(data.writers))
    scores = np.full((len(data.records), len(labels)), -9.0)
    for fold in range(FOLDS):
        held = set(writers[fold::FOLDS])
        train = [i for i, w in enumerate(data.writers) if w not in held]
        test = [i for i, w in enumerate(data.writers) if w in held]
        scores[test] = fit(data, train, labels).scores([data.words[i] for i in test])
        print(f"fold {fold + 1} of {FOLDS}: {', '.join(sorted(held))}", flush=True)
    return scores


def bars(engine: Engine, data: Data, labels: list[Label], scores: Matrix) -> list[list[Any]]:
    """For each kind and stance the thresholds that serve best on unseen passages."""
    unseen = set(json.loads((HERE / "unseen.json").read_text(encoding="utf-8")))
    chosen = [i for i, record in enumerate(data.records) if record.id in unseen]
    found = []
    for kind, stances in LABELS_OF.items():
        for stance in stances:
            columns = {
                rule_id: n
                for n, (rule_id, s) in enumerate(labels)
                if s == stance and engine.catalog.rules[rule_id].kind == kind
            }
            veto = _veto(data, chosen, columns, (kind, stance), labels, scores)
            alone = _alone(data, chosen, columns, stance, scores)
            found.append([kind, stance, veto, alone if (kind, stance) in ALONE else None])
            print(f"{kind:20} {stance:10} veto {veto:6.2f} alone {found[-1][3]}")
    return found


def _veto(
    data: Data, chosen: list[int], columns: dict[str, int], said: tuple[str, str],
    labels: list[Label], scores: Matrix,
) -> float:  # fmt: skip
    """Below which score a pattern's hit is rather wrong than right."""
    kind, stance = said
    column = {label: n for n, label in enumerate(labels)}
    seen: dict[tuple[int, str], tuple[float, bool]] = {}
    for i in chosen:
        record = data.records[i]
        for claim in data.found[i]:
            if claim.rule_id in columns and claim.stance == stance and not claim.set_aside:
                if claim.rule_id in record.disputed:
                    continue
                also = {"states": "qualifies", "qualifies": "states"}.get(stance, stance)
                other = column.get((claim.rule_id, also))
                score = scores[i, columns[claim.rule_id]]
                if other is not None:
                    score = max(score, scores[i, other])
                seen[i, claim.rule_id] = float(score), _is(record, claim.rule_id, stance)
    # What is vetoed is shown as a near miss and never counts as absent: better one veto too many.
    cost_of_wrong = 4 if (kind, stance) in ACCUSES else 2
    best, lowest, running = -9.0, 0.0, 0.0
    for score, right in sorted(seen.values()):
        running += 1 if right else -cost_of_wrong
        if running < lowest:
            lowest, best = running, score + 1e-6
    return round(min(best, HIGHEST_VETO), 3)


def _alone(
    data: Data, chosen: list[int], columns: dict[str, int], stance: str, scores: Matrix
) -> float | None:
    """The lowest score from which on the reader alone is right often enough."""
    seen = []
    for i in chosen:
        record = data.records[i]
        if record.passage.voice != "provider" or "other-treatment" in record.passage.lines:
            continue
        hit = {claim.rule_id for claim in data.found[i]}
        for rule_id, n in columns.items():
            if rule_id not in hit and rule_id not in record.disputed and scores[i, n] > -1:
                seen.append((float(scores[i, n]), _is(record, rule_id, stance)))
    bar, right = None, 0
    for count, (score, is_right) in enumerate(sorted(seen, reverse=True), 1):
        right += is_right
        if right / count >= ALONE_PRECISION and count >= 5:
            bar = score
    return None if bar is None else round(max(bar, 0.05), 3)


def write(model: Model, thresholds: list[list[Any]], path: Path) -> None:
    """Ship whole numbers: weights of 8 bits, scores in parts of a power of two."""
    step = float(np.abs(model.weights).max()) / 127
    weights = np.rint(model.weights / step).astype(np.int8)
    used = np.flatnonzero(np.abs(weights).sum(axis=1))
    parts = 1 << 10  # isqrt(n << 20) is sqrt(n) in this many parts
    biases = np.rint(model.biases / step * parts).astype(np.int64)
    note = {"labels": model.labels, "step": step / parts, "bars": thresholds}
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(model.features[n] for n in used).encode(), np.uint8),
        weights=weights[used],
        biases=biases,
        about=np.frombuffer(json.dumps(note).encode(), np.uint8),
    )
    print(f"{path}: {len(used)} features, {len(model.labels)} labels, {path.stat().st_size} bytes")


def main() -> None:
    """Train, choose the thresholds, write the file."""
    warnings.filterwarnings("ignore", category=FutureWarning)
    engine = claims.patterns()
    data = load(engine)
    counts = Counter(label for r in data.records for label in (r.labels or {}).items())
    labels = sorted(label for label, n in counts.items() if n >= LEAST_LABELS)
    print(f"{len(data.records)} passages, {len(labels)} labels", flush=True)
    thresholds = bars(engine, data, labels, out_of_fold(data, labels))
    model = fit(data, range(len(data.records)), labels)
    write(model, thresholds, reader.FILE)


if __name__ == "__main__":
    main()
