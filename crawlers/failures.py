"""What goes wrong on the way to a page: its class, whose fault it is, and the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectionClosed, TCPTimedOutError
from twisted.internet.error import ConnectionRefusedError as TwistedRefused
from twisted.internet.ssl import VerificationError

from crawlers.evidence import Exchange
from crawlers.guard import GuardRefused
from crawlers.page_facts import PageFacts
from crawlers.robots import RobotsRefused
from data.failure_reasons import DEAD_LINK
from data.models import Fault
from data.warc import MAX_DECODED_BYTES

RENDER_FAILED = "render_failed"
# Worth another try within the same visit.
TRANSIENT = frozenset({"timeout", "reset", "truncated", "http_429", "server_error"})
# Signs that a host is out of order or wants us gone: not to be asked over and over.
UNWELL = frozenset(
    {
        *("dns", "tls", "timeout", "refused", "reset", "challenge", "server_error"),
        *("http_401", "http_403", "http_429", "http_451"),
    }
)

_BY_HAND = "A person may look at it in a browser."
_LATER = "Run again later; if it lasts, look at the address by hand."
_HOMEPAGE = "Look it up by hand, and mend the homepage in providers.csv."

_KINDS: dict[str, tuple[Fault, str]] = {
    "dns": (Fault.NETWORK, f"The host has no address. {_HOMEPAGE}"),
    "tls": (Fault.THEIRS, "The certificate or the encryption is broken; see it in a browser."),
    "timeout": (Fault.NETWORK, _LATER),
    "refused": (Fault.THEIRS, _LATER),
    "reset": (Fault.NETWORK, _LATER),
    "robots": (Fault.POLICY, f"robots.txt keeps us out. {_BY_HAND}"),
    "http_401": (Fault.THEIRS, f"It asks for a log-in. {_BY_HAND}"),
    "http_403": (Fault.THEIRS, f"The server refuses us. {_BY_HAND}"),
    "http_429": (Fault.THEIRS, "Too many requests: name a longer --delay and run again."),
    "http_451": (Fault.THEIRS, f"Withheld for legal reasons. {_BY_HAND}"),
    "challenge": (Fault.THEIRS, f"A page that tells people from programs. {_BY_HAND}"),
    "server_error": (Fault.THEIRS, _LATER),
    DEAD_LINK: (Fault.THEIRS, "No visitor can read it either; asked twice."),
    "http_404": (Fault.THEIRS, "Not found once, and not asked again in time; run again."),
    "empty": (Fault.THEIRS, "Nothing was sent; see it in a browser."),
    "too_large": (Fault.POLICY, f"Larger than a page may be. {_BY_HAND}"),
    "truncated": (Fault.NETWORK, _LATER),
    "redirect_loop": (Fault.THEIRS, "It redirects without end; see it in a browser."),
    "off_site_redirect": (
        Fault.THEIRS,
        "It leads to another site: mend the homepage, or add the host to own_hosts.",
    ),
    RENDER_FAILED: (
        Fault.OURS,
        f"The page needs JavaScript, which did not run. Install Chromium; {_BY_HAND.lower()}",
    ),
    "not_html": (Fault.THEIRS, "Neither a web page nor a PDF; see it in a browser."),
    "unknown_host": (Fault.THEIRS, f"The server does not know this host name. {_HOMEPAGE}"),
    "guard": (Fault.POLICY, "It leads to a private address, which is never asked."),
    "crawler_error": (Fault.OURS, "A defect of ketawatch: please report it with the address."),
}
_OTHER_STATUS = (Fault.THEIRS, "An unusual answer; see it in a browser.")

_NAMED = {401: "http_401", 403: "http_403", 421: "unknown_host", 429: "http_429", 451: "http_451"}
_CHALLENGE_TITLE = re.compile(
    r"^(?:just a moment|attention required|checking your browser|verifying you are human"
    r"|access denied|ddos-guard|security check|one moment, please|human verification"
    r"|robot challenge|pardon our interruption|please verify)",
    re.IGNORECASE,
)
_CHALLENGE_MARK = re.compile(
    rb"/cdn-cgi/challenge-platform/|_(?:cf|edge)_chl_opt|cf-browser-verification|_Incapsula_Resource"
    rb"|sgcaptcha|px-captcha|captcha-delivery\.com|ddos-guard|aws-waf-token|AwsWafIntegration"
)
_CHALLENGE_STATUS = frozenset({200, 202, 401, 403, 405, 429, 503})


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failure's class, and what was seen, for people."""

    failure_class: str
    said: str = ""

    @property
    def fault(self) -> Fault:
        """Whose side it lies on."""
        return _KINDS.get(self.failure_class, _OTHER_STATUS)[0]

    @property
    def remedy(self) -> str:
        """What a person can do about it, led by what was seen."""
        remedy = _KINDS.get(self.failure_class, _OTHER_STATUS)[1]
        return f"{self.said}: {remedy}" if self.said else remedy


def of_exception(error: BaseException) -> Trouble:
    """The class of whatever kept a request from being answered."""
    if isinstance(error, GuardRefused | UnsupportedURLSchemeError):
        return Trouble("guard", str(error))
    if isinstance(error, RobotsRefused):
        return Trouble("robots", str(error))
    if any(isinstance(e, SSL.Error | VerificationError) for e in _causes(error)):
        return Trouble("tls")
    for kind, name in _EXCEPTIONS:
        if isinstance(error, kind):
            return Trouble(name)
    reset = any(isinstance(e, ConnectionClosed) for e in _causes(error))
    return Trouble("reset") if reset else _unforeseen(error)


_EXCEPTIONS: tuple[tuple[type[BaseException], str], ...] = (
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "refused"),
    (TwistedRefused, "refused"),
    (DownloadTimeoutError, "timeout"),
    (TCPTimedOutError, "timeout"),
    (ResponseDataLossError, "truncated"),
    (DownloadCancelledError, "too_large"),
    (UnicodeError, "dns"),
)


def _unforeseen(error: BaseException) -> Trouble:
    # Twisted wraps a failed connection and a broken answer in many ways.
    network = type(error).__module__.startswith(("twisted.", "scrapy."))
    return Trouble("reset") if network else Trouble("crawler_error", type(error).__name__)


def _causes(error: BaseException | None) -> list[BaseException]:
    """The error, what caused it, and the reasons that Twisted collects in one."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        reasons = getattr(error, "reasons", None) or ()
        found += [r.value for r in reasons if isinstance(r.value, BaseException)]
        error = error.__cause__
    return found


def of_answer(answer: Exchange, facts: PageFacts | None) -> Trouble | None:
    """The class of an answer that is no page; None if it is one.

    ``facts`` is None where the answer is neither HTML nor text. A page that is not found is called
    a dead link here; that holds only once it has been asked twice.
    """
    if len(answer.decoded) >= MAX_DECODED_BYTES:
        return Trouble("too_large", "when unpacked")
    if _is_challenge(answer, facts):
        return Trouble("challenge", f"status {answer.status}")
    if not 200 <= answer.status < 300:
        return Trouble(_status_class(answer.status), f"status {answer.status}")
    if facts is None:
        return None if is_pdf(answer) else Trouble("not_html", answer.content_type or "no type")
    if facts.not_found:
        return Trouble(DEAD_LINK, f"status {answer.status}, but the page says 'not found'")
    if facts.shell:
        return Trouble(RENDER_FAILED)
    return None if facts.words else Trouble("empty")


def of_sight(facts: PageFacts) -> Trouble | None:
    """The class of a rendered page that is none: scripts can say "not found" or nothing, too."""
    if facts.not_found:
        return Trouble(DEAD_LINK, "the page says 'not found' once its scripts have run")
    if facts.shell:
        return Trouble(RENDER_FAILED, "still an empty frame after its scripts ran")
    return None if facts.words else Trouble("empty", "nothing to read after its scripts ran")


def _status_class(status: int) -> str:
    if status in (404, 410):
        return DEAD_LINK
    if status >= 500:
        return "server_error"
    return _NAMED.get(status, f"http_{status}")


def _is_challenge(answer: Exchange, facts: PageFacts | None) -> bool:
    if answer.header("cf-mitigated") == "challenge":
        return True
    if answer.status not in _CHALLENGE_STATUS or facts is None or facts.words > 300:
        return False
    marked = _CHALLENGE_MARK.search(answer.decoded) is not None
    titled = _CHALLENGE_TITLE.match(facts.title) is not None
    # A title alone could be a company's name; a page of the provider's own can carry a mark.
    return (titled and (marked or answer.status != 200)) or (marked and answer.status != 200)


def is_pdf(answer: Exchange) -> bool:
    """Whether a PDF was sent, by type and by its first bytes."""
    typed = (answer.content_type or "").lower().startswith("application/pdf")
    return typed and answer.decoded[:1024].lstrip().startswith(b"%PDF")


def is_text(answer: Exchange) -> bool:
    """Whether a web page or plain text was sent; an answer without a type is taken for HTML."""
    kind = (answer.content_type or "text/html").lower()
    return kind.startswith(("text/html", "application/xhtml", "text/plain"))
