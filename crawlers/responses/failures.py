"""What goes wrong on the way to a page: its class, whose fault it is, and the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.guard import GuardRefused
from crawlers.conduct.heads import HeadTooLargeError
from crawlers.conduct.robots import RobotsRefused
from crawlers.conduct.turns import HostTakenError
from crawlers.responses import challenges, excuses, missent, out_of_order, parked, traces
from crawlers.responses.page_facts import PageFacts
from crawlers.responses.sent import is_cut, is_no_text, is_pdf
from data.failure_reasons import (
    DEAD_LINK,
    HOST_TAKEN,
    NOT_IMPORTED,
    OFF_SITE,
    RENDER_FAILED,
    class_of,
)
from data.models import MISSING, Failure
from data.vocabulary import Fault
from data.warc import MAX_DECODED_BYTES

# Worth another try within the same visit.
TRANSIENT = frozenset({"timeout", "reset", "truncated", "http_429", "server_error"})
# Signs that a host is out of order or wants us gone: not to be asked over and over.
UNWELL = frozenset(
    {
        *("dns", "tls", "timeout", "refused", "reset", "challenge", "server_error"),
        *("http_401", "http_403", "http_429", "http_451"),
    }
)

# What is often over a moment later; 52x are Cloudflare's for a server that it does not reach.
PASSING = {
    **dict.fromkeys((500, 502, 503, 504, 520, 521, 522, 523, 524), "server_error"),
    408: "timeout",
    429: "http_429",
}
# Where ASP.NET sends a visitor when a page broke; what is shown there has status 200.
_ASP_ERROR = re.compile(r"[?&]aspxerrorpath=", re.IGNORECASE)
_REFUSING = frozenset({401, 403, 404, 410, 429, 451})
_NAMED = {
    408: "timeout",
    401: "http_401",
    403: "http_403",
    421: "unknown_host",
    429: "http_429",
    451: "http_451",
}


class NotImportedError(Exception):
    """A page that is not among those that a person captured; nobody was asked."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failure's class, and what was seen, for people.

    ``of_page``: it says nothing of the page's host, which may be well.
    """

    failure_class: str
    said: str = ""
    of_page: bool = field(default=False, compare=False)

    @property
    def fault(self) -> Fault:
        """Whose side it lies on."""
        return class_of(self.failure_class).fault

    @property
    def remedy(self) -> str:
        """What a person can do about it, led by what was seen."""
        remedy = class_of(self.failure_class).remedy
        return f"{self.said}: {remedy}" if self.said else remedy


def seen_in(failure: Failure) -> str:
    """What was seen, by a failure's row, whose remedy it leads."""
    common = class_of(failure.failure_class).remedy
    return failure.remedy.removesuffix(common).removesuffix(": ")


def of_exception(error: BaseException) -> Trouble:
    """The class of whatever kept a request from being answered."""
    if isinstance(error, GuardRefused | UnsupportedURLSchemeError):
        return Trouble("guard", str(error))
    if isinstance(error, RobotsRefused):
        return Trouble("robots", str(error))
    for cause in _causes(error):
        if isinstance(cause, SSL.Error | VerificationError):
            return Trouble("tls", _told_by(cause))
    if any(isinstance(e, HeadTooLargeError) for e in _causes(error)):
        return Trouble("too_large", "the head of its answer")
    for kind, name in _EXCEPTIONS:
        if isinstance(error, kind):
            return Trouble(name)
    reset = any(isinstance(e, ConnectionClosed) for e in _causes(error))
    return Trouble("reset") if reset else _unforeseen(error)


_EXCEPTIONS: tuple[tuple[type[BaseException], str], ...] = (
    (NotImportedError, NOT_IMPORTED),
    (HostTakenError, HOST_TAKEN),
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "refused"),
    (TwistedRefused, "refused"),
    (DownloadTimeoutError, "timeout"),
    (TCPTimedOutError, "timeout"),
    (ResponseDataLossError, "truncated"),
    (DownloadCancelledError, "too_large"),
    (UnicodeError, "dns"),
)


def _told_by(error: BaseException) -> str:
    """What OpenSSL or the check of the host's name says, such as "certificate verify failed"."""
    if isinstance(error, SSL.Error):
        stack = error.args[0] if error.args else None
        reasons = [entry[-1] for entry in stack if entry] if isinstance(stack, list) else []
        return str(reasons[-1]) if reasons else ""
    return "the certificate is for another name"


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
    if is_cut(answer):
        return Trouble("truncated", "its body has no end")
    # Before a firewall is thought of: some say, too, that the server behind them is out of order.
    if facts and answer.status not in _REFUSING and (broken := traces.recognise(facts)):
        return Trouble("server_error", broken)
    firewall = challenges.recognise(answer, facts)
    if firewall:
        return Trouble("challenge", f"{firewall}, status {answer.status}")
    absent = parked.recognise(answer.decoded, facts) if facts else None
    if absent:
        return Trouble("parked", absent)
    if wrong := _of_status(answer, facts):
        return wrong
    if facts is None:
        return None if is_pdf(answer) else Trouble("not_html", answer.content_type or "no type")
    if said := is_no_text(answer):
        return Trouble("not_html", said)
    if broken := traces.broke_off(answer.decoded):
        return Trouble("server_error", broken, of_page=True)
    return _of_page(answer, facts)


def _of_page(answer: Exchange, facts: PageFacts) -> Trouble | None:
    """The class of what was sent as a page, all being well, and is none."""
    if facts.not_found:
        return Trouble(DEAD_LINK, f"status {answer.status}, but the page says 'not found'")
    if facts.shell:
        return Trouble(RENDER_FAILED)
    if wrong := _says_nothing(facts):
        return wrong
    if missent.waits(facts, answer.decoded) and not facts.frames:
        return Trouble(RENDER_FAILED, "not a word before its scripts run")
    return _of_words(facts, "")


def _of_status(answer: Exchange, facts: PageFacts | None) -> Trouble | None:
    """The class that a status stands for; None where there is a page to read for all that."""
    if _ASP_ERROR.search(answer.url):
        return Trouble("server_error", "sent to the server's page of errors")
    if 200 <= answer.status < 300:
        return None
    said = f"status {answer.status}"
    if answer.status in MISSING and facts is not None:
        if missent.waits(facts, answer.decoded):
            return Trouble(RENDER_FAILED, said)
        if missent.reads(facts):
            return None
    return Trouble(_status_class(answer.status), said)


def _says_nothing(facts: PageFacts) -> Trouble | None:
    if found := out_of_order.recognise(facts):
        # One page, or several, may be kept for members.
        return Trouble(*found, of_page=found[0] == "http_401")
    excuse = excuses.recognise(facts)
    if excuse is None:
        return None
    # Where the site's menu stands around it, the others may be well.
    of_page = out_of_order.leads_on(facts)
    return Trouble("server_error", f"all that it says is '{excuse}'", of_page=of_page)


def _of_words(facts: PageFacts, said: str) -> Trouble | None:
    return None if facts.words or facts.frames else Trouble("empty", said)


def of_sight(facts: PageFacts) -> Trouble | None:
    """The class of a rendered page that is none: scripts can say "not found" or nothing, too."""
    if challenges.is_nothing_else(facts) or challenges.says_so(facts):
        return Trouble("challenge", "shown once its scripts had run")
    if broken := traces.recognise(facts):
        return Trouble("server_error", broken)
    absent = parked.recognise(b"", facts)
    if absent:
        return Trouble("parked", absent)
    if facts.not_found:
        return Trouble(DEAD_LINK, "the page says 'not found' once its scripts have run")
    if facts.shell:
        return Trouble(RENDER_FAILED, "still an empty frame after its scripts ran")
    return _says_nothing(facts) or _of_words(facts, "nothing to read after its scripts ran")


def of_way_out(target: str) -> Trouble:
    """The class of a redirect that leaves the site."""
    if challenges.is_gate(target):
        return Trouble("challenge", f"sent to {target[:200]}")
    return Trouble("parked" if parked.sells_names(target) else OFF_SITE, target)


def _status_class(status: int) -> str:
    if status in MISSING:
        return DEAD_LINK
    if status >= 500:
        return "server_error"
    return _NAMED.get(status, f"http_{status}")
