"""Listings and known providers in, providers out: who is one provider. Pure.

A provider that is known stays as it is: its row may have been written or mended by hand, so only
its provenance grows. A listing that belongs to nobody known makes a new provider.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawlers.identity.provider_ids import SharedHosts, clean_url, host_of, waiting_id, website_id
from crawlers.identity.settled import Settled
from crawlers.identity.states import us_states
from data.models import Listing, Provider
from data.vocabulary import ProviderStatus

NO_WEBSITE = "no website"
NOT_AN_ADDRESS = "not a web address"
SHARED_HOST = "shared host"
DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Merged:
    """All providers, the known ones first; every listing with its provider and its exclusion."""

    providers: list[Provider]
    listings: list[Listing]
    new: int

    @property
    def excluded(self) -> Counter[str]:
        """Listings by the reason for which they became no (further) provider to look at."""
        return Counter(row.excluded for row in self.listings if row.excluded)


_UNDECIDED = Settled()


def merge(
    known: Sequence[Provider],
    listings: Iterable[Listing],
    shared: SharedHosts,
    today: str,
    settled: Settled = _UNDECIDED,
) -> Merged:
    """Merge listings by who is behind their websites (the contract's section 4).

    Args:
        known: the rows of ``providers.csv``, in their order.
        listings: rows of all sources; of two that make one provider the first one leads.
        shared: hosts that identify nobody.
        today: ISO day, for providers whose listings do not say when they were seen.
        settled: what was decided about who is one provider.
    """
    owners = _Owners(known, shared, settled)
    placed = [owners.place(row) for row in listings]
    groups: dict[str, list[Listing]] = {p.provider_id: [] for p in known}
    for row in placed:
        if row.provider_id is not None:
            groups.setdefault(row.provider_id, []).append(row)
    by_id = {p.provider_id: p for p in known}
    providers = [
        _with_provenance(by_id[key], rows) if key in by_id else _new(key, rows, shared, today)
        for key, rows in groups.items()
    ]
    providers = [
        _with_homepage(p, groups[p.provider_id], shared, settled, p.provider_id not in by_id)
        for p in providers
    ]
    finished = list(_explain(placed, {p.provider_id: p for p in providers}))
    return Merged(providers, finished, len(providers) - len(known))


class _Owners:
    """Which provider id stands behind a key: an id itself, or what a homepage stands for."""

    def __init__(self, known: Sequence[Provider], shared: SharedHosts, settled: Settled) -> None:
        self._shared = shared
        self._ids = {**{p.provider_id: p.provider_id for p in known}, **settled.aliases}
        homepages = {p.provider_id: p.homepage for p in known if p.homepage}
        for provider_id, homepage in [*homepages.items(), *settled.homepages.items()]:
            url = clean_url(homepage)
            key = website_id(url, shared) if url else None
            if key:
                self._ids.setdefault(key, settled.today(provider_id))

    def place(self, row: Listing) -> Listing:
        """The row with its provider's id, and with why it has no homepage, if it has none."""
        if row.excluded:
            return row
        url = clean_url(row.website or "")
        key = website_id(url, self._shared) if url else None
        keys = [k for k in (row.provider_id, key) if k]
        if not keys:
            keys = [waiting_id(row.name, row.city, row.state, row.npi)]
        owner = next((self._ids[k] for k in keys if k in self._ids), keys[0])
        for k in keys:
            self._ids.setdefault(k, owner)
        return replace(row, provider_id=owner, excluded=None if key else _missing(row, url))


def _missing(row: Listing, url: str | None) -> str:
    if url:
        return SHARED_HOST
    named = (row.website or "").strip("/ ")
    return NOT_AN_ADDRESS if named and not (row.website or "").startswith("/") else NO_WEBSITE


def _with_provenance(provider: Provider, rows: Sequence[Listing]) -> Provider:
    if not rows:
        return provider
    return replace(
        provider,
        source=_unique([*provider.source, *(row.source for row in rows)]),
        source_url=provider.source_url or rows[0].source_url,
        first_listed=provider.first_listed or _first_seen(rows),
    )


def _with_homepage(
    provider: Provider,
    rows: Sequence[Listing],
    shared: SharedHosts,
    settled: Settled,
    is_new: bool,
) -> Provider:
    """The homepage that somebody found, or that a merge brought a waiting provider."""
    waits = provider.status == ProviderStatus.HOMEPAGE_UNKNOWN and provider.homepage is None
    found = settled.homepages.get(provider.provider_id)
    if not waits and not (found and is_new):
        return provider
    if found is None and provider.provider_id in settled.aliases.values():
        found = _homepage(rows, shared)
    status = ProviderStatus.ACTIVE if waits else provider.status
    return replace(provider, homepage=found, status=status) if found else provider


def _new(provider_id: str, rows: Sequence[Listing], shared: SharedHosts, today: str) -> Provider:
    homepage = _homepage(rows, shared)
    status = _told(row.status for row in rows) or ProviderStatus.ACTIVE
    if status == ProviderStatus.ACTIVE and homepage is None:
        status = ProviderStatus.HOMEPAGE_UNKNOWN
    return Provider(
        provider_id=provider_id,
        name=_name(rows, homepage),
        homepage=homepage,
        states=_states(rows),
        source=_unique(row.source for row in rows),
        source_url=rows[0].source_url,
        first_listed=_first_seen(rows) or today,
        last_verified=_told(row.last_verified for row in rows),
        status=status,
        notes=_told(row.notes for row in rows),
    )


def _homepage(rows: Sequence[Listing], shared: SharedHosts) -> str | None:
    """The listed address nearest to the site's root; deeper ones are pages of one location."""
    urls = (clean_url(row.website or "") for row in rows)
    own = [url for url in urls if url and website_id(url, shared)]
    return min(own, key=_depth, default=None)


def _depth(url: str) -> tuple[int, int, int]:
    parts = urlsplit(url)
    labels = host_of(url).removeprefix("www.").count(".")
    return len(parts.path.rstrip("/")), labels, len(parts.query)


def _name(rows: Sequence[Listing], homepage: str | None) -> str:
    """The name most listings give; of equals, the one that came with the homepage."""
    counts = Counter(row.name for row in rows)

    def standing(row: Listing) -> tuple[int, bool]:
        return counts[row.name], homepage is not None and clean_url(row.website or "") == homepage

    return max(rows, key=standing).name


def _states(rows: Sequence[Listing]) -> tuple[str, ...]:
    known = set(us_states().values())
    listed = (state for row in rows for state in (row.state or "").split(";"))
    return _unique(state for state in listed if state in known)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _told(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _first_seen(rows: Sequence[Listing]) -> str | None:
    return min((row.seen_on for row in rows if row.seen_on), default=None)


def _explain(rows: Iterable[Listing], providers: dict[str, Provider]) -> Iterator[Listing]:
    """Each row with its exclusion, now that it is known what became of its provider."""
    counted: set[str] = set()
    for row in rows:
        provider = providers.get(row.provider_id or "")
        if provider is None:
            yield row
        elif provider.status in (ProviderStatus.CLOSED, ProviderStatus.NOT_KETAMINE):
            yield replace(row, excluded=str(provider.status))
        elif not provider.in_scope:
            yield replace(row, excluded=row.excluded or str(provider.status))
        else:
            again = provider.provider_id in counted
            yield replace(row, excluded=DUPLICATE if again else None)
            counted.add(provider.provider_id)
