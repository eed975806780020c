"""Lists of findings that somebody picked: plain ids, or an export of ours with some rows left."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data import json_text
from data.csv_text import decoded, records
from data.errors import UsageError

COLUMN = "finding_id"


def read(path: Path) -> tuple[str, ...]:
    """Finding ids in the order of the file, each once.

    The file holds one id a line (``#`` starts a comment), a CSV with a ``finding_id`` column, a
    JSON list of ids or of objects, or one JSON object a line.

    Raises:
        UsageError: the file is unreadable, is none of these, or names no finding.
    """
    try:
        text = _text(path.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: unreadable ({error}).", "Give a UTF-8 file.") from error
    ids = tuple(dict.fromkeys(_ids(path, text)))
    if not ids:
        raise UsageError(f"{path}: names no finding.", "One finding_id a line is enough.")
    return ids


def _text(raw: bytes) -> str:
    """The file's text; an id is the same in every encoding in which a spreadsheet saves a table.

    Raises:
        UnicodeDecodeError: it is neither UTF-8 nor a table with ids.
    """
    try:
        return decoded(raw)
    except UnicodeDecodeError:
        if COLUMN.encode() not in raw.partition(b"\n")[0]:
            raise
        return raw.decode("latin-1")


def _ids(path: Path, text: str) -> Iterator[str]:
    start = text.lstrip()[:1]
    if start == "[":
        for number, item in enumerate(_parsed(path, 1, text), start=1):
            yield _id(path, f"item {number}", item)
    elif start == "{":
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield _id(path, f"line {number}", _parsed(path, number, line))
    else:
        yield from _column(path, text)


def _parsed(path: Path, line: int, text: str) -> Any:
    try:
        return json_text.parsed(text)
    except ValueError as error:
        raise UsageError(f"{path}: line {line}: not JSON ({error}).") from error


def _id(path: Path, place: str, item: Any) -> str:
    found = item.get(COLUMN) if isinstance(item, dict) else item
    if not isinstance(found, str):
        raise UsageError(f"{path}: {place}: no {COLUMN}.")
    return found


def _column(path: Path, text: str) -> Iterator[str]:
    rows = records(text)
    header = next(rows, None)
    names = [] if header is None or isinstance(header.cells, csv.Error) else header.cells
    place = {name.strip(): number for number, name in enumerate(names)}.get(COLUMN)
    if place is not None:
        for row in rows:
            cells = [] if isinstance(row.cells, csv.Error) else row.cells
            # The apostrophe is our spreadsheets' own.
            found = "".join(cells[place : place + 1]).strip().removeprefix("'")
            if not found:
                raise UsageError(f"{path}: line {row.line}: no {COLUMN}.")
            yield found
        return
    for line in text.splitlines():
        found = line.partition("#")[0].strip()
        if found:
            yield found
