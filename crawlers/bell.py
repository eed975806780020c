"""Asks one address once; run as a child process by ``crawlers.alive``."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.conduct.scope import open_hosts
from crawlers.conduct.settings import polite_settings
from data.config import Config

TOLD = "told"
_SLOWEST_S = 20


class Bell(scrapy.Spider):
    """One GET; what came of it stands in ``said``."""

    name = "bell"

    def __init__(self, url: str, said: list[str]) -> None:
        super().__init__()
        self._url, self._said = url, said

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Ask."""
        meta = {"handle_httpstatus_all": True}
        yield scrapy.Request(self._url, callback=self.parse, errback=self._fail, meta=meta)

    def parse(self, response: Response, **_: Any) -> None:
        """Only the status counts."""
        well = 200 <= response.status < 300
        self._said.append(TOLD if well else f"it answered {response.status}")

    def _fail(self, failure: Failure) -> None:
        self._said.append(type(failure.value).__name__)


def main() -> None:
    """Ask what the orders on stdin name, and print ``told`` or what went wrong."""
    orders: dict[str, Any] = json.loads(sys.stdin.read())
    opened = sorted(open_hosts([orders["url"]], ())) if orders["private"] else []
    settings = polite_settings(Config(contact=orders["contact"]), allow_private=opened, delay=0)
    settings |= {
        "DOWNLOADER_MIDDLEWARES": {"crawlers.conduct.guard.GuardMiddleware": 90},
        "DOWNLOAD_TIMEOUT": _SLOWEST_S,
        "REDIRECT_ENABLED": False,
    }
    said: list[str] = []
    process = CrawlerProcess(settings)
    process.crawl(Bell, url=orders["url"], said=said)
    process.start()
    print(said[-1] if said else "nothing was asked")  # noqa: T201


if __name__ == "__main__":
    main()
