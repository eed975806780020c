"""From the cells of one row, whatever their source, to a ``Listing`` in or out of our frame."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crawlers.identity.countries import is_anywhere, is_foreign, is_foreign_host, is_us
from crawlers.identity.provider_ids import clean_url, host_of, is_private
from crawlers.identity.states import is_everywhere, is_state, states
from crawlers.readers.addresses import first_address
from data.models import Issue, Listing
from data.vocabulary import ProviderStatus

FIELDS = frozenset(
    {"name", "website", "city", "state", "country", "npi", "phone", "treatments", "page"}
    | {"status", "last_verified", "notes", "provider_id"}
)

NOT_US = "non-US"
NOT_KETAMINE = "not-ketamine"
PRIVATE_ADDRESS = "private address"
# Decided when a row is read, from what only its source tells; the merge decides the others.
OUT_OF_FRAME = frozenset({NOT_US, NOT_KETAMINE, PRIVATE_ADDRESS})

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
# What programs write for a cell that is missing. A name or a note may well be such a word.
_MISSING = frozenset(
    {"nan", "none", "null", "n/a", "na", "#n/a", "\\n", "unknown", "-", "--", "n.a.", "n.a", "nil"}
    | {
        "(none)",
        "(blank)",
        "(unknown)",
        "not available",
        "not listed",
        "tbd",
        "?",
        "\u2013",
        "\u2014",
    }
    | {"<na>", "nat", "undefined", "(not set)"}
)
_NO_WEBSITE = frozenset({"no", "no website", "none listed", "no site", "0", "x"})
_MAY_BE_A_WORD = frozenset({"name", "notes", "treatments"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_OURS = re.compile(r"ketamine|spravato", re.IGNORECASE)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Frame:
    """Where rows come from, and which of them are outside what we study.

    Attributes:
        source: the source's name.
        address: the source's own address, for rows without a page of their own.
        seen_on: the day of reading, ISO.
        public: whether the source is on the public web, and may not point into our own network.
        foreign_suffixes: last labels of hosts that count as outside the US (``ca``, ``uk``).
        other_treatments: words that tell another treatment, where ketamine is not told as well.
    """

    source: str
    address: str
    seen_on: str
    public: bool = True
    foreign_suffixes: tuple[str, ...] = ()
    other_treatments: tuple[str, ...] = ()

    def listing(self, cells: Mapping[str, str | None], where: str) -> Listing | Issue:
        """A row as a record, or the issue that leaves it out; ``cells`` by names in ``FIELDS``."""
        clean = {field: _clean(field, value) for field, value in cells.items()}
        problem = _problem(clean)
        if problem:
            return Issue(f"{self.source}: {where}", problem, "Row left out.")
        return Listing(
            source=self.source,
            source_url=clean.get("page") or self.address,
            name=clean["name"] or "",
            website=clean.get("website"),
            city=clean.get("city"),
            state=states(clean.get("state")),
            npi=clean.get("npi"),
            phone=clean.get("phone"),
            seen_on=self.seen_on,
            status=clean.get("status"),
            last_verified=clean.get("last_verified"),
            notes=clean.get("notes"),
            provider_id=clean.get("provider_id"),
            excluded=self._out_of_frame(clean),
        )

    def _out_of_frame(self, cells: Mapping[str, str | None]) -> str | None:
        website = clean_url(cells.get("website") or "")
        host = host_of(website) if website else ""
        if _is_abroad(cells.get("country"), cells.get("state"), host):
            return NOT_US
        if host.rpartition(".")[2] in self.foreign_suffixes:
            return NOT_US
        if self._is_other_treatment(cells):
            return NOT_KETAMINE
        return PRIVATE_ADDRESS if host and self.public and is_private(host) else None

    def _is_other_treatment(self, cells: Mapping[str, str | None]) -> bool:
        treatments = cells.get("treatments")
        if treatments:
            return not _OURS.search(treatments)
        told = " ".join(cells.get(field) or "" for field in ("name", "website", "page"))
        words = set(re.split(r"[^a-z0-9]+", told.lower()))
        return not _OURS.search(told) and not words.isdisjoint(self.other_treatments)


def _clean(field: str, value: str | None) -> str | None:
    text = _plain(value)
    if text is None or field in _MAY_BE_A_WORD:
        # Lists that a website's own program wrote keep its "&amp;".
        return _plain(_ENTITY.sub(lambda found: html.unescape(found[0]), text)) if text else None
    if text.lower() in _MISSING or (field == "website" and text.lower() in _NO_WEBSITE):
        return None
    if field == "website":
        return first_address(text) or None
    return _number(text) if field == "npi" else text


def _number(text: str) -> str | None:
    """An NPI without what a spreadsheet made of it; ten times one digit stand for none."""
    plain = text.removeprefix("'").removesuffix(".0")
    return None if len(set(plain)) == 1 else plain


def _plain(value: str | None) -> str | None:
    """Text without control characters and doubled white space; None where nothing is left."""
    text = " ".join(_UNPRINTABLE.sub(" ", value or "").split())
    return text[:_LONGEST] or None


def _problem(cells: Mapping[str, str | None]) -> str | None:
    npi, status = cells.get("npi"), cells.get("status")
    verified, given = cells.get("last_verified"), cells.get("provider_id")
    if not cells.get("name"):
        return "name: empty."
    if npi and not re.fullmatch(r"\d{10}", npi):
        return f"npi: {npi!r} is not a number of ten digits."
    if status and status not in tuple(ProviderStatus):
        return f"status: {status!r} is none of {', '.join(ProviderStatus)}."
    if verified and not _is_day(verified):
        return f"last_verified: {verified!r} is not a day (2026-11-24)."
    if given and not _ID.fullmatch(given):
        return f"provider_id: {given!r} cannot be the name of a file."
    return None


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text[:10]))
    except ValueError:
        return False


def _is_abroad(country: str | None, state: str | None, host: str) -> bool:
    """Whether a row tells a place elsewhere; one that names no place we know is left in."""
    if country and not is_anywhere(country):
        return not is_us(country)
    if not state or is_everywhere(state) or is_state(states(state)):
        return False
    return is_foreign(state) or is_foreign_host(host)
