"""A page as a visitor sees it: rendered by Chromium behind the guard, opened, scrolled, pictured.

One browser serves a whole process, with a context of its own for each page, so that nothing is
carried from one page to the next. It asks and never tells: only GET and HEAD leave it, nothing is
submitted, no socket is opened, no file is kept.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    Request,
    Route,
    WebSocketRoute,
    async_playwright,
)

from crawlers.guard import Guard
from crawlers.guard_proxy import GuardProxy
from crawlers.rendered import Asked, Rendered
from data.store import now

_SCRIPTS = Path(__file__).parent / "browser_scripts"
LOAD_MS, QUIET_MS, ACT_MS = 15_000, 4_000, 8_000
WHOLE_S, CLOSE_S = 60, 10
_SIZE = {"width": 1280, "height": 900}
_TALLEST_PX = 15_000
_AT_ONCE = 4
_MOST_PRESSES, _MOST_SCREENS, _MOST_REQUESTS = 80, 40, 600
MAX_HTML = 10 * 1024 * 1024
_ARGUMENTS = (
    *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--no-default-browser-check", "--no-pings"),
    # Nothing may find a way around the proxy.
    *("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic"),
)
_KEPT_METHODS = frozenset({"GET", "HEAD"})
# Big, and nothing to read.
_UNSEEN = frozenset({"media"})


class Chromium:
    """The process's browser; starts with the first page, and shows a few pages at once."""

    def __init__(self, executable: str, user_agent: str, guard: Guard) -> None:
        self._executable, self._agent = executable, user_agent
        self._proxy = GuardProxy(guard)
        self._guard = guard
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._starting = asyncio.Lock()

    async def render(self, url: str, holds: Callable[[str], bool]) -> Rendered:
        """Load a page, open what it folds away, and take it down.

        Args:
            url: the address; whether it may be asked was settled before.
            holds: whether an address belongs to the site; a page that leaves it is stopped.
        """
        async with self._room:
            try:
                return await asyncio.wait_for(self._render(url, holds), WHOLE_S)
            except TimeoutError:
                return Rendered(url, trouble="it never came to rest")
            except Error as error:
                return Rendered(url, trouble=_first_line(error))

    async def stop(self) -> None:
        """Close the browser; the next page starts a new one."""
        with suppress(Error):
            if self._browser is not None:
                await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()
        await self._proxy.stop()
        self._browser = self._playwright = None

    async def _started(self) -> Browser:
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                await self.stop()
                self._browser = await self._launched()
            return self._browser

    async def _launched(self) -> Browser:
        self._playwright = await async_playwright().start()
        return await self._playwright.chromium.launch(
            executable_path=self._executable,
            args=list(_ARGUMENTS),
            chromium_sandbox=_may_sandbox(),
            proxy={"server": await self._proxy.start(), "bypass": "<-loopback>"},
        )

    async def _render(self, url: str, holds: Callable[[str], bool]) -> Rendered:
        browser = await self._started()
        context = await browser.new_context(
            user_agent=self._agent,
            viewport=_SIZE,  # type: ignore[arg-type]
            locale="en-US",
            accept_downloads=False,
            service_workers="block",
        )
        try:
            return await _Visit(context, url, holds, self._guard).take_down()
        finally:
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(context.close(), CLOSE_S)


class _Visit:
    """One page in a context of its own."""

    def __init__(
        self, context: BrowserContext, url: str, holds: Callable[[str], bool], guard: Guard
    ) -> None:
        self._context, self._holds, self._guard = context, holds, guard
        self._seen = Rendered(url, at=now())
        self._arrived = False

    async def take_down(self) -> Rendered:
        """Load, look, act, and take the page down."""
        seen = self._seen
        await self._context.route("**/*", self._fence)
        await self._context.route_web_socket("**/*", self._no_socket)
        page = await self._context.new_page()
        self._context.on("page", lambda other: asyncio.ensure_future(_shut(other, page)))
        try:
            answer = await page.goto(seen.url, wait_until="load", timeout=LOAD_MS)
        except Error as error:
            seen.trouble = _first_line(error)
            return seen
        seen.status = answer.status if answer else 0
        await _quiet(page)
        self._arrived = True
        await self._note_traces(page)
        asked = list(seen.asked)
        await self._act(page)
        seen.asked = asked  # the log ends before the banner is touched
        seen.final_url = urldefrag(page.url).url
        if not self._holds(seen.final_url):
            seen.trouble = "it left the site"
            return seen
        seen.html = (await page.evaluate(_script("dom"))).encode("utf-8", "replace")[:MAX_HTML]
        seen.picture = await _picture(page)
        return seen

    async def _note_traces(self, page: Page) -> None:
        self._seen.cookies = [
            {"name": cookie["name"], "domain": cookie["domain"]}
            for cookie in await self._context.cookies()
        ]
        self._seen.storage = await page.evaluate(_script("storage"))

    async def _act(self, page: Page) -> None:
        """What a visitor would do to read everything; a script of the page's may get in the way."""
        seen = self._seen
        for act in (self._refuse_banner, self._open_all, self._scroll):
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(act(page, seen), ACT_MS / 1000)
        await _quiet(page)

    async def _refuse_banner(self, page: Page, seen: Rendered) -> None:
        seen.banner = await page.evaluate(_script("reject_banner"))

    async def _open_all(self, page: Page, seen: Rendered) -> None:
        seen.pressed = await page.evaluate(_script("open_all"), _MOST_PRESSES)

    async def _scroll(self, page: Page, seen: Rendered) -> None:
        await page.evaluate(_script("scroll"), _MOST_SCREENS)

    async def _fence(self, route: Route) -> None:
        request = route.request
        why = self._refusal(request)
        if len(self._seen.asked) < _MOST_REQUESTS:
            self._seen.asked.append(
                Asked(request.url[:2000], request.method, request.resource_type, now(), why)
            )
        with suppress(Error):
            await (route.abort() if why else route.continue_())

    def _refusal(self, request: Request) -> str:
        scheme = urlsplit(request.url).scheme
        if request.method not in _KEPT_METHODS:
            return "method"
        if scheme not in ("http", "https", "data", "blob"):
            return "scheme"
        if scheme in ("http", "https") and self._guard.refusal(request.url):
            return "guard"
        if request.resource_type in _UNSEEN:
            return "media"
        leaves = request.is_navigation_request() and request.frame.parent_frame is None
        # Once a page is there, nothing that we press may lead to another one, or send a form.
        if leaves and (self._arrived or not self._holds(request.url)):
            return "navigation"
        return "" if len(self._seen.asked) < _MOST_REQUESTS else "too many"

    async def _no_socket(self, socket: WebSocketRoute) -> None:
        self._seen.asked.append(Asked(socket.url[:2000], "GET", "websocket", now(), "socket"))
        await socket.close()


def _script(name: str) -> str:
    return (_SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


async def _quiet(page: Page) -> None:
    with suppress(Error):
        await page.wait_for_load_state("networkidle", timeout=QUIET_MS)


async def _shut(other: Page, page: Page) -> None:
    if other is not page:
        with suppress(Error):
            await other.close()


async def _picture(page: Page) -> bytes:
    """The whole page as JPEG, as far as one picture can hold it."""
    with suppress(Error):
        height = await page.evaluate("document.documentElement.scrollHeight")
        clip: Any = {"x": 0, "y": 0, "width": _SIZE["width"], "height": min(height, _TALLEST_PX)}
        return await page.screenshot(
            full_page=True, clip=clip, type="jpeg", quality=60, timeout=ACT_MS
        )
    return b""


def _may_sandbox() -> bool:
    """Chromium's own sandbox does not work for root."""
    return not hasattr(os, "geteuid") or os.geteuid() != 0


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
