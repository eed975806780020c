"""Running heads and feet of a PDF: what stands at the edge of page after page is said once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from audit.pdf_rows import Row

_ZONE = 4
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
    """Take repeated rows at the top and bottom out of the pages; the first of a kind is kept."""
    tops = [_zone(page[:_ZONE]) for page in pages]
    feet = [_zone(page[: -_ZONE - 1 : -1]) for page in pages]
    heads, kept_heads = _repeated(tops)
    bottoms, kept_feet = _repeated(feet)
    rest = [tuple(row for row in page if row not in heads and row not in bottoms) for page in pages]
    return Parted(kept_heads, tuple(reversed(kept_feet)), tuple(rest))


def _zone(found: Sequence[Row]) -> dict[str, Row]:
    return {_key(row.text): row for row in reversed(found)}


def _key(text: str) -> str:
    if _PAGE_NUMBER.fullmatch(text):
        return _NUMBER.sub("#", text)
    return _PAGE_OF.sub("page #", text)


def _repeated(zones: Sequence[dict[str, Row]]) -> tuple[set[Row], tuple[Row, ...]]:
    """All rows that come again on half of the pages, as left and right ones may differ.

    Returns:
        All of them, and the first one of each kind.
    """
    counts = Counter(key for zone in zones for key in zone)
    often = {key for key, n in counts.items() if n > 1 and 2 * n >= len(zones) - 1}
    rows = {row for zone in zones for key, row in zone.items() if key in often}
    first: dict[str, Row] = {}
    for zone in zones:
        for key in reversed(zone):
            if key in often:
                first.setdefault(key, zone[key])
    return rows, tuple(first.values())
