"""Reads listing sources over HTTP; run as a child process by ``crawlers.discover.harvest``."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.conduct.settings import polite_settings
from crawlers.discover.harvest import Harvest
from crawlers.discover.listing import Source, load
from crawlers.identity.provider_ids import is_private
from crawlers.readers.page import Fetched, PageRows
from data.errors import KetawatchError
from data.store import Store

# A search over all certificates takes its time, and its answer is larger than any page.
_SLOWEST_S = 180
_LARGEST_BYTES = 100 * 1024 * 1024


class ListingSpider(scrapy.Spider):
    """One source, page after page, until there is no next page or a page fails."""

    name = "listing"

    def __init__(self, source: Source, today: str, out: Path) -> None:
        super().__init__()
        self._source = source
        self._frame = source.frame(today, public=not is_private(source.host))
        self._out = out
        self._harvest = Harvest()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Ask for the first page."""
        yield self._ask(self._source.reader.first(self._source.declared.url))

    def parse(self, response: Response, **_: Any) -> Iterator[scrapy.Request]:
        """Keep a page's rows, and ask for the next page."""
        encoding = response.encoding if isinstance(response, TextResponse) else None
        try:
            page = self.rows(Fetched(response.url, response.body, encoding))
        except KetawatchError as error:
            self._harvest.failure = str(error)
            return
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # Scrapy would log it and end well, and the pages before would pass for all there is.
            self._harvest.failure = f"{response.url}: {_describe(error)}"
            return
        if page.following and page.rows and self._has_room():
            yield self._ask(page.following)

    def rows(self, page: Fetched) -> PageRows:
        """The rows of one page, kept."""
        read = self._source.reader.read(page, self._frame)
        self._harvest.rows += read.rows
        self._harvest.issues += read.issues
        return read

    def closed(self, reason: str) -> None:
        """Leave the result where the parent looks for it; an interrupted source leaves none."""
        if reason == "finished":
            self._harvest.dump(self._out)

    def _ask(self, url: str) -> scrapy.Request:
        return scrapy.Request(url, callback=self.parse, errback=self._fail)

    def _has_room(self) -> bool:
        return len(self._harvest.rows) <= self._source.declared.max_rows

    def _fail(self, failure: Failure) -> None:
        request = getattr(failure, "request", None)
        url = request.url if request else self._source.declared.url
        self._harvest.failure = f"{url}: {_describe(failure.value)}"


def _describe(error: BaseException | None) -> str:
    if isinstance(error, HttpError):
        return f"answered with status {error.response.status}."
    if isinstance(error, IgnoreRequest):
        return f"not asked: {str(error) or 'refused'}."
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}".rstrip(": ") + "."


def main() -> None:
    """Read the orders from stdin and the sources that they name."""
    orders: dict[str, Any] = json.loads(sys.stdin.read())
    config = Store.open(Path(orders["store"])).config()
    sources = [load(Path(file)) for file in orders["files"]]
    at_home = all(is_private(source.host) for source in sources)
    settings = polite_settings(
        config, allow_private=orders["allow_private"], delay=0 if at_home else None
    )
    settings |= {
        "DOWNLOAD_TIMEOUT": _SLOWEST_S,
        "DOWNLOAD_MAXSIZE": _LARGEST_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
    }
    process = CrawlerProcess(settings)
    for source in sources:
        out = Path(orders["folder"]) / f"{source.name}.json"
        process.crawl(ListingSpider, source=source, today=orders["today"], out=out)
    process.start()


if __name__ == "__main__":
    main()
