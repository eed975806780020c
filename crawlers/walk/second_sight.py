"""The browser's second look at pages that it was late with: at the end, alone, and with more time.

A machine that was busy, a script or an answer that was slow: that may be over later. What was
refused, or is not there, is not looked at again. Nothing is fetched anew but by the browser.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.addresses import Late
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.walk.fetching import Fetched, Fetcher
from crawlers.walk.rendering import Renderer, Sight

# While one page has the browser to itself, those of other sites wait. Where it was in vain so
# often, what was wrong with a site's pages does not pass.
MOST_IN_VAIN = 2


class SecondSight:
    """One site's pages that the browser was late with, each shown to it once more."""

    def __init__(
        self, ledger: SiteLedger, fetcher: Fetcher, renderer: Renderer, scope: SiteScope
    ) -> None:
        self._ledger, self._fetcher = ledger, fetcher
        self._renderer, self._scope = renderer, scope
        self._in_vain = 0

    def next(self, is_left_alone: Callable[[str], object]) -> Late | None:
        """The next page to look at again; none of a host that is left alone."""
        if self._in_vain >= MOST_IN_VAIN or not self._renderer.has_browser:
            return None
        for late in self._ledger.late():
            if not is_left_alone(late.address.url) and not is_left_alone(late.raw.final_url):
                return late
        return None

    async def look(
        self, late: Late, pause_for: Callable[[str], float], left: Callable[[], float]
    ) -> tuple[Fetched, Sight | None]:
        """Look at a page again.

        Args:
            late: the page.
            pause_for: seconds to leave between two visits to an address's host.
            left: seconds that are left of the provider's.

        Returns:
            The page as it was fetched then, without its body, with what was read of robots.txt just
            now; and how the browser saw it. None: it was not shown to it again.
        """
        raw, sight = late.raw, None
        fetched = await self._fetcher.permission(raw.final_url)
        if fetched.trouble is None:
            await asyncio.sleep(pause_for(raw.final_url))
            sight = await self._renderer.look_again(raw, self._scope, left())
        self._in_vain += sight is None or sight.facts is None or sight.is_late
        fetched.trouble = None
        fetched.exchanges.append(Exchange(raw.final_url, raw.status, [], b"", raw.captured_at))
        fetched.attempts = (late.failure.attempts if late.failure else 1) + (sight is not None)
        return fetched, sight
