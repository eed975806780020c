"""Which providers share hosts: one worker takes them one after the other, so its pauses hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawlers.conduct.scope import own_keys
from crawlers.distribution.order import Order
from crawlers.runs.plan import home_of
from data.models import Provider


@dataclass(slots=True, eq=False)
class _Lane:
    members: list[tuple[int, Provider]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


def lanes(providers: Iterable[Provider], own_hosts: Mapping[str, Sequence[str]]) -> list[Order]:
    """Orders without a host in common, in the order of their first providers."""
    lane_of: dict[str, _Lane] = {}
    for place, provider in enumerate(providers):
        keys = set(own_keys(home_of(provider), own_hosts.get(provider.provider_id, ())))
        known = list(dict.fromkeys(lane_of[key] for key in sorted(keys) if key in lane_of))
        lane = known[0] if known else _Lane()
        for other in known[1:]:
            lane.members += other.members
            keys |= other.keys
        lane.members.append((place, provider))
        lane.keys |= keys
        lane_of |= dict.fromkeys(keys, lane)
    made = sorted(set(lane_of.values()), key=lambda lane: min(place for place, _ in lane.members))
    return [_order(lane) for lane in made]


def _order(lane: _Lane) -> Order:
    in_their_order = sorted(lane.members, key=lambda member: member[0])
    return Order(tuple(provider for _, provider in in_their_order), tuple(sorted(lane.keys)))
