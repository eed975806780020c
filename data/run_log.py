"""``DIR/logs/ketawatch.log``: what scheduled calls said, in files that are turned over by size."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from data.errors import KetawatchError
from data.printable import one_line

FOLDER, FILE_NAME = "logs", "ketawatch.log"
NAME = "ketawatch"
MAX_BYTES, BACKUPS = 1024 * 1024, 8


class _Lines(logging.Formatter):
    """One entry a line, in UTC: what strangers wrote into it cannot forge another one."""

    def formatTime(  # noqa: N802 - named by logging
        self, record: logging.LogRecord, datefmt: str | None = None
    ) -> str:
        return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"

    def format(self, record: logging.LogRecord) -> str:
        return one_line(super().format(record).replace("\n", " | "))


class _Handler(RotatingFileHandler):
    """A log that cannot be written stops nobody: what is said is on standard error, too."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - named by logging
        pass


def say(line: str) -> None:
    """Write a line; nothing happens outside of ``kept``."""
    logging.getLogger(NAME).info("%s", line)


@contextmanager
def kept(store: Path, max_bytes: int = MAX_BYTES) -> Iterator[None]:
    """Keep what is said, and errors of the libraries, while a call goes on."""
    ours, everybody = logging.getLogger(NAME), logging.getLogger()
    handler = _handler(store, max_bytes)
    if handler is None:
        yield
        return
    level, ours.propagate = ours.level, False
    ours.setLevel(logging.INFO)
    ours.addHandler(handler)
    everybody.addHandler(handler)
    try:
        yield
    except BaseException as error:
        ours.info("ended by %s: %s", type(error).__name__, error, exc_info=_unexpected(error))
        raise
    finally:
        ours.removeHandler(handler)
        everybody.removeHandler(handler)
        ours.setLevel(level)
        with suppress(OSError):  # what could not be written is still waiting to be
            handler.close()


def _handler(store: Path, max_bytes: int) -> _Handler | None:
    try:
        (store / FOLDER).mkdir(exist_ok=True)
        handler = _Handler(
            store / FOLDER / FILE_NAME, maxBytes=max_bytes, backupCount=BACKUPS, encoding="utf-8"
        )
    except OSError:
        return None
    handler.addFilter(lambda record: record.name == NAME or record.levelno >= logging.WARNING)
    handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(message)s"))
    return handler


def _unexpected(error: BaseException) -> BaseException | None:
    """The error where its traceback tells more than its message."""
    known = isinstance(error, (KetawatchError, KeyboardInterrupt, SystemExit, OSError))
    return None if known else error
