"""How long to wait before asking again: what the server says, or longer each time."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.conduct.evidence import Exchange

LONGEST_WAIT_S = 60.0
# Visitors that were turned away together should not come back together.
_SPREAD = (1.0, 1.5)
# Whole ones, by the book; some servers are more exact, or name the unit.
_SECONDS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:s(?:ec(?:ond)?s?)?)?", re.IGNORECASE)
_TURNED_AWAY = frozenset({429, 503})


def retry_after(answer: Exchange | None) -> float | None:
    """Seconds that a server asks to be left alone, from either form of ``Retry-After``.

    Format: RFC 9110, section 10.2.3. A moment that has passed is 0, nonsense ``None``.
    """
    said = (answer.header("Retry-After") or "").strip() if answer else ""
    if seconds := _SECONDS.fullmatch(said):
        return float(seconds[1])
    moment = http_date(said)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())


def http_date(said: str | None) -> datetime | None:
    """The moment that a header names, in any of its three forms; None where it names none.

    Format: RFC 9110, section 5.6.7. The oldest form names no zone, and means UTC as all do.
    """
    try:
        moment = parsedate_to_datetime(said or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def pause(answer: Exchange | None, attempt: int, wait: float) -> float:
    """Seconds before the next try; ``attempt`` counts from 0, ``wait`` is for the first of them."""
    said = retry_after(answer)
    if said is not None:
        return said
    spread = random.uniform(*_SPREAD)  # noqa: S311 - no secret
    return min(wait * float(2**attempt) * spread, LONGEST_WAIT_S)


class SlowDownMiddleware:
    """Asks a host that turns us away half as often from then on, where no delay is fixed.

    AutoThrottle goes by latency, and a refusal is quick; from here it finds its way back slowly.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self._is_free = crawler.settings.getbool("AUTOTHROTTLE_ENABLED")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy with the settings of the crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Double the delay of the host."""
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if self._is_free and slot and response.status in _TURNED_AWAY:
            slot.delay = max(slot.delay, min(slot.delay * 2, self._longest))
        return response
