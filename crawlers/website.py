"""The one site spider: reads a provider's public pages, one at a time, the relevant ones first.

The frontier lives in the ledger, not in Scrapy's queue: the spider takes the best waiting address,
accounts for what came, and takes the next. So the order, the budget and a resume are exact, and at
most one request a host is in flight.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap
from twisted.python.failure import Failure as TwistedFailure

from crawlers import failures, links
from crawlers.evidence import META_KEY, Exchange
from crawlers.ledger import Ledger, Waiting
from crawlers.scope import Scope
from data.config import Limits
from data.models import Failure, Page, PageType, Provider, Skipped
from data.store import now
from data.warc import WarcAppender

_HTML = ("text/html", "application/xhtml")
_PDF = "application/pdf"
_SITEMAP = "/sitemap.xml"
_MAX_SITEMAP_URLS = 2000
_MAX_SITEMAP_BYTES = 20 * 1024 * 1024
_LOOKS_AT_DEAD = 2


@dataclass(frozen=True, slots=True)
class Visit:
    """What a spider needs to visit one provider."""

    provider: Provider
    run_id: str
    partial: Path
    ledger: Ledger
    scope: Scope
    limits: Limits
    on_page: Callable[[str, str], None]


class WebsiteSpider(scrapy.Spider):
    """Visits one provider."""

    name = "website"

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self._visit = visit
        self._id = visit.provider.provider_id
        self._ledger = visit.ledger
        self._began = time.monotonic()
        self._skipped: set[str] = set()
        self._warc_path = visit.partial / "captures" / f"{self._id}.warc.gz"
        self._warc = self._open_warc()

    def _open_warc(self) -> WarcAppender:
        """Cut off what the ledger does not know (the record in flight when a run was killed)."""
        if self._warc_path.exists():
            with self._warc_path.open("r+b") as file:
                file.truncate(self._ledger.warc_length(self._id))
        return WarcAppender(
            self._warc_path,
            [
                ("software", "ketawatch"),
                ("format", "WARC File Format 1.1"),
                ("description", "header order and case, and chunking, are not kept as sent"),
            ],
        )

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Seed the frontier on the first visit, then take its best."""
        homepage = self._visit.provider.homepage or ""
        parts = urlsplit(homepage)
        root = f"{parts.scheme}://{parts.netloc}"
        self._ledger.enqueue(self._id, homepage, PageType.HOME, None)
        self._ledger.enqueue(self._id, root + _SITEMAP, PageType.OTHER, None)
        for request in self._next():
            yield request

    def closed(self, reason: str) -> None:
        """Scrapy's signal that the visit ended; it is whole only when nothing waits any more."""
        self._warc.close()
        if reason == "finished":
            self._ledger.finish(self._id)

    def archive(self, exchanges: list[Exchange]) -> None:
        """Keep responses that are no pages of the site (robots.txt)."""
        for exchange in exchanges:
            self._write(exchange)

    def _next(self) -> Iterator[scrapy.Request]:
        self._leave_samples()
        spent = self._spent()
        if spent:
            self._ledger.leave_rest(self._id, spent)
        waiting = self._ledger.next(self._id)
        if waiting is not None:
            yield scrapy.Request(
                waiting.url,
                callback=self._arrived,
                errback=self._failed,
                dont_filter=True,
                meta={"waiting": waiting, "handle_httpstatus_all": True, META_KEY: []},
            )

    def _spent(self) -> str | None:
        limits = self._visit.limits
        if sum(self._ledger.captured(self._id).values()) >= limits.max_pages:
            return "budget_pages"
        if self._ledger.payload_bytes(self._id) >= limits.max_bytes:
            return "budget_bytes"
        if time.monotonic() - self._began > limits.max_seconds:
            return "budget_time"
        return None

    def _leave_samples(self) -> None:
        for page_type, count in self._ledger.captured(self._id).items():
            if count >= links.SAMPLE[PageType(page_type)]:
                self._ledger.leave_rest(self._id, "sampled_out", expected_type=page_type)

    def _arrived(self, response: Response) -> Iterator[scrapy.Request]:
        waiting: Waiting = response.meta["waiting"]
        exchanges: list[Exchange] = response.meta[META_KEY]
        if waiting.url.endswith(_SITEMAP) and waiting.found_on is None:
            self._sitemap(waiting, response, exchanges)
        else:
            self._page(waiting, response, exchanges)
        self._visit.on_page(self._id, response.url)
        yield from self._next()

    def _failed(self, failure: TwistedFailure) -> Iterator[scrapy.Request]:
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        waiting: Waiting = request.meta["waiting"]
        assert failure.value is not None  # noqa: S101 - Twisted's own promise
        kind = failures.of_error(failure.value)
        optional = waiting.url.endswith(_SITEMAP) and waiting.found_on is None
        problems = [] if optional else [self._failure(waiting, kind)]
        self._ledger.settle(self._id, waiting.url, failures=problems)
        yield from self._next()

    def _page(self, waiting: Waiting, response: Response, exchanges: list[Exchange]) -> None:
        pages, length = self._keep(waiting, exchanges)
        kind = failures.of_status(response.status, response.body)
        if kind is None and not self._visit.scope.contains(response.url):
            kind = failures.KINDS["off_site_redirect"]
            pages = []
        if kind is None and failures.is_shell(response.body):
            kind = failures.KINDS["render_failed"]
        again = self._look_again(kind, waiting)
        found = list(self._links(response)) if kind is None else []
        self._ledger.settle(
            self._id,
            waiting.url,
            pages=[] if again else pages,
            failures=[self._failure(waiting, kind)] if kind and not again else [],
            skipped=[self._skip(link, waiting.url) for link in found if link.skip],
            links=[(link.url, link.expected_type) for link in found if not link.skip],
            also=[e.url for e in exchanges[1:]],
            warc_length=length,
            again=again,
        )

    def _look_again(self, kind: failures.Kind | None, waiting: Waiting) -> bool:
        """A dead link counts as one only after a second look."""
        dead = kind is failures.KINDS["dead_link"]
        return dead and waiting.attempts + 1 < _LOOKS_AT_DEAD

    def _links(self, response: Response) -> Iterator[links.Link]:
        if not isinstance(response, TextResponse) or not _is(response, _HTML):
            return
        for link in links.of_page(response):
            if link.url in self._skipped:
                continue
            if not self._visit.scope.contains(link.url):
                link = links.Link(link.url, link.expected_type, "off_site")
            if link.skip:
                self._skipped.add(link.url)
            yield link

    def _sitemap(self, waiting: Waiting, response: Response, exchanges: list[Exchange]) -> None:
        """Addresses from the sitemap; one that is missing or broken is no failure of the site."""
        length = max((self._write(e) for e in exchanges), default=None)
        found = [
            (link.url, link.expected_type)
            for address in _sitemap_urls(response)
            if (link := links.judge(address)) and not link.skip
            if self._visit.scope.contains(link.url)
        ]
        self._ledger.settle(self._id, waiting.url, links=found, warc_length=length)

    def _keep(self, waiting: Waiting, exchanges: list[Exchange]) -> tuple[list[Page], int]:
        """Write every hop to the WARC, and give a row for each."""
        pages: list[Page] = []
        length = 0
        final = exchanges[-1]
        for hop in exchanges:
            place = self._place(hop)
            length = place[1] + place[2]
            address = waiting.url if hop is final else hop.url
            final_url = hop.url
            key = "|".join((self._visit.run_id, self._id, address, final_url, str(hop.status)))
            mime = (hop.content_type or "").lower()
            pages.append(
                Page(
                    capture_id=hashlib.sha256(key.encode()).hexdigest()[:16],
                    provider_id=self._id,
                    url=address,
                    final_url=final_url,
                    found_on=waiting.found_on,
                    expected_type=waiting.expected_type,
                    kind="pdf" if mime.startswith(_PDF) else "raw",
                    status=hop.status,
                    content_type=hop.content_type,
                    captured_at=hop.at,
                    payload_sha256=hashlib.sha256(hop.body).hexdigest(),
                    payload_bytes=len(hop.body),
                    warc_file=f"runs/{self._visit.run_id}/captures/{self._warc_path.name}",
                    warc_record_id=place[0],
                    warc_offset=place[1],
                    warc_length=place[2],
                )
            )
        return pages, length

    def _place(self, hop: Exchange) -> tuple[str, int, int]:
        place = self._warc.response(
            hop.url, hop.status, hop.reason, hop.headers, hop.body, hop.at
        )
        return place.record_id, place.offset, place.length

    def _write(self, hop: Exchange) -> int:
        _, offset, length = self._place(hop)
        return offset + length

    def _failure(self, waiting: Waiting, kind: failures.Kind) -> Failure:
        return Failure(
            provider_id=self._id,
            url=waiting.url,
            expected_type=waiting.expected_type,
            failure_class=kind.name,
            fault=kind.fault,
            remedy=kind.remedy,
            attempts=waiting.attempts + 1,
            last_at=now(),
        )

    def _skip(self, link: links.Link, found_on: str) -> Skipped:
        return Skipped(self._id, link.url, link.expected_type, link.skip or "", found_on)

    def parse(self, response: Response, **_: Any) -> None:
        """Unused: every request names its callback."""
        raise NotImplementedError


def _is(response: Response, kinds: tuple[str, ...]) -> bool:
    mime = (response.headers.get("Content-Type") or b"text/html").decode("latin-1").lower()
    return mime.startswith(kinds)


def _sitemap_urls(response: Response) -> list[str]:
    if response.status != 200:
        return []
    body = response.body
    if body[:2] == b"\x1f\x8b":
        body = gunzip(body, max_size=_MAX_SITEMAP_BYTES)
    try:
        sitemap = Sitemap(body)
        entries = [entry.get("loc") or "" for entry in sitemap]
    except Exception:  # whatever stands there, it is no sitemap that we can read
        return []
    return entries[:_MAX_SITEMAP_URLS] if sitemap.type == "urlset" else []
