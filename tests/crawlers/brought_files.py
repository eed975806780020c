"""A file that somebody brings, and what is taken out of it."""

from __future__ import annotations

from pathlib import Path

from crawlers.conduct.evidence import Exchange
from crawlers.imports.file import take_file
from crawlers.imports.spool import Spool
from data.models import Issue


def take(
    spool: Spool, folder: Path, content: bytes, url: str | None = None, at: str | None = None
) -> tuple[list[Exchange], list[Issue]]:
    path = folder / "brought"
    path.write_bytes(content)
    issues = list(take_file(path, spool, url, at))
    spool.repeat()
    return [spool.exchange(taken) for taken in spool], issues
