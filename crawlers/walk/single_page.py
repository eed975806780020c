"""One page from the web, for ``check URL``: as polite and as guarded as a whole crawl."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.guard import OPEN_HOSTS, Guard
from crawlers.conduct.robots import RETRY_WAIT
from crawlers.conduct.scope import SiteScope, open_hosts
from crawlers.conduct.settings import polite_settings, require_contact
from crawlers.identity.provider_ids import clean_url
from crawlers.responses.failures import Trouble
from crawlers.walk.fetching import Fetched, Fetcher
from crawlers.walk.website import WebsiteSpider
from data.config import Config
from data.errors import EXIT_NOTHING_LOOKED_AT, KetawatchError, UsageError


class NotFetchedError(KetawatchError):
    """The page could not be had."""

    exit_code = EXIT_NOTHING_LOOKED_AT


@dataclass(slots=True)
class _Errand:
    """What to fetch, and what came of it."""

    url: str
    fetched: Fetched | None = None


class _OnePage(scrapy.Spider):
    """Fetches one address, following redirects within its site."""

    name = "single_page"
    custom_settings = WebsiteSpider.custom_settings

    def __init__(self, errand: _Errand) -> None:
        super().__init__()
        self._errand = errand

    async def start(self) -> AsyncIterator[Any]:
        """Fetch it; yields nothing."""
        fetcher = Fetcher(
            self.crawler.engine.download_async,
            Guard(self.settings.getlist(OPEN_HOSTS)),
            SiteScope(self._errand.url),
            self.settings.getfloat(RETRY_WAIT),
        )
        self._errand.fetched = await fetcher.fetch(self._errand.url)
        return
        yield


def fetch_page(address: str, config: Config, *, allow_private: bool = False) -> Exchange:
    """The last answer to a web address. Once a process.

    Raises:
        UsageError: it is no web address, or it is public and no contact is set.
        NotFetchedError: robots.txt refuses it, or it could not be reached; the message says why.
    """
    url = clean_url(address)
    if url is None or not urlsplit(address).scheme:
        raise UsageError(f"{address}: not a web address.", "It begins with https:// or http://.")
    require_contact(config, [url])
    opened = list(open_hosts([url], ())) if allow_private else []
    errand = _Errand(url)
    process = AsyncCrawlerProcess(polite_settings(config, allow_private=opened))
    process.crawl(_OnePage, errand=errand)
    process.start()
    fetched = errand.fetched
    if fetched is None or fetched.trouble is not None or fetched.final is None:
        trouble = fetched.trouble if fetched and fetched.trouble else Trouble("crawler_error")
        raise NotFetchedError(f"{url}: not fetched ({trouble.failure_class}).", trouble.remedy)
    if fetched.final.status != 200:
        raise NotFetchedError(f"{url}: the server answered {fetched.final.status}.")
    return fetched.final
