"""What accuses: that a claim is made, that a safeguard is not there."""

from __future__ import annotations

from data.vocabulary import Stance

# A rule's kind and the stance that is taken on it.
ACCUSES = frozenset(
    {
        ("prohibited-claim", Stance.STATES),
        ("required-qualifier", Stance.STATES),
        ("required-disclosure", Stance.DENIES),
        ("identity", Stance.DENIES),
        ("technical", Stance.DENIES),
    }
)
