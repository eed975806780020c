"""What this machine lacks for a good run, and the remedy."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawlers import chromium
from data import config
from data.errors import EXIT_OK, EXIT_USAGE
from data.store import Store

_BYTES_NEEDED = 2 * 1024**3
# No clock that shows an earlier day can be right: this version did not exist then.
_WRITTEN_IN = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: ``ok``, ``warning`` (works with less) or ``problem`` (does not work)."""

    name: str
    state: str
    said: str
    remedy: str = ""

    @property
    def exit_code(self) -> int:
        """2 for a problem, else 0."""
        return EXIT_USAGE if self.state == "problem" else EXIT_OK

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.state:8} {self.name}: {self.said} {self.remedy}".rstrip()


def examine(store: Path | None) -> list[Check]:
    """All checks; ``store`` is the folder whose contact and disk are looked at."""
    return [_python(), *_store(store), _browser(), _disk(store or Path.cwd()), _clock()]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", "ok", version)


def _store(path: Path | None) -> Iterator[Check]:
    if path is not None and not path.exists():
        yield Check("store", "warning", f"{path} does not exist yet.", "'discover' makes it.")
    settings = Store.open(path).config() if path and path.exists() else config.load(Path("-"))
    if settings.contact:
        yield Check("contact", "ok", settings.contact)
    else:
        yield Check(
            "contact",
            "problem",
            "none is set, so no public host is crawled.",
            f'Put contact = "you@example.org" into {config.FILE_NAME}, or set'
            f" {config.CONTACT_VARIABLE}.",
        )
    if path and path.exists():
        held = Store.open(path).partial_run()
        if held:
            yield Check("run", "warning", "one was interrupted.", "'crawl --resume' finishes it.")


def _browser() -> Check:
    found = chromium.find()
    if found:
        return Check("Chromium", "ok", found)
    return Check(
        "Chromium",
        "warning",
        "not found: pages that need JavaScript stay 'could not look'; all else works.",
        f"Install Chromium, or name it in {chromium.VARIABLE}.",
    )


def _disk(folder: Path) -> Check:
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{free / 1024**3:.1f} GiB free"
    if free < _BYTES_NEEDED:
        return Check("disk", "warning", f"{said}.", "A run of 80 providers may take 2 GiB.")
    return Check("disk", "ok", said)


def _clock() -> Check:
    now = datetime.now(UTC)
    if now < _WRITTEN_IN:
        return Check(
            "clock", "problem", f"it says {now:%Y-%m-%d}.", "Set the clock: runs are dated by it."
        )
    return Check("clock", "ok", f"{now:%Y-%m-%dT%H:%M:%SZ}")
