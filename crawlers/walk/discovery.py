"""New addresses, as pages and redirects name them: each is queued or skipped, once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.scope import SiteScope
from crawlers.identity.provider_ids import host_of, shared_hosts
from crawlers.ledger.addresses import MOVED, Address, Step
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.links import links, shapes, state_pages, wrappers
from crawlers.links.annexes import BOOKING, HELP_DESK, Kinship, is_room
from crawlers.links.attesting import attests
from crawlers.links.page_links import Link
from crawlers.links.subject import leads
from crawlers.responses.page_facts import PageFacts
from crawlers.walk import routes
from data.health_pages import invites
from data.models import Provider, Skipped
from data.vocabulary import PageType

# A sitemap tells nothing of how far a page is from the home page.
SITEMAP_DEPTH = 2
# Why an address is not asked for to which only a visitor's word leads ("I am over 18").
ATTESTS = "attests"
# Nor one that a sitemap alone names, on a host where a copy of the site is tried out.
COPY = "copy"
_NO_LINK = Link("", "")
# What a link to such a page says.
_SAYS: dict[str, str] = {PageType.CONSENT: "Consent form"}


class Discovery:
    """What is known of one site's addresses; ``front`` is where its home page really is."""

    def __init__(self, provider: Provider, scope: SiteScope, ledger: SiteLedger) -> None:
        self._provider_id, self._scope, self._ledger = provider.provider_id, scope, ledger
        self._known, self._shapes = ledger.known(), ledger.shapes()
        self._kinship = Kinship(provider.name, scope.homepage)
        self.front = ledger.front(scope.homepage) or scope.homepage
        self._known |= {scope.homepage, self.front}
        # Addresses that wait and promise nothing: a link's text may tell more than a sitemap did.
        waiting = ledger.waiting()
        self._untold = {a.url for a in waiting if a.expected_type == PageType.OTHER}
        self._following = {a.url for a in waiting if not a.leads}
        # Left out until a page of the site leads there plainly.
        self._unled = {row.url for why in (ATTESTS, COPY) for row in ledger.left_out(why)}
        self._states = Counter(filter(None, map(state_pages.pattern, self._known)))
        scope.annexes[:] = ledger.annexes()

    def canonical(self, href: str, base: str) -> str | None:
        """The address under which a link is kept; of one around a page of the site, that page's."""
        url = links.canonical(href, base, self.front)
        inner = wrappers.within(url) if url else None
        own = links.canonical(inner, url or base, self.front) if inner else None
        return own if own and self._scope.holds(own) else url

    def is_frame(self, url: str) -> bool:
        """Whether the page that stands at an address was nothing until its scripts had run."""
        return self._ledger.drawn_for(url, routes.FRAMES)

    def take_as_known(self, step: Step, url: str) -> None:
        """Never discover the address that a redirect ended at."""
        if url not in self._known:
            self._known.add(url)
            step.aliases.append(url)

    def take_twins(self, step: Step, address: Address) -> None:
        """Take up again what was left out as the front page of a folder that is not there."""
        for row in self._ledger.left_out("duplicate"):
            if links.folder_of_index(row.url) == address.url:
                twin = Address(row.url, row.expected_type, row.found_on, address.depth)
                step.found.append(twin)

    def in_page(self, step: Step, address: Address, answer: Exchange, facts: PageFacts) -> None:
        """Take up the links of a page, and the address that it calls its own."""
        if facts.canonical:
            self._calls_itself(step, address, answer, self.canonical(facts.canonical, facts.base))
        is_own = self._scope.owns(answer.url)
        languages = links.languages(
            (url, link.language)
            for link in facts.links
            if link.language and (url := self.canonical(link.href, facts.base))
        )
        for link in facts.links:
            url = self.canonical(link.href, facts.base)
            if url is None:
                continue
            if attests(link.text):
                self._leave(step, self._address(url, answer.url, address.depth + 1, link))
                continue
            if is_own and self._scope.may_widen:
                self._widen(step, url, link, answer.url)
            if self._is_new(step, url):
                found = self._address(url, answer.url, address.depth + 1, link)
                reason = self._reason_against(found, languages.get(url))
                if reason == "login" and invites(link.text):  # where patients begin, unasked
                    found = replace(found, expected_type=PageType.ELIGIBILITY)
                self._take(step, found, reason)
            else:
                self._hear(step, url, link)
        if facts.links_cut:
            self._skip(step, address, "links_cut")

    def _leave(self, step: Step, found: Address) -> None:
        """Leave out where a link leads that says something of who follows it."""
        if found.url in self._known or not self._scope.holds(found.url):
            return
        self._unled.add(found.url)
        self._take(step, found, ATTESTS)

    def _is_new(self, step: Step, url: str) -> bool:
        """Whether nothing led to an address before that we would have followed."""
        if url in self._unled:
            self._unled.discard(url)
            self._known.discard(url)
            step.skipped = [kept for kept in step.skipped if kept.url != url]
        return url not in self._known

    def _address(self, url: str, found_on: str, depth: int, link: Link = _NO_LINK) -> Address:
        kind = self._sampled(url, self._expected(url, link.text))
        is_first = leads(url, link.text, link.heading)
        return Address(url, kind, found_on, depth, leads=is_first)

    def _sampled(self, url: str, kind: PageType) -> PageType:
        """The type of a page; of many that differ in a state's name alone, the rest are a place."""
        pattern = state_pages.pattern(url)
        if pattern is None:
            return kind
        self._states[pattern] += 1
        return PageType.LOCATION if self._states[pattern] > links.SAMPLE else kind

    def _hear(self, step: Step, url: str, link: Link) -> None:
        """Take down what one more link tells of an address that waits."""
        promised = self._expected(url, link.text) if url in self._untold else PageType.OTHER
        if promised != PageType.OTHER:
            self._untold.discard(url)
            step.retyped[url] = promised
        if url in self._following and leads(url, link.text, link.heading):
            self._following.discard(url)
            step.leading.append(url)

    def _calls_itself(
        self, step: Step, address: Address, answer: Exchange, named: str | None
    ) -> None:
        """Believe ``rel=canonical`` where it only leaves something out; else it is one more link.

        Many a site names its home page, or one page, as the canonical address of all of them.
        """
        asked = self.canonical(answer.url, answer.url)
        if named is None or asked is None or named == asked or not self._scope.holds(named):
            return
        if links.is_reduced(named, asked):
            if named in self._known and self._ledger.is_waiting(named):
                step.states[named] = MOVED
            self.take_as_known(step, named)
        elif named not in self._known:
            found = self._address(named, answer.url, address.depth + 1)
            self._take(step, found, self._reason_against(found, None))

    def _widen(self, step: Step, url: str, link: Link, found_on: str) -> None:
        """Count another host's part as the provider's, where the provider links it as its own."""
        if self._scope.holds(url):
            return
        annex = self._kinship.annex(url, link.text)
        if annex is None or not is_room(self._scope.annexes, annex):
            return
        self._scope.annexes.append(annex)
        step.annexes.append((annex, found_on))
        # What was met before and left out as somebody else's.
        for row in (*self._ledger.left_out("off_site"), *step.skipped):
            if annex.holds(row.url) and row.url != url:
                found = Address(row.url, row.expected_type, row.found_on, SITEMAP_DEPTH)
                step.skipped = [kept for kept in step.skipped if kept.url != row.url]
                self._take(step, found, self._reason_against(found, None))
        self._known.discard(url)
        step.skipped = [kept for kept in step.skipped if kept.url != url]

    def adopt(self, step: Step, address: Address, place: str) -> bool:
        """Take up where an address of the site redirects to, if that is the provider's as well.

        Builders send who asks for ``/s/consent.pdf`` to their store of files.
        """
        url = self.canonical(place, address.url)
        if url is None or not (self._scope.may_widen and self._scope.owns(address.url)):
            return False
        annex = self._kinship.annex(url, _SAYS.get(address.expected_type, ""))
        if annex is None or not is_room(self._scope.annexes, annex):
            return False
        self._scope.annexes.append(annex)
        step.annexes.append((annex, address.url))
        if url not in self._known or self._ledger.state(url) is None:
            found = replace(address, url=url, found_on=address.url, depth=address.depth + 1)
            step.skipped = [kept for kept in step.skipped if kept.url != url]
            self._take(step, found, self._reason_against(found, None))
        return True

    def _take(self, step: Step, found: Address, reason: str | None) -> None:
        self._known.add(found.url)
        if reason is None:
            step.found.append(found)
            if found.expected_type == PageType.OTHER:
                self._untold.add(found.url)
            if not found.leads:
                self._following.add(found.url)
            return
        self._skip(step, found, reason)
        plain = links.untrapped(found.url) if reason == "trap" else None
        if plain is not None and plain not in self._known:
            simpler = replace(found, url=plain, leads=found.leads or leads(plain))
            self._take(step, simpler, self._reason_against(simpler, None))

    def _skip(self, step: Step, found: Address, reason: str) -> None:
        step.skipped.append(
            Skipped(self._provider_id, found.url, found.expected_type, reason, found.found_on)
        )

    def _reason_against(self, found: Address, language: str | None) -> str | None:
        url = found.url
        if not self._scope.holds(url):
            return "off_site"
        if links.folder_of_index(url) in self._known:
            return "duplicate"
        reason = links.refusal(url, language, self.front)
        shape = shapes.shape(url) if reason is None else None
        if shape is None:
            return reason
        if self._states[state_pages.pattern(url) or ""] > links.SAMPLE:
            return None  # a sample of them is read, and said to be one
        most = shapes.most_of(shape, promises=not _is_for_anything(found))
        if most > 1 and self._is_told(found):
            # Calendars and facets are not called "Safety": such a query chooses the page.
            shape, most = f"{shape} told", shapes.MOST_NUMBERED
        self._shapes[shape] += 1
        return "trap" if self._shapes[shape] > most else None

    def _is_told(self, found: Address) -> bool:
        """Whether only the link's text tells what a page is for, and it is one that rules need."""
        return not _is_for_anything(found) and self._expected(found.url) == PageType.OTHER

    def _expected(self, url: str, text: str = "") -> PageType:
        """What an address promises, on a host of the provider's or another company's."""
        kind = shared_hosts().kind(host_of(url))
        promised = links.expected_type(url, text, self.front)
        if kind == BOOKING:
            # A widget to choose a date in tells nothing of how the treatment works.
            return promised if promised == PageType.CONSENT else PageType.OTHER
        if kind == HELP_DESK and promised in (PageType.OTHER, PageType.BLOG):
            return PageType.FAQ
        return promised


def _is_for_anything(found: Address) -> bool:
    """Whether no rule needs what an address promises."""
    return found.expected_type == PageType.OTHER or found.expected_type in links.SAMPLED
