"""An open run, and what is needed to look at its sites: the same in every process that does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawlers.browser import chromium
from crawlers.browser.escalation import NEVER
from crawlers.conduct.guard import Guard
from crawlers.conduct.scope import SiteScope, own_keys
from crawlers.conduct.settings import polite_settings, user_agent
from crawlers.ledger.archive import Archive
from crawlers.ledger.ledger import Ledger
from crawlers.ledger.past import Past
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.runs.plan import Plan, home_of
from crawlers.walk.rendering import Renderer
from crawlers.walk.walk import Site
from crawlers.walk.website import Sitting
from data.config import Config
from data.models import Provider
from data.store import Store

if TYPE_CHECKING:
    from crawlers.browser.browser import Chromium


@dataclass(frozen=True, slots=True)
class Work:
    """An open run: where it grows, its ledger, and what it was started with.

    ``opened`` are the ``host:port`` entries outside the public web that may be asked, ``earlier``
    the store with earlier runs: what they hold and did not change is not sent again.
    """

    folder: Path
    ledger: Ledger
    plan: Plan
    config: Config
    delay: float | None
    opened: tuple[str, ...]
    render: str
    resumed: bool = False
    earlier: Store | None = None

    def settings(self) -> dict[str, Any]:
        """Scrapy's settings."""
        return polite_settings(self.config, allow_private=self.opened, delay=self.delay)

    def browser(self, say: Callable[[str], None]) -> Chromium | None:
        """A browser for a process; without one, the pages that need it are said to be unread."""
        if self.render == NEVER:
            return None
        executable = chromium.find()
        if executable is None:
            say(
                "No Chromium on this machine: pages that need JavaScript count as not looked at"
                " (render_failed), and no trackers are logged. 'ketawatch doctor' tells the remedy."
            )
            return None
        from crawlers.browser.browser import Chromium  # takes its time, and not every run needs it

        return Chromium(executable, user_agent(self.config), Guard(self.opened))

    def sitting(
        self,
        provider: Provider,
        browser: Chromium | None,
        stopped: Callable[[], bool],
        seen: Callable[[str], None],
    ) -> Sitting:
        """One provider's turn."""
        site = self.site(provider)
        renderer = Renderer(self.render, browser, site.ledger.rendered())
        past = partial(Past.of, self.earlier, provider.provider_id) if self.earlier else None
        own = own_keys(home_of(provider), self.config.own_hosts.get(provider.provider_id, ()))
        return Sitting(site, stopped, seen, renderer, past, own=own)

    def site(self, provider: Provider) -> Site:
        """One provider's site, with its part of the ledger and its archive."""
        provider_id, run_id = provider.provider_id, self.ledger.meta["run_id"]
        ledger = SiteLedger(self.ledger, provider_id)
        end = ledger.spent().warc_end
        return Site(
            provider,
            ledger,
            Archive(self.folder, run_id, provider_id, user_agent(self.config), end),
            SiteScope(
                home_of(provider),
                self.config.own_hosts.get(provider_id, ()),
                may_widen=bool(self.config.contact),
            ),
            self.plan.limits,
        )
