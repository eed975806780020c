"""robots.txt: read once a host, obeyed always, and kept. RFC 9309, with Protego as its parser."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http.request import NO_CALLBACK

from crawlers.conduct.evidence import Exchange, exchange_of
from crawlers.conduct.patience import LONGEST_WAIT_S, pause
from crawlers.conduct.robots_text import decoded, usual
from crawlers.links.places import absolute, header_text

# RFC 9309, section 2.5: at least so much is read; the rest is not even asked for.
MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
# A host that wants more seconds than this between two requests wants no visitor like us.
LONGEST_DELAY_S = 300.0
RETRY_WAIT = "KETAWATCH_RETRY_WAIT_S"
# Where a request's ``meta`` carries what was read of robots.txt on its behalf.
READING = "ketawatch_robots"
# Set in the ``meta`` of a request that is not to be made: whether it may be is the question.
MAY_IT = "ketawatch_may_it"
_EXEMPT = "ketawatch_is_robots"
_BETWEEN, _MARKS = re.compile(r"[\s,;]+(?=[<\"']?https?://)", re.IGNORECASE), "<>\"' "


class RobotsRefused(IgnoreRequest):
    """robots.txt does not allow this address, or could not be read."""


class RobotsAgreed(IgnoreRequest):
    """robots.txt allows this address, and no more was to be known."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says. ``why`` is set where it could not be read: nothing goes."""

    parsed: Protego | None = None
    why: str = ""

    def refusal(self, url: str, name: str) -> str | None:
        """Why an address may not be asked; None if it may."""
        if self.why:
            return self.why
        if self.parsed is None:
            return None
        if not self.parsed.can_fetch(url, name):
            return "robots.txt disallows it"
        delay = self.delay(name)
        if delay > LONGEST_DELAY_S:
            return f"robots.txt asks for {delay:g} seconds between two requests"
        return None

    def delay(self, name: str) -> float:
        """Seconds to wait between requests, by ``Crawl-delay`` or ``Request-rate``; 0: unsaid."""
        if self.parsed is None:
            return 0.0
        said, rate = self.parsed.crawl_delay(name), self.parsed.request_rate(name)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(said or 0), by_rate)

    def sitemaps(self, base: str) -> list[str]:
        """Addresses of the sitemaps that it names."""
        named = self.parsed.sitemaps if self.parsed else ()
        places = (place for line in named for place in _places(line))
        return [url for place in places if (url := absolute(base, place)) is not None]


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a robots.txt: every response on the way to it, and the sitemaps it names."""

    exchanges: list[Exchange] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)


def parse(status: int, body: bytes, host: str) -> Rules:
    """Turn a host's final response into rules: 2xx are read, 4xx allow everything, 5xx nothing."""
    if status >= 500 or status == 429:
        return Rules(why=f"robots.txt answered with status {status}")
    text = decoded(body[:MAX_BYTES], MAX_BYTES)
    # A web page in its place says nothing about robots.
    if not 200 <= status < 300 or text.lstrip().startswith("<"):
        return Rules()
    if len(body) >= MAX_BYTES:
        text = text.rpartition("\n")[0]  # half a line could allow or forbid too much
    return Rules(Protego.parse(usual(text, host)))


def _places(line: str) -> list[str]:
    """The addresses on one ``Sitemap`` line: some have several, or marks around them."""
    return [place.strip(_MARKS) for place in _BETWEEN.split(line) if place.strip(_MARKS)]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


class _EnoughRead:
    """Ends the download of a robots.txt that is longer than is read."""

    def __init__(self) -> None:
        self._read: WeakKeyDictionary[Request, int] = WeakKeyDictionary()

    def count(self, data: bytes, request: Request) -> None:
        """Count the bytes; Scrapy's signal, sent for every chunk.

        Raises:
            StopDownload: what came so far is the answer.
        """
        if request.meta.get(_EXEMPT):
            self._read[request] = self._read.get(request, 0) + len(data)
            if self._read[request] >= MAX_BYTES:
                raise StopDownload(fail=False)


class RobotsMiddleware:
    """Asks for robots.txt before the first request to a host, and refuses what it disallows."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._name: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._wait = crawler.settings.getfloat(RETRY_WAIT)
        self._times = crawler.settings.getint("RETRY_TIMES")
        self._rules: dict[str, Rules] = {}
        self._lock = asyncio.Lock()
        self._enough = _EnoughRead()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy with the settings of the crawl."""
        made = cls(crawler)
        crawler.signals.connect(made._enough.count, signal=signals.bytes_received)
        return made

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or not.

        Raises:
            RobotsRefused: with the reason.
            RobotsAgreed: it may pass, and was not to go any further.
            Exception: what kept the host from being reached at all.
        """
        if request.meta.get(_EXEMPT):
            return
        rules = await self._rules_for(request)
        reason = rules.refusal(request.url, self._name)
        if reason:
            raise RobotsRefused(reason)
        self._slow_down(request, rules.delay(self._name))
        if request.meta.get(MAY_IT):
            raise RobotsAgreed

    def known_refusal(self, url: str) -> str | None:
        """Why a browser may not ask an address, as far as its host's robots.txt was read."""
        rules = self._rules.get(_origin(url))
        return rules.refusal(url, self._name) if rules else None

    async def _rules_for(self, request: Request) -> Rules:
        origin = _origin(request.url)
        async with self._lock:
            if origin not in self._rules:
                self._rules[origin] = await self._read(f"{origin}/robots.txt", request)
        return self._rules[origin]

    async def _read(self, url: str, request: Request) -> Rules:
        exchanges = await self._patiently(url)
        last = exchanges[-1]
        # Redirects without end are as good as no file.
        status = 404 if 300 <= last.status < 400 else last.status
        rules = parse(status, last.decoded, urlsplit(url).hostname or "")
        request.meta[READING] = Reading(exchanges, rules.sitemaps(last.url))
        return rules

    async def _patiently(self, url: str) -> list[Exchange]:
        for attempt in range(self._times + 1):
            exchanges = await self._follow(url)
            wait = pause(exchanges[-1], attempt, self._wait)
            is_fault = exchanges[-1].status >= 500 or exchanges[-1].status == 429
            if not is_fault or attempt == self._times or wait > LONGEST_WAIT_S:
                break
            await asyncio.sleep(wait)
        return exchanges

    async def _follow(self, url: str) -> list[Exchange]:
        exchanges: list[Exchange] = []
        while len(exchanges) <= MAX_REDIRECTS:
            exchanges.append(await self._ask(url))
            target = absolute(url, header_text(exchanges[-1].header("Location")))
            if not 300 <= exchanges[-1].status < 400 or target is None:
                break
            url = target
        return exchanges

    async def _ask(self, url: str) -> Exchange:
        meta: dict[str, Any] = {
            _EXEMPT: True,
            "dont_redirect": True,
            "dont_retry": True,
            "download_maxsize": 0,  # ``_EnoughRead`` keeps what came, which Scrapy would not
        }
        request = Request(url, meta=meta, callback=NO_CALLBACK)
        await self._crawler.engine.download_async(request)
        exchange = exchange_of(request)
        if exchange is None:
            raise RuntimeError("the evidence middleware is switched off")
        return exchange

    def _slow_down(self, request: Request, seconds: float) -> None:
        """Keep to a ``Crawl-delay`` that is longer than our own."""
        downloader = self._crawler.engine.downloader
        host = urlsplit(request.url).hostname or ""
        if seconds <= self._crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        request.meta["autothrottle_dont_adjust_delay"] = True
        downloader.per_slot_settings[host] = {"delay": seconds, "jitter": 0}
        if host in downloader.slots:
            downloader.slots[host].delay, downloader.slots[host].jitter = seconds, 0
