"""The process in which a worker's Scrapy lives, because a reactor runs once in a process.

Started by ``crawlers.distribution.hand`` as ``python -m crawlers.distribution.process SCRATCH``.
It reads messages on stdin -- one ``Post``, then ``(number, Order)`` -- and answers each order on
stdout with an ``Answer``; before its crawls go to a host that they found, it asks for the host's
lease there (``Take``, ``Taken``, ``Free``). When stdin ends, whoever started it is gone: it ends at
once, so that nobody else finds it at a site that was leased to them. A terminal's Ctrl-C reaches
it, too, but what that means is for whoever leads the run to say.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from crawlers.distribution.leases import AskedLeases
from crawlers.distribution.order import Answer, Order, Post, Taken, parcel_name
from crawlers.distribution.parcel import begin, send
from crawlers.distribution.past import earlier
from crawlers.distribution.pipe import receive
from crawlers.distribution.pipe import send as answer
from crawlers.runs.loop import CrawlLoop
from crawlers.runs.plan import Plan
from crawlers.runs.work import Work
from data.depot import Depot
from data.errors import KetawatchError
from data.models import Provider
from data.store import Store

if TYPE_CHECKING:
    from crawlers.browser.browser import Chromium

# Copies of earlier archives, which are not the provider's parcel.
_PAST = "past"
_BROKEN_OFF = "A worker's look at a provider was broken off."


class _Desk:
    """Takes orders as they come and has them done side by side."""

    def __init__(self, post: Post, scratch: Path, answers: BinaryIO) -> None:
        self._post, self._scratch, self._answers = post, scratch, answers
        self._depot = Depot(post.folder)
        self._orders: asyncio.Queue[tuple[int, Order]] = asyncio.Queue()
        self._leases = AskedLeases(partial(answer, answers))
        self._under_way: set[asyncio.Task[None]] = set()
        work = self._work(scratch, None)
        self._browser: Chromium | None = work.browser(_say)
        at_the_end = self._browser.stop if self._browser else None
        # How many providers at once is settled by how many orders there are.
        self._loop = CrawlLoop(work.settings(), sys.maxsize, at_the_end, stop_signals=())

    def run(self, orders: int) -> None:
        """Work until nobody listens any more; does not return."""
        reader = threading.Thread(target=self._read, args=(orders,), daemon=True)
        self._loop.run([], _nothing, lambda: self._take(reader))

    def _read(self, orders: int) -> None:
        while True:
            try:
                message = receive(orders)
            except (EOFError, OSError):
                os._exit(0)
            is_lease = isinstance(message, Taken)
            take = self._leases.answered if is_lease else self._orders.put_nowait
            self._asyncio.call_soon_threadsafe(take, message)

    async def _take(self, reader: threading.Thread) -> None:
        self._asyncio = asyncio.get_running_loop()
        reader.start()
        while True:
            number, order = await self._orders.get()
            task = asyncio.create_task(self._do(number, order))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _do(self, number: int, order: Order) -> None:
        error: Exception | None = KetawatchError(_BROKEN_OFF, "The run can be resumed.")
        try:
            for provider in order.providers:
                await self._look_at(provider, frozenset(order.keys))
            error = None
        except Exception as caught:  # noqa: BLE001 - whoever gave the order raises it
            error = _for_people(caught)
        finally:
            # Also when this task is cancelled: whoever gave the order waits for an answer.
            answer(self._answers, Answer(number, error))

    async def _look_at(self, provider: Provider, leased: frozenset[str]) -> None:
        """Look at one provider and put what was found; one that is there already is left alone."""
        provider_id = provider.provider_id
        if await asyncio.to_thread(self._depot.has, parcel_name(provider_id)):
            return
        folder = self._scratch / provider_id
        shutil.rmtree(folder, ignore_errors=True)
        ledger = begin(folder, self._post, provider_id)
        try:
            past = await asyncio.to_thread(earlier, self._post, provider_id, folder / _PAST)
            work = self._work(folder, ledger, past)
            sitting = work.sitting(provider, self._browser, lambda: self._loop.stopped, _nothing)
            sitting.leases, sitting.own = self._leases, leased
            await self._loop.walk(sitting)
            if sitting.error is not None:
                raise sitting.error
            if ledger.unfinished():
                raise KetawatchError(f"{provider_id}: was not finished.")
        finally:
            ledger.close()
        shutil.rmtree(folder / _PAST, ignore_errors=True)
        await asyncio.to_thread(send, folder, self._depot, provider_id)
        shutil.rmtree(folder, ignore_errors=True)

    def _work(self, folder: Path, ledger: Any, past: Store | None = None) -> Work:
        post = self._post
        return Work(
            folder=folder,
            ledger=ledger,
            plan=Plan([], post.limits),
            config=post.config,
            delay=post.delay,
            opened=post.opened,
            render=post.render,
            earlier=past,
        )


def _for_people(error: Exception) -> Exception:
    if isinstance(error, KetawatchError):
        return error
    what = f"A worker stumbled: {type(error).__name__}: {error}."
    return KetawatchError(what, "Please report it; the run can be resumed.")


def _nothing(*_: object) -> None:
    """Nobody watches here; whoever leads the run counts what is finished."""


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def main() -> None:
    """Serve until stdin ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not end up among the answers
    scratch = Path(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders = sys.stdin.fileno()
    post: Post = receive(orders)
    _Desk(post, scratch, answers).run(orders)


if __name__ == "__main__":
    main()
