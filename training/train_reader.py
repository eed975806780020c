"""Trains the second reader on the passages in this folder and writes ``audit/reader.npz``.

Run ``python training/train_reader.py`` (with the group ``training`` of pyproject.toml). One
logistic regression for each rule and stance, on words, concepts and their mood
(``audit.features``); weights become whole numbers of 8 bits. The thresholds come from
passages that neither the patterns nor the reader at hand had seen: for each of them the reader was
trained without its writers. The blind passages and the development set are never looked at here.
"""

from __future__ import annotations

import warnings
from collections import Counter

from learnt_from import load
from linear_model import LEAST_LABELS, fit, out_of_fold, write
from thresholds import bars

from audit import claims, reader


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
