"""New addresses, from pages, sitemaps and robots.txt: each is queued or skipped, once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from urllib.parse import urljoin

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.robots import Reading
from crawlers.conduct.scope import SiteScope
from crawlers.identity.provider_ids import SITE_BUILDER, host_of, shared_hosts
from crawlers.ledger.addresses import MOVED, Address, Step
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.links import links, sitemaps, wrappers
from crawlers.links.annexes import BOOKING, HELP_DESK, MOST, Kinship
from crawlers.links.attesting import attests
from crawlers.links.copies import is_copy, moved_to
from crawlers.links.page_links import Link
from crawlers.links.sitemaps import SitemapFile
from crawlers.links.subject import leads
from crawlers.responses.page_facts import PageFacts
from data.health_pages import invites
from data.models import Provider, Skipped
from data.vocabulary import PageType

# More addresses that differ in a query's values or a date alone are a facet or a calendar; posts
# and people may have numbers.
_MOST_VARIANTS, _MOST_NUMBERED = 10, 40
_DEEPEST_SITEMAP = 3
# A sitemap tells nothing of how far a page is from the home page.
_SITEMAP_DEPTH = 2
# What is tried at the home page's host of a sitemap that was made for another one.
_MOST_MOVED = 30
_TELLING = frozenset(set(PageType) - links.SAMPLED - {PageType.OTHER, PageType.HOME})
MOST_ADDRESSES = 100_000
# So many of a sitemap's addresses are looked at before other sites have their turn; some 20 ms.
_SLICE = 500
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
        self._sitemaps = ledger.sitemaps()
        self._kinship = Kinship(provider.name, scope.homepage)
        self.front = ledger.front(scope.homepage) or scope.homepage
        self._known |= {scope.homepage, self.front}
        # Addresses that wait and promise nothing: a link's text may tell more than a sitemap did.
        waiting = ledger.waiting()
        self._untold = {a.url for a in waiting if a.expected_type == PageType.OTHER}
        self._following = {a.url for a in waiting if not a.leads}
        # Left out until a page of the site leads there plainly.
        self._unled = {row.url for why in (ATTESTS, COPY) for row in ledger.left_out(why)}
        scope.annexes[:] = ledger.annexes()

    def canonical(self, href: str, base: str) -> str | None:
        """The address under which a link is kept; of one around a page of the site, that page's."""
        url = links.canonical(href, base, self.front)
        inner = wrappers.within(url) if url else None
        own = links.canonical(inner, url or base, self.front) if inner else None
        return own if own and self._scope.holds(own) else url

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
        kind = self._expected(url, link.text)
        is_first = leads(url, link.text, link.heading)
        return Address(url, kind, found_on, depth, leads=is_first)

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
        if len(self._scope.annexes) >= MOST or self._scope.holds(url):
            return
        annex = self._kinship.annex(url, link.text)
        if annex is None:
            return
        self._scope.annexes.append(annex)
        step.annexes.append((annex, found_on))
        # What was met before and left out as somebody else's.
        for row in (*self._ledger.left_out("off_site"), *step.skipped):
            if annex.holds(row.url) and row.url != url:
                found = Address(row.url, row.expected_type, row.found_on, _SITEMAP_DEPTH)
                step.skipped = [kept for kept in step.skipped if kept.url != row.url]
                self._take(step, found, self._reason_against(found, None))
        self._known.discard(url)
        step.skipped = [kept for kept in step.skipped if kept.url != url]

    def adopt(self, step: Step, address: Address, place: str) -> bool:
        """Take up where an address of the site redirects to, if that is the provider's as well.

        Builders send who asks for ``/s/consent.pdf`` to their store of files.
        """
        url = self.canonical(place, address.url)
        is_full = len(self._scope.annexes) >= MOST
        if url is None or is_full or not (self._scope.may_widen and self._scope.owns(address.url)):
            return False
        annex = self._kinship.annex(url, _SAYS.get(address.expected_type, ""))
        if annex is None:
            return False
        self._scope.annexes.append(annex)
        step.annexes.append((annex, address.url))
        if url not in self._known or self._ledger.state(url) is None:
            found = replace(address, url=url, found_on=address.url, depth=address.depth + 1)
            step.skipped = [kept for kept in step.skipped if kept.url != url]
            self._take(step, found, self._reason_against(found, None))
        return True

    async def in_sitemap(self, step: Step, address: Address, answer: Exchange | None) -> None:
        """Take up what a sitemap names: pages, or further sitemaps; other sites go on meanwhile.

        ``answer`` is None where nothing came; that there is none at all is nothing to tell.
        """
        if answer is None or answer.status != 200:
            if answer is None or answer.status not in (404, 410):
                self._skip(step, address, "sitemap_unread")
            if address.depth == 1:
                self._add_sitemaps(step, [urljoin(self.front, "/sitemap.xml")], self.front, 1)
            return
        listed = await asyncio.to_thread(lambda: sitemaps.read(answer.decoded))
        self._add_sitemaps(step, listed.files, answer.url, address.depth + 1)
        whole = await self._list_all(step, listed, answer)
        if not listed.is_sitemap:
            self._skip(step, address, "sitemap_unread")
        elif listed.cut or not whole:
            self._skip(step, address, "sitemap_cut")

    async def _list_all(self, step: Step, listed: SitemapFile, answer: Exchange) -> bool:
        """Take up all addresses of a sitemap, slice by slice; whether there was room for them."""
        languages = links.languages(listed.languages)
        here = self._here(step, listed, answer)
        for number, place in enumerate((*listed.pages, *languages, *here), start=1):
            if not self._list(step, place, answer, languages):
                return False
            if number % _SLICE == 0:
                await asyncio.sleep(0)
        return True

    def _is_here(self, place: str) -> bool:
        """Whether an address lies at the home page's host, or at one that is no copy of it."""
        url = self.canonical(place, self.front)
        return url is not None and self._scope.holds(url) and not is_copy(url, self.front)

    def _here(self, step: Step, listed: SitemapFile, answer: Exchange) -> list[str]:
        """The home page's own addresses where a sitemap of its names another host's alone.

        All that a sitemap names lies at its own host; one that was made for a copy of the site, or
        under the name that it had before, names the same pages. Those that promise nothing are not
        tried.
        """
        is_own = host_of(answer.url) == host_of(self.front)
        if not is_own or any(map(self._is_here, (*listed.pages, *listed.files))):
            return []
        files = [moved_to(place, self.front) for place in listed.files if _is_site(place)]
        self._add_sitemaps(step, filter(None, files), answer.url, _DEEPEST_SITEMAP)
        moved = filter(None, (moved_to(p, self.front) for p in listed.pages if _is_site(p)))
        telling = (url for url in moved if self._expected(url) in _TELLING)
        return list(islice(telling, _MOST_MOVED))

    def _list(self, step: Step, place: str, answer: Exchange, languages: dict[str, str]) -> bool:
        """Take up one address of a sitemap; whether there was room for it."""
        if len(self._known) >= MOST_ADDRESSES:
            return False
        url = self.canonical(place, answer.url)
        if url is not None and self._is_new(step, url):
            found = self._address(url, answer.url, _SITEMAP_DEPTH)
            is_copys = self._scope.holds(url) and is_copy(url, self.front)
            reason = COPY if is_copys else self._reason_against(found, languages.get(place))
            if is_copys:
                self._unled.add(url)
            self._take(step, found, reason)
        return True

    def in_robots(self, step: Step, reading: Reading) -> None:
        """Take up the sitemaps that a robots.txt names, or the usual place of one."""
        base = reading.exchanges[-1].url
        places = list(reading.sitemaps)
        # A copied robots.txt names another site's, or a staging one's; then the usual place is as
        # good a guess as ever.
        if not any(map(self._is_here, places)):
            places.append(urljoin(base, "/sitemap.xml"))
        self._add_sitemaps(step, places, base, 1)

    def _add_sitemaps(self, step: Step, places: Iterable[str], base: str, depth: int) -> None:
        for place in sorted(places, key=sitemaps.urgency):
            url = self.canonical(place, base)
            if url is None or url in self._known:
                continue
            self._known.add(url)
            found = Address(url, PageType.OTHER, base, depth, sitemap=True)
            if not self._scope.holds(url):
                self._skip(step, found, "off_site")
            elif is_copy(url, self.front):
                self._skip(step, found, COPY)
            elif depth > _DEEPEST_SITEMAP or self._sitemaps >= sitemaps.MAX_FILES:
                self._skip(step, found, "sitemap_limit")
            else:
                self._sitemaps += 1
                step.found.append(found)

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
        shape = links.shape(url) if reason is None else None
        if shape is None:
            return reason
        most = _MOST_NUMBERED if shape.endswith(f"/{links.NUMBERED}") else _MOST_VARIANTS
        if self._is_told(found):
            # Calendars and facets are not called "Safety": such a query chooses the page.
            shape, most = f"{shape} told", _MOST_NUMBERED
        self._shapes[shape] += 1
        return "trap" if self._shapes[shape] > most else None

    def _is_told(self, found: Address) -> bool:
        """Whether only the link's text tells what a page is for, and it is one that rules need."""
        if found.expected_type == PageType.OTHER or found.expected_type in links.SAMPLED:
            return False
        return self._expected(found.url) == PageType.OTHER

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


def _is_site(place: str) -> bool:
    """Whether an address may be a site's, and no page of a help desk or a booking service."""
    return shared_hosts().kind(host_of(place)) in (None, SITE_BUILDER)
