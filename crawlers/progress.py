"""How far a crawl is: a bar where somebody watches, else a line now and then. Always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

_EVERY_S = 10.0


class Progress:
    """Counts pages and finished providers, and says so."""

    def __init__(self) -> None:
        self._pages = 0
        self._done = 0
        self._total = 0
        self._last = time.monotonic()
        self._watched = sys.stderr.isatty()
        self._bar = Bar(
            TextColumn("Crawling"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("providers, {task.fields[pages]} pages, {task.fields[host]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not self._watched,
        )

    @contextmanager
    def running(self, total: int) -> Iterator[None]:
        """Show the bar while the crawl runs."""
        self._total = total
        with self._bar:
            self._task = self._bar.add_task("", total=total, pages=0, host="")
            yield
        print(f"{self._done} of {total} providers done, {self._pages} pages.", file=sys.stderr)

    def page(self, provider_id: str, url: str) -> None:
        """One more response."""
        self._pages += 1
        host = urlsplit(url).hostname or provider_id
        self._bar.update(self._task, pages=self._pages, host=host)
        if not self._watched and time.monotonic() - self._last > _EVERY_S:
            self._last = time.monotonic()
            print(
                f"{self._done} of {self._total} providers done, {self._pages} pages ...",
                file=sys.stderr,
                flush=True,
            )

    def providers(self, done: int, total: int) -> None:
        """So many providers are done."""
        self._done, self._total = done, total
        self._bar.update(self._task, completed=done)
