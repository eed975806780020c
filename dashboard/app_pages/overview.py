"""Overview: what all providers of a run say, one bar for each safeguard and each claim."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.catalog.rule import GROUPS
from audit.verdict import risk
from dashboard import frames, tally, widgets, words
from data.findings import Filter

NAMES_SHOWN = 12
RULES_UNFOLDED = 12
PROVIDERS_A_PAGE = 25


def show() -> None:
    """Draw the page."""
    data = frames.current()
    widgets.html(
        "overview_header.html",
        date=data.captured_on,
        in_scope=len(data.view.run.scope),
        silent=len(set(data.view.run.scope) - set(data.findings["provider_id"])),
        unseen=[(p, data.name(p), words.REASONS[r]) for p, r in data.unseen.items()],
        names_shown=NAMES_SHOWN,
    )
    widgets.caveat(data)
    chosen = filters(data)
    if chosen.empty:
        widgets.problem("No finding matches these filters.")
        return
    widgets.html("unit.html", total=len(chosen))
    for kind in words.KINDS:
        section(data, chosen, kind)
    provider_list(data, chosen)
    everything = len(chosen) == len(data.findings)
    wanted = Filter() if everything else Filter(findings=tuple(chosen["finding_id"]))
    widgets.download(data, wanted, "findings")
    widgets.permanent_link(data)


def filters(data: frames.Frames) -> pd.DataFrame:
    """The findings that the three filters leave."""
    found = data.findings
    lines = [line for line in words.LINES if line in set(found["service_line"])]
    columns = st.columns(3)
    with columns[0]:
        line = widgets.pick_many("Service line", "line", {k: words.LINES[k] for k in lines})
    with columns[1]:
        groups = {g: GROUPS.get(g, g) for g in sorted(set(found["rule_group"]))}
        group = widgets.pick_many("Rule group", "group", groups)
    with columns[2]:
        provider = widgets.pick_many("Provider", "provider", data.labels())
    return tally.select(found, line, group, provider)


def section(data: frames.Frames, chosen: pd.DataFrame, kind: str) -> None:
    """The bars of one kind of rule, if any of them was judged."""
    rules = [rule for rule in data.view.rules if rule["kind"] == kind]
    tallies = tally.by_rule(chosen, rules)
    if not tallies:
        return
    widgets.html(
        "bars.html",
        kind=words.KINDS[kind],
        groups=tally.by_group(tallies),
        # Sixty rules would be an endless page: all but the first group wait to be unfolded.
        unfolded=chosen["rule_id"].nunique() <= RULES_UNFOLDED,
        first=kind == next(iter(words.KINDS)),
        past_review=data.view.past_review,
        who={t.rule["id"]: who(data, chosen, t) for t in tallies},
        names_shown=NAMES_SHOWN,
    )


Who = tuple[words.Segment, list[tuple[str, str]]]


def who(data: frames.Frames, chosen: pd.DataFrame, one: tally.RuleTally) -> list[Who]:
    """For each segment of a bar, the providers in it: id and name, each once."""
    mine = chosen[chosen["rule_id"] == one.rule["id"]]
    ids = {key: found.unique() for key, found in mine.groupby("segment")["provider_id"]}
    return [(s, [(p, data.name(p)) for p in ids[s.key]]) for s, _ in one.segments]


def provider_list(data: frames.Frames, chosen: pd.DataFrame) -> None:
    """All providers by name, with their counts; by name, because no ranking is meant."""
    found = set(chosen["provider_id"])
    ordered = [provider for provider in data.labels() if provider in found]
    widgets.html("provider_list_header.html", count=len(ordered), method=risk.method())
    lines = set(chosen["service_line"])
    rows = [
        (
            provider,
            data.name(provider),
            int((data.pages["provider_id"] == provider).sum()),
            tally.segments(chosen[chosen["provider_id"] == provider]),
            [r for line, r in data.risks.get(provider, {}).items() if line in lines],
        )
        for provider in widgets.page_of(ordered, "page", PROVIDERS_A_PAGE)
    ]
    widgets.html("provider_list.html", rows=rows)


show()
