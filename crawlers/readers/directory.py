"""A directory in HTML: cards or table rows, found by the CSS selectors of its declaration."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from crawlers.identity.provider_ids import clean_url
from crawlers.readers.page import Fetched, PageRows, ShapeError, collect
from crawlers.readers.row import Frame

_LINKS = frozenset({"website", "page"})


@dataclass(frozen=True, slots=True)
class Directory:
    """Where things stand on a page.

    Attributes:
        row: selects each card or table row.
        fields: our field -> selector within the row; ``SELECTOR @ATTRIBUTE`` takes an attribute
            (``website`` and ``page`` take ``href`` by themselves).
        next: selects the link to the next page; empty where there is only one.
    """

    row: str
    fields: dict[str, str]
    next: str = ""

    def first(self, url: str) -> str:
        return url

    def read(self, page: Fetched, frame: Frame) -> PageRows:
        soup = BeautifulSoup(page.body, "lxml", from_encoding=page.encoding)
        try:
            rows = soup.select(self.row)
            results = [
                frame.listing(self._cells(row, page.address), f"row {n} of {page.address}")
                for n, row in enumerate(rows, start=1)
            ]
            following = soup.select_one(self.next) if self.next else None
        except SelectorSyntaxError as error:
            reason = str(error).partition("\n")[0]
            raise ShapeError(f"{frame.source}: not a CSS selector: {reason}") from error
        if not rows:
            raise ShapeError(f"{page.address}: nothing is selected by {self.row!r}.")
        target = str(following.get("href") or "") if following else ""
        return collect(results, _led_to(page.address, target))

    def _cells(self, row: Tag, address: str) -> dict[str, str | None]:
        cells = {field: _cell(row, selector, field) for field, selector in self.fields.items()}
        for field in _LINKS & cells.keys():
            if cells[field]:
                cells[field] = _led_to(address, str(cells[field]))
        # A link to a profile within the directory is not the provider's website.
        website = clean_url(cells.get("website") or "")
        if website and urlsplit(website).netloc == urlsplit(address).netloc:
            cells["website"] = None
        return {"page": address, **cells}


def _led_to(address: str, target: str) -> str | None:
    """Where a link leads on the web; ``javascript:void(0)`` and ``http://[url]`` lead nowhere."""
    try:
        url = urljoin(address, target) if target else ""
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _cell(row: Tag, selector: str, field: str) -> str | None:
    css, _, attribute = selector.partition("@")
    found = row.select_one(css.strip())
    if found is None:
        return None
    wanted = attribute.strip() or ("href" if field in _LINKS else "")
    return str(found.get(wanted) or "") if wanted else found.get_text(" ")
