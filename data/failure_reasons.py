"""Why a page that failed leaves a finding untested: the contract's section 2, in one place.

The crawlers name classes of failure, the audit gives reasons; both read this table.
"""

from __future__ import annotations

from data.models import Reason

# A page that is gone for every visitor: it stands in nobody's way, once a second look agreed.
DEAD_LINK = "dead_link"

_REASONS: dict[str, Reason] = {
    "robots": Reason.ROBOTS,
    **dict.fromkeys(("http_401", "http_403", "http_429", "http_451", "challenge"), Reason.BLOCKED),
    **dict.fromkeys(("dns", "tls", "timeout", "refused", "reset"), Reason.UNREACHABLE),
    "render_failed": Reason.RENDER_FAILED,
}


def reason_of(failure_class: str) -> Reason:
    """The reason that a failure of this class gives; those not named are "coverage too low"."""
    return _REASONS.get(failure_class, Reason.COVERAGE_TOO_LOW)
