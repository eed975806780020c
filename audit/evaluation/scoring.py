"""How right the labels are: precision, recall and F1 with their 95 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

# The 97.5 % point of the normal distribution: 95 % lie between the two.
_Z = 1.959963984540054
_RESAMPLES = 1000
_SEED = 20261125


@dataclass(frozen=True, slots=True)
class Tally:
    """Labels that are right, that are there wrongly, and that are missing."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Share of the labels given that are right; ``None`` where none was given."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of the gold labels that were found; ``None`` where there is none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; ``None`` where nothing was labelled at all."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The 95 % score interval of a share (Wilson 1927); ``None`` of nothing."""
    if not whole:
        return None
    share, z2 = part / whole, _Z * _Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap_f1(per_passage: Sequence[Tally]) -> tuple[float, float] | None:
    """The 95 % percentile interval of F1 when the passages are drawn again, with a fixed seed.

    Where all labels are right, or none is, every draw says the same, as if one passage were proof.
    There the interval is Wilson's of the passages with labels: F1 is 2 J / (1 + J), where J is the
    share of right labels among all that are right, wrong or missed.
    """
    counts = np.array([(t.right, t.wrong, t.missed) for t in per_passage], dtype=np.int64)
    if not counts.size or not counts.sum():
        return None
    total = counts.sum(axis=0)
    if not total[0] or not total[1:].any():
        return _one_sided(int(counts.any(axis=1).sum()), all_right=bool(total[0]))
    drawn = np.random.default_rng(_SEED).integers(
        len(counts), size=(_RESAMPLES, len(counts)), dtype=np.int64
    )
    right, wrong, missed = np.moveaxis(counts[drawn].sum(axis=1), 1, 0)
    whole = 2 * right + wrong + missed
    scores = np.divide(2 * right, whole, out=np.zeros(_RESAMPLES), where=whole > 0)
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


def _one_sided(labelled: int, *, all_right: bool) -> tuple[float, float]:
    low, high = wilson(labelled if all_right else 0, labelled) or (0.0, 1.0)
    return (2 * low / (1 + low), 1.0) if all_right else (0.0, 2 * high / (1 + high))
