"""Proposed merges and past decisions for people, for programs, and as a sheet to fill in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from crawlers.likeness import Likeness
from crawlers.merges import Desk, short_name
from data.csv_text import decoded, records
from data.decisions import Decision, Kind
from data.errors import UsageError
from data.models import Provider
from data.printable import one_line, printable

_COLUMNS = (
    *("pair", "decision", "why", "score", "evidence"),
    *("id_1", "name_1", "homepage_1", "id_2", "name_2", "homepage_2"),
)
_FILLED_IN = _COLUMNS[:3]
_ANSWERS = ("accept", "reject")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Answer:
    """One filled-in row of a sheet."""

    pair: str
    decision: str
    why: str


def as_text(desk: Desk) -> str:
    """Two lines for the providers of each pair, one for each piece of evidence."""
    proposals = desk.proposals()
    lines = [line for proposal in proposals for line in _told(desk, proposal)]
    return "\n".join(map(one_line, [*lines, f"{len(proposals)} pairs wait for a decision."]))


def _told(desk: Desk, proposal: Likeness) -> Iterator[str]:
    yield f"{short_name(proposal)}  {proposal.score} points" + _before(desk, proposal)
    yield from (f"    {_named(desk.row(each))}" for each in (proposal.a, proposal.b))
    yield from (f"      {line}" for line in proposal.evidence)


def _before(desk: Desk, proposal: Likeness) -> str:
    return ", joined once and parted again" if proposal.pair in desk.settled.undone else ""


def _named(provider: Provider) -> str:
    place = ";".join(provider.states) or "state unknown"
    return f"{provider.provider_id}: {provider.name}, {place}, {provider.homepage or 'no homepage'}"


def to_json(desk: Desk) -> str:
    """A list of pairs, each with both rows and the evidence."""
    told = [
        {
            "pair": short_name(proposal),
            "score": proposal.score,
            "verdict": str(proposal.verdict),
            "providers": [asdict(desk.row(each)) for each in (proposal.a, proposal.b)],
            "evidence": [{"points": e.points, "text": e.text} for e in proposal.evidence],
        }
        for proposal in desk.proposals()
    ]
    return printable(json.dumps(told, ensure_ascii=False, indent=1))


def as_sheet(desk: Desk) -> str:
    """CSV with a row a pair; what a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for proposal in desk.proposals():
        evidence = "; ".join(map(str, proposal.evidence))
        cells = [short_name(proposal), "", "", str(proposal.score), evidence]
        for provider in (desk.row(proposal.a), desk.row(proposal.b)):
            cells += [provider.provider_id, provider.name, provider.homepage or ""]
        writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return out.getvalue()


def read_sheet(path: Path) -> list[Answer]:
    """The rows in which somebody decided; all are checked before any is carried out.

    Raises:
        UsageError: the file is no such sheet, or an answer is unknown or has no reason.
    """
    answers = []
    for line, row in _sheet_rows(path):
        decision = row["decision"].lower()
        if decision:
            answers.append(Answer(row["pair"].removeprefix("'"), decision, row["why"]))
            _check(f"{path}: line {line}", answers[-1])
    return answers


def _sheet_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells that a decision stands in, each with the number of its line."""
    try:
        rows = records(decoded(path.read_bytes()))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not readable as CSV ({error}).") from error
    names: list[str] = []
    for record in rows:
        if isinstance(record.cells, csv.Error):
            raise UsageError(f"{path}: line {record.line}: not readable as CSV ({record.cells}).")
        cells = [cell.strip() for cell in record.cells]
        if names:
            told = dict(zip(names, cells, strict=False))
            yield record.line, {name: told.get(name, "") for name in _FILLED_IN}
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


def _check(place: str, answer: Answer) -> None:
    if answer.decision not in _ANSWERS:
        raise UsageError(f"{place}: decision: {answer.decision!r} is neither accept nor reject.")
    if not answer.pair:
        raise UsageError(f"{place}: pair: empty.", "Keep the column as it was written.")
    if not answer.why:
        raise UsageError(f"{place}: why: empty.", "Say why; it is kept with the decision.")


def log_as_text(decisions: Sequence[Decision]) -> str:
    """A line a decision."""
    return "\n".join(one_line(_logged(decision)) for decision in decisions)


def _logged(decision: Decision) -> str:
    told = {
        Kind.MERGE: f"{decision.subject} is {decision.value.get('into')}",
        Kind.SPLIT: " and ".join(decision.subject.split("|")) + " are two",
        Kind.ALIAS: f"{decision.subject} belongs to {decision.value.get('into')}",
        Kind.HOMEPAGE: f"{decision.subject} has the homepage {decision.value.get('homepage')}",
        Kind.UNDO: f"decision {decision.undoes} ({decision.subject}) is taken back",
    }[Kind(decision.kind)]
    return f"{decision.decision_id}  {decision.at}  {decision.who}: {told}. {decision.why}"


def log_to_json(decisions: Sequence[Decision]) -> str:
    """The rows as they stand."""
    return printable(json.dumps([asdict(d) for d in decisions], ensure_ascii=False, indent=1))
