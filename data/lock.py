"""One writer a store: a lock on a file, held by the operating system, with the holder's name."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from data.errors import StoreHeldError
from data.store import disk_errors

_LOCK = ".lock"
_HOLDER = ".lock-holder.json"


@contextmanager
def hold(store: Path, command: str) -> Iterator[None]:
    """Hold the store for one command; a killed holder frees it, because the system holds the lock.

    Raises:
        StoreHeldError: somebody else holds it; the message names command, process, host and time.
    """
    lock = FileLock(store / _LOCK)
    try:
        with disk_errors(store):
            lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreHeldError(
            f"{store}: held by {_describe_holder(store / _HOLDER)}.",
            "Wait for it to end, or name another store with --store.",
        ) from error
    try:
        with disk_errors(store):
            _write_holder(store / _HOLDER, command)
        yield
    finally:
        (store / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _write_holder(path: Path, command: str) -> None:
    holder = {
        "command": command,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    path.write_text(json.dumps(holder), encoding="utf-8")


def _describe_holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return "'ketawatch {command}' (process {pid} on {host}, since {since})".format(**holder)
    except (OSError, ValueError, KeyError, TypeError):
        return "another ketawatch process that has not yet written its name"
