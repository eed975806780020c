"""Whose turn it is at a host: one visitor at a time, and nobody waits without bound."""

from __future__ import annotations

import asyncio

import pytest
from scrapy import Request

from crawlers.conduct.scope import own_keys
from crawlers.conduct.turns import HostTakenError, OwnLeases, Turns
from crawlers.responses.failures import of_exception

DESK, BOOKING = "https://desk.example/a", "https://booking.example/a"
HOME = "https://clinic.example/"


def test_a_host_is_put_off_while_somebody_else_is_there() -> None:
    async def visits() -> None:
        leases = OwnLeases()
        one, other = Turns(leases), Turns(leases)
        assert await one.enter(DESK)
        assert not await other.enter(DESK)
        assert other.put_off() == ["https://desk.example"]
        one.leave()
        assert await other.enter(DESK)
        assert other.put_off() == []

    asyncio.run(visits())


def test_nobody_else_comes_before_the_pause_is_over() -> None:
    async def visits() -> None:
        leases = OwnLeases()
        one, other = Turns(leases, pause=lambda url: 0.05), Turns(leases)
        assert await one.enter(DESK)
        one.leave()
        assert not await other.enter(DESK)
        await asyncio.sleep(0.1)
        assert await other.enter(DESK)

    asyncio.run(visits())


def test_who_waits_has_its_turn_before_the_same_visitor_comes_again() -> None:
    async def visits() -> None:
        leases = OwnLeases()
        one, other = Turns(leases, pause=lambda url: 0.01), Turns(leases)
        assert await one.enter(DESK)
        assert not await other.enter(DESK)
        waits = asyncio.ensure_future(other.enter(DESK))  # nothing else is left to do
        await asyncio.sleep(0)
        one.leave()
        assert not await one.enter(DESK)
        assert await waits

    asyncio.run(visits())


def test_two_who_hold_what_the_other_wants_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.conduct.turns._PIECE_S", 0.01)
    monkeypatch.setattr("crawlers.conduct.turns._REDIRECT_S", 0.01)

    async def visits() -> None:
        leases = OwnLeases()
        one, other = Turns(leases, patience=0.03), Turns(leases, patience=0.03)
        assert await one.enter(DESK) and await other.enter(BOOKING)
        for turns, wanted in ((one, BOOKING), (other, DESK)):
            with pytest.raises(HostTakenError) as error:
                await turns.taken(_no_download)(Request(wanted))
            assert of_exception(error.value).failure_class == "host_taken"
            while not turns.is_in_vain(wanted):
                assert not await turns.enter(wanted)

    asyncio.run(asyncio.wait_for(visits(), 60))


def test_a_host_that_let_us_in_is_waited_for_as_long_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crawlers.conduct.turns._PIECE_S", 0.01)

    async def visits() -> None:
        leases = OwnLeases()
        one, other = Turns(leases), Turns(leases, patience=0.015)
        for _ in range(2):
            assert await one.enter(DESK)
            assert not await other.enter(DESK)  # put off
            assert not await other.enter(DESK)  # waited for
            assert not other.is_in_vain(DESK)
            one.leave()
            assert await other.enter(DESK)
            other.leave()

    asyncio.run(visits())


def test_a_provider_s_own_host_is_never_asked_leave_for() -> None:
    async def visits() -> None:
        leases, keys = OwnLeases(), own_keys(HOME, [])
        for key in keys:
            assert await leases.take(key, None)
        own = Turns(leases, own=keys)
        assert await own.enter(HOME)
        request = Request(HOME)
        await own.taken(_no_download)(request)
        assert b"Connection" not in request.headers
        own.leave()
        assert not await Turns(leases).enter(HOME)

    asyncio.run(visits())


async def _no_download(request: Request) -> None:
    """The web is not needed here."""
