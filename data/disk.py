"""How much room a store takes, how much a run adds, and for how many more there is room."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import mean

from data.errors import DiskError
from data.store import Store

MIB = 1024 * 1024
# The last runs tell what the next one takes; a run of some providers only would tell too little.
_LAST_RUNS = 5
_FORESEEABLE = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The disk as it will be, in bytes; None where no run has been finished yet.

    Attributes:
        free: bytes free now, beyond the configured reserve.
        run_bytes: what a run took on average of late.
        runs_left: how many more such runs fit.
        full_on: the day on which they will not, at the pace of late (``2026-11-24``); also None
            where that is many years away.
    """

    free: int
    run_bytes: int | None = None
    runs_left: int | None = None
    full_on: str | None = None

    def __str__(self) -> str:
        said = f"{self.free / MIB:,.0f} MiB free beyond the reserve"
        if self.run_bytes is None or self.runs_left is None:
            return f"{said}; no finished run yet to forecast from"
        said += f"; a run takes about {self.run_bytes / MIB:,.1f} MiB, so {self.runs_left} more fit"
        return said + (f", until about {self.full_on}" if self.full_on else "")


def tree_bytes(folder: Path) -> int:
    """Bytes of all files below a folder; what vanishes meanwhile counts for nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def forecast(store: Store, free: int | None = None) -> Forecast:
    """What the last runs say of the next ones.

    Args:
        store: an existing store.
        free: bytes free on its disk; asked of the disk unless given.
    """
    reserve = store.config().operation.reserve_mb * MIB
    room = max(0, (_free(store.path) if free is None else free) - reserve)
    runs = store.run_ids()[-_LAST_RUNS:]
    # What was pruned says nothing of what a run takes.
    whole = [r for r in runs if not (store.path / "runs" / r / "pruned.json").exists()]
    if not whole:
        return Forecast(room)
    took = max(1, round(mean(tree_bytes(store.path / "runs" / run_id) for run_id in whole)))
    left = room // took
    return Forecast(room, took, left, _full_on(runs, left))


def _full_on(run_ids: list[str], left: int) -> str | None:
    if len(run_ids) < 2:
        return None
    first, last = (datetime.strptime(r, "%Y%m%dT%H%M%S%z") for r in (run_ids[0], run_ids[-1]))
    pace = (last - first) / (len(run_ids) - 1)
    if pace.total_seconds() * (left + 1) > _FORESEEABLE.total_seconds():
        return None
    return f"{last + pace * (left + 1):%Y-%m-%d}"


def guard(store: Store) -> Callable[[], None]:
    """A check that is cheap enough to be made all the time while a run writes.

    Raises:
        DiskError: when called with less than the reserve free; what was written stands.
    """
    reserve = store.config().operation.reserve_mb * MIB

    def check() -> None:
        free = _free(store.path)
        if free < reserve:
            raise DiskError(
                f"{store.path}: {free / MIB:,.0f} MiB are free, less than the reserve of"
                f" {reserve / MIB:,.0f} (disk.reserve_mb), so the disk is full for ketawatch.",
                "Free some space ('ketawatch prune' tells what it would) and call again;"
                " what was finished is kept.",
            )

    return check


def too_little(found: Forecast) -> bool:
    """Whether the next run is likely not to fit."""
    return found.runs_left is not None and found.runs_left < 1


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
