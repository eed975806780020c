"""Table rows: which cells speak of the provider, and which of them only say yes or no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.concepts import expressions
from audit.stances.myths import are_myths, are_truths

_WORDING = expressions.beside(__file__)
SEPARATOR = " | "
_TWO_COLUMNS = 3  # with the row's head
_HEAD_WORDS, _HEAD_LETTERS = 5, 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be read with its row's head, or alone; ``answer`` is ``yes``, ``no`` or none."""

    index: int
    head: str
    answer: str | None
    alone: bool = False


def column_heads(lead_in: str) -> list[str]:
    """The heads of a table's columns, as a row block carries them."""
    return lead_in.split(SEPARATOR) if lead_in else []


def are_heads(cells: Sequence[str], *, strong: bool = False) -> bool:
    """Whether the first row of a table heads its columns, where its markup does not say so.

    One that is ``strong`` is set apart by weight, and heads them unless it has figures or says
    whole sentences.
    """
    _, *names = cells
    if names and (any(map(are_myths, cells)) or _corrects(cells)):
        return True
    if not names or any(map(answer, names)):
        return False
    short = all(len(name.split()) <= _HEAD_WORDS for name in cells)
    if strong and short and not any(map(str.isdecimal, "".join(names))):
        return True
    return short and (any(map(_is_party, names)) or _by_treatment(names) or _by_treatment(cells))


def _is_party(head: str) -> bool:
    return bool(_WORDING["ours"](head) or _WORDING["others"](head))


def are_others(heading: str) -> bool:
    """Whether a heading is nothing but the name of other providers: "Other clinics"."""
    return _WORDING["others_alone"](heading.strip(" :.")) is not None


def are_ours(heading: str) -> bool:
    """Whether a heading speaks of the provider: "With us"."""
    return _WORDING["ours"](heading) is not None


def may_head(text: str) -> bool:
    """Whether a text may head a column of a comparison."""
    if len(text) > _HEAD_LETTERS:
        return False
    return any(_WORDING[group](text) for group in ("ours", "others", "treatment"))


def _corrects(heads: Sequence[str]) -> bool:
    """Whether a column says what is true of the one before it: "What people say | What is true"."""
    said, *others = heads
    return len(others) == 1 and are_truths(others[0]) and _WORDING["said"](said) is not None


def _by_treatment(names: Sequence[str]) -> bool:
    """Whether columns stand for treatments that are compared, each for one."""
    return len(names) > 1 and all(map(_WORDING["treatment"], names))


def own_cells(cells: Sequence[str], heads: Sequence[str]) -> Iterator[Cell]:
    """The cells that speak of the provider, each with the head of its column.

    A row about others says nothing. Where a row compares (a column of others, or more than one yes
    or no) only the provider's own column is read: the one whose head says so, else the first that
    is not of others. Where three columns and more stand for a treatment each, all but those of
    others are read: of two, one may be what others offer. Where cells are missing, nobody can tell
    whose they are.

    Args:
        cells: the row's texts, its head first.
        heads: one for each cell, or for each but the first, or none.
    """
    answers = [answer(cell) for cell in cells]
    if len(heads) == len(cells) and _is_party(heads[0]):
        # Without a corner, a first cell is as much a column's as the others.
        ours = [i for i, head in enumerate(heads) if _WORDING["ours"](head)]
        yield from (Cell(i, heads[i], None, alone=True) for i in ours if not any(answers))
    elif are_myths(cells[0]):
        return
    elif len(heads) == len(cells) and (any(map(are_myths, heads)) or _corrects(heads)):
        facts = [i for i, head in enumerate(heads) if _tells_fact(head, heads)]
        yield from (Cell(i, heads[i], answers[i], alone=not answers[i]) for i in facts)
    else:
        yield from _by_column(cells, _aligned(heads, len(cells)), answers)


def _tells_fact(head: str, heads: Sequence[str]) -> bool:
    """Whether a column of a table of myths tells what is true."""
    return are_truths(head) if _corrects(heads) else not are_myths(head)


def _by_column(
    cells: Sequence[str], named: Sequence[str], answers: Sequence[str | None]
) -> Iterator[Cell]:
    """The provider's cells of a row whose columns have these names, or none."""
    if _WORDING["other_option"](cells[0]) or (not named and any(answers)):
        return
    named = named or [""] * len(cells)
    data = range(1, len(cells))
    ours = [i for i in data if _WORDING["ours"](named[i])]
    others = [i for i in data if _WORDING["others"](named[i]) and i not in ours]
    several = sum(a is not None for a in answers[1:]) > 1
    each_its_own = len(cells) > _TWO_COLUMNS and _by_treatment(named[1:])
    compared = bool(ours or others or (several and not each_its_own))
    readable = ours or [i for i in data if i not in others]
    for i in readable[:1] if compared and not each_its_own else readable:
        if answers[i] is None and _WORDING["untold"](cells[i]):
            continue
        yield Cell(i, named[i], answers[i])


def names_what_is_done(head: str) -> bool:
    """Whether a column's head may be what its cells answer, rather than whose they are."""
    return not (_is_party(head) or _WORDING["treatment"](head))


def own_answers(told: Sequence[tuple[str, str]]) -> list[str]:
    """What a column says in the rows that speak of the provider, told by the rows' names."""
    ours = [text for name, text in told if _WORDING["ours"](name)]
    others = ("others", "other_option")
    own = [text for name, text in told if not any(_WORDING[group](name) for group in others)]
    return ours or own


def _aligned(heads: Sequence[str], count: int) -> list[str]:
    """A head for each cell, the corner's may be empty; nothing where cells are missing."""
    if not heads:
        return [""] * count
    corner_is_empty = len(heads) == count - 1
    if len(heads) != count and not corner_is_empty:
        return []
    return ["", *heads] if corner_is_empty else list(heads)


def answer(cell: str) -> str | None:
    """``yes`` or ``no``, where that is all that a cell says."""
    if _WORDING["yes"](cell):
        return "yes"
    return "no" if _WORDING["no"](cell) else None
