"""What all sources together tell of one provider, in forms that can be compared. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import tldextract

from crawlers.identity.names import brand, normal, spellings, telling, tells, words
from crawlers.identity.provider_ids import SITE_BUILDER, SharedHosts, clean_url, host_of, website_id
from data.models import Listing, Provider

_SUFFIXES = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)
_EXTENSION = re.compile(r"(?:ext|x|#|extension)\.?\s*\d{1,6}\s*$", re.IGNORECASE)
_GAP = r"[\s./\u2010-\u2013-]*"
_NUMBER = re.compile(rf"(?<!\d)\(?\d{{3}}\)?{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)")
# A fax is often a service's, whose number many practices give; "Tel/Fax:" is a phone as well.
_FAX = re.compile(
    r"(?<![/&+])(?<![/&+] )(?<!\bor )(?<!\band )\b(?:fax|f)\b[\s.:#-]*(?:\+?1[\s.-]*)?"
    rf"{_NUMBER.pattern}",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"\+\s*(?!1)\d|^(?:00|011)[\s.-]*[2-9]")
TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})


@dataclass(slots=True)
class Profile:
    """One provider's names, places and identifiers.

    Attributes:
        names: normal forms of every name that it is listed under.
        cores: the words that set each name apart, where there are enough of them.
        domains: what its own websites stand for, as provider ids.
        tenants: its pages on shared hosts, ``host/first part of the path``.
        labels: the telling label of each own domain, and of each tenant.
        places: ``town|ST`` of each listing that names both.
    """

    provider_id: str
    title: str
    names: set[str] = field(default_factory=set)
    cores: set[tuple[str, ...]] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    tenants: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    npis: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    def add_name(self, name: str, town: str = "") -> None:
        """Take up a name in all its spellings; the town's words do not set it apart."""
        for spelling in spellings(name):
            self.names.add(normal(spelling))
            core = telling(spelling, words(town))
            if tells(core, spelling):
                self.cores.add(core)
        self.names.discard("")

    def add_website(self, website: str | None, shared: SharedHosts) -> None:
        """Take up a website: its domain, or the page on a host that many share."""
        url = clean_url(website or "")
        if not url:
            return
        host = host_of(url)
        domain = website_id(url, shared)
        if domain:
            self.domains.add(domain)
            builder = shared.kind(host) == SITE_BUILDER
            self.labels.add(domain.split(".")[0] if builder else _SUFFIXES(host).domain)
            return
        first = urlsplit(url).path.strip("/").split("/")[0]
        page = urlsplit(url).path.strip("/")
        if page:
            self.tenants.add(f"{host}/{page}")
        own = host.split(".")[0] if host.count(".") > 1 and not host.startswith("www.") else first
        if shared.kind(host) == "helpdesk" and own:
            self.labels.add(own.lower())

    @property
    def towns(self) -> frozenset[str]:
        """The towns that it is listed in: each as one word, and each of its longer words."""
        towns = [place.partition("|")[0] for place in self.places]
        parts = {word for town in towns for word in town.split() if len(word) > 3}
        return frozenset({town.replace(" ", "") for town in towns} | parts)

    def brands(self, places: frozenset[str]) -> set[str]:
        """What sets its web addresses apart, beside the names of these places."""
        return {brand(label, places) for label in self.labels} - {""}


def phone_of(text: str | None) -> str | None:
    """Ten digits of a North American number, or None; an extension is left off.

    Of several numbers in a cell the first one counts that is not said to be a fax.
    """
    # Whoever took the column for numbers wrote ``5125550142.0``.
    told = _FAX.sub(" ", (text or "").strip().removesuffix(".0"))
    whole = _usable(_EXTENSION.sub("", told))
    if whole or _ABROAD.search(told):
        return whole
    return next(filter(None, (_usable(found[0]) for found in _NUMBER.finditer(told))), None)


def _usable(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    usable = len(digits) == 10 and digits[0] in "23456789" and len(set(digits)) > 2
    return digits if usable else None


def profiles(
    providers: Iterable[Provider], listings: Iterable[Listing], shared: SharedHosts
) -> dict[str, Profile]:
    """One profile for each provider, of its row and of every listing that became it."""
    found: dict[str, Profile] = {}
    for provider in providers:
        profile = found[provider.provider_id] = Profile(provider.provider_id, provider.name)
        profile.add_website(provider.homepage, shared)
        profile.states.update(provider.states)
        profile.sources.update(provider.source)
        if provider.provider_id.startswith("npi-"):
            profile.npis.add(provider.provider_id.removeprefix("npi-"))
    for row in listings:
        if row.provider_id in found:
            _take_up(found[row.provider_id], row, shared)
    for provider in providers:
        found[provider.provider_id].add_name(provider.name, _towns(found, provider.provider_id))
    return found


def _towns(found: Mapping[str, Profile], provider_id: str) -> str:
    return " ".join(place.partition("|")[0] for place in found[provider_id].places)


def _take_up(profile: Profile, row: Listing, shared: SharedHosts) -> None:
    profile.add_name(row.name, row.city or "")
    profile.add_website(row.website, shared)
    profile.sources.add(row.source)
    phone, states = phone_of(row.phone), [s for s in (row.state or "").split(";") if s]
    if phone:
        profile.phones.add(phone)
    if row.npi:
        profile.npis.add(row.npi)
    profile.states.update(states)
    if row.city and len(states) == 1:
        profile.places.add(f"{normal(row.city)}|{states[0]}")
