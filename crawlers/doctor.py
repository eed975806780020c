"""What this machine lacks for a good run, and the remedy."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawlers import alive
from crawlers.browser import chromium
from data import config, disk, metrics, status
from data.errors import EXIT_OK, EXIT_USAGE, UsageError
from data.store import PARTIAL, Store

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
    return [_python(), *_store(store), _browser(), _disk(store or Path.cwd()), *_clock(store)]


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
        yield from _schedule(Store.open(path))


def _schedule(store: Store) -> Iterator[Check]:
    held = store.partial_run()
    if held:
        begun = held.name.removeprefix(PARTIAL)
        yield Check(
            "run", "warning", f"{begun} is unfinished.", "The next 'run' or 'crawl' finishes it."
        )
    if status.overdue(store):
        every = store.config().operation.every_days
        yield Check(
            "schedule",
            "warning",
            f"the latest run began {store.run().info['started_at']}, and {every:g} days are set.",
            "Look whether the scheduler is alive; docs/operations.md tells how.",
        )
    try:
        alive.require_usable(store.config())
    except UsageError as error:
        yield Check("monitor", "problem", error.message, error.remedy)
    yield from _metrics(store)


def _metrics(store: Store) -> Iterator[Check]:
    file = metrics.path(store)
    if file.suffix != ".prom":
        yield Check(
            "metrics",
            "warning",
            f"{file} is passed over by node_exporter.",
            "Let metrics.file end in .prom.",
        )
    folder = file.parent
    if folder.exists() and not os.access(folder, os.W_OK):
        yield Check(
            "metrics",
            "warning",
            f"{folder} cannot be written.",
            "Mend metrics.file or the rights.",
        )


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
    if (folder / config.FILE_NAME).exists():
        found = disk.forecast(Store.open(folder))
        if disk.too_little(found) or found.free == 0:
            return Check("disk", "warning", f"{found}.", "'ketawatch prune' tells what may go.")
        if found.run_bytes is not None:
            return Check("disk", "ok", str(found))
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{free / 1024**3:.1f} GiB free"
    if free < _BYTES_NEEDED:
        return Check("disk", "warning", f"{said}.", "A run of 80 providers may take 2 GiB.")
    return Check("disk", "ok", said)


def _clock(store: Path | None) -> Iterator[Check]:
    now = datetime.now(UTC)
    set_it = "Set the clock: runs are dated by it."
    if now < _WRITTEN_IN:
        yield Check("clock", "problem", f"it says {now:%Y-%m-%d}.", set_it)
        return
    yield Check("clock", "ok", f"{now:%Y-%m-%dT%H:%M:%SZ}")
    runs = Store(store).run_ids() if store else []
    if runs and runs[-1] > f"{now:%Y%m%dT%H%M%SZ}":
        # The order of runs is that of their names: a new one would stand before it.
        yield Check("clock", "problem", f"the latest run, {runs[-1]}, lies in the future.", set_it)
