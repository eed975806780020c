"""A walk over a site on which what a person captured answers, and not the web.

So imported pages go through the very steps that crawled ones do (redirects, firewalls' pages, empty
frames, links, samples), and what they link to without being captured is known to be missing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError

from crawlers.browser.escalation import NEVER
from crawlers.conduct.evidence import EXCHANGE
from crawlers.conduct.guard import Guard
from crawlers.identity.provider_ids import host_of
from crawlers.imports.spool import Spool, Taken
from crawlers.ledger.addresses import CAPTURED, FAILED, MOVED, SKIPPED, SUSPECT, Address, Step
from crawlers.ledger.ledger import Ledger
from crawlers.links import links
from crawlers.responses.failures import NotImportedError
from crawlers.walk.fetching import Fetcher
from crawlers.walk.rendering import Renderer
from crawlers.walk.walk import Company, Site, SiteWalk
from data.config import Limits
from data.failure_reasons import NOT_IMPORTED
from data.models import Failure, Page, Skipped
from data.vocabulary import PageType

# Nobody is asked for anything, so nobody has to be spared.
NO_LIMITS = Limits(max_pages=10**9, max_bytes=10**15, max_seconds=10**9)


@dataclass(frozen=True, slots=True)
class Before:
    """A provider's rows in the run before: what they say stands where nothing was imported."""

    pages: list[Page] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def without(self, urls: set[str]) -> Before:
        """The rows of all addresses but these."""
        return Before(
            [p for p in self.pages if p.url not in urls],
            [s for s in self.skipped if s.url not in urls],
            [f for f in self.failures if f.url not in urls],
        )

    def read_at(self) -> dict[str, str]:
        """When each address was read, for those that were read and did not fail."""
        failed = {f.url for f in self.failures}
        return {
            p.url: p.captured_at
            for p in self.pages
            if 200 <= p.status < 300 and p.url not in failed
        }

    def types(self) -> dict[str, str]:
        """What each address promised."""
        return {
            **{s.url: s.expected_type for s in self.skipped},
            **{p.url: p.expected_type for p in self.pages},
            **{f.url: f.expected_type for f in self.failures},
        }


class ImportWalk:
    """Brings one provider's imported captures into the ledger of a run."""

    def __init__(self, site: Site, ledger: Ledger, spool: Spool, before: Before) -> None:
        """Make one.

        Args:
            site: the provider's site; its archive is an ``ImportArchive``.
            ledger: the ledger of which the site's is a part.
            spool: what was captured.
            before: the provider's rows in the run before.
        """
        self._site, self._ledger, self._spool, self._before = site, ledger, spool, before
        self._home = site.scope.homepage
        self._answers: dict[str, Taken] = {}

    def run(self) -> None:
        """Walk; what is captured, missing and failed stands in the ledger afterwards."""
        front = self._front()
        self._answers = self._choose()
        known = self._before.types()
        asked = {a: t for a, t in self._addresses(front).items() if a in known or a == self._home}
        self._take_over(self._before.without(set(asked)))
        self._walk({a: known.get(a, PageType.HOME) for a in asked})
        # Links tell better than an address what a page is for; now for what nothing links to.
        rest = self._addresses(self._front())
        seen = {url for url in rest if self._site.ledger.state(url) is not None}
        self._walk({a: t for a, t in rest.items() if a not in seen})
        self._let_twins_do()
        self._let_samples_do()
        holds = self._site.scope.holds
        away = sum(not holds(taken.exchange.url) for taken in self._answers.values())
        self._spool.left_out["of another site"] += away

    def _front(self) -> str:
        fronts = (p.final_url for p in self._before.pages if p.url == self._home and p.status < 300)
        return self._site.ledger.front(self._home) or next(fronts, self._home)

    def _key(self, url: str) -> str:
        """What addresses have in common that are one page: scheme and ``www.`` do not count."""
        return links.canonical(url, url, self._home) or url

    def _choose(self) -> dict[str, Taken]:
        """The capture that answers for each address: a page before a redirect, then the latest."""
        chosen: dict[str, Taken] = {}
        read = {self._key(url): at for url, at in self._before.read_at().items()}
        for taken in sorted(self._spool, key=_merit):
            key = self._key(taken.exchange.url)
            if read.get(key, "") > taken.exchange.at:
                self._spool.left_out["crawled later"] += 1
            else:
                chosen[key] = taken
        return chosen

    def _addresses(self, front: str) -> dict[str, str]:
        """The addresses of the site that were imported, each with what it promises."""
        found: dict[str, str] = {}
        for taken in self._answers.values():
            url = links.canonical(taken.exchange.url, taken.exchange.url, front)
            if url is not None and self._site.scope.holds(url):
                is_home = self._key(url) == self._key(self._home)
                known = self._home if is_home else url
                found[known] = PageType.HOME if is_home else links.expected_type(url, front=front)
        return found

    def _take_over(self, before: Before) -> None:
        """Write the rows of the run before, and what became of their addresses."""
        step = Step(pages=before.pages, failures=before.failures, skipped=before.skipped)
        found_on = {p.url: p.found_on for p in before.pages}
        failed, read = {f.url for f in before.failures}, before.read_at()
        skipped = {s.url for s in before.skipped}
        for url, page_type in before.types().items():
            if url not in skipped:
                step.found.append(Address(url, page_type, found_on.get(url)))
                step.states[url] = FAILED if url in failed else CAPTURED if url in read else MOVED
        ends = {links.canonical(p.final_url, p.final_url, self._front()) for p in before.pages}
        step.aliases = sorted(url for url in ends - step.states.keys() if url)
        self._site.ledger.write(step)

    def _walk(self, addresses: dict[str, str]) -> None:
        self._site.ledger.write(Step(found=[Address(url, t) for url, t in addresses.items()]))
        site = self._site
        # Nothing is asked of the hosts of what was captured, so any of them may be read.
        guard = Guard({host_of(taken.exchange.url) for taken in self._spool})
        fetcher = Fetcher(self._download, guard, site.scope, 0.0, _no_pause)
        company = Company(_never, _at_once, _tell_nobody, Renderer(NEVER, None))
        asyncio.run(SiteWalk(site, fetcher, company).walk())

    async def _download(self, request: Request) -> None:
        """Answer from what was captured, in the place of the web."""
        taken = self._answers.get(self._key(request.url))
        # What was captured once can be no dead link, which takes two looks.
        if taken is None or self._site.ledger.state(request.url) == SUSPECT:
            raise NotImportedError
        if taken.offset is None:
            raise DownloadCancelledError
        request.meta[EXCHANGE] = self._spool.exchange(taken)

    def _let_twins_do(self) -> None:
        """What was captured at ``/faq/`` stands at ``/faq`` as well, where no redirect was kept."""
        step = Step()
        for failure in self._ledger.records(Failure):
            twin = links.twin(failure.url)
            is_brought = twin is not None and self._key(twin) in self._answers
            if twin and is_brought and self._site.ledger.state(twin) == CAPTURED:
                self._ledger.forget(failure)
                step.states[failure.url] = MOVED
        self._site.ledger.write(step)

    def _let_samples_do(self) -> None:
        """Of types of which a sample is complete, what was not captured is no gap."""
        complete, step = self._site.ledger.complete_types(), Step()
        for failure in self._ledger.records(Failure):
            if failure.failure_class == NOT_IMPORTED and failure.expected_type in complete:
                self._ledger.forget(failure)
                step.states[failure.url] = SKIPPED
                step.skipped.append(
                    Skipped(failure.provider_id, failure.url, failure.expected_type, "sampled_out")
                )
        self._site.ledger.write(step)


def _merit(taken: Taken) -> tuple[bool, bool, str]:
    status = taken.exchange.status
    return taken.offset is not None, status < 300, taken.exchange.at


def _never() -> bool:
    return False


def _at_once(url: str) -> float:
    return 0.0


def _tell_nobody(url: str) -> None:
    pass


async def _no_pause(seconds: float) -> None:
    pass
