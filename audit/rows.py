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
    r"\b(?:others|elsewhere|typical|traditional|competitors?|alternatives?|hospitals?|them|clinics"
    r"|(?:other|most|average) \w+|(?:in-office|in-person|iv|ketamine|infusion)\b.*\bclinic)\b",
    re.IGNORECASE,
)
# A row that is not about the provider at all.
_OTHER_OPTION = re.compile(
    r"\b(?:(?:other|most|typical|traditional|average|local|in-office) (?:\w+ )?"
    r"(?:clinics?|compan(?:y|ies)|providers?|programs?|practices?)|competitors?|elsewhere)\b",
    re.IGNORECASE,
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

    A row about others says nothing. Where a row compares (a column of others, or more than one yes
    or no) only the provider's own column is read: the one whose head says so, else the first that
    is not of others. Where cells are missing, nobody can tell whose the rest are.

    Args:
        cells: the row's texts, its head first.
        heads: one for each cell, or for each but the first, or none.
    """
    named = _aligned(heads, len(cells))
    answers = [_answer(cell) for cell in cells]
    if _OTHER_OPTION.search(cells[0]) or (not named and any(answers)):
        return
    named = named or [""] * len(cells)
    data = range(1, len(cells))
    ours = [i for i in data if _OURS.search(named[i])]
    others = [i for i in data if _OTHERS.search(named[i]) and i not in ours]
    compared = bool(ours or others or sum(a is not None for a in answers[1:]) > 1)
    readable = ours or [i for i in data if i not in others]
    for i in readable[:1] if compared else readable:
        yield Cell(i, named[i], answers[i])


def _aligned(heads: Sequence[str], count: int) -> list[str]:
    """A head for each cell, the corner's may be empty; nothing where cells are missing."""
    if not heads:
        return [""] * count
    corner_is_empty = len(heads) == count - 1
    if len(heads) != count and not corner_is_empty:
        return []
    if not corner_is_empty and (_OURS.search(heads[0]) or _OTHERS.search(heads[0])):
        return []
    return ["", *heads] if corner_is_empty else list(heads)


def _answer(cell: str) -> str | None:
    if _YES.fullmatch(cell):
        return "yes"
    return "no" if _NO.fullmatch(cell) else None
