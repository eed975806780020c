"""``listings/<source>.jsonl``: the last good rows of a source, one JSON object a line.

Each row holds when it was seen, which provider it became, and why it became none that is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from crawlers.readers.row import OUT_OF_FRAME
from data.errors import UsageError
from data.models import Listing
from data.store import Store, write_text


def path(store: Store, source: str) -> Path:
    """Where the rows of one source stand."""
    return store.listings_path / f"{source}.jsonl"


def write(store: Store, source: str, listings: Iterable[Listing]) -> None:
    """Replace the rows of one source as a whole."""
    store.listings_path.mkdir(exist_ok=True)
    lines = (json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in listings)
    write_text(path(store, source), "".join(lines))


def read(store: Store, source: str) -> list[Listing]:
    """The rows of one source, ready to be merged again; none where it was never read.

    Raises:
        UsageError: a line is no listing, or it is not UTF-8.
    """
    file = path(store, source)
    if not file.exists():
        return []
    # Not splitlines(): U+2028 and U+0085 are no line ends in JSON Lines.
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise _unreadable(f"{file}: not UTF-8 ({error}).") from error
    return [_row(file, number, line) for number, line in enumerate(lines, start=1) if line]


def _row(file: Path, number: int, line: str) -> Listing:
    try:
        row = Listing(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise _unreadable(f"{file}: line {number}: not a listing ({error}).") from error
    return replace(row, excluded=row.excluded if row.excluded in OUT_OF_FRAME else None)


def _unreadable(what: str) -> UsageError:
    return UsageError(what, "Delete the file; the next discovery writes it anew.")
