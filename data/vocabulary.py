"""The closed lists of words that the records use; the contract's sections 1 to 4 explain them."""

from __future__ import annotations

from enum import StrEnum


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
