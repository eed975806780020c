"""What a sheet of a spreadsheet can hold, and how a text is cut that is longer.

Limits: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 (rows of a sheet,
characters of a cell).
"""

from __future__ import annotations

from collections.abc import Iterable

from data.models import Issue

MAX_ROWS = 1_048_576
MAX_CHARACTERS = 32_767
CUT_MARK = " [cut]"


def units(text: str) -> int:
    """The length as Excel counts it, in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def cut(pieces: Iterable[str]) -> str:
    """As many whole pieces of a text as fit into a cell, with the mark."""
    room = MAX_CHARACTERS - len(CUT_MARK)
    kept: list[str] = []
    for piece in pieces:
        room -= units(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept) + CUT_MARK


def cut_issue(place: str, text: str) -> Issue:
    """That a text was cut, and where the whole of it is."""
    return Issue(
        place,
        f"{units(text):,} characters were cut to the {MAX_CHARACTERS:,} that a cell can hold.",
        "The other formats hold all of them.",
    )
