"""Where text stands on a PDF's pages: runs, and the rows that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

# In ems: how far apart baselines of one row are at most, and what sets parts of it apart.
ROW, GUTTER, _CELL = 0.5, 0.7, 1.5
# In ems: a space, what is raised, and how far a raised figure may stand from its word.
_SPACE, _RAISED, _RAISED_SPACE = 0.12, 0.15, 0.3
_SMALL = 0.8
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Run(NamedTuple):
    """Text in one style on one line; distances in points, upwards and to the right."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Row:
    """Runs on one baseline, from left to right; ``page`` counts from 1."""

    page: int
    runs: tuple[Run, ...]

    @cached_property
    def main(self) -> Run:
        """The run that gives the row its size and baseline."""
        return max(self.runs, key=lambda run: (len(run.text), run.size))

    @property
    def left(self) -> float:
        return self.runs[0].left

    @cached_property
    def right(self) -> float:
        return max(run.right for run in self.runs)

    @property
    def base(self) -> float:
        return self.main.base

    @property
    def size(self) -> float:
        return self.main.size

    @cached_property
    def bold(self) -> bool:
        """Whether all that has letters is bold."""
        lettered = [run for run in self.runs if any(map(str.isalnum, run.text))]
        return bool(lettered) and all(run.bold for run in lettered)

    @cached_property
    def text(self) -> str:
        """What the row says; raised digits stay raised."""
        said = self.runs[0].text
        for before, run in pairwise(self.runs):
            text, space = run.text, _SPACE * run.size
            if run.size <= _SMALL * before.size and run.base > before.base + _RAISED * run.size:
                text, space = text.translate(_RAISED_DIGITS), _RAISED_SPACE * before.size
            said += f" {text}" if run.left - before.right > space else text
        return said

    @cached_property
    def cells(self) -> tuple[Row, ...]:
        """The parts of the row that wide gaps set apart."""
        return tuple(Row(self.page, runs) for runs in parted(self.runs, _CELL))

    @cached_property
    def parts(self) -> tuple[Row, ...]:
        """The parts of the row that gaps wider than a space set apart."""
        return tuple(Row(self.page, runs) for runs in parted(self.runs, GUTTER))


def rows(page: int, runs: Iterable[Run]) -> list[Row]:
    """Runs as rows, from the top down."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.base, run.left)):
        first = found[-1][0] if found else None
        if first is not None and first.base - run.base < ROW * max(first.size, run.size):
            found[-1].append(run)
        else:
            found.append([run])
    return [Row(page, tuple(sorted(one, key=lambda run: run.left))) for one in found]


def parted(runs: Sequence[Run], ems: float) -> list[tuple[Run, ...]]:
    """Runs of one row, apart where a gap is wider than so many ems."""
    parts: list[list[Run]] = [[runs[0]]]
    for before, run in pairwise(runs):
        if run.left - before.right > ems * max(before.size, run.size):
            parts.append([])
        parts[-1].append(run)
    return [tuple(part) for part in parts]
