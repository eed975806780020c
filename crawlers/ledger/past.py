"""What earlier runs hold of a site, so that what did not change is neither sent nor kept again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.conduct.evidence import EXCHANGE, Exchange, Unchanged, exchange_of
from crawlers.ledger import doubt
from data import warc
from data.models import Page
from data.revisits import Original, originals
from data.store import Run, Store, now
from data.warc import Record, WarcError

# So many runs back an archive is looked for: a site may have been out of reach for a while.
RUNS_BACK = 12
# What scripts fetch can change while the page that calls them does not: so a daily run renders an
# unchanged page once a week, and a weekly run each time.
YOUNG = timedelta(days=6)
_HELD = "ketawatch_held"
# Set in the ``meta`` of a request that is to be made without conditions.
WHOLE = "ketawatch_whole"
# What decides how a body is read.
_MEANING = ("Content-Type", "Content-Encoding")


@dataclass(frozen=True, slots=True)
class Held:
    """A record of an earlier run, and where it is."""

    original: Original
    record: Record

    def conditions(self) -> dict[str, str]:
        """Headers that ask a server to say nothing anew unless it changed."""
        wanted = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
        said = {name: self.record.header(source) for name, source in wanted.items()}
        # An odd one is no loss: the page is sent anew.
        return {n: v for n, v in said.items() if v and v.isascii() and v.isprintable()}

    def recognise(self, answer: Exchange) -> Exchange:
        """An answer that says, or shows, that nothing changed becomes what is held."""
        unchanged = Unchanged(self.original, answer.status, answer.headers)
        if answer.status == 304:
            record = self.record
            return replace(
                answer, status=200, headers=record.headers, body=record.payload, unchanged=unchanged
            )
        is_same = (
            answer.status == 200
            and all(answer.header(name) == self.record.header(name) for name in _MEANING)
            and hashlib.sha256(answer.body).hexdigest() == self.original.payload_sha256
        )
        if is_same:
            return replace(answer, unchanged=unchanged)
        return replace(answer, is_belied=doubt.is_belied(answer, self.record, self.original))


class Past:
    """One provider's earlier captures, by address."""

    def __init__(
        self, store: Store, held: Mapping[str, Original], pages: Sequence[Page] = ()
    ) -> None:
        self._store, self._held = store, held
        sent = {page.capture_id: page.warc_record_id for page in pages}
        self._rendered = {
            sent.get(page.parent_capture_id or ""): page for page in pages if _is_rendering(page)
        }

    @classmethod
    def of(cls, store: Store, provider_id: str) -> Self:
        """What the last run that met the site holds; nothing where there is none."""
        for run_id in reversed(store.run_ids()[-RUNS_BACK:]):
            place = f"runs/{run_id}/captures/{provider_id}.warc.gz"
            try:
                held = originals(store.path, place) if (store.path / place).exists() else {}
            except WarcError:
                held = {}
            # An archive with nothing but a robots.txt is of a day on which the site was not met.
            if any(not uri.endswith("/robots.txt") for uri in held):
                return cls(store, held, _pages(store.run(run_id), provider_id))
        return cls(store, {})

    def held(self, url: str) -> Held | None:
        """What is held of an address, read and checked; a record that is gone or damaged is not."""
        original = self._held.get(url)
        if original is None:
            return None
        try:
            record = warc.read(self._store.path / original.warc_file, original.offset)
        except WarcError:
            return None
        good = hashlib.sha256(record.payload).hexdigest() == original.payload_sha256
        return Held(original, record) if good and record.status == 200 else None

    def rendering(self, answer: Exchange) -> tuple[Page, bytes] | None:
        """Row and document of an unchanged page as a browser saw it, if that was of late."""
        page = self._rendered.get(answer.unchanged.original.record_id) if answer.unchanged else None
        moment = datetime.fromisoformat(answer.at)
        if page is None or moment - datetime.fromisoformat(page.captured_at) > YOUNG:
            return None
        try:
            document = warc.read(self._store.path / page.warc_file, page.warc_offset).payload
        except WarcError:
            return None
        good = hashlib.sha256(document).hexdigest() == page.payload_sha256
        return (page, document) if good else None


def _pages(run: Run, provider_id: str) -> list[Page]:
    """A provider's rows; a worker far from the store has earlier archives, and no tables."""
    return run.read("pages", Page, provider_id) if run.table_path("pages").exists() else []


def _is_rendering(page: Page) -> bool:
    return page.kind == "rendered" and (page.content_type or "").startswith("text/html")


def is_conditional(request: Request) -> bool:
    """Whether a request asks for something unless it is as it was."""
    return any(name in request.headers for name in ("If-None-Match", "If-Modified-Since"))


class RevisitMiddleware:
    """Asks for what is held on condition that it changed; stands next to the evidence."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; the spider's ``past``, where it has one, tells what is held."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add the conditions."""
        past: Past | None = getattr(self._crawler.spider, "past", None)
        held = past.held(request.url) if past else None
        if held is not None:
            request.meta[_HELD] = held
        is_asked = held is not None and not request.meta.get(WHOLE)
        if held is not None and is_asked and doubt.is_believed(held.original, now()):
            for name, value in held.conditions().items():
                request.headers[name] = value

    def process_response(self, request: Request, response: Response) -> Response:
        """Put what is held in the place of an answer that says no more than that."""
        held: Held | None = request.meta.get(_HELD)
        answer = exchange_of(request)
        if held is not None and answer is not None:
            request.meta[EXCHANGE] = held.recognise(answer)
        return response
