"""What a worker's process asks its worker for, and what becomes of answers that nobody awaits."""

from __future__ import annotations

import asyncio

from crawlers.distribution.leases import AskedLeases
from crawlers.distribution.order import Free, Take, Taken


def test_each_answer_goes_to_who_asked() -> None:
    async def ask() -> None:
        sent: list[object] = []
        leases = AskedLeases(sent.append)
        desk, booking = (asyncio.ensure_future(leases.take(k, 2.0)) for k in ("desk", "booking"))
        await asyncio.sleep(0)
        assert sent == [Take(0, "desk", 2.0), Take(1, "booking", 2.0)]
        leases.answered(Taken(1, is_ours=False))
        leases.answered(Taken(0, is_ours=True))
        assert [await desk, await booking] == [True, False]
        leases.free("desk")
        assert sent[2:] == [Free("desk")]

    asyncio.run(ask())


def test_a_lease_that_nobody_awaits_any_more_is_given_back() -> None:
    async def ask() -> None:
        sent: list[object] = []
        leases = AskedLeases(sent.append)
        asked = asyncio.ensure_future(leases.take("desk", None))
        await asyncio.sleep(0)
        asked.cancel()
        await asyncio.sleep(0)
        leases.answered(Taken(0, is_ours=True))
        assert sent == [Take(0, "desk", None), Free("desk")]

    asyncio.run(ask())
