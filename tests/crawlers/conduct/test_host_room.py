"""How many connections a host has at once, by whichever of its names it is asked."""

from __future__ import annotations

import asyncio

import pytest

from crawlers.conduct.host_room import HostRoom, NoRoomError


def test_a_host_is_one_whatever_its_name_is_written_like() -> None:
    async def visits() -> None:
        room = HostRoom(most=1)
        async with room.line("Clinic.example."):
            room.shut()  # whoever has to wait is sent away
            async with room.line("other.example"):
                pass
            with pytest.raises(NoRoomError):
                async with room.line("clinic.example"):
                    pass

    asyncio.run(visits())
