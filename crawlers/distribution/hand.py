"""A worker's hold on the process in which its Scrapy lives: orders in, answers out.

Between the two it also asks for leases of the hosts that its crawls find.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import Future
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.distribution.order import Answer, Free, Order, Post, Take, Taken
from crawlers.distribution.pipe import receive, send

if TYPE_CHECKING:
    from crawlers.distribution.held import (
        HeldLeases,
    )  # which needs Dask; whoever leads may have none

_ROOT = Path(__file__).resolve().parents[2]


class HandLost(Exception):  # noqa: N818 - an event, not a mistake
    """The process ended before it answered."""


class Hand:
    """One process for one run; several threads may give it orders at the same time."""

    def __init__(self, post: Post, scratch: Path, leases: HeldLeases) -> None:
        self.post, self._scratch, self._leases = post, scratch, leases
        scratch.mkdir(parents=True, exist_ok=True)
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
        # Its pipe is its life: when this process dies, however it dies, the pipe ends, and so does
        # the other one.
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-X", "utf8", "-m", "crawlers.distribution.process", str(scratch)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._waiting: dict[int, Future[None]] = {}
        self._numbers = count()
        self._lock = threading.Lock()
        self._ended = False
        self.closed = False
        threading.Thread(target=self._listen, daemon=True).start()
        self._send(post)

    @property
    def lost(self) -> bool:
        """Whether the process is gone."""
        return self._ended

    def do(self, order: Order) -> None:
        """Have an order done; returns when all of its providers were put.

        Raises:
            HandLost: the process died on the way, perhaps of another order.
            KetawatchError: what kept the order from being done.
        """
        answer: Future[None] = Future()
        with self._lock:
            if self._ended:
                raise HandLost
            number = next(self._numbers)
            self._waiting[number] = answer
        self._send((number, order))
        answer.result()

    def close(self) -> None:
        """End the process, whatever it is doing, and remove what it had not finished."""
        self.closed = True
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _send(self, message: object) -> None:
        with self._lock:
            try:
                send(self._process.stdin, message)  # type: ignore[arg-type]
            except OSError:
                return  # the listener tells everybody who waits

    def _listen(self) -> None:
        answers = self._process.stdout.fileno()  # type: ignore[union-attr]
        while True:
            try:
                self._hear(receive(answers))
            except (EOFError, OSError):
                break
        with self._lock:
            self._ended = True
            left = list(self._waiting.values())
        for answer in left:
            answer.set_exception(HandLost())
        self._leases.end()

    def _hear(self, message: Answer | Take | Free) -> None:
        if isinstance(message, Take):  # which may last
            threading.Thread(target=self._take, args=(message,), daemon=True).start()
        elif isinstance(message, Free):  # before whatever is asked for next
            self._leases.free(message.key)
        else:
            answer = self._waiting.pop(message.number)
            answer.set_exception(message.error) if message.error else answer.set_result(None)

    def _take(self, asked: Take) -> None:
        self._send(Taken(asked.number, self._leases.take(asked.key, asked.wait)))
