"""The walk over one provider's site: what to ask next, what to keep, when to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from crawlers import routes
from crawlers.accounts import BELIED, Accounts
from crawlers.archive import Archive, again
from crawlers.bounds import is_stray
from crawlers.breaker import Breaker
from crawlers.discovery import Discovery
from crawlers.failures import UNWELL, Trouble, of_answer, of_sight
from crawlers.fetching import Fetched, Fetcher
from crawlers.page_facts import PageFacts
from crawlers.rendering import Renderer, Sight
from crawlers.scope import SiteScope
from crawlers.scribe import Scribe
from crawlers.site_ledger import (
    ALIAS,
    CAPTURED,
    FAILED,
    MOVED,
    SUSPECT,
    Address,
    SiteLedger,
    Step,
)
from crawlers.turns import Turns
from data.config import Limits
from data.errors import KetawatchError
from data.failure_reasons import DEAD_LINK, HOST_TAKEN, RENDER_FAILED
from data.models import Provider
from data.vocabulary import PageType

# What stands at an address in one of these states need not be asked for again.
_AT_HAND = frozenset({CAPTURED, MOVED, ALIAS})
# Nothing was asked of the host.
_NOT_ASKED = frozenset({"robots", "guard"})


@dataclass(frozen=True, slots=True)
class Site:
    """What a walk works with."""

    provider: Provider
    ledger: SiteLedger
    archive: Archive
    scope: SiteScope
    limits: Limits


@dataclass(frozen=True, slots=True)
class Company:
    """Whom a walk listens to and tells.

    ``pause_for`` gives the seconds that have to pass before an address may be asked, ``seen`` is
    told each address before it is, ``turns`` tells whether its host is free.
    """

    stopped: Callable[[], bool]
    pause_for: Callable[[str], float]
    seen: Callable[[str], None]
    renderer: Renderer
    turns: Turns = field(default_factory=Turns)


class SiteWalk:
    """Visits one site's addresses, most relevant first, each visit one step in the ledger."""

    def __init__(self, site: Site, fetcher: Fetcher, company: Company) -> None:
        self._site, self._fetcher, self._company = site, fetcher, company
        self._ledger = site.ledger
        self._home = site.scope.homepage
        self._found = Discovery(site.provider, site.scope, site.ledger)
        self._breaker = Breaker()
        self._accounts = Accounts(site.provider.provider_id)
        self._scribe = Scribe(site.ledger, site.archive, self._accounts)

    async def walk(self) -> None:
        """Go on until nothing is left, a budget is used up, or told to stop.

        Raises:
            DiskError: the disk is full; what was written before stands.
        """
        if self._ledger.state(self._home) is None:
            self._ledger.write(Step(found=[Address(self._home, PageType.HOME)]))
        while not self._company.stopped():
            address, look = self._next()
            if address is None:
                await self._close()
                return
            why_not = self._breaker.why(address.url)
            if why_not is not None:
                await self._leave_alone(address, why_not)
            elif await self._company.turns.enter(address.url):
                self._company.seen(address.url)
                await self._visit(address, look)
                self._company.turns.leave()
            elif self._company.turns.is_in_vain(address.url):
                self._breaker.leave_alone(address.url, Trouble(HOST_TAKEN))

    def _next(self) -> tuple[Address | None, int]:
        """The next address, and whether it is its first or its second look."""
        cut = self._cut()
        away = self._company.turns.put_off()
        address = self._ledger.next_page(away) if cut is None else None
        if address is None and cut != "budget_time":
            # Only a second look makes a dead link; it comes last, when a hiccup may be over.
            suspects = self._ledger.suspects()
            address = next((a for a in suspects if not self._breaker.why(a.url)), None)
        if address is None and cut is None and away:
            address = self._ledger.next_page()
        if address is None or self._cut(self._company.pause_for(address.url)) == "budget_time":
            return None, 1
        return address, 2 if self._ledger.state(address.url) == SUSPECT else 1

    def _cut(self, pause: float = 0.0) -> str | None:
        """The budget that is used up, or would be by waiting ``pause`` seconds more."""
        spent, limits = self._ledger.spent(), self._site.limits
        if spent.seconds + self._scribe.unwritten_s + pause > limits.max_seconds:
            return "budget_time"
        if spent.pages >= limits.max_pages:
            return "budget_pages"
        return "budget_bytes" if spent.bytes >= limits.max_bytes else None

    async def _visit(self, address: Address, look: int) -> None:
        """One step; a page that our own code stumbles over is a failure, and the walk goes on."""
        fetched = Fetched()
        try:
            fetched = await self._fetcher.fetch(address.url, self._is_captured(address))
            sight = await self._company.renderer.look(address, fetched, self._site.scope)
            await self._site.archive.pack(fetched.all)
            step = await self._step(address, fetched, sight, look)
            await self._site.archive.sync()
        except (KetawatchError, OSError):
            raise
        except (Exception, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and not is_stray(error):
                raise
            step = Step()
            trouble = Trouble("crawler_error", f"{type(error).__name__}")
            self._settle(step, address, trouble, fetched.attempts, look)
        await self._scribe.write_long(step)

    def _is_captured(self, address: Address) -> Callable[[str], bool]:
        def is_captured(target: str) -> bool:
            url = self._found.canonical(target, target)
            return url is not None and url != address.url and self._ledger.state(url) in _AT_HAND

        return is_captured

    async def _step(
        self, address: Address, fetched: Fetched, sight: Sight | None, look: int
    ) -> Step:
        step = Step()
        for reading in fetched.readings:
            for exchange in reading.exchanges:
                self._site.archive.keep(exchange)
                step.bytes += len(exchange.body)
        if address.sitemap:
            await self._read_sitemap(step, address, fetched)
        else:
            self._read_page(step, address, fetched, sight, look)
        # Last, because the home page tells under which name the site's hosts go.
        for reading in fetched.readings:
            self._found.in_robots(step, reading)
        return step

    async def _read_sitemap(self, step: Step, address: Address, fetched: Fetched) -> None:
        """Discover what a sitemap names; one that is missing or refused is no failure."""
        for exchange in fetched.exchanges:
            self._site.archive.keep(exchange)
            step.bytes += len(exchange.body)
        answer = fetched.exchanges[-1] if fetched.exchanges else None
        trouble = of_answer(answer, None) if answer else None
        self._note(address, fetched, fetched.trouble or trouble)
        step.states[address.url] = CAPTURED if answer and answer.status == 200 else FAILED
        await self._found.in_sitemap(step, address, None if fetched.trouble else answer)

    def _read_page(
        self, step: Step, address: Address, fetched: Fetched, sight: Sight | None, look: int
    ) -> None:
        trouble = fetched.trouble
        if trouble is None and not fetched.known:
            trouble = of_answer(fetched.exchanges[-1], fetched.facts)
        asked = trouble is None or trouble.failure_class not in _NOT_ASKED
        step.fetched = int(asked and look == 1)
        for exchange in fetched.exchanges:
            step.pages.append(self._site.archive.page(address, exchange, look))
            step.bytes += len(exchange.body)
        if fetched.final is not None and fetched.final.is_belied:
            self._accounts.note(step, address, BELIED)
        is_partly_read = False
        if sight is not None:
            sent, trouble = trouble, self._read_sight(step, fetched, sight, trouble)
            is_lost = trouble is not None and trouble.failure_class == RENDER_FAILED
            is_partly_read = is_lost and (sent is None or bool(sight.withheld))
        self._settle(step, address, trouble, fetched.attempts, look)
        self._note(address, fetched, trouble)
        if fetched.known:
            step.states[address.url] = MOVED
        elif trouble is None or is_partly_read:
            self._arrive(step, address, fetched)
            if sight is not None and fetched.facts is not None:
                self._name_routes(step, address, sight, fetched.facts)

    def _name_routes(self, step: Step, page: Address, sight: Sight, facts: PageFacts) -> None:
        """Account for what an application shows under no address of its own."""
        for route in routes.unread(sight, facts, page):
            step.found.append(route)
            self._accounts.fail(step, route, Trouble(RENDER_FAILED, routes.SAID), 0)

    def _read_sight(
        self, step: Step, fetched: Fetched, sight: Sight, trouble: Trouble | None
    ) -> Trouble | None:
        """Keep what the browser saw beside what was sent; its links count as the page's own."""
        raw = replace(step.pages[-1], render_reason=sight.reason)
        step.pages[-1] = raw
        if sight.log:
            step.pages.append(self._site.archive.log(raw, sight.rendered, sight.log))
            step.bytes += len(sight.log)
        if sight.facts is None:
            is_needed = trouble is not None and trouble.failure_class == RENDER_FAILED
            return Trouble(RENDER_FAILED, sight.rendered.trouble) if is_needed else trouble
        if sight.earlier is None:
            page, size = self._site.archive.sight(raw, sight.rendered, sight.reason)
        else:
            page, size = again(raw, sight.earlier, sight.reason), sight.earlier.payload_bytes
        step.pages.append(page)
        step.bytes += size
        fetched.facts = sight.facts.after(fetched.facts)
        missing = Trouble(RENDER_FAILED, sight.withheld) if sight.withheld else None
        return of_sight(sight.facts) or missing

    def _arrive(self, step: Step, address: Address, fetched: Fetched) -> None:
        """A page was captured: follow its links, and never ask for its final address again."""
        answer = fetched.exchanges[-1]
        if address.url == self._home:
            self._found.front = answer.url
        arrived = self._found.canonical(answer.url, answer.url)
        if arrived is not None and arrived != address.url:
            step.states[arrived] = MOVED
            self._found.take_as_known(step, arrived)
        if fetched.facts is not None:
            self._found.in_page(step, address, answer, fetched.facts)

    def _settle(
        self, step: Step, address: Address, trouble: Trouble | None, attempts: int, look: int
    ) -> None:
        """Say what became of the address."""
        if trouble is None:
            state = CAPTURED
        elif trouble.failure_class == DEAD_LINK and look == 1:
            state = SUSPECT
        else:
            self._accounts.fail(step, address, trouble, attempts + look - 1)
            return
        step.states[address.url] = state

    def _note(self, address: Address, fetched: Fetched, trouble: Trouble | None) -> None:
        """Remember how a host behaves, and whether it asked to be left alone."""
        where = fetched.asked or address.url
        self._breaker.note(where, trouble)
        if trouble is None or trouble.failure_class not in UNWELL:
            return
        if fetched.shut or address.url == self._home:
            self._breaker.leave_alone(where, trouble)
            self._breaker.leave_alone(address.url, trouble)

    async def _leave_alone(self, address: Address, why: Trouble) -> None:
        """Account for what waits at a host that is not asked any more."""
        step = Step()
        if address.sitemap:
            step.states[address.url] = FAILED
        there = [a for a in self._ledger.waiting() if self._breaker.why(a.url)]
        await self._scribe.leave(there, why)
        self._scribe.write(step)

    async def _close(self) -> None:
        """Account for every address that was not asked, and call the site done."""
        step, cut = Step(), self._cut() or "budget_time"
        for address in self._ledger.suspects():
            self._accounts.fail(step, address, Trouble("http_404"), 1)
        for address in self._ledger.waiting_sitemaps():
            self._accounts.skip(step, address, "sitemap_limit")
        await self._scribe.leave(self._ledger.waiting(), cut)
        self._scribe.write(step)
        self._ledger.finish()
