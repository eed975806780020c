"""What decisions mean for merging: who goes by which id, who is two, what is not asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawlers.identity.likeness import pair_key
from data.aliases import followed, from_decisions
from data.decisions import Decision, Kind, standing


@dataclass(frozen=True, slots=True)
class Settled:
    """The standing decisions about identity.

    Attributes:
        aliases: a given-up id, or a domain -> the id of the provider that it is today.
        apart: pairs of ids that are two, as ``likeness.pair_key`` writes them.
        undone: pairs whose merge was taken back: never merged again without a person.
        homepages: provider id -> the homepage that somebody found.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    undone: frozenset[str] = frozenset()
    homepages: Mapping[str, str] = field(default_factory=dict)

    def today(self, provider_id: str) -> str:
        """The id that an id goes by today."""
        return self.aliases.get(provider_id, provider_id)

    def with_merge(self, gone: str, into: str) -> Settled:
        """The same, with one more merge."""
        return Settled(
            followed({**self.aliases, gone: into}), self.apart, self.undone, self.homepages
        )

    def apart_today(self) -> frozenset[str]:
        """The pairs that are two, under the ids that they go by today."""
        return frozenset(pair_key(*map(self.today, pair.split("|"))) for pair in self.apart)


def settle(decisions: Iterable[Decision]) -> Settled:
    """Read the standing decisions about identity."""
    rows = list(decisions)
    held = standing(rows)
    return Settled(
        aliases=from_decisions(rows),
        apart=frozenset(d.subject for d in held if d.kind == Kind.SPLIT),
        undone=frozenset(
            pair_key(d.subject, str(d.value["into"]))
            for d in rows
            if d.kind == Kind.MERGE and d not in held
        ),
        homepages={d.subject: str(d.value["homepage"]) for d in held if d.kind == Kind.HOMEPAGE},
    )
