"""Proposed merges and past decisions, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from crawlers.identity.likeness import Likeness
from crawlers.merges.merges import Desk, short_name
from data.decisions import Decision, Kind
from data.models import Provider
from data.printable import one_line, printable


def as_text(desk: Desk) -> str:
    """Two lines for the providers of each pair, one for each piece of evidence."""
    proposals = desk.proposals()
    lines = [line for proposal in proposals for line in _told(desk, proposal)]
    return "\n".join(map(one_line, [*lines, f"{len(proposals)} pairs wait for a decision."]))


def _told(desk: Desk, proposal: Likeness) -> Iterator[str]:
    yield f"{short_name(proposal.pair)}  {proposal.score} points" + _before(desk, proposal)
    yield from (f"    {_named(desk.row(each))}" for each in (proposal.a, proposal.b))
    yield from (f"      {line}" for line in proposal.evidence)


def _before(desk: Desk, proposal: Likeness) -> str:
    return ", joined once and parted again" if proposal.pair in desk.settled.undone else ""


def _named(provider: Provider) -> str:
    place = ";".join(provider.states) or "state unknown"
    return f"{provider.provider_id}: {provider.name}, {place}, {provider.homepage or 'no homepage'}"


def to_json(desk: Desk) -> str:
    """A list of pairs, each with both rows and the evidence."""
    told = [
        {
            "pair": short_name(proposal.pair),
            "score": proposal.score,
            "verdict": str(proposal.verdict),
            "providers": [asdict(desk.row(each)) for each in (proposal.a, proposal.b)],
            "evidence": [{"points": e.points, "text": e.text} for e in proposal.evidence],
        }
        for proposal in desk.proposals()
    ]
    return printable(json.dumps(told, ensure_ascii=False, indent=1))


def log_as_text(decisions: Sequence[Decision]) -> str:
    """A line a decision."""
    return "\n".join(one_line(_logged(decision)) for decision in decisions)


def _logged(decision: Decision) -> str:
    told = {
        Kind.MERGE: f"{decision.subject} is {decision.value.get('into')}",
        Kind.SPLIT: " and ".join(decision.subject.split("|")) + " are two",
        Kind.ALIAS: f"{decision.subject} belongs to {decision.value.get('into')}",
        Kind.HOMEPAGE: f"{decision.subject} has the homepage {decision.value.get('homepage')}",
        Kind.UNDO: f"decision {decision.undoes} ({decision.subject}) is taken back",
    }[Kind(decision.kind)]
    return f"{decision.decision_id}  {decision.at}  {decision.who}: {told}. {decision.why}"


def log_to_json(decisions: Sequence[Decision]) -> str:
    """The rows as they stand."""
    return printable(json.dumps([asdict(d) for d in decisions], ensure_ascii=False, indent=1))
