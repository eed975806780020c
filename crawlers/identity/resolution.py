"""Which providers may be one: pairs that share a key are compared, all others never are. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from crawlers.identity.likeness import Commons, Likeness, Verdict, compare
from crawlers.identity.profiles import Profile

# A key that more providers than this share tells nothing, and costs the square of its number.
_LARGEST_BLOCK = 25


def pairs(found: Mapping[str, Profile]) -> list[Likeness]:
    """Every pair of these profiles, by provider id, that is certain or doubtful; the best first."""
    commons = commons_of(found.values())
    judged = (compare(found[a], found[b], commons) for a, b in sorted(_candidates(found.values())))
    kept = [likeness for likeness in judged if likeness.verdict is not Verdict.APART]
    return sorted(kept, key=lambda likeness: (-likeness.score, likeness.pair))


def commons_of(found: Iterable[Profile]) -> Commons:
    """How many of these providers give each phone, NPI and name."""
    phones: Counter[str] = Counter()
    npis: Counter[str] = Counter()
    names: Counter[str] = Counter()
    cores: Counter[tuple[str, ...]] = Counter()
    for profile in found:
        phones.update(profile.phones)
        npis.update(profile.npis)
        names.update(profile.names)
        cores.update(profile.cores)
    return Commons(phones, npis, names, cores)


def _candidates(found: Iterable[Profile]) -> set[tuple[str, str]]:
    blocks: dict[str, list[str]] = defaultdict(list)
    for profile in found:
        for key in set(_keys(profile)):
            blocks[key].append(profile.provider_id)
    return {
        pair
        for members in blocks.values()
        if len(members) <= _LARGEST_BLOCK
        for pair in combinations(sorted(members), 2)
    }


def _keys(profile: Profile) -> Iterator[str]:
    """What a provider is looked up by; a shared host is no key, and a page on one is."""
    yield from (f"npi {npi}" for npi in profile.npis)
    yield from (f"phone {phone}" for phone in profile.phones)
    yield from (f"page {tenant}" for tenant in profile.tenants)
    yield from (f"site {domain}" for domain in profile.domains)
    for name in profile.names:
        yield f"name {name}"
        yield f"word {name.replace(' ', '')}"
    for core in profile.cores:
        yield f"core {' '.join(core)}"
        yield f"word {''.join(core)}"
        yield f"word {''.join(core[::-1])}"
        # One slip of the pen leaves the beginning or the end as it was.
        yield f"start {''.join(core)[:6]}"
        yield f"end {''.join(core)[-6:]}"
    for label in profile.labels:
        yield f"word {label.replace('-', '')}"
    for own in profile.brands(profile.towns):
        yield f"word {own}"
