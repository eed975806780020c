"""Running heads and feet of a PDF: what stands at the edge of page after page is said once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from audit.pages.pdf.pdf_rows import Row

# How many rows at most, and how many ems away from the rest at least.
_ZONE, _APART = 4, 1.6
_NUMBER = re.compile(r"\d+")
# A line that is a page's number; other numbers are part of what is said.
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|pg\.?|p\.)\s*)?\d{1,3}(?:\s*(?:of|/|\|)\s*\d{1,3})?\W*", re.IGNORECASE
)
_PAGE_OF = re.compile(r"\bpage\s+\d{1,3}(?:\s+of\s+\d{1,3})?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parted:
    """Rows of a document: its heads and feet, each once, and what each page has beside them."""

    heads: tuple[Row, ...]
    feet: tuple[Row, ...]
    pages: tuple[tuple[Row, ...], ...]


def part(pages: Sequence[Sequence[Row]]) -> Parted:
    """Take what is repeated at the top and bottom of pages out of them; the first of a kind stays.

    Args:
        pages: the rows of each page, from the top down.
    """
    tops = _repeated(pages)
    rest = [page[len(top) :] for page, top in zip(pages, tops, strict=True)]
    bottoms = _repeated([page[::-1] for page in rest])
    rest = [page[: len(page) - len(below)] for page, below in zip(rest, bottoms, strict=True)]
    return Parted(_first(tops), _first(bottoms)[::-1], tuple(map(tuple, rest)))


def _repeated(pages: Sequence[Sequence[Row]]) -> list[Sequence[Row]]:
    """The rows at the edge of each page that come again on others, and stand apart from the rest.

    Half of the pages are enough, as left and right ones may differ.

    Args:
        pages: the rows of each page, from its edge inwards.
    """
    counts = Counter(key for page in pages for key in {_key(row.text) for row in page[:_ZONE]})
    often = {key for key, n in counts.items() if n > 1 and 2 * n >= len(pages) - 1}
    found: list[Sequence[Row]] = []
    for page in pages:
        edge = list(takewhile(lambda row: _key(row.text) in often, page[:_ZONE]))
        while edge and not _stands_apart(edge[-1], page[len(edge) :]):
            edge.pop()
        found.append(edge)
    return found


def _stands_apart(last: Row, rest: Sequence[Row]) -> bool:
    if not rest:
        return True
    return abs(last.base - rest[0].base) > _APART * max(last.size, rest[0].size)


def _key(text: str) -> str:
    if _PAGE_NUMBER.fullmatch(text):
        return _NUMBER.sub("#", text)
    return _PAGE_OF.sub("page #", text)


def _first(edges: Sequence[Sequence[Row]]) -> tuple[Row, ...]:
    """The first row of each kind, in order."""
    first: dict[str, Row] = {}
    for edge in edges:
        for row in edge:
            first.setdefault(_key(row.text), row)
    return tuple(first.values())
