"""New addresses, from pages, sitemaps and robots.txt: each is queued or skipped, once."""

from __future__ import annotations

from urllib.parse import urljoin

from crawlers import links, sitemaps
from crawlers.evidence import Exchange
from crawlers.page_facts import PageFacts
from crawlers.robots import Reading
from crawlers.scope import SiteScope
from crawlers.site_ledger import Address, SiteLedger, Step
from data.models import PageType, Skipped

# More addresses that differ in a query's values alone are a facet or a calendar.
_MOST_VARIANTS = 10
_DEEPEST_SITEMAP = 2


class Discovery:
    """What is known of one site's addresses; ``front`` is where its home page really is."""

    def __init__(self, provider_id: str, scope: SiteScope, ledger: SiteLedger) -> None:
        self._provider_id, self._scope = provider_id, scope
        self._known, self._shapes = ledger.known(), ledger.shapes()
        self._sitemaps = ledger.sitemaps()
        self.front = ledger.front(scope.homepage) or scope.homepage

    def canonical(self, href: str, base: str) -> str | None:
        """The address under which a link is kept."""
        return links.canonical(href, base, self.front)

    def take_as_known(self, step: Step, url: str) -> None:
        """Never discover the address that a redirect ended at."""
        if url not in self._known:
            self._known.add(url)
            step.aliases.append(url)

    def in_page(self, step: Step, address: Address, answer: Exchange, facts: PageFacts) -> None:
        """Take up the links of a page."""
        for link in facts.links:
            url = self.canonical(link.href, facts.base)
            if url is not None and url not in self._known:
                reason = self._reason_against(url, link.language)
                found = Address(
                    url, links.expected_type(url, link.text), answer.url, address.depth + 1
                )
                self._take(step, found, reason)

    def in_sitemap(self, step: Step, address: Address, answer: Exchange) -> None:
        """Take up what a sitemap names: pages, or further sitemaps."""
        listed = sitemaps.read(answer.decoded)
        self._add_sitemaps(step, listed.files, answer.url, address.depth + 1)
        for place in listed.pages:
            url = self.canonical(place, answer.url)
            if url is not None and url not in self._known:
                # A sitemap tells nothing of how far a page is from the home page.
                found = Address(url, links.expected_type(url), answer.url, _DEEPEST_SITEMAP)
                self._take(step, found, self._reason_against(url, None))

    def in_robots(self, step: Step, reading: Reading) -> None:
        """Take up the sitemaps that a robots.txt names, or the usual place of one."""
        base = reading.exchanges[-1].url
        places = tuple(reading.sitemaps) or (urljoin(base, "/sitemap.xml"),)
        self._add_sitemaps(step, places, base, 1)

    def _add_sitemaps(self, step: Step, places: tuple[str, ...], base: str, depth: int) -> None:
        for place in places:
            url = self.canonical(place, base)
            wanted = url is not None and url not in self._known and self._scope.holds(url)
            if url and wanted and depth <= _DEEPEST_SITEMAP and self._sitemaps < sitemaps.MAX_FILES:
                self._sitemaps += 1
                self._known.add(url)
                step.found.append(Address(url, PageType.OTHER, base, depth, sitemap=True))

    def _take(self, step: Step, found: Address, reason: str | None) -> None:
        self._known.add(found.url)
        if reason is None:
            step.found.append(found)
        else:
            step.skipped.append(
                Skipped(self._provider_id, found.url, found.expected_type, reason, found.found_on)
            )

    def _reason_against(self, url: str, language: str | None) -> str | None:
        if not self._scope.holds(url):
            return "off_site"
        reason, shape = links.refusal(url, language), links.query_shape(url)
        if reason is None and shape is not None:
            self._shapes[shape] += 1
            return "trap" if self._shapes[shape] > _MOST_VARIANTS else None
        return reason
