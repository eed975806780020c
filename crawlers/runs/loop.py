"""Many providers at once in one process: a lane for each site, and a clean way out of it."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import groupby
from types import FrameType
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from twisted.logger import globalLogBeginner

from crawlers.conduct.bounds import BROKEN_OFF, within
from crawlers.conduct.scope import site_key
from crawlers.walk.website import Sitting, WebsiteSpider
from data.errors import KetawatchError

# So long may requests that are under way go on after a stop was asked for.
_GRACE_S = 2.0
# So long may it take to close one site's crawl, and the browser, when there is nothing left to do.
_CLOSE_S = 30.0
_CERTIFICATE = "while verifying certificate"
_GIVEN_UP = re.compile(r"destroyed but it is pending.*\bplaywright\b", re.DOTALL)
STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")


class CrawlLoop:
    """Runs sittings in Scrapy's process; a process can do so once, because its reactor can.

    Sittings at the same site follow one another, so that the pause between requests to a host
    holds for all of them.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        concurrent: int,
        at_the_end: Callable[[], Coroutine[Any, Any, None]] | None = None,
        watch: Callable[[], None] = lambda: None,
        stop_signals: Sequence[str] = STOP_SIGNALS,
    ) -> None:
        """Prepare; ``watch`` is called all the time, and an error that it raises is a stop."""
        _quieten()
        self._process = AsyncCrawlerProcess(settings)
        self._room = asyncio.Semaphore(concurrent)
        self._tasks: list[asyncio.Task[None]] = []
        self._at_the_end = at_the_end
        self._watch, self._stop_signals = watch, stop_signals
        self.stopped = False
        self.error: Exception | None = None
        self._reactor: Any = None  # to be imported once it is installed, no earlier

    def run(
        self,
        sittings: Sequence[Sitting],
        finished: Any,
        beside: Callable[[], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        """Run all sittings, and what is to go on beside them, to their end or until a stop.

        Raises:
            KeyboardInterrupt: on Ctrl-C or SIGTERM; the ledger knows what was done.
            KetawatchError: the disk is full, or the time is up.
        """
        from twisted.internet import reactor

        before = self._catch_signals()
        self._reactor = reactor
        self._reactor.callWhenRunning(self._start, sittings, finished, beside)
        try:
            self._process.start(stop_after_crawl=False, install_signal_handlers=False)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if self.error is not None:
            raise self.error
        if self.stopped:
            raise KeyboardInterrupt

    def _start(self, sittings: Sequence[Sitting], finished: Any, beside: Any) -> None:
        loop = asyncio.get_event_loop()
        try:
            self._tasks = [
                loop.create_task(self._lane(list(lane), finished)) for lane in _lanes(sittings)
            ]
            if beside is not None:
                self._tasks.append(loop.create_task(beside()))
        except Exception as error:  # noqa: BLE001 - nobody else would end the loop
            self.error, self.stopped = error, True
        self._main = loop.create_task(self._until_done())

    async def _until_done(self) -> None:
        try:
            await self._watch_over(set(self._tasks))
            if self._at_the_end is not None:
                with suppress(TimeoutError):
                    await within(_CLOSE_S, self._at_the_end())
        except Exception as error:  # noqa: BLE001 - nobody else would end the loop
            self.error = self.error or error
        finally:
            self._reactor.stop()

    async def _watch_over(self, pending: set[asyncio.Task[None]]) -> None:
        while pending and not self.stopped:
            _, pending = await asyncio.wait(pending, timeout=0.2)
            self._look_out()
        if pending:
            _, pending = await asyncio.wait(pending, timeout=_GRACE_S)
        for task in set(self._tasks) - pending:
            self._note_end(task)
        for task in pending:
            task.cancel()

    def _note_end(self, task: asyncio.Task[None]) -> None:
        failure = KetawatchError(BROKEN_OFF) if task.cancelled() else task.exception()
        if isinstance(failure, Exception):
            self.error = self.error or failure

    def _look_out(self) -> None:
        try:
            self._watch()
        except Exception as error:  # noqa: BLE001 - as good a reason to stop as one that was foreseen
            self.error, self.stopped = self.error or error, True

    async def _lane(self, lane: list[Sitting], finished: Any) -> None:
        for sitting in lane:
            async with self._room:
                if self.stopped:
                    return
                async with _held(sitting):
                    await self.walk(sitting)
            if sitting.error is not None:
                self.error, self.stopped = sitting.error, True
            elif not self.stopped:
                finished()

    async def walk(self, sitting: Sitting) -> None:
        """Run one sitting; what stopped it, if anything did, is its ``error``."""
        crawl = self._process.crawl(WebsiteSpider, sitting=sitting)
        over = asyncio.ensure_future(sitting.over.wait())
        try:
            await asyncio.wait({crawl, over}, return_when=asyncio.FIRST_COMPLETED)
            # The ledger has everything by now: what Scrapy does not finish is left behind.
            await asyncio.wait({crawl}, timeout=_CLOSE_S)
            if crawl.cancelled():
                sitting.error = sitting.error or KetawatchError(BROKEN_OFF)
            elif crawl.done():
                crawl.result()
        finally:
            over.cancel()
            if not crawl.done():
                crawl.cancel()

    def _catch_signals(self) -> dict[int, Any]:
        if threading.current_thread() is not threading.main_thread():
            return {}
        numbers = [getattr(signal, name) for name in self._stop_signals if hasattr(signal, name)]
        return {number: signal.signal(number, self._stop) for number in numbers}

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.stopped:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self.stopped = True


@asynccontextmanager
async def _held(sitting: Sitting) -> AsyncIterator[None]:
    """Keep others from a sitting's own sites; all take them in the same order, so none deadlock."""
    async with AsyncExitStack() as held:
        for key in sorted(sitting.own):
            await sitting.leases.take(key, None)
            held.callback(sitting.leases.free, key)
        yield


def _quieten() -> None:
    """What is a failure row already is no reason for a traceback or a warning.

    That is a certificate that names nobody, and what Playwright was still about when a browser was
    given up.
    """
    # Until it is told where its log goes, Twisted writes to stderr past Python's logging.
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    logging.getLogger("twisted").addFilter(lambda r: _CERTIFICATE not in r.getMessage())
    logging.getLogger("asyncio").addFilter(lambda r: not _GIVEN_UP.search(r.getMessage()))


def _lanes(sittings: Sequence[Sitting]) -> Iterable[Iterable[Sitting]]:
    def key(sitting: Sitting) -> str:
        return site_key(sitting.site.scope.homepage)

    order = {key(s): i for i, s in reversed(list(enumerate(sittings)))}
    for _, lane in groupby(sorted(sittings, key=lambda s: order[key(s)]), key=key):
        yield list(lane)
