"""The same audit of the same providers, on the workers of a crew."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from data.cluster import Crew
from data.depot import Depot
from data.errors import UsageError
from data.version import VERSION

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")

# Judging is work for one core; threads would only share it, and its memory, among them.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Spread:
    """What a worker needs to know beside its job; ``shared`` as in ``Crew``."""

    shared: str | None
    version: str

    @contextmanager
    def store(self, own: Path, files: Sequence[str]) -> Iterator[Path]:
        """A folder that holds these files of the store: the store itself, or a copy of them."""
        if self.version != VERSION:
            raise UsageError(
                f"A worker's ketawatch is {VERSION}, and the audit is led by {self.version}.",
                "Install the same version on all machines.",
            )
        if self.shared is None:
            yield own
            return
        depot = Depot(self.shared)
        with TemporaryDirectory() as folder:
            for name in files:
                depot.get(name, Path(folder) / name)
            yield Path(folder)


def spread_over(
    crew: Crew, judge: Callable[[Spread, _Job], _Result], jobs: Sequence[_Job]
) -> Iterator[_Result]:
    """Results in the order of the jobs, each as soon as it and those before it are there."""
    spread = Spread(crew.shared, VERSION)
    futures = crew.client.map(_one, [judge] * len(jobs), [spread] * len(jobs), jobs, pure=False)
    try:
        for future in futures:
            yield future.result()
            future.release()
    finally:
        crew.client.cancel(futures)


def _one(judge: Callable[[Spread, _Job], _Result], spread: Spread, job: _Job) -> _Result:
    with _one_at_a_time:
        return judge(spread, job)
