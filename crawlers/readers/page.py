"""What goes into a listing reader and what comes out; readers are pure functions of a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from crawlers.readers.row import Frame
from data.errors import KetawatchError
from data.models import Issue, Listing


class ShapeError(KetawatchError):
    """A page does not look as its declaration says."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page of a source: its address (a file's name for a local list) and its body."""

    address: str
    body: bytes
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one page, the rows that had to be left out, and the next page's address."""

    rows: list[Listing]
    issues: list[Issue]
    following: str | None = None


class Reader(Protocol):
    """One shape of public listing. Its fields are the keys that its declarations may have."""

    def first(self, url: str) -> str:
        """The address of the first page, from the declared one."""
        ...

    def read(self, page: Fetched, frame: Frame) -> PageRows:
        """The rows of one page.

        Raises:
            ShapeError: the page as a whole is not what was declared.
        """
        ...


@runtime_checkable
class FileReader(Protocol):
    """A reader of files that are too large to be held in memory."""

    def read_file(self, path: Path, frame: Frame, most: int) -> PageRows:
        """The rows of a file, read as a stream; no more than ``most`` and one further row.

        Raises:
            ShapeError: the file as a whole is not what was declared.
        """
        ...


def collect(results: list[Listing | Issue], following: str | None = None) -> PageRows:
    """Sort what became of each row into rows and issues."""
    rows = [r for r in results if isinstance(r, Listing)]
    return PageRows(rows, [r for r in results if isinstance(r, Issue)], following)


def parse_json(page: Fetched) -> Any:
    """The page as JSON.

    Raises:
        ShapeError: it is none; the message shows how it begins, because that is mostly HTML.
    """
    try:
        return json.loads(page.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        begins = " ".join(page.body[:80].decode("utf-8", "replace").split())[:40]
        raise ShapeError(f"{page.address}: not JSON (it begins with {begins!r}).") from error
