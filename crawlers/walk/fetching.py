"""One address, fetched as a visitor would: redirects followed, tried again politely, in bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawlers.conduct.bounds import is_stray
from crawlers.conduct.evidence import Exchange, exchange_of
from crawlers.conduct.guard import Guard
from crawlers.conduct.patience import LONGEST_WAIT_S, pause
from crawlers.conduct.returned import Returned
from crawlers.conduct.robots import MAY_IT, READING, Reading, RobotsAgreed
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.past import WHOLE, is_conditional
from crawlers.links import refresh
from crawlers.links.other_names import other_name
from crawlers.links.places import absolute, header_text
from crawlers.responses.failures import PASSING, TRANSIENT, Trouble, of_exception, of_way_out
from crawlers.responses.page_facts import PageFacts, look
from crawlers.responses.sent import is_cut, is_text
from data.warc import MAX_DECODED_BYTES

# The longest that one address may take, with its host's robots.txt, redirects, tries and all pauses
# that are asked for: beyond it, something on the way to the host has come to a stand.
LONGEST_S = 1_800.0
MAX_REDIRECTS = 8
RETRIES = 2
# A page of 10 MiB takes a second to read, and all other sites would wait.
_WORTH_A_THREAD = 256 * 1024
_CONDITION_FAILED = 412
_REDIRECTS = frozenset((301, 302, 303, 307, 308))

Download = Callable[[Request], Awaitable[Any]]


@dataclass(slots=True)
class Fetched:
    """All that came back: redirects first, the final answer last; and what stood in the way."""

    exchanges: list[Exchange] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    trouble: Trouble | None = None
    facts: PageFacts | None = None
    attempts: int = 0
    # The last address that was asked, and whether its host wants to be left alone for long.
    asked: str = ""
    shut: bool = False
    # Where a redirect led to an address that was dealt with before: nothing more was asked.
    known: str | None = None
    # A browser might see more of it, and none was there, or the site had its number of pages.
    unrendered: bool = False
    # Under another address, the home page was sent once more.
    echoes_home: bool = False

    @property
    def all(self) -> list[Exchange]:
        """Every exchange, those about robots.txt first."""
        read = [exchange for reading in self.readings for exchange in reading.exchanges]
        return [*read, *self.exchanges]

    @property
    def final(self) -> Exchange | None:
        """The last answer."""
        return self.exchanges[-1] if self.exchanges else None


class Fetcher:
    """Fetches addresses of one site, one at a time."""

    def __init__(
        self,
        download: Download,
        guard: Guard,
        scope: SiteScope,
        wait: float,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make one from the engine's ``download_async``; ``wait`` is seconds before a retry."""
        self._download, self._guard, self._scope = download, guard, scope
        self._wait, self._pause = wait, pause

    async def fetch(self, url: str, is_known: Callable[[str], bool] = lambda url: False) -> Fetched:
        """Fetch an address, following redirects within the site.

        Args:
            url: the address.
            is_known: tells whether a redirect's target was dealt with already.
        """
        fetched = Fetched()
        try:
            async with asyncio.timeout(LONGEST_S):
                await self._follow(url, is_known, fetched)
        except TimeoutError:
            fetched.trouble, fetched.shut = Trouble("timeout"), True
        return fetched

    async def permission(self, url: str) -> Fetched:
        """Ask for nothing but a host's robots.txt, where it was not read yet, and keep to it.

        ``trouble`` tells what speaks against asking the address.
        """
        fetched = Fetched()
        request = Request(url, meta={MAY_IT: True}, callback=NO_CALLBACK)
        try:
            await self._download(request)
        except RobotsAgreed:
            pass
        except asyncio.CancelledError as error:
            if not is_stray(error):
                raise
            fetched.trouble = Trouble("reset")
        except Exception as error:  # noqa: BLE001 - every one is a reason to leave it alone
            fetched.trouble = of_exception(error)
        if READING in request.meta:
            fetched.readings.append(request.meta[READING])
        return fetched

    async def _follow(self, url: str, is_known: Callable[[str], bool], fetched: Fetched) -> None:
        seen, returned, cookies = [url], Returned(), ""
        while True:
            url = await self._reach(url, fetched, cookies)
            target = self._target(fetched) if fetched.trouble is None else None
            if target is None:
                return
            returned.take(fetched.exchanges[-1])
            # An address that was asked before may only have wanted this back.
            cookies = returned.show(target) if target in seen else ""
            fetched.trouble = self._refusal(target, [] if cookies else seen, len(seen))
            if fetched.trouble is not None:
                return
            if is_known(target):
                fetched.known = target
                return
            seen.append(target)
            url = target

    async def _reach(self, url: str, fetched: Fetched, cookies: str) -> str:
        """Ask an address; a home page whose host is not reached, under its other name as well.

        Gives the address under which there was an answer, or the first one.
        """
        await self._ask(url, fetched, cookies)
        first, home = fetched.trouble, self._scope.homepage
        other = other_name(url, first.failure_class) if first and url == home else None
        if other is None:
            return url
        fetched.trouble = None
        await self._ask(other, fetched, cookies)
        if fetched.trouble is None:
            return other
        fetched.trouble, fetched.asked = first, url
        return url

    async def _ask(self, url: str, fetched: Fetched, cookies: str) -> None:
        """Ask once, and again where that may help; adds the last answer, or the trouble."""
        fetched.asked = url
        for attempt in range(RETRIES + 1):
            answer, trouble = await self._once(url, fetched, cookies)
            fetched.attempts += 1
            if trouble is None or trouble.failure_class not in TRANSIENT:
                break
            wait = pause(answer, attempt, self._wait)
            fetched.shut = wait > LONGEST_WAIT_S
            if attempt == RETRIES or fetched.shut:
                break
            await self._pause(wait)
        if answer is not None:
            fetched.exchanges.append(answer)
            is_long = len(answer.decoded) >= _WORTH_A_THREAD
            facts = asyncio.to_thread(page_facts, answer) if is_long else None
            fetched.facts = await facts if facts else page_facts(answer)
        else:
            fetched.trouble = trouble

    async def _once(
        self, url: str, fetched: Fetched, cookies: str, *, whole: bool = False
    ) -> tuple[Exchange | None, Trouble | None]:
        # A promise that was not kept is no loss yet: what came may be whole.
        meta = {"dont_redirect": True, "dont_retry": True, "download_fail_on_dataloss": False}
        meta[WHOLE] = whole
        headers = {"Cookie": cookies} if cookies else None
        request = Request(url, meta=meta, headers=headers, callback=NO_CALLBACK)
        try:
            await self._download(request)
        except asyncio.CancelledError as error:
            if not is_stray(error):
                raise
            return None, Trouble("reset")
        except Exception as error:  # noqa: BLE001 - every one becomes a failure with a class
            return None, of_exception(error)
        finally:
            if READING in request.meta:
                fetched.readings.append(request.meta[READING])
        answer = exchange_of(request)
        if answer is not None and answer.status == _CONDITION_FAILED and is_conditional(request):
            # Some servers take "unless it is as I have it" for a demand.
            return await self._once(url, fetched, cookies, whole=True)
        return answer, _transient(answer)

    def _target(self, fetched: Fetched) -> str | None:
        answer = fetched.exchanges[-1]
        if answer.status in _REDIRECTS:
            target = absolute(answer.url, header_text(answer.header("Location")))
        elif answer.status == 200 and fetched.facts:
            sent_on = refresh.target(header_text(answer.header("Refresh")), answer.url)
            target = sent_on or fetched.facts.refresh
        else:
            return None
        # A page that reloads itself after a while is no redirect.
        return None if answer.status == 200 and target == answer.url else target

    def _refusal(self, target: str, seen: Collection[str], hops: int) -> Trouble | None:
        reason = self._guard.refusal(target)
        if reason:
            return Trouble("guard", reason)
        if not self._scope.holds(target):
            return of_way_out(target)
        if target in seen or hops > MAX_REDIRECTS:
            return Trouble("redirect_loop")
        return None


def page_facts(answer: Exchange) -> PageFacts | None:
    """What a web page or a text is; None for anything else, and for a bomb."""
    if not is_text(answer) or len(answer.decoded) >= MAX_DECODED_BYTES:
        return None
    return look(answer.decoded, answer.url, answer.content_type)


def _transient(answer: Exchange | None) -> Trouble | None:
    if answer is None:
        return Trouble("crawler_error", "no answer was kept")
    if answer.is_short and is_cut(answer):
        return Trouble("truncated")
    passing = PASSING.get(answer.status)
    return Trouble(passing) if passing else None
