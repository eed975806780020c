"""How far a crawl has come, on stderr: a bar for a person who watches, else a line now and then."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from data import run_log
from data.printable import one_line

_EVERY_S = 10.0


class Progress:
    """Counts requests and finished providers; says nothing where ``quiet``."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: Bar | None = None
        self._total = self._done = self._asked = 0
        self._spoke = monotonic()

    def say(self, line: str) -> None:
        """A line for the operator."""
        run_log.say(line)
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False)
        elif not self._quiet:
            print(line, file=sys.stderr, flush=True)  # noqa: T201

    def start(self, total: int, done: int) -> Self:
        """So many providers, of which so many were finished in an earlier sitting."""
        self._total, self._done = total, done
        if sys.stderr.isatty() and not self._quiet:
            self._bar = Bar(
                TextColumn("crawl"),
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TextColumn("providers, {task.fields[asked]} requests, {task.fields[host]}"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
            )
            self._bar.add_task("crawl", total=total, completed=done, asked=0, host="")
        return self

    def seen(self, url: str) -> None:
        """An address is about to be asked."""
        self._asked += 1
        self._show(one_line(urlsplit(url).hostname or ""))

    def finished(self) -> None:
        """One more provider is done."""
        self._done += 1
        self._show("")

    def _show(self, host: str) -> None:
        if self._bar is not None:
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=self._done, asked=self._asked, host=host)
        elif monotonic() - self._spoke >= _EVERY_S:
            self._spoke = monotonic()
            self.say(f"crawl: {self._done} of {self._total} providers, {self._asked} requests")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
