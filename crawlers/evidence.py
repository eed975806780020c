"""Keeps every exchange as it came over the wire, before anything decodes or follows it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from scrapy import Request
from scrapy.http import Response

from data.store import now

META_KEY = "exchanges"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One response: ``body`` is as sent, its content-encoding not undone."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: str

    @property
    def content_type(self) -> str | None:
        """The response's Content-Type."""
        return next((v for k, v in self.headers if k.lower() == "content-type"), None)


class EvidenceMiddleware:
    """Stands next to the network; redirects and retries carry the request's meta along."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the exchange in the request's meta."""
        exchange = Exchange(
            url=response.url,
            status=response.status,
            reason=_phrase(response.status),
            headers=tuple(
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, values in response.headers.items()
                for value in values or ()
            ),
            body=response.body,
            at=now(),
        )
        request.meta.setdefault(META_KEY, []).append(exchange)
        return response


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
