"""New addresses, as sitemaps and robots.txt name them, beside those of pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urljoin

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.robots import Reading
from crawlers.conduct.scope import SiteScope
from crawlers.identity.provider_ids import SITE_BUILDER, host_of, shared_hosts
from crawlers.ledger.addresses import Address, Step
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.links import links, sitemaps
from crawlers.links.copies import is_copy, moved_to
from crawlers.links.sitemaps import SitemapFile
from crawlers.walk.discovery import COPY, SITEMAP_DEPTH, Discovery
from data.models import Provider
from data.vocabulary import PageType

_DEEPEST_SITEMAP = 3
# What is tried at the home page's host of a sitemap that was made for another one.
_MOST_MOVED = 30
_TELLING = frozenset(set(PageType) - links.SAMPLED - {PageType.OTHER, PageType.HOME})
MOST_ADDRESSES = 100_000
# So many of a sitemap's addresses are looked at before other sites have their turn; some 20 ms.
_SLICE = 500


class SiteDiscovery(Discovery):
    """What is known of one site's addresses, with what its sitemaps tell."""

    def __init__(self, provider: Provider, scope: SiteScope, ledger: SiteLedger) -> None:
        super().__init__(provider, scope, ledger)
        self._sitemaps = ledger.sitemaps()

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
            found = self._address(url, answer.url, SITEMAP_DEPTH)
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


def _is_site(place: str) -> bool:
    """Whether an address may be a site's, and no page of a help desk or a booking service."""
    return shared_hosts().kind(host_of(place)) in (None, SITE_BUILDER)
