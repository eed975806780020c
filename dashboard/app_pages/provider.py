"""One provider: what was captured, and each rule's outcome with its proof."""

from __future__ import annotations

from collections import Counter

from audit.catalog.rule import GROUPS
from audit.verdict import risk
from dashboard import cards, frames, tally, told, widgets, words
from data.findings import Filter
from data.vocabulary import Outcome

ADDRESSES_SHOWN = 50
FACTS_SHOWN = 30
CARDS_UNFOLDED = 12


def show() -> None:
    """Draw the page."""
    data = frames.current()
    labels = data.labels()
    if not labels:
        widgets.problem("This run has no provider in its scope.")
        return
    widgets.follow("provider", data.today)
    provider_id = widgets.pick_one("Provider", "provider", labels, resets=["line"])
    if provider_id is None:
        widgets.caveat(data)
        return
    widgets.title(data.name(provider_id))
    header(data, provider_id)
    widgets.caveat(data)
    coverage(data, provider_id)
    facts(data, provider_id)
    lines = {line: words.LINES[line] for line in cards.lines_of(data, provider_id)}
    line = widgets.pick_one("Service line", "line", lines)
    if line is not None:
        findings(data, provider_id, line)
    widgets.download(data, Filter(providers=(provider_id,)), provider_id)
    shown = {"provider": provider_id} | ({"line": line} if line is not None else {})
    widgets.permanent_link(data, **shown)


def findings(data: frames.Frames, provider_id: str, line: str) -> None:
    """The reading aid and the cards of one service line, under the names of their rule groups."""
    widgets.html("line_header.html", line=line)
    if aid := data.risks.get(provider_id, {}).get(line):
        widgets.html("risk.html", risk=aid, method=risk.method())
    groups = cards.build(data, provider_id, line)
    few = sum(map(len, groups.values())) <= CARDS_UNFOLDED
    for place, (group, found) in enumerate(groups.items()):
        widgets.html(
            "cards.html",
            title=GROUPS.get(group, group),
            cards=found,
            segments=tally.in_order(Counter(card.segment.key for card in found)),
            unfolded=few or place == 0,
            roles=words.ROLES,
            heard_by=words.HEARD_BY,
            date=data.captured_on,
            addresses_shown=ADDRESSES_SHOWN,
        )


def header(data: frames.Frames, provider_id: str) -> None:
    """Name, website, date, and the counts of every outcome."""
    mine = data.findings[data.findings["provider_id"] == provider_id]
    outcomes = mine["outcome"].value_counts().to_dict()
    widgets.html(
        "provider_header.html",
        provider=data.providers[provider_id],
        date=data.captured_on,
        pages=int((data.pages["provider_id"] == provider_id).sum()),
        segments=tally.segments(mine),
        total=len(mine),
        unseen=words.REASONS.get(data.unseen.get(provider_id, "")),
        not_tested=outcomes.get(Outcome.NOT_TESTED, 0),
    )


def coverage(data: frames.Frames, provider_id: str) -> None:
    """Which kinds of page were found, read, skipped or lost, and why."""
    tables = {
        name: frames.records(frame[frame["provider_id"] == provider_id])
        for name, frame in {
            "coverage": data.coverage,
            "skipped": data.skipped,
            "failures": data.failures,
        }.items()
    }
    widgets.html("coverage.html", **tables, addresses_shown=ADDRESSES_SHOWN)


def facts(data: frames.Frames, provider_id: str) -> None:
    """What the provider tells about itself, each with its quote."""
    groups = told.build(data, provider_id)
    if groups:
        widgets.html("told.html", groups=groups, date=data.captured_on, shown=FACTS_SHOWN)


show()
