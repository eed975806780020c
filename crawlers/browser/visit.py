"""One page in a browser context of its own: fenced in, loaded, logged, read, taken down."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from urllib.parse import urldefrag, urlsplit

from playwright.async_api import (
    BrowserContext,
    Error,
    Page,
    Request,
    Route,
    WebSocketRoute,
)
from playwright.async_api import TimeoutError as Timeout

from crawlers.browser import acts
from crawlers.browser.page import (
    ACT_MS,
    ACTS_MS,
    HUNG,
    HUNG_S,
    filled,
    picture,
    quiet,
    script,
    shut,
    state_of,
    told,
)
from crawlers.browser.rendered import Asked, Rendered
from crawlers.conduct.guard import Guard
from data.store import now

LOAD_MS, _STEP_MS = 15_000, 2_500
_LEAST_S = 0.1  # for what takes less time than that there is none
_MOST_REQUESTS, _MOST_SIGNS, _MOST_BODY = 600, 2_000, 20_000
MAX_HTML = 10 * 1024 * 1024
_KEPT_METHODS = frozenset({"GET", "HEAD"})
_UNSEEN = frozenset({"media"})  # big, and nothing to read
# What a page may still be waiting for words from.
_BRINGS = frozenset({"script", "xhr", "fetch"})
Refuses = Callable[[str], str | None]
Act = Callable[[Page, Rendered], Awaitable[None]]


def nothing_refused(url: str) -> str | None:
    """No robots.txt speaks against any address."""
    return None


class Visit:
    """One page in a context of its own; what is seen of it goes into ``seen`` as it is seen.

    Everything is waited for ``patience`` times as long as usual.
    """

    def __init__(
        self,
        context: BrowserContext,
        seen: Rendered,
        holds: Callable[[str], bool],
        guard: Guard,
        refuses: Refuses = nothing_refused,
        patience: int = 1,
    ) -> None:
        self._context, self._holds, self._guard, self._refuses = context, holds, guard, refuses
        self._seen, self._patience = seen, patience
        self._asked: list[Asked] = seen.asked
        self._due: set[Request] = set()
        self._arrived = False
        self._ended = 0
        self._acts_s = ACTS_MS / 1000 * patience
        self._page: Page | None = None

    async def take_down(self) -> None:
        """Load, look, act, and take the page down."""
        seen = self._seen
        page = await self._fenced()
        seen.at = now()
        if not await self._load(page):
            return
        await self._log(page)
        await self._act(page)
        seen.final_url = urldefrag(page.url).url
        if not self._holds(seen.final_url):
            seen.trouble = "it left the site"
            return
        seen.is_late = bool(self._due)
        async with asyncio.timeout(ACT_MS / 1000 * self._patience):
            html = await told(lambda: page.evaluate(script("dom")))
        seen.picture = await picture(page)
        # What opens over the page is in nobody's way any more.
        await self._done(page, acts.press_menus)
        seen.html = acts.with_pressed(html, seen).encode("utf-8", "replace")[:MAX_HTML]

    async def _fenced(self) -> Page:
        """A page that can ask only for what it may, and tell nobody anything."""
        await self._context.add_init_script(script("before"))
        await self._context.route("**/*", self._fence)
        await self._context.route_web_socket("**/*", self._no_socket)
        self._context.on("request", self._note_begin)
        self._context.on("requestfinished", self._note_end)
        # A set's own method has no signature, for which Playwright asks.
        self._context.on("requestfailed", lambda request: self._due.discard(request))  # noqa: PLW0108
        page = self._page = await self._context.new_page()
        self._context.on("page", lambda other: asyncio.ensure_future(shut(other, page)))
        return page

    async def _load(self, page: Page) -> bool:
        """Wait until the page is there, or all that there will be of it."""
        seen = self._seen
        longest = LOAD_MS * self._patience
        answer = await page.goto(seen.url, wait_until="commit", timeout=longest)
        seen.status = answer.status if answer else 0
        if not await self._settles(page):
            seen.trouble, seen.is_late = "its scripts never end", True
            return False
        await quiet(page, self._patience)
        await filled(page, self._patience)
        self._arrived = True
        return True

    async def _settles(self, page: Page) -> bool:
        """Whether a page loads, or stands still with something that never comes."""
        moved = -1
        for _ in range(LOAD_MS * self._patience // _STEP_MS):
            try:
                await page.wait_for_load_state("load", timeout=_STEP_MS)
            except Timeout:
                state = await state_of(page, HUNG_S * self._patience)
                if state == HUNG:
                    return False
                # A host has few connections at once: what waits for one is asked for, and yet to
                # come.
                if state == "loading" or len(self._asked) + self._ended > moved:
                    moved = len(self._asked) + self._ended
                    continue
            break
        return True

    async def _log(self, page: Page) -> None:
        """Close the log: what comes after is no longer the page's own doing."""
        seen = self._seen
        seen.asked = list(self._asked)
        seen.is_logged = len(seen.asked) < _MOST_REQUESTS
        seen.title = (await told(page.title))[:300]
        seen.final_url = urldefrag(page.url).url
        seen.cookies = [
            {"name": cookie["name"], "domain": cookie["domain"]}
            for cookie in await self._context.cookies()
        ]
        seen.storage = await told(lambda: page.evaluate(script("storage")))

    async def _act(self, page: Page) -> None:
        """What a visitor would do to read everything; a script of the page's may get in the way."""
        # What stirring and scrolling bring may be folded away, too.
        first = (acts.stir, acts.refuse_banner, acts.hover, acts.scroll, acts.refuse_banner)
        for some in (first, (acts.open_all, acts.await_banner)):
            before = len(self._asked)
            for act in some:
                await self._done(page, act)
            if len(self._asked) > before:
                await quiet(page, self._patience)
        self._seen.is_cut_short = self._acts_s < _LEAST_S

    async def _done(self, page: Page, act: Act) -> None:
        """Do one thing, within what one may take and what is left for all of them."""
        longest = min(ACT_MS / 1000 * self._patience, self._acts_s)
        if longest < _LEAST_S:
            return
        begun = monotonic()
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(longest):
                await act(page, self._seen)
        self._acts_s -= monotonic() - begun

    async def _fence(self, route: Route) -> None:
        why = self._refusal(route.request)
        self._note(route.request, why)
        with suppress(Error):
            # "aborted" leaves the page as it is; any other word puts an error page in its place.
            await (route.abort("aborted") if why else route.continue_())

    def _refusal(self, request: Request) -> str:
        scheme = urlsplit(request.url).scheme
        if request.method not in _KEPT_METHODS:
            return "method"
        if scheme not in ("http", "https", "data", "blob"):
            return "scheme"
        if scheme in ("http", "https") and self._guard.refusal(request.url):
            return "guard"
        if self._refuses(request.url):
            return "robots"
        if request.resource_type in _UNSEEN:
            return "media"
        # Once a page is there, nothing that we press may lead to another one, or send a form.
        settled = self._arrived or not self._holds(request.url)
        if request.is_navigation_request() and self._leads_away(request, settled):
            return "navigation"
        return "" if len(self._asked) < _MOST_REQUESTS else "too many"

    def _leads_away(self, request: Request, settled: bool) -> bool:
        """Whether a document is for another window, or for ours when it is to stay as it is."""
        try:
            frame = request.frame
        except Error:  # a window so new that nobody knows it yet: only our own starts with nothing
            return bool(self._asked)
        return frame.page is not self._page or (frame.parent_frame is None and settled)

    def _note_begin(self, request: Request) -> None:
        """Where a redirect leads is asked past the fence; the proxy guards it, and it is logged."""
        if request.resource_type in _BRINGS:
            self._due.add(request)
        if request.redirected_from is not None:
            self._note(request, "")

    def _note_end(self, request: Request) -> None:
        self._due.discard(request)
        self._ended += 1

    def _note(self, request: Request, why: str) -> None:
        if len(self._asked) < _MOST_REQUESTS:
            self._asked.append(
                Asked(
                    request.url[:_MOST_SIGNS],
                    request.method,
                    request.resource_type,
                    now(),
                    why,
                    _frame(request),
                    request.headers.get("referer", ""),
                    _body(request),
                )
            )

    async def _no_socket(self, socket: WebSocketRoute) -> None:
        self._asked.append(Asked(socket.url[:_MOST_SIGNS], "GET", "websocket", now(), "socket"))
        await socket.close()


def _frame(request: Request) -> str:
    """The address of the frame that asked, where it is not the page itself."""
    with suppress(Error):  # a worker has none
        frame = request.frame
        asking = frame.parent_frame if request.is_navigation_request() else frame
        if asking is not None and asking.parent_frame is not None:
            return asking.url[:_MOST_SIGNS]
    return ""


def _body(request: Request) -> str:
    try:
        return (request.post_data or "")[:_MOST_BODY]
    except (Error, UnicodeDecodeError):  # not text
        return ""
