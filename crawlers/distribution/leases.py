"""Leases of hosts for the crawls of a worker's process, which asks the worker for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count

from crawlers.distribution.order import Free, Take, Taken


class AskedLeases:
    """The other end of the pipe: ``crawlers.conduct.turns.Leases`` for a process of a worker's."""

    def __init__(self, send: Callable[[object], None]) -> None:
        self._send = send
        self._numbers = count()
        self._asked: dict[int, tuple[str, asyncio.Future[bool]]] = {}

    async def take(self, key: str, wait: float | None) -> bool:
        """See ``crawlers.conduct.turns.Leases``."""
        number = next(self._numbers)
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._asked[number] = key, answer
        self._send(Take(number, key, wait))
        return await answer

    def free(self, key: str) -> None:
        """See ``crawlers.conduct.turns.Leases``."""
        self._send(Free(key))

    def answered(self, told: Taken) -> None:
        """Hand on what the worker says."""
        key, answer = self._asked.pop(told.number)
        if not answer.done():
            answer.set_result(told.is_ours)
        elif told.is_ours:  # nobody waits for it any more
            self.free(key)
