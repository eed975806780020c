"""What can go wrong in a way that a person can mend, each with its exit code.

Exit codes are part of the public contract: 0 done, 1 unexpected error, 2 bad arguments or
configuration, 3 too many providers could not be looked at, 4 nothing could be looked at, 5 a source
broke its bounds, 6 another process holds the store, 7 verification failed, 130 interrupted.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from pathlib import Path

from data.printable import one_line

EXIT_OK = 0
EXIT_UNEXPECTED = 1
EXIT_USAGE = 2
EXIT_SOME_UNREACHABLE = 3
EXIT_NOTHING_LOOKED_AT = 4
EXIT_SOURCE_OUT_OF_BOUNDS = 5
EXIT_STORE_HELD = 6
EXIT_INTERRUPTED = 130

_PROGRAM = Path(__file__).parent.parent
_ROOMS = ("data/", "crawlers/", "audit/", "publish/", "dashboard/")
_PRECEDENCE = (
    EXIT_UNEXPECTED,
    EXIT_USAGE,
    EXIT_STORE_HELD,
    EXIT_INTERRUPTED,
    EXIT_NOTHING_LOOKED_AT,
    EXIT_SOURCE_OUT_OF_BOUNDS,
    EXIT_SOME_UNREACHABLE,
)


class KetawatchError(Exception):
    """A problem for a person: one line that names the place, and the remedy."""

    exit_code = EXIT_UNEXPECTED

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return one_line(f"{self.message} {self.remedy}".strip())


class UsageError(KetawatchError):
    """Bad arguments, configuration, ids, or a store that this version cannot read."""

    exit_code = EXIT_USAGE


class StoreHeldError(KetawatchError):
    """Another process is writing to the same store."""

    exit_code = EXIT_STORE_HELD


class DiskError(KetawatchError):
    """The disk is full or refuses to be written."""

    exit_code = EXIT_UNEXPECTED


def unforeseen(error: Exception) -> str:
    """A line about an error that nobody foresaw: what it was, and where in the program."""
    frames = traceback.extract_tb(error.__traceback__)
    places = (_in_a_room(Path(frame.filename), frame.lineno) for frame in reversed(frames))
    where = next(filter(None, places), "")
    return one_line(f"Unexpected {type(error).__name__}{where}: {error}.")


def _in_a_room(file: Path, line: int | None) -> str:
    inside = file.is_relative_to(_PROGRAM) and file.relative_to(_PROGRAM).as_posix()
    return f" ({inside}, line {line})" if inside and inside.startswith(_ROOMS) else ""


def worst_exit(codes: Iterable[int]) -> int:
    """The one exit code for several that fit: the first of 1, 2, 6, 130, 4, 5, 3, 0."""
    seen = set(codes)
    return next((code for code in _PRECEDENCE if code in seen), EXIT_OK)
