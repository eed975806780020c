"""Which hosts beyond its own domain a provider links as its own. Pure: no I/O.

A help desk, a booking page, a consent form or a file often stand on another company's host. Such a
host widens the crawl only where it is plainly the provider's: its name is the provider's name, or
the link promises a consent form, and then that one page counts and no more. On a host
that many share, nothing but the provider's own sub-domain or path does. None of this ever opens a
private address: the guard asks the operator's configuration alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.identity.names import telling, words
from crawlers.identity.provider_ids import host_of, machine_address, shared_hosts, website_id
from data import page_types
from data.vocabulary import PageType

HELP_DESK, BOOKING, FILES = "helpdesk", "booking", "files"
# Of anybody's files: a builder's file host has its customers' alone.
STORE = "store"
_MOST, _MOST_FILES = 6, 20

# Names of sub-domains and first steps that are the host's own, or everybody's.
_COMMON = """www app apps api help support docs blog developers developer status static cdn go get
    community academy info my secure account accounts login signin sign-up signup s d e c en us
    en-us hc form forms document spreadsheets drive file view book booking schedule schedule.php
    appointments portal product pricing templates articles article calendar site sites team teams"""
_EVERYBODYS = frozenset(_COMMON.split())
# Sub-domains of another domain that say what they are for.
_PURPOSE = re.compile(
    r"help|support|faqs?|care|kb|knowledge|book(?:ing)?|schedul(?:e|ing)|appointments?|intake"
    r"|start|get|join|consents?|forms?|quiz|apply|enroll"
)
# Letters of a name that stands alone, and of one within another.
_SHORTEST, _LONG_ENOUGH = 4, 6
_DOCUMENTS = (".pdf", ".doc", ".docx", ".rtf", ".odt")
_PLAIN = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Annex:
    """A part of another host that counts as the provider's: below a path, with such a query."""

    netloc: str
    path: str = ""
    query: str = ""

    def holds(self, url: str) -> bool:
        """Whether an address lies in it."""
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        inside = not self.path or path == self.path or path.startswith(f"{self.path}/")
        asked = set(parse_qsl(self.query)) <= set(parse_qsl(parts.query))
        return parts.netloc.lower() == self.netloc and inside and asked


def is_room(known: Iterable[Annex], annex: Annex) -> bool:
    """Whether one more is taken up; a builder's store holds each document by itself."""
    is_file = annex.path.lower().endswith(_DOCUMENTS)
    alike = sum(one.path.lower().endswith(_DOCUMENTS) == is_file for one in known)
    return alike < (_MOST_FILES if is_file else _MOST)


class Kinship:
    """Tells a provider's annexes from other companies' pages, by its name and its domain."""

    def __init__(self, name: str, homepage: str) -> None:
        host = host_of(homepage)
        domain = website_id(homepage, shared_hosts()) or ""
        label = "" if machine_address(host) else domain.split(".")[0]
        own = {_squeeze(text) for text in (label, domain, name, " ".join(words(name)))}
        self._names = {squeezed for squeezed in own if len(squeezed) >= _SHORTEST}
        # "Ketamine Clinic" stands in many a name; what holds an invented word is its owner's.
        self._is_telling = bool(telling(name))

    def annex(self, url: str, text: str) -> Annex | None:
        """The annex that a link of the provider's opens; None where it leads to somebody else.

        Args:
            url: a canonical address outside the provider's site.
            text: the link's text.
        """
        kind = shared_hosts().kind(host_of(url))
        if kind in (HELP_DESK, BOOKING, STORE):
            return self._shared(url, text)
        if kind == FILES and urlsplit(url).path.lower().endswith(_DOCUMENTS):
            return _just(url)
        return self._of_its_name(url) if kind is None else None

    def _shared(self, url: str, text: str) -> Annex | None:
        parts = urlsplit(url)
        labels = parts.netloc.lower().split(".")
        if labels[0] not in _EVERYBODYS and self._is_own(labels[0]):
            return Annex(parts.netloc.lower())
        first = parts.path.strip("/").split("/")[0]
        if first.lower() not in _EVERYBODYS and self._is_own(unquote(first)):
            return Annex(parts.netloc.lower(), f"/{first}")
        is_consent = page_types.bundled().by_anchor(text) == PageType.CONSENT
        return _just(url) if is_consent and parts.path.strip("/") else None

    def _of_its_name(self, url: str) -> Annex | None:
        """``help.clinic-support.example`` for ``clinic.example``: same name, and a purpose."""
        labels = host_of(url).split(".")
        domain = website_id(url, shared_hosts()) or ""
        alike = self._is_own(domain.split(".")[0]) or _squeeze(domain) in self._names
        has_purpose = len(labels) > 2 and _PURPOSE.fullmatch(labels[0]) is not None
        return Annex(urlsplit(url).netloc.lower()) if alike and has_purpose else None

    def _is_own(self, label: str) -> bool:
        """Whether a label is the provider's name, or holds it: ``mindful-path-help``."""
        squeezed = _squeeze(label)
        if squeezed in self._names:
            return True
        return self._is_telling and any(
            name in squeezed for name in self._names if len(name) >= _LONG_ENOUGH
        )


def _just(url: str) -> Annex:
    parts = urlsplit(url)
    return Annex(parts.netloc.lower(), parts.path.rstrip("/"), parts.query)


def _squeeze(text: str) -> str:
    return _PLAIN.sub("", text.lower())
