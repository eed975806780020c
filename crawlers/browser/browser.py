"""A page as a visitor sees it: rendered by Chromium behind the guard, opened, scrolled, pictured.

One browser serves a whole process, with a context of its own for each page, so that nothing is
carried from one page to the next. It asks and never tells: only GET and HEAD leave it, nothing is
submitted, no socket is opened, no file is kept.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import replace

from playwright.async_api import Browser, BrowserContext, Error, Playwright, async_playwright
from playwright.async_api import TimeoutError as Timeout

from crawlers.browser import start as browser_start
from crawlers.browser.guard_proxy import GuardProxy
from crawlers.browser.page import SIZE, first_line
from crawlers.browser.rendered import Rendered
from crawlers.browser.visit import Refuses, Visit, nothing_refused
from crawlers.conduct.bounds import within
from crawlers.conduct.guard import Guard

# A browser that takes longer for an empty page, or to be gone, is dead without saying so.
WHOLE_S, START_S, OPEN_S, CLOSE_S = 60, 40, 20, 5
_AT_ONCE = 6
# A page that was late has the browser to itself the next time, and so many times as long.
PATIENCE = 2
# As Playwright says it of a page, a browser or a connection to it that is gone.
_DIED = re.compile("closed|crashed")


class Chromium:
    """The process's browser; starts with the first page, and shows a few pages at once."""

    def __init__(self, executable: str, user_agent: str, guard: Guard) -> None:
        self._executable, self._agent = executable, user_agent
        # Of the browser itself, which asks nobody anything; each page has one of its own.
        self._proxy = GuardProxy(guard)
        self._guard = guard
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._alone = asyncio.Lock()
        self._starting = asyncio.Lock()

    async def render(
        self, url: str, holds: Callable[[str], bool], refuses: Refuses = nothing_refused
    ) -> Rendered:
        """Load a page, open what it folds away, and take it down.

        Args:
            url: the address; whether it may be asked was settled before.
            holds: whether an address belongs to the site; a page that leaves it is stopped.
            refuses: what robots.txt says against an address, by those that were read.
        """
        async with self._room:
            return await self._bounded(Rendered(url), holds, refuses, 1)

    async def render_alone(
        self, url: str, holds: Callable[[str], bool], refuses: Refuses, seconds: float
    ) -> Rendered | None:
        """Load a page that was late once more, with no other one beside it and more time for all.

        None: in so many seconds the others would not be done, and then this one.
        """
        longest = seconds - PATIENCE * WHOLE_S
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(longest):
                    await held.enter_async_context(self._alone)
                    for _ in range(_AT_ONCE):
                        await held.enter_async_context(self._room)
            except TimeoutError:
                longest = 0
            if longest <= 0:
                return None
            return await self._bounded(Rendered(url), holds, refuses, PATIENCE)

    async def _bounded(
        self, seen: Rendered, holds: Callable[[str], bool], refuses: Refuses, patience: int
    ) -> Rendered:
        try:
            await within(WHOLE_S * patience, self._render(seen, holds, refuses, patience))
        except TimeoutError:
            # A copy, because what would not be stopped may still write into the other one.
            return replace(seen, trouble="it never came to rest", is_late=True, html=b"")
        except (Error, OSError) as error:
            seen.trouble, seen.html = first_line(error), b""
            seen.is_late = isinstance(error, Timeout) or bool(_DIED.search(seen.trouble))
        return seen

    async def stop(self) -> None:
        """Close the browser; the next page starts a new one."""
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        with suppress(Error, TimeoutError):
            if browser is not None:
                await within(CLOSE_S, browser.close(), 1)
        with suppress(Error, TimeoutError):
            if playwright is not None:
                await within(CLOSE_S, playwright.stop(), 1)
        await self._proxy.stop()

    async def _started(self) -> Browser:
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                await self.stop()
                self._browser = await within(START_S, self._launched(), 1)
            return self._browser

    async def _launched(self) -> Browser:
        self._playwright = await async_playwright().start()
        return await browser_start.start(
            self._playwright.chromium, self._executable, await self._proxy.start()
        )

    async def _render(
        self, seen: Rendered, holds: Callable[[str], bool], refuses: Refuses, patience: int
    ) -> None:
        proxy = GuardProxy(self._guard)
        try:
            context = await self._context(await proxy.start())
            try:
                await Visit(context, seen, holds, self._guard, refuses, patience).take_down()
            finally:
                with suppress(Error, TimeoutError):
                    await within(CLOSE_S, context.close(), 1)
        finally:
            await proxy.stop()

    async def _context(self, proxy: str) -> BrowserContext:
        """An empty page's surroundings; a browser that does not give them is given up."""
        browser = await self._started()
        opening = browser.new_context(
            user_agent=self._agent,
            viewport=SIZE,
            locale="en-US",
            accept_downloads=False,
            service_workers="block",
            proxy={"server": proxy, "bypass": "<-loopback>"},
        )
        try:
            return await within(OPEN_S, opening, 1)
        except TimeoutError:
            async with self._starting:
                if self._browser is browser:
                    await self.stop()
            raise
