"""Pages that tell of a visitor's health, and were not asked for: they clear nobody of trackers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from data.health_pages import INTAKE, about
from data.models import Page, Skipped
from data.vocabulary import PageType

# Why a page of the site was not asked for, though a visitor may well come by.
_LOGIN, _TRAP, _SAMPLED = "login", "trap", "sampled_out"
_NUMBERED_STEPS = re.compile(r"(?:/[\d.:_-]*\d[\d.:_-]*)+$")


def sampled_out(skipped: Iterable[Skipped]) -> set[str]:
    """The kinds of which the crawl took a sample, as of pages for each town: that is to be said."""
    kinds = (about(s.url, s.expected_type) for s in skipped if s.reason == _SAMPLED)
    return {kind for kind in kinds if kind}


def left_out(skipped: Iterable[Skipped], captured: Iterable[Page]) -> defaultdict[str, list[str]]:
    """Pages of the kinds that matter which were not asked for: a cart, or what a portal opens with.

    Of an address that leads astray (a calendar's day), the page without that has to be there.
    """
    there = {_place(url) for page in captured for url in (page.url, page.final_url)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for skip in skipped:
        kind = about(skip.url, skip.expected_type)
        if skip.reason == _LOGIN and skip.expected_type == PageType.HOW_IT_WORKS:
            kind = INTAKE  # "Get started", at an application's front door
        is_missing = skip.reason == _LOGIN or (
            skip.reason == _TRAP and there.isdisjoint(_places_above(_place(skip.url)))
        )
        if kind and is_missing:
            found[kind].append(skip.url)
    return found


def _place(url: str) -> str:
    """Where a page stands, whatever day or number ends its address."""
    parts = urlsplit(url)
    path = _NUMBERED_STEPS.sub("", parts.path.rstrip("/"))
    return f"{(parts.hostname or '').removeprefix('www.')}{path}"


def _places_above(place: str) -> Iterator[str]:
    """A place and those that it lies below, the site's front page left out."""
    while "/" in place:
        yield place
        place = place.rpartition("/")[0]
