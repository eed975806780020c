"""Every class of failure: what it means, whose side it lies on, the remedy, and what stays open.

One table for three readers: the crawlers name the classes, the audit gives the reasons of the
contract's section 2, and ``python -m crawlers.responses.failures_page`` makes ``docs/failures.md``
from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.vocabulary import Fault, Reason

# A page that is gone for every visitor: it stands in nobody's way, once a second look agreed.
DEAD_LINK = "dead_link"
RENDER_FAILED = "render_failed"
NOT_IMPORTED = "not_imported"
HOST_TAKEN = "host_taken"
OFF_SITE = "off_site_redirect"
GATE = "gate"

_BY_HAND = "A person may look at it in a browser, and 'ketawatch import' what is seen there."
_LATER = "Run again later; if it lasts, look at the address by hand."
_HOMEPAGE = "Look it up by hand, and mend the homepage in providers.csv."


@dataclass(frozen=True, slots=True)
class FailureClass:
    """One way to fail; ``reason`` is what a finding says that needs the page."""

    name: str
    meaning: str
    fault: Fault
    remedy: str
    reason: Reason = Reason.COVERAGE_TOO_LOW


def _table(*classes: FailureClass) -> dict[str, FailureClass]:
    return {known.name: known for known in classes}


# In the order of a request: name, connection, permission, answer, page.
CLASSES = _table(
    FailureClass(
        "dns",
        "The host's name has no address.",
        Fault.NETWORK,
        f"The host has no address. {_HOMEPAGE}",
        Reason.UNREACHABLE,
    ),
    FailureClass(
        "tls",
        "The encrypted connection was not made: a certificate that does not hold, or no agreement.",
        Fault.THEIRS,
        "The certificate or the encryption is broken; see it in a browser.",
        Reason.UNREACHABLE,
    ),
    FailureClass(
        "timeout",
        "No answer in time, after several tries.",
        Fault.NETWORK,
        _LATER,
        Reason.UNREACHABLE,
    ),
    FailureClass(
        "refused", "The host takes no connection.", Fault.THEIRS, _LATER, Reason.UNREACHABLE
    ),
    FailureClass(
        "reset",
        "The connection broke before there was an answer.",
        Fault.NETWORK,
        _LATER,
        Reason.UNREACHABLE,
    ),
    FailureClass(
        "guard",
        "The address, or a redirect, leads to a private network.",
        Fault.POLICY,
        "It leads to a private address, which is never asked.",
    ),
    FailureClass(
        "robots",
        "robots.txt does not allow it, or could not be read.",
        Fault.POLICY,
        f"robots.txt keeps us out. {_BY_HAND}",
        Reason.ROBOTS,
    ),
    FailureClass(
        HOST_TAKEN,
        "A host that this provider shares with others was being looked at for another of them, and"
        " was not free in time.",
        Fault.POLICY,
        "One visitor at a time is at a host; run again.",
    ),
    FailureClass(
        "http_401",
        "A log-in or a password is asked for (status 401, or a page that says so).",
        Fault.THEIRS,
        "It asks for a log-in, which is never given: what stands behind it is not public.",
        Reason.BLOCKED,
    ),
    FailureClass(
        "http_403",
        "The server refuses (status 403, or a page that says so).",
        Fault.THEIRS,
        f"The server refuses us. {_BY_HAND}",
        Reason.BLOCKED,
    ),
    FailureClass(
        "http_429",
        "Too many requests (status 429), also after waiting.",
        Fault.THEIRS,
        "Too many requests: name a longer --delay and run again.",
        Reason.BLOCKED,
    ),
    FailureClass(
        "http_451",
        "Withheld for legal reasons (status 451).",
        Fault.THEIRS,
        f"Withheld for legal reasons. {_BY_HAND}",
        Reason.BLOCKED,
    ),
    FailureClass(
        "challenge",
        "A firewall's page that tells people from programs, in place of the site's.",
        Fault.THEIRS,
        f"A page that tells people from programs, which is never solved. {_BY_HAND}",
        Reason.BLOCKED,
    ),
    FailureClass(
        "parked",
        "The domain is parked, for sale or expired, or shows a server's or host's default page,"
        " or 'coming soon' and little else.",
        Fault.THEIRS,
        "No website stands there. Look the provider up by hand, and mend the homepage or the status"
        " in providers.csv.",
    ),
    FailureClass(
        "unknown_host",
        "The server does not know the host's name (status 421).",
        Fault.THEIRS,
        f"The server does not know this host name. {_HOMEPAGE}",
    ),
    FailureClass(
        "server_error",
        "The server is out of order (status 5xx, or a page that says so).",
        Fault.THEIRS,
        _LATER,
    ),
    FailureClass(
        "http_404",
        "Not found (status 404 or 410), and not asked a second time.",
        Fault.THEIRS,
        "Not found once, and not asked again in time; run again.",
    ),
    FailureClass(
        DEAD_LINK,
        "Not found at two looks: status 404 or 410, or a page that says so with status 200. (A page"
        " with much to read that does not say so is one, whatever its status; an empty frame for"
        " scripts is not dead before a browser has seen it.)",
        Fault.THEIRS,
        "No visitor can read it either; asked twice.",
    ),
    FailureClass(
        "redirect_loop",
        "It redirects in a circle, or too often.",
        Fault.THEIRS,
        "It redirects without end; see it in a browser.",
    ),
    FailureClass(
        OFF_SITE,
        "It redirects to another site.",
        Fault.THEIRS,
        "It leads to another site: mend the homepage ('ketawatch merges homepage'), or add the host"
        " to own_hosts.",
    ),
    FailureClass(
        "too_large",
        "Larger than a page may be, as sent or when unpacked.",
        Fault.POLICY,
        f"Larger than a page may be. {_BY_HAND}",
    ),
    FailureClass("truncated", "The answer ended before it was whole.", Fault.NETWORK, _LATER),
    FailureClass(
        "not_html",
        "Neither a web page nor a PDF was sent.",
        Fault.THEIRS,
        "Neither a web page nor a PDF; see it in a browser.",
    ),
    FailureClass(
        "empty",
        "A page without a word; or with hardly one beside its menu, where answers, safety, consent"
        " or terms are promised: they may stand in a picture, a film or another company's frame.",
        Fault.THEIRS,
        "There is nothing to read; see it in a browser.",
    ),
    FailureClass(
        RENDER_FAILED,
        "The page is an empty frame until its scripts run, and they did not, or brought nothing; or"
        " the answers to its questions, or the end of a list, are in none of its bytes. Where"
        " scripts were only late, they had another try.",
        Fault.OURS,
        "The page shows its text only with JavaScript, and it did not appear. Install Chromium if"
        " it is missing; a person may look at the page in a browser, and 'ketawatch import' it as"
        " it is saved there.",
        Reason.RENDER_FAILED,
    ),
    FailureClass(
        GATE,
        "The page, or a part of it, is shown only to who says something first: that they are of"
        " age, that they agree, that they take cookies. Nothing of the kind is ever said.",
        Fault.THEIRS,
        f"It asks its visitor to say something first. {_BY_HAND}",
    ),
    FailureClass(
        NOT_IMPORTED,
        "Linked from a page that a person captured, but neither captured by the person nor by us.",
        Fault.POLICY,
        "Capture this page, too, and 'ketawatch import' it.",
    ),
    FailureClass(
        "crawler_error",
        "Our own program stumbled.",
        Fault.OURS,
        "A defect of ketawatch: please report it with the address.",
    ),
)

_OTHER = FailureClass(
    "http_NNN", "Any other status.", Fault.THEIRS, "An unusual answer; see it in a browser."
)


def class_of(name: str) -> FailureClass:
    """The class of a name; a status that has none of its own (``http_418``) gets the common one."""
    return CLASSES.get(name, _OTHER)


def reason_of(failure_class: str) -> Reason:
    """The reason that a failure of this class gives; those not named are "coverage too low"."""
    return class_of(failure_class).reason
