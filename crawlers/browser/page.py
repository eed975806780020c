"""Small things asked of a page in the browser: how far it is, whether it is quiet, its picture."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import Error, Page, ViewportSize

from crawlers.responses.page_facts import FEW_WORDS

_SCRIPTS = Path(__file__).parent / "scripts"
SIZE: ViewportSize = {"width": 1280, "height": 900}
QUIET_MS, ACT_MS = 4_000, 8_000
# What all acts may take together: a page that lets none of them end must still be taken down.
ACTS_MS = 20_000
# A page whose scripts leave no room for ours for so long shows nobody anything.
HUNG_S = 8
HUNG = "hung"
_FILL_MS = 3_000
_TALLEST_PX = 15_000
# A page that loads itself anew again and again leaves time for an answer in between.
_ASKED_AGAIN, _MOVED_ON = 4, "context was destroyed"
T = TypeVar("T")


@lru_cache(maxsize=16)
def script(name: str) -> str:
    """One of ``scripts/``, by its name without the ending."""
    return (_SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def staying(name: str) -> str:
    """One of ``scripts/`` that presses or points, with what keeps the page where it stands."""
    return f"(told) => {{\n{script('shared/staying')}\nreturn (\n{script(name)})(told);\n}}"


async def told(ask: Callable[[], Awaitable[T]]) -> T:
    """What a page answers, asked again where it went on to another document meanwhile."""
    for _ in range(_ASKED_AGAIN):
        try:
            return await ask()
        except Error as error:
            if _MOVED_ON not in str(error):
                raise
    return await ask()


async def state_of(page: Page, seconds: float) -> str:
    """How far a document is; ``hung``: for so long it leaves no time for anybody else's script."""
    try:
        async with asyncio.timeout(seconds):
            return str(await page.evaluate("document.readyState"))
    except TimeoutError:
        return HUNG
    except Error:  # it is on its way to another document
        return "loading"


async def quiet(page: Page, times: int) -> None:
    """Wait until half a second passes without a request, or so many times as long as usual."""
    with suppress(Error):
        await page.wait_for_load_state("networkidle", timeout=QUIET_MS * times)


async def filled(page: Page, times: int) -> None:
    """Wait, where scripts have put hardly a word there yet, until they have, or long enough."""
    longest = _FILL_MS * times
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(longest / 1000 + 1):
            await page.evaluate(script("filled"), [FEW_WORDS, longest])


async def shut(other: Page, page: Page) -> None:
    """Close a window that a page opened."""
    if other is not page:
        with suppress(Error):
            await other.close()


async def picture(page: Page) -> bytes:
    """The whole page as JPEG, as far as one picture can hold it.

    Chromium is asked itself: Playwright would bring 300 KB of script into the page beforehand.
    """
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(ACT_MS / 1000):
            tall = await page.evaluate("document.documentElement.scrollHeight")
            height = min(tall, _TALLEST_PX)
            taken: Any = {
                "format": "jpeg",
                "quality": 60,
                "clip": {"x": 0, "y": 0, "width": SIZE["width"], "height": height, "scale": 1},
                "captureBeyondViewport": height > SIZE["height"],
            }
            session = await page.context.new_cdp_session(page)
            shot = await session.send("Page.captureScreenshot", taken)
            return b64decode(shot["data"])
    return b""


def first_line(error: Exception) -> str:
    """What is to be said of an error, in one line."""
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
