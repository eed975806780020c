"""The reader of sources that are listed, so that their absence is known, and are never read."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.readers.page import Fetched, PageRows, ShapeError
from crawlers.readers.row import Frame


@dataclass(frozen=True, slots=True)
class Never:
    """It has no keys of its own: there is nothing to be said about pages that nobody reads."""

    def first(self, url: str) -> str:
        return url

    def read(self, page: Fetched, frame: Frame) -> PageRows:
        """Refuse, should it ever be asked."""
        raise ShapeError(f"{page.address}: {frame.source} is never read.")
