"""What a site's pages asked for as they loaded, and whether all that matter were looked at.

Only requests to advertising platforms count, each as a claim whose quote is its address: no
first-party statistics, fonts, content networks or tag managers, and nothing that an embedded player
or map asked for in its own frame.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.pages import request_log
from audit.pages.blocks import Block
from audit.site.claim_rows import claim_in
from audit.site.read_page import ReadPage
from audit.text.sentences import Span
from audit.verdict.coverage import WORST_FIRST, Gap
from audit.verdict.left_out import left_out, sampled_out
from data import trackers
from data.health_pages import CONDITION, INTAKE, MOST_LOOKED_AT, about
from data.models import Claim, Page, Skipped
from data.vocabulary import Reason, Stance, Voice

# The privacy rules, and the kinds of page that they are about.
KINDS_OF = {
    "privacy.trackers-intake": (INTAKE,),
    "privacy.trackers-condition-pages": (CONDITION,),
    "privacy.promise-mismatch": (INTAKE, CONDITION),
}
_MOST_QUOTES, _MOST_OF_ONE = 12, 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to somebody else: who was asked, and where it is quoted.

    ``by_shape``: it was asked of a host that tells nobody's name, and looks like the company's.
    """

    company: str
    category: str
    block: Block
    span: Span
    says_less: bool
    by_shape: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """One page's load; ``is_whole``: it was seen to its end."""

    log: ReadPage
    kind: str | None
    is_whole: bool
    asked: tuple[Asked, ...] = ()

    def of(self, category: str) -> list[Asked]:
        """The requests of one category, the most telling first."""
        return [a for a in self.asked if a.category == category]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one rule has to know: ``asked`` and ``close`` (perhaps advertising) as claims.

    ``like`` are the companies whose requests all of the latter look like, and no more than that.
    ``pages`` were loaded, on ``hits`` of them something was asked of the ``companies``; ``gap``:
    why nothing can be said of what was not observed, ``None`` if it can. ``left_out`` are pages
    that were not asked for; ``is_sample``: there are more than were loaded, and these will do.
    """

    asked: tuple[Claim, ...] = ()
    close: tuple[Claim, ...] = ()
    like: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    hits: int = 0
    pages: int = 0
    gap: Reason | None = Reason.COVERAGE_TOO_LOW
    left_out: tuple[str, ...] = ()
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Loads:
    """All loads of a site; by kind, why some pages were not looked at, and what was not asked for.

    Of the kinds in ``sampled`` there are more pages than had to be looked at.
    """

    loads: tuple[Load, ...] = ()
    gaps: Mapping[str, frozenset[Reason]] = field(default_factory=dict)
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sampled: frozenset[str] = frozenset()

    def seen(self, rule_id: str) -> Seen:
        """What was seen on the pages that a rule is about."""
        kinds = KINDS_OF.get(rule_id, ())
        own = [load for load in self.loads if load.kind in kinds]
        hit = [load for load in own if load.of(trackers.ADVERTISING)]
        gaps = frozenset[Reason]().union(*(self.gaps.get(kind, ()) for kind in kinds))
        if not any(load.is_whole for load in own):
            # A kind of page that nobody came across was not looked at either.
            gaps |= {Reason.COVERAGE_TOO_LOW}
        return Seen(
            asked=_claims(rule_id, own, trackers.ADVERTISING),
            close=_claims(rule_id, own, trackers.PROBABLY),
            like=_like([a for load in own for a in load.of(trackers.PROBABLY)]),
            companies=tuple(
                sorted({a.company for load in hit for a in load.of(trackers.ADVERTISING)})
            ),
            hits=len(hit),
            pages=len(own),
            gap=next((r for r in WORST_FIRST if r in gaps), None),
            left_out=tuple(url for kind in kinds for url in self.left_out.get(kind, ())),
            is_sample=not self.sampled.isdisjoint(kinds),
        )


def _like(close: Sequence[Asked]) -> tuple[str, ...]:
    return tuple(sorted({a.company for a in close})) if all(a.by_shape for a in close) else ()


def _claims(rule_id: str, loads: Iterable[Load], category: str) -> tuple[Claim, ...]:
    """The requests as claims: few of each company, so that all companies are shown."""
    told: Counter[str] = Counter()
    claims: list[Claim] = []
    for load in loads:
        first = {a.company: a for a in reversed(load.of(category))}
        for asked in first.values():
            told[asked.company] += 1
            if told[asked.company] <= _MOST_OF_ONE:
                stance, voice = Stance.DENIES, Voice.PROVIDER
                claims.append(claim_in(load.log, asked.block, rule_id, stance, asked.span, voice))
    return tuple(claims[:_MOST_QUOTES])


def read_loads(
    logs: Iterable[ReadPage], pages: Iterable[Page], gaps: Sequence[Gap], skipped: Sequence[Skipped]
) -> Loads:
    """Bring together what was logged, and what should have been.

    Args:
        logs: the site's request logs, in the order in which they are to be shown.
        pages: all of its captures that are pages.
        gaps: pages that should have been read, and were not.
        skipped: addresses that were not asked for.
    """
    loads = tuple(map(_load, logs))
    captured = [page for page in pages if _is_read(page)]
    wanted = _wanted(captured, loads)
    reasons: dict[str, set[Reason]] = {kind: set() for kind in wanted}
    for gap in gaps:
        kind = about(gap.url, gap.page_type)
        if kind:
            reasons[kind].add(gap.reason)
    unasked, sampled = left_out(skipped, captured), sampled_out(skipped)
    for kind, looked_at in wanted.items():
        # Of many pages a sample will do.
        is_enough = sum(looked_at) >= MOST_LOOKED_AT[kind]
        if is_enough and (unasked[kind] or not all(looked_at)):
            sampled.add(kind)
        if not is_enough and not all(looked_at):
            reasons[kind].add(Reason.RENDER_FAILED)
        if not is_enough and unasked[kind]:
            reasons[kind].add(Reason.COVERAGE_TOO_LOW)
    why = {kind: frozenset(found) for kind, found in reasons.items()}
    named = {kind: tuple(urls) for kind, urls in unasked.items()}
    return Loads(loads, why, named, frozenset(sampled))


def _wanted(captured: Iterable[Page], loads: Iterable[Load]) -> dict[str, list[bool]]:
    """For each page that should be looked at, whether it was seen to its end, by kind."""
    logged = {load.log.page.parent_capture_id for load in loads if load.is_whole}
    wanted: dict[str, list[bool]] = {kind: [] for kind in MOST_LOOKED_AT}
    for page in captured:
        kind = about(page.final_url, page.expected_type)
        if kind:
            wanted[kind].append(page.capture_id in logged)
    return wanted


def _is_read(page: Page) -> bool:
    """Whether a capture is a page that a browser could have loaded."""
    html = (page.content_type or "text/html").lower().startswith(("text/html", "application/xhtml"))
    return page.kind == "raw" and html


def _load(log: ReadPage) -> Load:
    found = list(request_log.rows(log.text))
    page = next((row for _, row in found if row.get("what") == "page"), {})
    asked = sorted(_asked(found), key=lambda a: a.says_less)
    kind = about(log.page.final_url, log.page.expected_type)
    return Load(log, kind, bool(page.get("whole")), tuple(asked))


def _asked(found: Iterable[tuple[Block, Mapping[str, Any]]]) -> Iterator[Asked]:
    for block, row in found:
        if row.get("what") != "request" or row.get("in_embed"):
            continue
        url = str(row.get("url"))
        shown = json.dumps(url)[1:-1]
        start = block.text.find(shown)
        tracker, by_shape = _whose(url, is_own=row.get("party") != "other")
        if start >= 0 and tracker is not None:
            says_less = not row.get("tells") and row.get("kind") == "script"
            span = Span(start, start + len(shown))
            yield Asked(tracker.company, tracker.category, block, span, says_less, by_shape)


def _whose(url: str, *, is_own: bool) -> tuple[trackers.Tracker | None, bool]:
    """Whom a request goes to; True: as far as it looks, at a host that tells nobody's name."""
    known = trackers.bundled()
    named = None if is_own else known.of(url)
    if named is not None and named.category != trackers.UNKNOWN:
        return named, False
    like = known.like(url)
    return (like, True) if like is not None else (named, False)
