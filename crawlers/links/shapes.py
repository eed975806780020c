"""What many addresses of a site have in common, and how many of them are asked for. Pure: no I/O.

So are facets and calendars cut that no list of names foresees.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.links import path_traps
from crawlers.links.links import PAGE_KEYS
from crawlers.links.queries import is_drupals

# More addresses that differ in a query's values or a date alone are a facet or a calendar; posts
# and people may have numbers.
_MOST_DAYS, _MOST_VARIANTS, MOST_NUMBERED = 3, 10, 40
# What an address ends in that has a date or a number there, and no word: /slots/2026/11-24,
# /2026-11-24T09:00Z, /exact_date~24-11-2026.
_NUMBER = re.compile(r"(?:[a-z_]+[~:=])?[\d.:_-]*\d[\d.:_-]*(?:t[\d.:+-]+z?|[ap]m)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:.*\D)?(?:19|20)\d\d(?:\D|$)")
_PART = re.compile(r"\d+")
DATED, YEARLY, NUMBERED = "#date", "#year", "#"


def shape(url: str) -> str | None:
    """What addresses have in common that differ only in a query's values, or in a date or number.

    Or in a visitor's number within the path. None where these count.
    """
    parts = urlsplit(url)
    if is_drupals(parts):
        return f"{parts.netloc}{parts.path}?q=/{NUMBERED}"
    family = path_traps.family(parts.path)
    if family is not None and not family.endswith(path_traps.ANY_ORDER):
        return f"{parts.netloc}{family}?{parts.query}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    pages = sorted((key, value) for key, value in pairs if key.lower() in PAGE_KEYS)
    if len(pages) < len(pairs):
        return f"{parts.netloc}{parts.path}?{urlencode(pages)}"
    steps = parts.path.rstrip("/").split("/")
    named = list(steps)
    while named and _NUMBER.fullmatch(named[-1]):
        named.pop()
    if pages:
        return None
    if len(named) == len(steps):
        return f"{parts.netloc}/{family}" if family else None
    return f"{parts.netloc}{'/'.join(named)}/{_kind_of_number(steps[len(named) :])}"


def _kind_of_number(steps: list[str]) -> str:
    """What stands in the place of an address's last steps, which are numbers."""
    if not any(map(_YEAR.match, steps)):
        return NUMBERED
    return DATED if len(_PART.findall("/".join(steps))) > 1 else YEARLY


def most_of(shape: str, *, promises: bool) -> int:
    """How many addresses of one shape are asked for, before the others are a trap.

    Args:
        shape: what they have in common.
        promises: whether rules need what the address is for; then it may be a page.
    """
    if path_traps.SESSION in shape or shape.endswith(path_traps.ANY_ORDER):
        return 1  # it is the same page
    if path_traps.DIGEST in shape:
        return _MOST_DAYS
    if shape.endswith(f"/{DATED}") and not promises:
        return _MOST_DAYS
    return MOST_NUMBERED if shape.endswith(f"/{NUMBERED}") else _MOST_VARIANTS
