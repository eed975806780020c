"""The walk over one provider's site: what to ask next, what to keep, when to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from crawlers.conduct.bounds import is_stray
from crawlers.conduct.scope import SiteScope
from crawlers.conduct.turns import Turns
from crawlers.ledger.accounts import Accounts
from crawlers.ledger.addresses import ALIAS, CAPTURED, FAILED, MOVED, SUSPECT, Address, Late, Step
from crawlers.ledger.archive import Archive
from crawlers.ledger.scribe import Scribe
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.responses.failures import Trouble
from crawlers.walk.breaker import Breaker
from crawlers.walk.fetching import Fetched, Fetcher
from crawlers.walk.rendering import Renderer
from crawlers.walk.second_sight import SecondSight
from crawlers.walk.sitemap_discovery import SiteDiscovery
from crawlers.walk.steps import Steps
from crawlers.walk.twins import Twins
from data.config import Limits
from data.errors import KetawatchError
from data.failure_reasons import HOST_TAKEN
from data.models import Provider
from data.vocabulary import PageType

# What stands at an address in one of these states need not be asked for again.
_AT_HAND = frozenset({CAPTURED, MOVED, ALIAS})


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
        self._found = SiteDiscovery(site.provider, site.scope, site.ledger)
        self._breaker = Breaker()
        self._accounts = Accounts(site.provider.provider_id)
        self._twins = Twins(self._home, site.ledger.bodies())
        self._steps = Steps(
            self._home, site.archive, self._found, self._breaker, self._accounts, self._twins
        )
        self._scribe = Scribe(site.ledger, site.archive, self._accounts)
        self._again = SecondSight(site.ledger, fetcher, company.renderer, site.scope)

    async def walk(self) -> None:
        """Go on until nothing is left, a budget is used up, or told to stop.

        Raises:
            DiskError: the disk is full; what was written before stands.
        """
        if self._ledger.state(self._home) is None:
            self._ledger.write(Step(found=[Address(self._home, PageType.HOME)]))
        while not self._company.stopped():
            address, late = self._next()
            if address is None:
                await self._close()
                return
            why_not = self._breaker.why(address.url)
            if why_not is not None:
                await self._leave_alone(address, why_not)
            elif await self._company.turns.enter(address.url):
                self._company.seen(address.url)
                await self._visit(address, late)
                self._company.turns.leave()
            elif self._company.turns.is_in_vain(address.url):
                self._breaker.leave_alone(address.url, Trouble(HOST_TAKEN))

    def _next(self) -> tuple[Address | None, Late | None]:
        """The next address; with its capture, where only the browser is to look at it again."""
        cut = self._cut()
        away = self._company.turns.put_off()
        address = self._ledger.next_page(away) if cut is None else None
        if address is None and cut != "budget_time":
            # Only a second look makes a dead link; it comes last, when a hiccup may be over.
            suspects = self._ledger.suspects()
            address = next((a for a in suspects if not self._breaker.why(a.url)), None)
        if address is None and cut is None and away:
            address = self._ledger.next_page()
        late = None
        if address is None and cut in (None, "budget_pages"):  # it is no further page
            late = self._again.next(self._breaker.why)
            address = late.address if late else None
        if address is None or self._cut(self._company.pause_for(address.url)) == "budget_time":
            return None, None
        return address, late

    def _cut(self, pause: float = 0.0) -> str | None:
        """The budget that is used up, or would be by waiting ``pause`` seconds more."""
        spent, limits = self._ledger.spent(), self._site.limits
        if self._left() < pause:
            return "budget_time"
        if spent.pages >= limits.max_pages:
            return "budget_pages"
        return "budget_bytes" if spent.bytes >= limits.max_bytes else None

    def _left(self) -> float:
        """Seconds that are left of the provider's."""
        spent = self._ledger.spent().seconds + self._scribe.unwritten_s
        return self._site.limits.max_seconds - spent

    async def _visit(self, address: Address, late: Late | None) -> None:
        """One step; a page that our own code stumbles over is a failure, and the walk goes on."""
        fetched, look = Fetched(), 2 if self._ledger.state(address.url) == SUSPECT else 1
        try:
            if late is None:
                fetched = await self._fetcher.fetch(address.url, self._is_captured(address))
                fetched.echoes_home = self._twins.echoes_home(fetched.final)
                sight = await self._company.renderer.look(address, fetched, self._site.scope)
                await self._site.archive.pack(fetched.all)
                step = await self._steps.of(address, fetched, sight, look)
            else:
                fetched, sight = await self._again.look(late, self._company.pause_for, self._left)
                step = self._steps.again(late, fetched, sight)
            await self._site.archive.sync()
        except (KetawatchError, OSError):
            raise
        except (Exception, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and not is_stray(error):
                raise
            step = Step(retried=[address.url])
            trouble = Trouble("crawler_error", f"{type(error).__name__}")
            self._accounts.fail(step, address, trouble, fetched.attempts + look - 1)
        await self._scribe.write_long(step)

    def _is_captured(self, address: Address) -> Callable[[str], bool]:
        def is_captured(target: str) -> bool:
            url = self._found.canonical(target, target)
            return url is not None and url != address.url and self._ledger.state(url) in _AT_HAND

        return is_captured

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
