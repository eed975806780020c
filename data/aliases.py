"""Ids that providers went by before: given up in a merge or a move, and still in older runs.

A finished run never changes, so its rows keep the ids of its time. What is read today follows the
standing decisions: under an id of today also counts what older runs say under those that it took
over, where the run that is read does not know them any more. A decision that is undone parts them
again, and nothing has to be written anew for either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from data.decisions import Decision, Decisions, Kind, standing
from data.models import finding_id
from data.store import Store


def of(store: Store) -> dict[str, str]:
    """Each id, or domain, that was given up -> the id of the provider that it is today."""
    return from_decisions(Decisions(store.path).all())


def from_decisions(decisions: Iterable[Decision]) -> dict[str, str]:
    """As ``of``, from rows of the decisions, oldest first."""
    held = standing(list(decisions))
    direct = {d.subject: str(d.value["into"]) for d in held if d.kind in (Kind.MERGE, Kind.ALIAS)}
    return followed(direct)


def followed(direct: Mapping[str, str]) -> dict[str, str]:
    """Each alias with the end of its chain; a circle ends where it began."""
    ends = {}
    for start in direct:
        end, seen = start, {start}
        while end in direct and direct[end] not in seen:
            end = direct[end]
            seen.add(end)
        if end != start:
            ends[start] = end
    return ends


class Names:
    """The former ids that a run's providers took over."""

    def __init__(self, aliases: Mapping[str, str], scope: Collection[str]) -> None:
        """Make them from the aliases of today and the ids in the run's scope."""
        known = set(scope)
        self._today = {a: b for a, b in aliases.items() if b in known and a not in known}
        self._former: defaultdict[str, list[str]] = defaultdict(list)
        for former, today in sorted(self._today.items()):
            self._former[today].append(former)

    def today(self, provider_id: str) -> str:
        """The id in the run that an id stands for."""
        return self._today.get(provider_id, provider_id)

    def former(self, provider_id: str) -> tuple[str, ...]:
        """The ids that a provider of the run went by."""
        return tuple(self._former.get(provider_id, ()))

    def former_findings(self, provider_id: str, service_line: str, rule_id: str) -> tuple[str, ...]:
        """The ids of one of a provider's findings, as older runs have them."""
        return tuple(finding_id(f, service_line, rule_id) for f in self.former(provider_id))
