"""A real Dask cluster for tests: scheduler and workers as processes that talk TCP on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.crawlers.sites_served import ROOT, environment

_PATIENCE_S = 240


def until(what: str, holds: object) -> None:
    """Wait for something to become true; a cluster that never gets there is a failed test."""
    end = time.monotonic() + _PATIENCE_S
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.05)


@dataclass
class Cluster:
    """A scheduler, and the workers that were started for it."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start one of Dask's own programs."""
        with (self.folder / f"{module}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
                env={**environment(), **_SETTINGS, "PYTHONPATH": str(ROOT)},
                cwd=self.folder,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def worker(self, threads: int = 2) -> subprocess.Popen[bytes]:
        """Start a worker that looks at so many providers at once."""
        return self.start(
            "dask_worker",
            self.address,
            *("--nthreads", str(threads), "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"),
            *("--local-directory", str(self.folder)),
        )


# A killed worker's leases lapse soon, so that nobody waits for them.
_SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__LOCKS__LEASE_TIMEOUT": "2s",
    "DASK_DISTRIBUTED__SCHEDULER__LOCKS__LEASE_VALIDATION_INTERVAL": "500ms",
}


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A scheduler on loopback, without workers."""
    made = Cluster(folder)
    place = folder / "scheduler.json"
    made.start(
        "dask_scheduler",
        *("--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
        *("--scheduler-file", str(place)),
    )
    try:
        until("a scheduler", lambda: place.exists() and place.read_text().rstrip().endswith("}"))
        made.address = json.loads(place.read_text())["address"]
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()


def scrapy_of(worker: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes in which a worker's Scrapy lives."""
    children = psutil.Process(worker.pid).children(recursive=True)
    return [c for c in children if "crawlers.distribution.process" in " ".join(c.cmdline())]


def is_running(pid: int) -> bool:
    """Whether a process lives, and is no zombie."""
    try:
        os.kill(pid, 0)
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False
