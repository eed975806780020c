"""Waits that come to an end, whatever becomes of that which is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

GRACE_S = 10.0
BROKEN_OFF = "a wait was broken off by something else; call again, and the run goes on."
# Work that would not be stopped; whoever forgets a task may lose it half-way.
_LEFT: set[asyncio.Task[Any]] = set()


async def within(seconds: float, work: Coroutine[Any, Any, T], grace: float = GRACE_S) -> T:
    """What comes of some work, within so many seconds and, to be cleared away, ``grace`` more.

    ``asyncio.wait_for`` waits for cancelled work to end; and in Python 3.11 a cancellation that
    meets the end of an inner ``wait_for`` is lost. Then nobody would ever come back.

    Raises:
        TimeoutError: it took longer, or somebody else broke it off.
    """
    task = asyncio.ensure_future(work)
    # Whoever is broken off himself does not see what came of it, and it may well be an error.
    task.add_done_callback(_forget)
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            await _stop(task, grace)
    if task.cancelled() or not task.done():
        raise TimeoutError
    return task.result()


async def _stop(task: asyncio.Task[Any], grace: float) -> None:
    task.cancel()
    await asyncio.wait({task}, timeout=grace)
    if not task.done():
        _LEFT.add(task)


def _forget(task: asyncio.Task[Any]) -> None:
    _LEFT.discard(task)
    if not task.cancelled():
        task.exception()  # asked for, so that asyncio does not tell of it


def is_stray(error: BaseException) -> bool:
    """Whether a cancellation is not meant for the task that it arrives in.

    It is what some library made of a wait that somebody else broke off. Taken for a stop, it would
    end a walk without a word, and Scrapy would wait for that walk for ever.
    """
    task = asyncio.current_task()
    return isinstance(error, asyncio.CancelledError) and not (task and task.cancelling())
