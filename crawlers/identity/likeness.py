"""Whether two providers are one: evidence in plain words, points for each, and a verdict.

Nothing is weighed in secret: what a pair scores is the sum of the lines that are shown with it.
Two providers with websites of their own are never merged by the program, however much they agree:
by the contract's section 4 a registrable domain is a provider, and only a person may say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz

from crawlers.identity.names import brand, telling
from crawlers.identity.profiles import TOLL_FREE, Profile

CERTAIN_POINTS = 8
DOUBTFUL_POINTS = 4
# A number or an NPI that more providers than this give is a call centre's, or a mistake.
SHARED_BY = 2
_ALIKE = 90  # of 100: one letter in ten may differ


class Verdict(StrEnum):
    """What becomes of a pair."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line: what speaks for (points above 0) or against the two being one."""

    points: int
    text: str
    forbids: bool = False

    def __str__(self) -> str:
        return f"{self.points:+d} {self.text}"


@dataclass(frozen=True, slots=True)
class Likeness:
    """All the evidence on one pair of providers."""

    a: str
    b: str
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> int:
        """The sum of the points."""
        return sum(line.points for line in self.evidence)

    @property
    def verdict(self) -> Verdict:
        """Certain only without anything that forbids it."""
        if self.score < DOUBTFUL_POINTS:
            return Verdict.APART
        forbidden = any(line.forbids for line in self.evidence)
        return Verdict.DOUBTFUL if forbidden or self.score < CERTAIN_POINTS else Verdict.CERTAIN

    @property
    def pair(self) -> str:
        """The pair's key in decisions: both ids, sorted."""
        return pair_key(self.a, self.b)


def pair_key(a: str, b: str) -> str:
    """Two provider ids as one key, in either order."""
    return "|".join(sorted((a, b)))


@dataclass(frozen=True, slots=True)
class Commons:
    """How many providers give a phone number, an NPI, a name, or the words that set it apart."""

    phones: Mapping[str, int] = field(default_factory=dict)
    npis: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    cores: Mapping[tuple[str, ...], int] = field(default_factory=dict)


def compare(a: Profile, b: Profile, commons: Commons) -> Likeness:
    """Weigh one pair."""
    found = (line for judge in _JUDGES for line in judge(a, b, commons))
    return Likeness(a.provider_id, b.provider_id, tuple(found))


def _npi(a: Profile, b: Profile, commons: Commons) -> Iterator[Evidence]:
    for npi in sorted(a.npis & b.npis):
        holders = commons.npis.get(npi, 0)
        if holders > SHARED_BY:
            yield Evidence(1, f"same NPI {npi}, which {holders} providers give", forbids=True)
        else:
            yield Evidence(6, f"same NPI {npi}")
    if a.npis and b.npis and not a.npis & b.npis:
        yield Evidence(-2, "different NPIs", forbids=True)


def _phone(a: Profile, b: Profile, commons: Commons) -> Iterator[Evidence]:
    for phone in sorted(a.phones & b.phones)[:1]:
        holders = commons.phones.get(phone, 0)
        if holders > SHARED_BY:
            yield Evidence(0, f"same phone {phone}, but {holders} providers give it")
        elif phone[:3] in TOLL_FREE:
            yield Evidence(2, f"same toll-free phone {phone}")
        else:
            yield Evidence(4, f"same phone {phone}")


def _name(a: Profile, b: Profile, commons: Commons) -> Iterator[Evidence]:
    shared = a.names & b.names
    rare = [core for core in a.cores & b.cores if commons.cores.get(core, 0) <= SHARED_BY]
    own = [n for n in shared if telling(n) and commons.names.get(n, 0) <= SHARED_BY]
    part = _part(a, b, commons)
    if shared and (rare or own):
        yield Evidence(4, f"same name {_longest(shared)!r}")
    elif shared:
        yield Evidence(2, f"same name {_longest(shared)!r}, in words that many use")
    elif rare:
        core = max(sorted(rare), key=len)
        yield Evidence(3 if len(core) > 1 else 2, f"both names hold {' '.join(core)!r}")
    elif part:
        yield Evidence(2, f"both names hold {part!r}")
    elif _alike(a, b):
        yield Evidence(2, f"names alike: {a.title!r}, {b.title!r}")


def _part(a: Profile, b: Profile, commons: Commons) -> str:
    """The rare telling words of one name, where the other has them and more."""
    parts = (
        min(x, y, key=len) for x in a.cores for y in b.cores if set(x) < set(y) or set(y) < set(x)
    )
    return next((" ".join(p) for p in sorted(parts) if commons.cores.get(p, 0) <= SHARED_BY), "")


def _longest(names: set[str]) -> str:
    return max(sorted(names), key=len)


def _alike(a: Profile, b: Profile) -> bool:
    """Nearly the same telling words; the field's words alone make any two names alike.

    A number is no slip of the pen: ``Brightwater 101`` is not ``Brightwater 102``.
    """
    return any(
        fuzz.ratio(" ".join(one), " ".join(other)) >= _ALIKE and _numbers(one) == _numbers(other)
        for one in a.cores
        for other in b.cores
    )


def _numbers(core: Iterable[str]) -> list[str]:
    return sorted(word for word in core if any(letter.isdigit() for letter in word))


def _website(a: Profile, b: Profile, _: Commons) -> Iterator[Evidence]:
    site = sorted(a.domains & b.domains)
    if site:
        # Only where somebody wrote two rows: a domain makes one provider of all listings.
        yield Evidence(8, f"same website {site[0]}")
    page = sorted(a.tenants & b.tenants)
    if page:
        yield Evidence(3, f"same page {page[0]}")
    places = a.towns | b.towns
    brands = a.brands(places) & b.brands(places)
    said = _said_by(a, b) or _said_by(b, a)
    # A word that both names hold is no news in both addresses.
    known = {"".join(core) for core in a.cores & b.cores}
    if brands:
        points = 1 if brands <= known else 3
        yield Evidence(points, f"both web addresses hold {min(brands)!r}")
    elif said:
        yield Evidence(2, f"the web address {said!r} says the other's name")
    if a.domains and b.domains and not a.domains & b.domains:
        yield Evidence(-1, f"two websites: {min(a.domains)}, {min(b.domains)}", forbids=True)


def _said_by(site: Profile, named: Profile) -> str:
    """The label of a website that is the other's name written as one word, or its telling words."""
    names = {name.replace(" ", "") for name in named.names}
    cores = {"".join(c) for core in named.cores for c in (core, core[::-1])}
    for label in sorted(site.labels):
        plain = label.replace("-", "")
        if plain in names or brand(label, site.towns | named.towns) in cores:
            return label
    return ""


def _place(a: Profile, b: Profile, _: Commons) -> Iterator[Evidence]:
    towns = sorted(a.places & b.places)
    if towns:
        town, _sep, state = towns[0].partition("|")
        yield Evidence(2, f"same town: {town.title()}, {state}")
    elif a.states & b.states:
        yield Evidence(1, f"same state: {min(a.states & b.states)}")
    elif a.states and b.states:
        states = f"{';'.join(sorted(a.states))} and {';'.join(sorted(b.states))}"
        chain = len(a.states) > 1 or len(b.states) > 1
        yield Evidence(0 if chain else -1, f"different states: {states}", forbids=True)


_Judge = Callable[[Profile, Profile, Commons], Iterator[Evidence]]
_JUDGES: tuple[_Judge, ...] = (_npi, _phone, _name, _website, _place)
