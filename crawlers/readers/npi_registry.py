"""The NPI Registry's search API: organizations as JSON, up to 1,200 of them in pages of 200.

API: https://npiregistry.cms.hhs.gov/api-page (version 2.1). It knows no websites.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from crawlers.readers.page import Fetched, PageRows, ShapeError, collect, parse_json
from crawlers.readers.row import Frame
from data.models import Issue, Listing

_PAGE_SIZE = 200
_LAST_SKIP = 1000


@dataclass(frozen=True, slots=True)
class NpiRegistry:
    """``query``: the API's own parameters; ``row_url``: a person's page, with ``{npi}`` in it."""

    query: dict[str, str]
    row_url: str

    def first(self, url: str) -> str:
        return self._page_url(url, 0)

    def read(self, page: Fetched, frame: Frame) -> PageRows:
        answer = parse_json(page)
        results = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(results, list):
            raise ShapeError(f"{page.address}: no 'results' in the answer ({_complaint(answer)}).")
        rows = [self._row(r, frame, f"result {n}") for n, r in enumerate(results, start=1)]
        skip = int(parse_qs(urlsplit(page.address).query).get("skip", ["0"])[0])
        if len(results) < _PAGE_SIZE:
            return collect(rows)
        if skip >= _LAST_SKIP:
            return collect([*rows, _cut_off(frame)])
        base = page.address.partition("?")[0]
        return collect(rows, self._page_url(base, skip + _PAGE_SIZE))

    def _page_url(self, base: str, skip: int) -> str:
        return f"{base}?{urlencode({**self.query, 'limit': _PAGE_SIZE, 'skip': skip})}"

    def _row(self, result: Any, frame: Frame, where: str) -> Listing | Issue:
        try:
            npi, name = str(result["number"]), result["basic"]["organization_name"]
            place = _location(result["addresses"])
        except (KeyError, TypeError, AttributeError) as error:
            return Issue(f"{frame.source}: {where}", f"no {error} in it.", "Row left out.")
        cells = {
            "name": name,
            "npi": npi,
            "page": self.row_url.replace("{npi}", npi),
            "city": place.get("city"),
            "state": place.get("state"),
            "country": place.get("country_code"),
            "phone": place.get("telephone_number"),
        }
        return frame.listing(cells, where)


def _location(addresses: list[dict[str, str]]) -> dict[str, str]:
    located = (a for a in addresses if a.get("address_purpose") == "LOCATION")
    return next(located, addresses[0] if addresses else {})


def _complaint(answer: Any) -> str:
    errors = answer.get("Errors") if isinstance(answer, dict) else None
    described = [str(e.get("description", e)) for e in errors or [] if isinstance(e, dict)]
    return "; ".join(described) or "no reason given"


def _cut_off(frame: Frame) -> Issue:
    return Issue(
        f"{frame.source}: result {_LAST_SKIP + _PAGE_SIZE}",
        "the registry hands out no more than this for one query; the rest is missing.",
        "Split the query, by state for instance.",
    )
