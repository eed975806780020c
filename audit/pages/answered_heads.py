"""Heads of a table's columns that only name what its rows answer: "FDA-approved" over "No"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.stances import rows

# A cell's columns, and its text.
Cell = tuple[range, str]
# So many rows that do nothing but answer are no chance.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """One row of a table, and whether its markup says that it heads the columns below it."""

    cells: Sequence[Cell]
    heads: bool


def only_asked(head: HeadedRow, below: Iterable[HeadedRow]) -> frozenset[int]:
    """The cells of a row of heads that say nothing by themselves, counted from its first.

    One that every row of the provider's answers with yes says what it says.
    """
    data = [row.cells for row in below if not row.heads]
    asked = (
        number
        for number, (columns, text) in enumerate(head.cells)
        if 0 not in columns
        and rows.names_what_is_done(text)
        and _is_left_open([*_answers(columns, data)])
    )
    return frozenset(asked)


def heads_answers(first: HeadedRow, below: Sequence[HeadedRow]) -> bool:
    """Whether the first row of a table can be nothing but heads: all rows below say yes or no."""
    data = [text for row in below for at, text in row.cells if 0 not in at]
    answered = len(below) >= _FEWEST and all(map(rows.answer, data))
    return answered and not any(rows.answer(text) for _, text in first.cells)


def _answers(columns: range, data: Iterable[Sequence[Cell]]) -> Iterable[tuple[str, str]]:
    """The names of the rows that have a cell in some columns, each with what it says there."""
    for cells in data:
        name = next((text for at, text in cells if 0 in at), "")
        yield from ((name, text) for at, text in cells if at.start in columns)


def _is_left_open(told: Sequence[tuple[str, str]]) -> bool:
    if not any(rows.answer(text) for _, text in told):
        return False
    return any(rows.answer(text) != "yes" for text in rows.own_answers(told))
