"""Whom a request goes to: companies and what their tags are for, as ``trackers.yml`` has them.

Two lists with a date each: our own, narrow and by address, which alone can say ``advertising``; and
a broad one by registrable domain, which names who is asked and whose advertisers are only probable.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

import yaml

from data import yaml_text
from data.errors import UsageError

FILE = Path(__file__).parent / "reference" / "trackers.yml"
BROAD_FILE = FILE.with_name("third_parties.csv")
# A list of one's own, in the form of ``trackers.yml``; its entries win over those that ship.
VARIABLE = "KETAWATCH_TRACKERS"

ADVERTISING, PROBABLY, ANALYTICS = "advertising", "advertising?", "analytics"
REPLAY, FINGERPRINT, TAG_MANAGER = "session-replay", "fingerprint", "tag-manager"
SOCIAL, FUNCTIONAL, UNKNOWN = "social", "functional", "unknown"
CATEGORIES = (
    *(ADVERTISING, PROBABLY, REPLAY, FINGERPRINT, ANALYTICS, TAG_MANAGER, SOCIAL),
    *(FUNCTIONAL, UNKNOWN),
)
_OF_BROAD = {"ad": PROBABLY, "analytics": ANALYTICS, "tag-manager": TAG_MANAGER, "social": SOCIAL}


@dataclass(frozen=True, slots=True)
class Tracker:
    """Who is asked, and what for; ``keep``: query parameters whose values may be kept."""

    company: str
    category: str
    keep: frozenset[str] = frozenset()
    ids: tuple[tuple[str, re.Pattern[str]], ...] = ()


class TrackerList:
    """The lists that ship, and one's own where there is one."""

    def __init__(self, *lists: Mapping[str, Any]) -> None:
        self.as_of = str(lists[0]["as_of"])
        self._exact: dict[str, list[tuple[re.Pattern[str], int, Tracker]]] = {}
        self._cookies: dict[str, str] = {}
        self._embeds = tuple(place for one in lists for place in one.get("embeds", ()))
        self._shapes = [
            (re.compile(entry["path"]), _tracker(entry))
            for one in lists
            for entry in one.get("shapes", ())
        ]
        for entry in (e for one in reversed(lists) for e in one["trackers"]):
            self._add(entry)

    def _add(self, entry: Mapping[str, Any]) -> None:
        tracker = _tracker(entry)
        for place in entry["match"]:
            host, _, path = place.partition("/")
            steps = "[^/]*".join(map(re.escape, path.split("*")))
            weight = len(path) + bool(tracker.ids)
            # To the end of a step: facebook.com/tr is no facebook.com/travel.
            beginning = re.compile(rf"/{steps}(?![\w-])" if path else "/")
            self._exact.setdefault(host, []).append((beginning, weight, tracker))
        self._cookies |= dict.fromkeys(entry.get("cookies", ()), tracker.company)

    def of(self, url: str) -> Tracker:
        """Whom an address belongs to; company and host are the same where nobody is known."""
        parts = _split(url)
        host = (parts.hostname or "").rstrip(".")
        for name in _names(host):
            found = [
                (weight, number, tracker)
                for number, (path, weight, tracker) in enumerate(self._exact.get(name, ()))
                if path.match(parts.path or "/") and _has(tracker, parts.query)
            ]
            if found:
                return max(found, key=lambda f: f[:2])[2]
        for name in _names(host):
            if name in _broad():
                company, kind = _broad()[name]
                return Tracker(company, _OF_BROAD.get(kind, FUNCTIONAL))
        return Tracker(host, UNKNOWN)

    def like(self, url: str) -> Tracker | None:
        """Whose requests an address looks like, whatever its host is called; None: nobody's."""
        parts = _split(url)
        found = (
            tracker
            for path, tracker in self._shapes
            if path.search(parts.path) and _has(tracker, parts.query)
        )
        return next(found, None)

    def of_cookie(self, name: str) -> str | None:
        """The company that a cookie of this name belongs to: ``_ga_*`` is ``_ga_1A2B``, too."""
        beginnings = (f"{name[:end]}*" for end in range(len(name), 0, -1))
        return next((self._cookies[n] for n in (name, *beginnings) if n in self._cookies), None)

    def is_embed(self, url: str) -> bool:
        """Whether a frame is a player or a map, whose requests are its own."""
        parts = _split(url)
        names = set(_names((parts.hostname or "").rstrip(".")))
        known = (place.partition("/") for place in self._embeds)
        return any(host in names and parts.path.startswith(f"/{path}") for host, _, path in known)


def _tracker(entry: Mapping[str, Any]) -> Tracker:
    tracker = Tracker(
        entry["company"],
        entry["category"],
        frozenset(entry.get("keep", ())),
        tuple((k, re.compile(v)) for k, v in entry.get("ids", {}).items()),
    )
    if tracker.category not in CATEGORIES:
        raise ValueError(f"category {tracker.category!r}")
    return tracker


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _has(tracker: Tracker, query: str) -> bool:
    values = dict(parse_qsl(query)) if tracker.ids else {}
    return all(pattern.search(values.get(name, "")) for name, pattern in tracker.ids)


def _names(host: str) -> Iterator[str]:
    """The host and the domains over it, the nearest first."""
    labels = host.split(".")
    return (".".join(labels[i:]) for i in range(len(labels)))


@lru_cache(maxsize=1)
def _broad() -> dict[str, tuple[str, str]]:
    with BROAD_FILE.open(encoding="utf-8", newline="") as file:
        return {row["domain"]: (row["company"], row["kind"]) for row in csv.DictReader(file)}


def bundled() -> TrackerList:
    """The list in use.

    Raises:
        UsageError: one's own list cannot be read.
    """
    return _load(os.environ.get(VARIABLE, ""))


def own_files() -> list[Path]:
    """One's own list, where there is one: other requests are then known."""
    return [Path(os.environ[VARIABLE])] if os.environ.get(VARIABLE) else []


@lru_cache(maxsize=4)
def _load(own: str) -> TrackerList:
    shipped = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    if not own:
        return TrackerList(shipped)
    try:
        return TrackerList(yaml_text.parsed(Path(own).read_text(encoding="utf-8")), shipped)
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        problem = str(error).partition("\n")[0]
        raise UsageError(
            f"{own}: no list of trackers ({problem}).",
            f"{VARIABLE} names a file in the form of {FILE.name}, with as_of and trackers.",
        ) from error
