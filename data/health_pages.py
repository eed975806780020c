"""Pages on which a visit tells of somebody's health: where the privacy rules look for trackers.

The crawler renders them, and the audit asks whether all of them were looked at; both go by the
address and by what the page was expected to be.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from data.vocabulary import PageType

INTAKE, CONDITION = "intake", "condition"
# Of many pages of one kind, these are a sample; a browser's visit is a visitor's.
MOST_LOOKED_AT = {INTAKE: 8, CONDITION: 5}
_INTAKE = re.compile(
    r"\bintake|\bquiz|\bassessment|questionnaire|get-?started|start-?now|\bqualify|pre-?qualif"
    r"|eligib|\bcandida|\bscreen(?:ing|er)\b|\bapply\b|\bapplication-form|onboarding|sign-?up"
    r"|\bbook(?:ing|-|\b)|\bbooknow|appointment|(?<!fee-)\bschedul|\b(?:request|free)-a?-?consult"
    r"|\bconsultation\b|check-?out\b|(?<!crash-)\b(?:cart|basket)\b"
)
# What is written about such a page is none.
_WRITING = re.compile(r"/(?:blogs?|news|posts?|articles?|press|resources|learn)/|\.pdf$")
_CONDITION = re.compile(
    r"depress|anxiety|ptsd|trauma|\bocd\b|bipolar|suicid|addict|alcohol|\bpain\b|fibromyalgia"
    r"|migraine|post-?partum|\bgrief|condition|ketamine-(?:therapy|treatment)"
)


# What a link to an application says where it leads to an intake, and not to a log-in.
_INVITES = re.compile(
    r"\bget started\b|\b(?:start|begin)\b(?! here)|\bbook(?:ing)?\b(?! store| club)|\bappointment"
    r"|\bschedul(?:e|ing)\b|\bsign ?up\b|\bapply\b|\bassessment|\bquiz\b|\bqualify|\beligib"
    r"|\bcandida|\bintake\b|\bnew patients?\b|\bconsult(?:ation)?\b|\bcheck ?out\b",
    re.IGNORECASE,
)
_RETURNS = re.compile(
    r"\blog ?-?in\b|\bsign ?-?in\b|\b(?:existing|current|returning)\b", re.IGNORECASE
)


def invites(text: str) -> bool:
    """Whether a link's text promises an intake or a booking, and not a log-in."""
    return len(text) < 80 and bool(_INVITES.search(text)) and not _RETURNS.search(text)


def about(url: str, expected_type: str = "") -> str | None:
    """``intake`` (booking and checkout too) or ``condition`` (treatments too), if a page is one."""
    path = unquote(urlsplit(url).path).lower().replace("_", "-")
    written = expected_type in (PageType.BLOG, PageType.NEWS) or _WRITING.search(path)
    if not written and (_INTAKE.search(path) or expected_type == PageType.ELIGIBILITY):
        return INTAKE
    if _CONDITION.search(path) or expected_type == PageType.TREATMENT:
        return CONDITION
    return None
