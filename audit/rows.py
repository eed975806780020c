"""Table rows: which cells speak of the provider, and which of them only say yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_YES = re.compile(
    r"\W*(?:yes|included|includes|always|check(?:ed)?(?: ?mark)?|tick|[✓✔✅☑])\W*", re.I
)
_NO = re.compile(
    r"\W*(?:no|not included|excluded|never|none|not (?:offered|available|needed|required)"
    r"|x|cross|[✗✘❌✕✖×])\W*",
    re.I,
)
_OURS = re.compile(r"\b(?:us|our|ours|we|here)\b", re.I)
_OTHERS = re.compile(
    r"\b(?:others?|elsewhere|typical|traditional|standard|most|average|competitors?|alternatives?"
    r"|hospitals?|them|they|vs|(?:in-office|in-person|iv|ketamine|infusion|local)\b.*\bclinics?"
    r"|clinics)\b",
    re.I,
)
_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be read with its row's head; ``answer`` is ``yes``, ``no`` or none."""

    index: int
    head: str
    answer: str | None


def column_heads(lead_in: str) -> list[str]:
    """The heads of a table's columns, as a row block carries them."""
    return lead_in.split(_SEPARATOR) if lead_in else []


def own_cells(cells: Sequence[str], heads: Sequence[str]) -> Iterator[Cell]:
    """The cells that speak of the provider, each with the head of its column.

    Where a row compares (a column of others, or more than one yes or no) only the provider's own
    column is read: the one whose head says so, else the first that is not of others.

    Args:
        cells: the row's texts, its head first.
        heads: one for each cell, or for each but the first, or none.
    """
    if _OTHERS.search(cells[0]) and not heads:
        return
    named = _aligned(heads, len(cells))
    answers = [_answer(cell) for cell in cells]
    data = range(1, len(cells))
    ours = [i for i in data if _OURS.search(named[i])]
    others = [i for i in data if _OTHERS.search(named[i]) and i not in ours]
    compared = bool(ours or others or sum(a is not None for a in answers[1:]) > 1)
    readable = ours or [i for i in data if i not in others]
    for i in readable[:1] if compared else readable:
        yield Cell(i, named[i], answers[i])


def _aligned(heads: Sequence[str], count: int) -> list[str]:
    """A head for each cell; an empty corner leaves one fewer, and other counts tell nothing."""
    if len(heads) == count:
        return list(heads)
    return ["", *heads] if len(heads) == count - 1 else [""] * count


def _answer(cell: str) -> str | None:
    if _YES.fullmatch(cell):
        return "yes"
    return "no" if _NO.fullmatch(cell) else None
