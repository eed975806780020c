"""Trains the second reader on the passages in this folder: ``reader.npz``, ``transformer.npz``.

Run ``python training/train_reader.py`` (with the group ``training`` of pyproject.toml, and
``MINILM`` as ``training/README.md`` says). One logistic regression for each rule and stance, on
words, concepts and their mood (``audit.reader.features``), and beside it a transformer
(``audit.reader.transformer``); weights become whole numbers of 8 bits. The thresholds come from passages
that neither the patterns nor the reader at hand had seen: for them the reader was trained without
their writers. The blind passages and the development set are never looked at here.
"""

from __future__ import annotations

import warnings
from collections import Counter

import linear_model
import out_of_fold
import transformer
from learnt_from import load
from linear_model import LEAST_LABELS
from thresholds import bars

from audit.claims import engines
from audit.reader import reader
from audit.reader.transformer import FILE


def main() -> None:
    """Train, choose the thresholds, write the file."""
    warnings.filterwarnings("ignore", category=FutureWarning)
    engine = engines.patterns()
    data = load(engine)
    counts = Counter(label for r in data.records for label in (r.labels or {}).items())
    labels = sorted(label for label, n in counts.items() if n >= LEAST_LABELS)
    print(f"{len(data.records)} passages, {len(labels)} labels", flush=True)
    held_out, scores = out_of_fold.scored(data, labels)
    thresholds = bars(engine, held_out, labels, scores)
    model = linear_model.fit(data, range(len(data.records)), labels)
    linear_model.write(model, thresholds, reader.FILE)
    transformer.write(transformer.Learnt(data.records, labels), FILE)


if __name__ == "__main__":
    main()
