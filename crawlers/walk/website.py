"""The one spider for provider websites: Scrapy's engine under a walk that the ledger leads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import scrapy

from crawlers.conduct.bounds import BROKEN_OFF, is_stray
from crawlers.conduct.guard import OPEN_HOSTS, Guard
from crawlers.conduct.robots import RETRY_WAIT, RobotsMiddleware
from crawlers.conduct.settings import LEAST_DELAY_S
from crawlers.conduct.turns import PATIENCE_S, Leases, OwnLeases, Turns
from crawlers.ledger.past import Past
from crawlers.walk.fetching import Fetcher
from crawlers.walk.rendering import Renderer
from crawlers.walk.walk import Company, Site, SiteWalk
from data.errors import KetawatchError
from data.store import disk_errors

# Of all sites that this process looks at.
_HERE = OwnLeases()


@dataclass(slots=True)
class Sitting:
    """One provider's turn: what to walk, how it is stopped, whom it tells, and what stopped it."""

    site: Site
    stopped: Callable[[], bool]
    seen: Callable[[str], None]
    renderer: Renderer
    # What earlier runs hold; it is read when the sitting begins.
    past: Callable[[], Past] | None = None
    # Who grants the turns at hosts, and what is held for this provider as long as it is looked at.
    leases: Leases = _HERE
    own: frozenset[str] = frozenset()
    error: Exception | None = None
    # The walk came to its end; what follows is Scrapy's own clearing away.
    over: asyncio.Event = field(default_factory=asyncio.Event)


class WebsiteSpider(scrapy.Spider):
    """Walks one provider's site.

    The frontier is the ledger's, not Scrapy's, whose own asks for everything again after a kill.
    """

    name = "website"
    # The walk decodes, redirects and tries again by itself, because each hop is evidence.
    custom_settings: dict[Any, Any] = {  # noqa: RUF012 - declared so by Scrapy
        "COMPRESSION_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
    }

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self.past: Past | None = None

    async def start(self) -> AsyncIterator[Any]:
        """Walk the site; yields nothing, because the walk keeps what it finds."""
        sitting = self._sitting
        scope = sitting.site.scope
        patience = min(PATIENCE_S, sitting.site.limits.max_seconds / 4)
        turns = Turns(sitting.leases, sitting.own, self._pause_elsewhere, patience)
        fetcher = Fetcher(
            turns.taken(self.crawler.engine.download_async),
            Guard(self.settings.getlist(OPEN_HOSTS)),
            scope,
            self.settings.getfloat(RETRY_WAIT),
        )
        company = Company(sitting.stopped, self._pause_for, sitting.seen, sitting.renderer, turns)
        try:
            if sitting.past is not None:
                self.past = await asyncio.to_thread(sitting.past)
                sitting.renderer.past = self.past
            robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
            if robots is not None:
                sitting.renderer.refuses = robots.known_refusal
            with disk_errors(sitting.site.archive.path):
                await SiteWalk(sitting.site, fetcher, company).walk()
        except Exception as error:  # noqa: BLE001 - whoever runs the sittings raises it again
            sitting.error = error
        except asyncio.CancelledError as error:
            if not is_stray(error):
                raise
            sitting.error = KetawatchError(f"{sitting.site.provider.provider_id}: {BROKEN_OFF}")
        finally:
            sitting.over.set()
            turns.leave()
            sitting.site.archive.close()
        return
        yield

    def _pause_elsewhere(self, url: str) -> float:
        # Whatever the operator allows at the provider's own host.
        return max(LEAST_DELAY_S, self._pause_for(url))

    def _pause_for(self, url: str) -> float:
        slot = self.crawler.engine.downloader.slots.get(urlsplit(url).hostname or "")
        return float(slot.delay) if slot else 0.0
