"""Findings counted by rule: how many pairs state a thing, of how many that could be judged.

The unit is one provider x service line (the provider alone, where a rule is about it as a whole).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from audit.catalog.rule import GROUPS
from dashboard import words
from data.vocabulary import Line, Outcome

Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``judged`` with a 95 % interval; ``None`` where nothing was judged."""

    hits: int
    judged: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class RuleTally:
    """One rule's bar. ``segments`` holds each segment with its count, none that is empty."""

    rule: dict[str, Any]
    segments: tuple[tuple[words.Segment, int], ...]
    share: Share
    gap: float
    total: int
    unseen: int


@dataclass(frozen=True, slots=True)
class GroupTally:
    """The tallies of one rule group under its title, and their segments added up."""

    title: str
    tallies: list[RuleTally]
    segments: tuple[tuple[words.Segment, int], ...]


def wilson(hits: int, judged: int) -> Share:
    """The share and its interval by Wilson's method (doi:10.1080/01621459.1927.10502953)."""
    if judged == 0:
        return Share(hits, judged, None, None, None)
    share = hits / judged
    shrink = 1 + Z_95**2 / judged
    middle = (share + Z_95**2 / (2 * judged)) / shrink
    half = Z_95 / shrink * math.sqrt(share * (1 - share) / judged + (Z_95 / (2 * judged)) ** 2)
    return Share(hits, judged, share, max(0.0, middle - half), min(1.0, middle + half))


def select(
    findings: pd.DataFrame,
    lines: Iterable[str] = (),
    groups: Iterable[str] = (),
    providers: Iterable[str] = (),
) -> pd.DataFrame:
    """The findings wanted; an empty selection means all.

    What could not be looked at stays with every service line: while a provider's lines are not
    known, it may offer any of them, and leaving it out would make the rest look complete.
    """
    keep = pd.Series(True, index=findings.index)
    if wanted := set(lines):
        unseen = (findings["outcome"] == Outcome.NOT_TESTED) & (
            findings["service_line"] == Line.UNKNOWN
        )
        keep &= findings["service_line"].isin(wanted) | unseen
    if wanted := set(groups):
        keep &= findings["rule_group"].isin(wanted)
    if wanted := set(providers):
        keep &= findings["provider_id"].isin(wanted)
    return findings[keep]


def segments(findings: pd.DataFrame) -> tuple[tuple[words.Segment, int], ...]:
    """The segments that occur, in the order of a bar, each with its number of findings."""
    return in_order(Counter(findings["segment"]))


def in_order(counts: Mapping[str, int]) -> tuple[tuple[words.Segment, int], ...]:
    """Segments by their keys, in the order of a bar, none that is empty."""
    return tuple((s, counts[s.key]) for s in words.SEGMENTS if counts.get(s.key))


def by_rule(findings: pd.DataFrame, rules: Iterable[dict[str, Any]]) -> list[RuleTally]:
    """One tally for each rule that has findings, the widest gap first.

    Review waits for a person and is neither a yes nor a no, so it is in no denominator.
    """
    frames = dict(iter(findings.groupby("rule_id")))
    tallies = [_tally(rule, frames[rule["id"]]) for rule in rules if rule["id"] in frames]
    return sorted(tallies, key=lambda t: (-t.gap, -t.share.judged, t.rule["id"]))


def by_group(tallies: Iterable[RuleTally]) -> list[GroupTally]:
    """Tallies under their rule groups, the groups in reading order, each as it came."""
    groups: defaultdict[str, list[RuleTally]] = defaultdict(list)
    for one in tallies:
        groups[words.group_of(one.rule["id"])].append(one)
    return [
        GroupTally(GROUPS.get(group, group), groups[group], _add_up(groups[group]))
        for group in words.in_reading_order(groups)
    ]


def _add_up(tallies: Iterable[RuleTally]) -> tuple[tuple[words.Segment, int], ...]:
    counts: Counter[str] = Counter()
    for one in tallies:
        counts.update({segment.key: count for segment, count in one.segments})
    return in_order(counts)


def _tally(rule: dict[str, Any], findings: pd.DataFrame) -> RuleTally:
    outcomes = Counter(findings["outcome"])
    judged = outcomes[Outcome.MET] + outcomes[Outcome.CONCERN]
    return RuleTally(
        rule=rule,
        segments=segments(findings),
        share=wilson(outcomes[words.KINDS[rule["kind"]].counted], judged),
        gap=outcomes[Outcome.CONCERN] / judged if judged else -1.0,
        total=len(findings),
        unseen=outcomes[Outcome.NOT_TESTED],
    )
