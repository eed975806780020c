"""Proposed merges as a sheet to fill in, and what was filled in carried out.

A sheet is made at one moment and carried out at another, and one row of it may settle the next: so
rows are known by the two ids in them, and by what these ids are today.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.identity.likeness import pair_key
from crawlers.merges.merges import By, Desk, short_name
from data.aliases import followed
from data.csv_text import NOT_UTF8_REMEDY, decoded, not_utf8, records
from data.decisions import Decision
from data.errors import UsageError

_COLUMNS = (
    *("pair", "decision", "why", "score", "evidence"),
    *("id_1", "name_1", "homepage_1", "id_2", "name_2", "homepage_2"),
)
_FILLED_IN, _IDS = _COLUMNS[:3], ("id_1", "id_2")
_ACCEPT, _REJECT = "accept", "reject"
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
# Excel reads UTF-8 only with one.
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Answer:
    """One filled-in row of a sheet; ``ids`` are empty where the sheet has lost their columns."""

    place: str
    pair: str
    decision: str
    why: str
    ids: tuple[str, str] | None


def as_sheet(desk: Desk) -> str:
    """CSV with a row a pair; what a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for proposal in desk.proposals():
        evidence = "; ".join(map(str, proposal.evidence))
        cells = [short_name(proposal.pair), "", "", str(proposal.score), evidence]
        for provider in (desk.row(proposal.a), desk.row(proposal.b)):
            cells += [provider.provider_id, provider.name, provider.homepage or ""]
        writer.writerow(f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells)
    return out.getvalue()


def read_sheet(path: Path) -> list[Answer]:
    """The rows in which somebody decided; all are checked before any is carried out.

    Raises:
        UsageError: the file is no such sheet, or an answer is unknown or has no reason.
    """
    answers = []
    for line, row in _rows(path):
        decision = row["decision"].lower()
        if decision:
            pair, first, second = (row[c].removeprefix("'") for c in ("pair", *_IDS))
            ids = (first, second) if first and second else None
            answer = Answer(f"{path}: line {line}", pair, decision, row["why"], ids)
            _check(answer)
            answers.append(answer)
    return answers


def carry_out(
    desk: Desk, answers: Sequence[Answer], by: Callable[[str], By]
) -> Iterator[Decision | str]:
    """Make the decisions of a sheet; yields each, or why there is none to be made any more.

    Args:
        desk: the store's providers and decisions.
        answers: as ``read_sheet`` gives them.
        by: who decides, from the reason.

    Raises:
        UsageError: a row names nobody, or two rows cannot both hold; nothing was decided then.
    """
    named = (_pair(desk, answer) for answer in answers)
    pairs = [(desk.settled.today(a), desk.settled.today(b)) for a, b in named]
    _refuse_contradictions(answers, pairs)
    for answer, pair in zip(answers, pairs, strict=True):
        a, b = map(desk.settled.today, pair)
        key = pair_key(a, b)
        if answer.decision == _ACCEPT:
            is_one = a == b
            yield f"{answer.place}: one already." if is_one else desk.accept(key, by(answer.why))
        elif key in desk.settled.apart_today():
            yield f"{answer.place}: two already."
        else:
            yield desk.reject(key, by(answer.why))


def _pair(desk: Desk, answer: Answer) -> tuple[str, str]:
    if answer.ids is None:
        found = desk.find(answer.pair)
        return found.a, found.b
    if short_name(pair_key(*answer.ids)) != answer.pair:
        raise UsageError(
            f"{answer.place}: pair: {answer.pair!r} is not that of {' and '.join(answer.ids)}.",
            "Some columns were sorted without the others; write the sheet anew.",
        )
    for provider_id in answer.ids:
        desk.row(desk.settled.today(provider_id))
    return answer.ids


def _refuse_contradictions(answers: Sequence[Answer], pairs: Sequence[tuple[str, str]]) -> None:
    """Refuse a pair that is parted in one row, and joined by others."""
    groups: dict[str, str] = {}

    def group(provider_id: str) -> str:
        return followed(groups).get(provider_id, provider_id)

    for answer, (a, b) in zip(answers, pairs, strict=True):
        if answer.decision == _ACCEPT and group(a) != group(b):
            groups[group(a)] = group(b)
    for answer, (a, b) in zip(answers, pairs, strict=True):
        if answer.decision == _REJECT and group(a) == group(b):
            raise UsageError(
                f"{answer.place}: decision: {a} and {b} are to be two, and other rows or earlier"
                " decisions make them one.",
                "Nothing was decided; mend the sheet.",
            )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells that a decision stands in, each with the number of its line."""
    try:
        rows = records(decoded(path.read_bytes()))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: {not_utf8(error)}.", NOT_UTF8_REMEDY) from error
    except OSError as error:
        raise UsageError(f"{path}: not readable as CSV ({error}).") from error
    names: list[str] = []
    for record in rows:
        if isinstance(record.cells, csv.Error):
            raise UsageError(f"{path}: line {record.line}: not readable as CSV ({record.cells}).")
        cells = [cell.strip() for cell in record.cells]
        if names:
            told = dict(zip(names, cells, strict=False))
            yield record.line, {name: told.get(name, "") for name in (*_FILLED_IN, *_IDS)}
        else:
            names = [cell.lower() for cell in cells]
            _require_columns(path, names)


def _require_columns(path: Path, names: Sequence[str]) -> None:
    """Without its columns a sheet would be one in which nobody decided anything."""
    missing = [name for name in _FILLED_IN if name not in names]
    if missing:
        raise UsageError(
            f"{path}: line 1: column {missing[0]!r} is missing.",
            "Fill in a file of 'ketawatch merges list --csv'.",
        )


def _check(answer: Answer) -> None:
    if answer.decision not in (_ACCEPT, _REJECT):
        raise UsageError(
            f"{answer.place}: decision: {answer.decision!r} is neither accept nor reject."
        )
    if not answer.pair:
        raise UsageError(f"{answer.place}: pair: empty.", "Keep the column as it was written.")
    if not answer.why:
        raise UsageError(f"{answer.place}: why: empty.", "Say why; it is kept with the decision.")
