"""Trains the second reader on the passages in this folder: ``audit/reader.npz``, ``phrases.npz``.

Run ``python training/train_reader.py`` (with the group ``training`` of pyproject.toml). One
logistic regression for each rule and stance, on words, concepts and their mood
(``audit.features``), and beside it a network over word vectors (``audit.phrase_net``); weights
become whole numbers of 8 bits. The thresholds come from
passages that neither the patterns nor the reader at hand had seen: for each of them the reader was
trained without its writers. The blind passages and the development set are never looked at here.
"""

from __future__ import annotations

import warnings
from collections import Counter

import linear_model
import network
import out_of_fold
from learnt_from import load
from linear_model import LEAST_LABELS
from thresholds import bars

from audit import claims, phrase_net, reader


def main() -> None:
    """Train, choose the thresholds, write the file."""
    warnings.filterwarnings("ignore", category=FutureWarning)
    engine = claims.patterns()
    data = load(engine)
    counts = Counter(label for r in data.records for label in (r.labels or {}).items())
    labels = sorted(label for label, n in counts.items() if n >= LEAST_LABELS)
    print(f"{len(data.records)} passages, {len(labels)} labels", flush=True)
    thresholds = bars(engine, data, labels, out_of_fold.scores(data, labels))
    model = linear_model.fit(data, range(len(data.records)), labels)
    linear_model.write(model, thresholds, reader.FILE)
    network.write(network.Learnt(data.records, labels), phrase_net.FILE)


if __name__ == "__main__":
    main()
