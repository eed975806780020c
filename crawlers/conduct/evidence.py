"""Keeps every HTTP exchange as it came over the wire, before anything decodes or rewrites it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus

from scrapy import Request
from scrapy.http import Response

from data.revisits import Original
from data.store import now
from data.warc import Headers, Record

EXCHANGE = "ketawatch_exchange"
# https://mimesniff.spec.whatwg.org/#mime-type-sniffing-algorithm
_NO_TYPE = re.compile(
    r"(?:[^/;]*|\*/\*|(?:unknown|application)/unknown)\s*(?:;.*)?", re.IGNORECASE | re.DOTALL
)
# Inside a header it would end it in the archive, too.
_LINE_END = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An answer that brought nothing new: the record that holds the page, and what was sent."""

    original: Original
    status: int
    headers: Headers


@dataclass(frozen=True)
class Exchange:
    """One response: the address asked, and status, headers and body as they were sent.

    ``is_cut`` tells that we ended it, having read enough. Where ``unchanged`` is set, a page is as
    an earlier run kept it: after a 304, status, headers and body are those of then. ``is_belied``:
    the server had called another page unchanged, and sent this one when it was asked for it whole.
    ``is_short``: it hung up before it had sent as much as it had promised.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    at: str
    is_cut: bool = False
    unchanged: Unchanged | None = None
    is_belied: bool = False
    is_short: bool = False

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        wanted = name.lower()
        return next((v for k, v in self.headers if k.lower() == wanted), None)

    @property
    def content_type(self) -> str | None:
        """The ``Content-Type`` header; None where it names no type, as in ``html`` or ``*/*``."""
        said = (self.header("Content-Type") or "").strip()
        return None if _NO_TYPE.fullmatch(said) else said

    @cached_property
    def decoded(self) -> bytes:
        """The body with its content-encoding undone, within the archive's bounds."""
        headers = tuple(self.headers)
        return Record("response", "", self.url, self.at, self.status, headers, self.body).body()


class EvidenceMiddleware:
    """Leaves the exchange in the request's ``meta``; stands closest to the network."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Take the response down and hand it on."""
        request.meta[EXCHANGE] = Exchange(
            url=request.url,
            status=response.status,
            headers=[
                (_text(name), _text(value))
                for name, values in response.headers.items()
                for value in values
            ],
            body=response.body,
            at=now(),
            is_cut="download_stopped" in response.flags,
            is_short="dataloss" in response.flags,
        )
        return response


def _text(raw: bytes) -> str:
    return _LINE_END.sub(" ", raw.decode("latin-1"))


def phrase(status: int) -> str:
    """The usual phrase for a status; the one that was sent is not kept by Scrapy."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def exchange_of(request: Request) -> Exchange | None:
    """What was answered to a request; None where nothing was."""
    kept: Exchange | None = request.meta.get(EXCHANGE)
    return kept
