"""The records that pass between the rooms, and the closed lists of words they use.

A record's fields are the columns of its table, in order: ``data.tables`` derives the Parquet
schemas from the classes here, so a column is named in exactly one place. Several values in one
column are joined by ``;``. Times are RFC 3339 in UTC (``2026-11-24T03:15:00Z``). A missing number
or text is ``None``, never 0 or a placeholder.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from data.printable import one_line


class Outcome(StrEnum):
    """What a finding says; unknown (``not_tested``) is neither a pass nor a fail."""

    MET = "met"
    CONCERN = "concern"
    NEEDS_REVIEW = "needs_review"
    NOT_APPLICABLE = "not_applicable"
    NOT_TESTED = "not_tested"


class Reason(StrEnum):
    """Why a finding has its outcome."""

    STATED = "stated"
    NOT_CLAIMED = "not_claimed"
    DISOWNED = "disowned"
    QUALIFIED = "qualified"
    NOT_OBSERVED = "not_observed"
    NOT_STATED = "not_stated"
    DENIED = "denied"
    CLAIMED = "claimed"
    UNQUALIFIED = "unqualified"
    OBSERVED = "observed"
    CONFLICTING = "conflicting"
    NEAR_MISS = "near_miss"
    CONDITIONAL = "conditional"
    OTHER_LINE_ONLY = "other_line_only"
    TESTIMONIAL_ONLY = "testimonial_only"
    BLOG_ONLY = "blog_only"
    RULE_EXPIRED = "rule_expired"
    NO_SUCH_SERVICE = "no_such_service"
    CLAIM_ABSENT = "claim_absent"
    COVERAGE_TOO_LOW = "coverage_too_low"
    BLOCKED = "blocked"
    ROBOTS = "robots"
    UNREACHABLE = "unreachable"
    RENDER_FAILED = "render_failed"

    @property
    def outcome(self) -> Outcome:
        """The outcome that this reason belongs to."""
        return _OUTCOME_OF[self]


_OUTCOME_OF: dict[Reason, Outcome] = {
    reason: outcome
    for outcome, reasons in {
        Outcome.MET: "stated not_claimed disowned qualified not_observed",
        Outcome.CONCERN: "not_stated denied claimed unqualified observed",
        Outcome.NEEDS_REVIEW: (
            "conflicting near_miss conditional other_line_only testimonial_only blog_only"
            " rule_expired"
        ),
        Outcome.NOT_APPLICABLE: "no_such_service claim_absent",
        Outcome.NOT_TESTED: "coverage_too_low blocked robots unreachable render_failed",
    }.items()
    for reason in map(Reason, reasons.split())
}


class Line(StrEnum):
    """A service line, or ``all`` (the provider as a whole) or ``unknown`` (none could be told)."""

    AT_HOME_ORAL = "at-home-oral"
    AT_HOME_NASAL = "at-home-nasal"
    AT_HOME_INJECTION = "at-home-injection"
    IN_CLINIC_IV = "in-clinic-iv"
    IN_CLINIC_IM = "in-clinic-im"
    SPRAVATO = "spravato"
    THERAPY = "therapy"
    ALL = "all"
    UNKNOWN = "unknown"


SERVICE_LINES: tuple[Line, ...] = tuple(Line)[:7]
AT_HOME_LINES = frozenset({Line.AT_HOME_ORAL, Line.AT_HOME_NASAL, Line.AT_HOME_INJECTION})
IN_CLINIC_LINES = frozenset({Line.IN_CLINIC_IV, Line.IN_CLINIC_IM})


class PageType(StrEnum):
    """What a page is for."""

    HOME = "home"
    HOW_IT_WORKS = "how-it-works"
    FAQ = "faq"
    SAFETY = "safety"
    ELIGIBILITY = "eligibility"
    PRICING = "pricing"
    TEAM = "team"
    LEGAL = "legal"
    CONSENT = "consent"
    TREATMENT = "treatment"
    LOCATION = "location"
    BLOG = "blog"
    TESTIMONIAL = "testimonial"
    NEWS = "news"
    OTHER = "other"


class Stance(StrEnum):
    """How a claim stands to its rule."""

    STATES = "states"
    DENIES = "denies"
    QUALIFIES = "qualifies"


class ClaimStatus(StrEnum):
    """Whether the provider itself asserts a claim, about this service."""

    ASSERTED = "asserted"
    SET_ASIDE = "set_aside"


class SetAside(StrEnum):
    """Why a claim does not count as asserted."""

    CONDITIONAL = "conditional"
    QUESTION = "question"
    TESTIMONIAL = "testimonial"
    BLOG = "blog"
    OTHER_PARTY = "other_party"
    OTHER_LINE = "other_line"
    NEAR_MISS = "near_miss"


class Voice(StrEnum):
    """Who speaks in a block."""

    PROVIDER = "provider"
    TESTIMONIAL = "testimonial"
    BLOG = "blog"
    NEWS = "news"
    DIRECTORY = "directory"
    GOVERNMENT = "government"


class Severity(StrEnum):
    """How much a rule matters, apart from how sure a finding is."""

    CRITICAL = "critical"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


class EvidenceRole(StrEnum):
    """What a quote does for its finding."""

    CLAIM = "claim"
    QUALIFIER = "qualifier"
    CONTRADICTION = "contradiction"
    NEAR_MISS = "near_miss"


class ProviderStatus(StrEnum):
    """Whether a provider is to be looked at."""

    ACTIVE = "active"
    CLOSED = "closed"
    NOT_KETAMINE = "not-ketamine"
    HOMEPAGE_UNKNOWN = "homepage unknown"


class Fault(StrEnum):
    """Whose side a failure lies on."""

    OURS = "ours"
    THEIRS = "theirs"
    NETWORK = "network"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem with a place to be seen: where it is, what is wrong, and the remedy."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return one_line(f"{self.where}: {self.what} {self.remedy}".strip())


@dataclass(frozen=True, slots=True)
class Listing:
    """One row of a source. ``excluded`` says why it became no crawlable provider, if so."""

    source: str
    source_url: str
    name: str
    website: str | None = None
    city: str | None = None
    state: str | None = None
    npi: str | None = None
    phone: str | None = None
    seen_on: str | None = None
    status: str | None = None
    last_verified: str | None = None
    notes: str | None = None
    provider_id: str | None = None
    excluded: str | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of ``providers.csv``."""

    provider_id: str
    name: str
    homepage: str | None = None
    service_lines: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    source_url: str | None = None
    first_listed: str | None = None
    last_verified: str | None = None
    status: str = ProviderStatus.ACTIVE
    notes: str | None = None

    @property
    def in_scope(self) -> bool:
        """Whether a run looks at it: active, with a homepage."""
        return self.status == ProviderStatus.ACTIVE and self.homepage is not None


# What a page asked for while it loaded, one JSON object a line: beside its rendered document.
REQUEST_LOG = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Page:
    """One capture: one response as it came. ``warc_file`` is relative to the store."""

    capture_id: str
    provider_id: str
    url: str
    final_url: str
    found_on: str | None
    expected_type: str
    kind: str
    status: int
    content_type: str | None
    captured_at: str
    payload_sha256: str
    payload_bytes: int
    warc_file: str
    warc_record_id: str
    warc_offset: int
    warc_length: int
    parent_capture_id: str | None = None
    render_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A discovered address that was not fetched on purpose, and why."""

    provider_id: str
    url: str
    expected_type: str
    reason: str
    found_on: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A discovered address that could not be captured: class, whose fault, and the remedy."""

    provider_id: str
    url: str
    expected_type: str
    failure_class: str
    fault: str
    remedy: str
    attempts: int
    last_at: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Addresses of one expected page type at one provider, by what became of them."""

    provider_id: str
    expected_type: str
    discovered: int
    captured: int
    sampled_out: int
    skipped: int
    failed: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule's subject found in a block. Offsets are code points into the block's text."""

    provider_id: str
    capture_id: str
    rule_id: str
    stance: str
    status: str
    set_aside_reason: str | None
    lines: str
    voice: str
    quote: str
    char_start: int
    char_end: int
    css_path: str
    block_ordinal: int
    region: str
    heading: str
    page_type: str
    decided_by: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict for one provider x service line x rule in one audit."""

    finding_id: str
    provider_id: str
    service_line: str
    rule_id: str
    outcome: str
    reason: str
    severity: str
    confidence: str
    summary: str
    pages_searched: int
    page_types_searched: str
    page_types_missing: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quote behind a finding; rank 1 is the one an export's quote columns hold."""

    finding_id: str
    rank: int
    role: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Passage:
    """The whole text of a block that evidence points at, so that quotes are shown in context."""

    capture_id: str
    css_path: str
    block_ordinal: int
    page_title: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a provider tells about itself, with the place of its quote; never a verdict."""

    provider_id: str
    kind: str
    value: str
    unit: str | None
    service_line: str | None
    capture_id: str
    quote: str
    char_start: int
    char_end: int
    css_path: str
    block_ordinal: int


def finding_id(provider_id: str, service_line: str, rule_id: str) -> str:
    """First 16 hex digits of SHA-256 of ``provider_id|service_line|rule_id``; stable for ever."""
    key = f"{provider_id}|{service_line}|{rule_id}"
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]
