"""One provider's findings, each with everything a reader needs to check it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from dashboard import words
from dashboard.frames import Frames, Row, records
from data import text_fragment
from data.vocabulary import EvidenceRole, PageType

CONTEXT = 6_000


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote in its block; ``cut_before`` and ``cut_after`` count the characters left out."""

    role: str
    before: str
    text: str
    after: str
    cut_before: int
    cut_after: int
    claim: Row
    page_title: str
    page: Row
    link: str


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, ready to be drawn.

    ``captured`` holds the addresses captured by the type that was expected of them, ``types_read``
    the types that the audit saw in them; ``not_offered`` are the types that matter and to which
    nothing on the site leads, and ``lost`` the failures that matter. ``review_by`` is the date at
    which the rule should have been looked at again, where the captures are younger.
    """

    finding: Row
    rule: Row
    segment: words.Segment
    reason: str
    quotes: list[Quote]
    captured: dict[str, list[str]]
    types_read: list[str]
    missing: list[str]
    not_offered: list[str]
    lost: list[Row]
    review_by: str | None

    @property
    def found_nothing(self) -> bool:
        """Whether no quote decides it, so that the search itself is the proof."""
        return all(quote.role == EvidenceRole.NEAR_MISS for quote in self.quotes)


def lines_of(data: Frames, provider_id: str) -> list[str]:
    """The service lines under which a provider has findings, in the usual order."""
    mine = data.findings[data.findings["provider_id"] == provider_id]
    return [line for line in words.LINES if line in set(mine["service_line"])]


def build(data: Frames, provider_id: str, line: str) -> dict[str, list[Card]]:
    """Cards of one service line by rule group, each group in the order of the rules."""
    mine = data.findings[
        (data.findings["provider_id"] == provider_id) & (data.findings["service_line"] == line)
    ]
    quotes = _quotes(data, mine["finding_id"])
    site = _Site(data, provider_id)
    order = {rule_id: place for place, rule_id in enumerate(data.rules)}
    groups: defaultdict[str, list[Card]] = defaultdict(list)
    for finding in sorted(records(mine), key=lambda f: order[f["rule_id"]]):
        groups[finding["rule_group"]].append(site.card(finding, quotes[finding["finding_id"]]))
    return {group: groups[group] for group in words.in_reading_order(groups)}


class _Site:
    """What became of one provider's pages, by the type that was expected of them."""

    def __init__(self, data: Frames, provider_id: str) -> None:
        def own(frame: pd.DataFrame) -> list[Row]:
            return records(frame[frame["provider_id"] == provider_id])

        self._rules, self._past_review = data.rules, data.view.past_review
        self._offered = {c["expected_type"] for c in own(data.coverage) if c["discovered"]}
        self._failures = own(data.failures)
        self._pages: defaultdict[str, list[str]] = defaultdict(list)
        for page in own(data.pages):
            if page["final_url"] not in self._pages[page["expected_type"]]:
                self._pages[page["expected_type"]].append(page["final_url"])

    def card(self, finding: Row, quotes: list[Quote]) -> Card:
        rule = self._rules[finding["rule_id"]]
        return Card(
            finding=finding,
            rule=rule,
            segment=words.SEGMENT[finding["segment"]],
            reason=words.REASONS[finding["reason"]],
            quotes=quotes,
            captured=self._pages,
            types_read=_split(finding["page_types_searched"]),
            missing=_split(finding["page_types_missing"]),
            not_offered=self._not_offered(rule),
            lost=self._lost(rule),
            review_by=self._past_review.get(rule["id"]),
        )

    def _lost(self, rule: Row) -> list[Row]:
        # Without needs of its own, a rule searches all that a site offers.
        needed = {*rule["absence_needs"], PageType.HOME}
        everything = not rule["absence_needs"]
        return [f for f in self._failures if everything or f["expected_type"] in needed]

    def _not_offered(self, rule: Row) -> list[str]:
        # Where no page was read, nobody knows what the site offers.
        kinds = rule["absence_needs"] if self._pages else []
        return [kind for kind in kinds if kind not in self._offered]


def _split(joined: str | None) -> list[str]:
    return [part for part in (joined or "").split(";") if part]


def _quotes(data: Frames, finding_ids: pd.Series[str]) -> defaultdict[str, list[Quote]]:
    rows = records(data.evidence[data.evidence["finding_id"].isin(finding_ids)])
    captures = {row["capture_id"] for row in rows}
    pages = records(data.pages[data.pages["capture_id"].isin(captures)])
    by_capture = {page["capture_id"]: page for page in pages}
    found: defaultdict[str, list[Quote]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r["finding_id"], r["rank"])):
        passage = data.passages[row["capture_id"], row["css_path"], row["block_ordinal"]]
        found[row["finding_id"]].append(_quote(row, passage, by_capture[row["capture_id"]]))
    return found


def _quote(claim: Row, passage: Row, page: Row) -> Quote:
    text, start, end = passage["text"], claim["char_start"], claim["char_end"]
    return Quote(
        role=claim["role"],
        before=text[max(0, start - CONTEXT) : start],
        text=claim["quote"],
        after=text[end : end + CONTEXT],
        cut_before=max(0, start - CONTEXT),
        cut_after=max(0, len(text) - end - CONTEXT),
        claim=claim,
        page_title=passage["page_title"],
        page=page,
        link=text_fragment.link(page["final_url"], claim["quote"], claim["css_path"]),
    )
