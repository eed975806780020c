"""The options of commands that may share their work out: ``crawl``, ``audit`` and ``run``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from data.cluster import Crew

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        help="Share providers out among so many worker processes on this machine.",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Share them out among the workers of this Dask scheduler (docs/workers.md).",
    ),
    click.option(
        "--shared",
        metavar="ADDRESS",
        help="Where workers put what is finished, if not into the store's own folder: a path or"
        " s3://bucket/folder that all of them reach.",
    ),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator asked for; all None: this process does it alone."""

    workers: int | None = None
    scheduler: str | None = None
    shared: str | None = None

    def hired(self, store: Path) -> AbstractContextManager[Crew | None]:
        """The workers, for as long as a block lasts; see ``cluster.hired``."""
        from data.cluster import hired

        scratch = store / "derived" / "workers"
        return hired(self.workers, self.scheduler, self.shared, scratch, _say)


def worker_options(command: _Command) -> _Command:
    """Add ``--workers``, ``--scheduler`` and ``--shared`` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _say(line: str) -> None:
    click.echo(line, err=True)
