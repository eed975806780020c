"""What a visit adds to the ledger: the page, what became of its address, and where it leads."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from crawlers.ledger.accounts import BELIED, UNCHOSEN, UNENDED, UNRENDERED, Accounts
from crawlers.ledger.addresses import CAPTURED, FAILED, MOVED, SUSPECT, Address, Late, Step
from crawlers.ledger.archive import Archive
from crawlers.responses.failures import UNWELL, Trouble, of_answer
from crawlers.responses.page_facts import PageFacts
from crawlers.walk import rendering, routes
from crawlers.walk.breaker import Breaker
from crawlers.walk.fetching import Fetched
from crawlers.walk.rendering import Sight
from crawlers.walk.sitemap_discovery import SiteDiscovery
from crawlers.walk.twins import Twins
from data.failure_reasons import DEAD_LINK, GATE, OFF_SITE, RENDER_FAILED
from data.health_pages import INTAKE, about
from data.models import Page

# Nothing was asked of the host.
_NOT_ASKED = frozenset({"robots", "guard"})
# A page is there, and a part of it was not read: its links lead on all the same.
_PARTLY = frozenset({RENDER_FAILED, GATE, "empty"})


class Steps:
    """Makes a step of each visit; ``breaker`` is told how the host behaved."""

    def __init__(
        self,
        home: str,
        archive: Archive,
        found: SiteDiscovery,
        breaker: Breaker,
        accounts: Accounts,
        twins: Twins,
    ) -> None:
        self._home, self._archive, self._found = home, archive, found
        self._breaker, self._accounts, self._twins = breaker, accounts, twins
        self._chosen: set[str] = set()

    async def of(self, address: Address, fetched: Fetched, sight: Sight | None, look: int) -> Step:
        """The step of a visit; ``look`` is 2 where it is the second one, for what was not found."""
        step = Step()
        self._keep_robots(step, fetched)
        if address.sitemap:
            await self._read_sitemap(step, address, fetched)
        else:
            self._read_page(step, address, fetched, sight, look)
        # Last, because the home page tells under which name the site's hosts go.
        for reading in fetched.readings:
            self._found.in_robots(step, reading)
        return step

    def again(self, late: Late, fetched: Fetched, sight: Sight | None) -> Step:
        """The step of the browser's second look at a page, which is the last one."""
        step = Step(retried=[late.address.url])
        self._keep_robots(step, fetched)
        if sight is not None:
            sent = Trouble(late.failure.failure_class) if late.failure else None
            self._keep_sight(step, fetched, sight, late.raw)
            self._conclude(step, late.address, fetched, sight, sent, 1)
        elif late.failure is not None:
            step.failures.append(late.failure)
        for reading in fetched.readings:
            self._found.in_robots(step, reading)
        return step

    def _keep_robots(self, step: Step, fetched: Fetched) -> None:
        for reading in fetched.readings:
            for exchange in reading.exchanges:
                self._archive.keep(exchange)
                step.bytes += len(exchange.body)

    async def _read_sitemap(self, step: Step, address: Address, fetched: Fetched) -> None:
        """Discover what a sitemap names; one that is missing or refused is no failure."""
        for exchange in fetched.exchanges:
            self._archive.keep(exchange)
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
        if trouble is None and rendering.is_another(address, fetched):
            trouble = Trouble(RENDER_FAILED, "the home page was sent in its place")
        asked = trouble is None or trouble.failure_class not in _NOT_ASKED
        step.fetched = int(asked and look == 1)
        met: Counter[tuple[str, int]] = Counter()
        for exchange in fetched.exchanges:
            # An address can be met twice on the way, with a cookie and without.
            met[exchange.url, exchange.status] += 1
            again = met[exchange.url, exchange.status] - 1
            step.pages.append(self._archive.page(address, exchange, look + 10 * again))
            step.bytes += len(exchange.body)
        if fetched.final is not None and fetched.final.is_belied:
            self._accounts.note(step, address, BELIED)
        if sight is not None:
            raw = step.pages[-1] = replace(step.pages[-1], render_reason=sight.reason)
            self._keep_sight(step, fetched, sight, raw)
            if sight.is_late and look == 1:
                step.late.append(raw)
        self._conclude(step, address, fetched, sight, trouble, look)

    def _keep_sight(self, step: Step, fetched: Fetched, sight: Sight, raw: Page) -> None:
        """Keep what the browser saw beside what was sent; its links count as the page's own."""
        rows, size = rendering.keep(self._archive, sight, raw)
        step.pages += rows
        step.bytes += size
        if sight.facts is not None:
            fetched.facts = sight.facts.after(fetched.facts)

    def _conclude(
        self,
        step: Step,
        address: Address,
        fetched: Fetched,
        sight: Sight | None,
        sent: Trouble | None,
        look: int,
    ) -> None:
        """Say what became of a page, given what was wrong with it as it was sent."""
        trouble = _became(fetched, sight, sent, address.expected_type)
        if self._is_elsewhere(step, address, trouble):
            return
        self._settle(step, address, trouble, fetched.attempts, look)
        if trouble is not None and look == 1:
            self._found.take_twins(step, address)
        self._note(address, fetched, trouble)
        is_lost = trouble is not None and trouble.failure_class == RENDER_FAILED
        is_partly = trouble is not None and trouble.failure_class in _PARTLY
        is_partly_read = is_partly and (sent is None or bool(sight and sight.withheld))
        if fetched.known:
            step.states[address.url] = MOVED
        elif trouble is None or is_partly_read:
            self._arrive(step, address, fetched)
            if trouble is None:
                self._count_once(step, address)
                self._tell(step, address, fetched, sight)
            if sight is not None and fetched.facts is not None:
                self._name_routes(step, address, sight, fetched.facts)
        elif is_lost and sight is not None and sight.is_late and fetched.facts is not None:
            # The links that only the page as sent had are not at hand another time.
            self._found.in_page(step, address, fetched.exchanges[-1], fetched.facts)

    def _tell(self, step: Step, address: Address, fetched: Fetched, sight: Sight | None) -> None:
        """Take down that there may be more of a page that was captured."""
        if fetched.unrendered:
            self._accounts.note(step, address, UNRENDERED)
        if sight is not None and sight.rendered.unended:
            self._accounts.note(step, address, UNENDED)
        if fetched.facts is not None:
            self._tell_choices(step, address, fetched.facts.choices)

    def _tell_choices(self, step: Step, address: Address, choices: frozenset[str]) -> None:
        """Take down what a page shows to who chooses it, once for each kind of page."""
        if about(address.url, address.expected_type) == INTAKE:
            return  # who is asked where he lives before he begins is shown no page of that
        for kind in sorted(choices - self._chosen):
            self._chosen.add(kind)
            behind = f"{address.url}#{kind}"
            found = replace(address, url=behind, expected_type=kind, found_on=address.url)
            self._accounts.note(step, found, UNCHOSEN)

    def _is_elsewhere(self, step: Step, address: Address, trouble: Trouble | None) -> bool:
        """Whether an address redirects to another company's host where the page is the provider's.

        The page is asked for there, as if a link had led to it.
        """
        if trouble is None or trouble.failure_class != OFF_SITE or address.url == self._home:
            return False
        if not self._found.adopt(step, address, trouble.said):
            return False
        step.states[address.url] = MOVED
        return True

    def _count_once(self, step: Step, address: Address) -> None:
        """Of a sample, what a page repeats under another spelling of its address is no part."""
        sent = next((p for p in reversed(step.pages) if p.kind != "rendered"), None)
        is_met = sent is not None and self._twins.is_met(address.url, sent.payload_sha256)
        if is_met and address.url != self._home:
            step.states[address.url] = MOVED

    def _name_routes(self, step: Step, page: Address, sight: Sight, facts: PageFacts) -> None:
        """Account for what an application shows under no address of its own."""
        for route in routes.unread(sight, facts, page):
            step.found.append(route)
            self._accounts.fail(step, route, Trouble(RENDER_FAILED, routes.SAID), 0)

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
            if routes.may_show(trouble, address, self._found.is_frame, self._found.front):
                trouble = Trouble(RENDER_FAILED, routes.PRESSED)
            self._accounts.fail(step, address, trouble, attempts + look - 1)
            return
        step.states[address.url] = state

    def _note(self, address: Address, fetched: Fetched, trouble: Trouble | None) -> None:
        """Remember how a host behaves, and whether it asked to be left alone."""
        where = fetched.asked or address.url
        self._breaker.note(where, trouble)
        if trouble is None or trouble.of_page or trouble.failure_class not in UNWELL:
            return
        if fetched.shut or address.url == self._home:
            self._breaker.leave_alone(where, trouble)
            self._breaker.leave_alone(address.url, trouble)


def _became(
    fetched: Fetched, sight: Sight | None, sent: Trouble | None, expected_type: str
) -> Trouble | None:
    if sight is not None:
        return rendering.became(sight, sent, expected_type)
    return sent if fetched.known else rendering.unseen(fetched.facts, sent, expected_type)
