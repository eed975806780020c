"""Standard output as a place for results: UTF-8 in any locale, and never a success unread."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress

# What a write to a closed stream, or to a full disk behind one, ends in.
_BROKEN = (errno.EBADF, errno.ENOSPC, errno.EIO)


def prepare() -> None:
    """Write UTF-8 wherever we are, and never take a closed standard output for a reader."""
    if sys.stdout is None:
        # Only what is really written fails then: a crawl writes nothing there.
        os.dup2(os.open(os.devnull, os.O_RDONLY), 1)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def leave() -> None:
    """Let nothing that is still waiting be written when Python ends, which would fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def place_of(error: OSError) -> str:
    """What an error is about: a file where it has a name."""
    return str(error.filename or ("standard output" if error.errno in _BROKEN else "the system"))
