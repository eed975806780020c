"""Was enough looked at to say "not found"? Coverage of one provider's site, rule by rule.

The contract's section 2: a thin crawl never clears anyone, and never accuses anyone either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from data.failure_reasons import DEAD_LINK, reason_of
from data.models import Failure, Page, Skipped
from data.vocabulary import PageType, Reason

MIN_WORDS = 200
SAMPLE = 5
# Where several pages are missing for several reasons, the first of these is given.
WORST_FIRST = (
    Reason.BLOCKED,
    Reason.ROBOTS,
    Reason.UNREACHABLE,
    Reason.RENDER_FAILED,
    Reason.COVERAGE_TOO_LOW,
)
_BUDGET = "budget"
_SAMPLED = "sampled_out"
# Only a visitor's own word leads there ("I am over 18"), which nobody gave.
_ATTESTS = "attests"
# Only who chooses from a list or searches is shown it, and nobody did.
_UNCHOSEN = "unchosen"
_BY_HAND = "import"


@dataclass(frozen=True, slots=True)
class Gap:
    """A page that should have been read and was not."""

    url: str
    page_type: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class SiteCoverage:
    """What was read of one site, and what was not.

    ``read`` maps a capture to its page type as the audit sees it; ``gaps`` are needed pages that
    failed, were refused or fell to the budget, dead links aside; ``by_hand`` of the pages read are
    a person's captures.
    """

    read: dict[str, str]
    gaps: tuple[Gap, ...]
    sampled: frozenset[str]
    words: int
    home_read: bool
    home_reason: Reason
    by_hand: int = 0

    def missing(self, needs: Iterable[str]) -> tuple[Gap, ...]:
        """The gaps that stand in the way of saying that something is not there."""
        wanted = set(needs) | {PageType.HOME}
        return tuple(gap for gap in self.gaps if gap.page_type in wanted)

    def problem(self, needs: Iterable[str]) -> Reason | None:
        """Why absence cannot be said of a rule that needs these page types; None if it can."""
        if not self.home_read:
            return self.home_reason
        reasons = {gap.reason for gap in self.missing(needs)}
        for reason in WORST_FIRST:
            if reason in reasons:
                return reason
        return Reason.COVERAGE_TOO_LOW if self.words < MIN_WORDS else None

    @property
    def types_read(self) -> list[str]:
        """Page types read, sorted."""
        return sorted(set(self.read.values()))


def survey(
    pages: Sequence[Page],
    skipped: Sequence[Skipped],
    failures: Sequence[Failure],
    read: dict[str, str],
    unread: dict[str, Reason],
    words: int,
) -> SiteCoverage:
    """Bring together what the crawler captured and what the audit could read of it.

    Args:
        pages: the provider's captures.
        skipped: addresses left out on purpose.
        failures: addresses that could not be captured.
        read: capture id -> page type, for the captures that were read as text.
        unread: capture id -> reason, for captures that hold no readable text (an application
            shell, a file that is not read yet, a damaged record).
        words: visible words in all that was read.
    """
    gaps = [*_failed(failures), *_unread(pages, unread), *_cut(skipped, pages, read)]
    home = [p for p in pages if p.expected_type == PageType.HOME and p.capture_id in read]
    return SiteCoverage(
        read=read,
        gaps=tuple(sorted(gaps, key=lambda g: (g.page_type, g.url))),
        sampled=frozenset(s.expected_type for s in skipped if s.reason == _SAMPLED),
        words=words,
        home_read=bool(home),
        home_reason=_home_reason(gaps),
        by_hand=sum(p.kind == _BY_HAND and p.capture_id in read for p in pages),
    )


def _failed(failures: Sequence[Failure]) -> list[Gap]:
    return [
        Gap(f.url, f.expected_type, reason_of(f.failure_class))
        for f in failures
        if f.failure_class != DEAD_LINK or f.expected_type == PageType.HOME
    ]


def _unread(pages: Sequence[Page], unread: dict[str, Reason]) -> list[Gap]:
    return [
        Gap(p.final_url, p.expected_type, unread[p.capture_id])
        for p in pages
        if p.capture_id in unread
    ]


def _cut(skipped: Sequence[Skipped], pages: Sequence[Page], read: Container[str]) -> list[Gap]:
    """Pages lost to a budget or a gate, and samples smaller than a sample has to be.

    Redirects and error pages are captures too, but nothing that one could have read.
    """
    captured = Counter(page.expected_type for page in pages if page.capture_id in read)
    return [
        Gap(s.url, s.expected_type, Reason.COVERAGE_TOO_LOW)
        for s in skipped
        if s.reason.startswith(_BUDGET)
        or s.reason == _ATTESTS
        or (s.reason == _UNCHOSEN and not captured[s.expected_type])
        or (s.reason == _SAMPLED and captured[s.expected_type] < SAMPLE)
    ]


def _home_reason(gaps: Sequence[Gap]) -> Reason:
    reasons = {g.reason for g in gaps if g.page_type == PageType.HOME}
    return next((r for r in WORST_FIRST if r in reasons), Reason.COVERAGE_TOO_LOW)
