"""A group of leaves that are one block, and what makes one of them."""

from __future__ import annotations

from dataclasses import dataclass

from audit.pages.layout import Box, Layout


@dataclass(frozen=True, slots=True)
class Group:
    """Leaves ``first`` to ``last`` (exclusive) that make one block.

    ``parts`` are the leaves of its question and answer, items, cells or lines; ``asked`` counts
    those of them that only name what others answer.
    """

    kind: str
    first: int
    last: int
    parts: tuple[tuple[int, ...], ...]
    lead_in: str = ""
    asked: frozenset[int] = frozenset()


def size(layout: Layout, indices: list[int]) -> int:
    """The letters of some leaves together."""
    return sum(len(layout.leaves[i].text) for i in indices)


def runs(indices: list[int], owners: list[Box | None]) -> tuple[tuple[int, ...], ...]:
    """Indices that follow each other with the same owner, together."""
    runs: list[list[int]] = []
    last: Box | None = None
    for index, owner in zip(indices, owners, strict=True):
        if not runs or owner is not last:
            runs.append([])
        runs[-1].append(index)
        last = owner
    return tuple(map(tuple, runs))
