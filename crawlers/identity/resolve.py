"""Listings of all sources in, providers out: certain ones joined, doubtful ones proposed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from crawlers.identity.likeness import Likeness, Verdict
from crawlers.identity.profiles import profiles
from crawlers.identity.provider_ids import SharedHosts
from crawlers.identity.providers import Merged, merge
from crawlers.identity.resolution import pairs
from crawlers.identity.settled import Settled
from data.models import Listing, Provider


@dataclass(frozen=True, slots=True)
class Joined:
    """One certain merge: the id that is given up, the one that stays, and the evidence."""

    gone: str
    into: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Resolved:
    """The providers, the merges that were certain, and the pairs that somebody should look at."""

    merged: Merged
    joined: list[Joined]
    proposals: list[Likeness]


def resolve(
    known: Sequence[Provider],
    listings: Sequence[Listing],
    elsewhere: Sequence[Listing],
    settled: Settled,
    shared: SharedHosts,
    today: str,
) -> Resolved:
    """Merge listings into providers.

    Two rows of ``providers.csv`` are never joined without a person: either may be somebody's own.

    Args:
        known: the rows of ``providers.csv``.
        listings: the rows of the sources that are read now.
        elsewhere: last good rows of the other sources, for what they tell of known providers.
        settled: what was decided; none of it is asked again.
        shared: hosts that identify nobody.
        today: ISO day.
    """
    joined: list[Joined] = []
    before = {provider.provider_id for provider in known}
    tried: frozenset[str] = frozenset()  # no pair twice, however older decisions turn it round
    while True:
        merged = merge(known, listings, shared, today, settled)
        found = compare_all(merged.providers, [*merged.listings, *elsewhere], settled, shared)
        certain = [
            likeness
            for likeness in found
            if likeness.verdict is Verdict.CERTAIN
            and likeness.pair not in settled.undone | tried
            and not {likeness.a, likeness.b} <= before
        ]
        if not certain:
            return Resolved(merged, joined, found)
        # One merge an id and round: what is joined now is weighed anew as one in the next round.
        for likeness in _disjoint(certain):
            into, gone = _ranked(likeness, merged.providers, before)
            settled, tried = settled.with_merge(gone, into), tried | {likeness.pair}
            joined.append(Joined(gone, into, likeness))


def compare_all(
    providers: Sequence[Provider],
    listings: Sequence[Listing],
    settled: Settled,
    shared: SharedHosts,
) -> list[Likeness]:
    """Pairs of providers that may be one, without those that were decided to be two."""
    apart = settled.apart_today()
    today = [replace(row, provider_id=settled.today(row.provider_id or "")) for row in listings]
    return [
        likeness
        for likeness in pairs(profiles(providers, today, shared))
        if likeness.pair not in apart
    ]


def _disjoint(likenesses: Sequence[Likeness]) -> list[Likeness]:
    taken: set[str] = set()
    kept = []
    for likeness in likenesses:
        if taken.isdisjoint((likeness.a, likeness.b)):
            taken.update((likeness.a, likeness.b))
            kept.append(likeness)
    return kept


def _ranked(
    likeness: Likeness, providers: Sequence[Provider], before: Collection[str]
) -> tuple[str, str]:
    """The id that stays and the one that goes: known before new, with a homepage before without."""
    places = {p.provider_id: (n, p) for n, p in enumerate(providers)}

    def standing(provider_id: str) -> tuple[bool, bool, int]:
        number, provider = places[provider_id]
        return provider_id not in before, provider.homepage is None, number

    into, gone = sorted((likeness.a, likeness.b), key=standing)
    return into, gone
