"""Names what went wrong with an address: the class, whose side it lies on, and the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet import error as net
from twisted.web.client import ResponseFailed

from crawlers.guard import PrivateAddress, RefusedByGuard
from crawlers.robots import RefusedByRobots, RobotsUnreachable
from data.models import Fault


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of failure."""

    name: str
    fault: Fault
    remedy: str


_LATER = "Ask again in the next run."
_BY_HAND = "A person may look at the page and keep a copy."

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("dns", Fault.NETWORK, "Check the name; the domain may have lapsed or moved."),
        Kind("tls", Fault.THEIRS, "Their certificate or TLS set-up is not accepted; ask again."),
        Kind("timeout", Fault.NETWORK, _LATER),
        Kind("refused", Fault.THEIRS, _LATER),
        Kind("reset", Fault.NETWORK, _LATER),
        Kind("robots", Fault.POLICY, f"robots.txt asks programs to stay out. {_BY_HAND}"),
        Kind("http_401", Fault.POLICY, "The page is behind a log-in and is left alone."),
        Kind("http_403", Fault.THEIRS, f"The server refuses us. {_BY_HAND}"),
        Kind("http_429", Fault.OURS, "We asked too often: raise --delay."),
        Kind("http_451", Fault.POLICY, "Withheld for legal reasons where we asked from."),
        Kind("challenge", Fault.THEIRS, f"A challenge for browsers stands before it. {_BY_HAND}"),
        Kind("server_error", Fault.THEIRS, _LATER),
        Kind("client_error", Fault.THEIRS, "The server does not understand the address."),
        Kind("dead_link", Fault.THEIRS, "No visitor can read it either; tell the site's owner."),
        Kind("empty", Fault.THEIRS, _LATER),
        Kind("too_large", Fault.OURS, "The page is larger than the limit a page."),
        Kind("truncated", Fault.NETWORK, _LATER),
        Kind("redirect_loop", Fault.THEIRS, "Open the address in a browser to see where it leads."),
        Kind("off_site_redirect", Fault.THEIRS, "It leads to another site; check the homepage."),
        Kind("render_failed", Fault.OURS, f"It shows its text only with JavaScript. {_BY_HAND}"),
        Kind("guard", Fault.POLICY, "It leads into a private network and is refused."),
        Kind("unknown", Fault.OURS, "Report this; the reason was not recognised."),
    )
}

_CHALLENGE = re.compile(
    rb"cf-challenge|cf_chl_|challenge-platform|just a moment\.\.\.|attention required! \| cloudflare"
    rb"|_incapsula_|ddos-guard|px-captcha|checking your browser|verify you are (?:a )?human"
    rb"|g-recaptcha-response|hcaptcha\.com/captcha",
    re.IGNORECASE,
)
_SOFT_404 = re.compile(
    rb"<title[^>]*>[^<]*(?:\b404\b|page not found|not found)[^<]*</title>", re.IGNORECASE
)
_APP_ROOT = re.compile(
    rb"""id=["']?(?:root|app|__next|__nuxt|app-root)["'\s>]|<app-root|enable javascript""",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(rb"<(script|style|noscript|svg)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_HEAD_BYTES = 40_000
_SHELL_WORDS = 60


def of_status(status: int, body: bytes) -> Kind | None:
    """The failure that a response is, if it is one; dead links are confirmed elsewhere."""
    head = body[:_HEAD_BYTES]
    if status in (401, 451):
        return KINDS[f"http_{status}"]
    if status in (200, 403, 429, 503) and _CHALLENGE.search(head) and _words(body) < 4 * _SHELL_WORDS:
        return KINDS["challenge"]
    if status in (403, 429):
        return KINDS[f"http_{status}"]
    if status in (404, 410) or (status == 200 and _SOFT_404.search(head)):
        return KINDS["dead_link"]
    if status >= 500:
        return KINDS["server_error"]
    if status >= 400:
        return KINDS["client_error"]
    if 300 <= status < 400:
        return KINDS["redirect_loop"]
    return KINDS["empty"] if not body.strip() else None


def is_shell(body: bytes) -> bool:
    """Whether this is an application's empty page, which only a browser would fill."""
    return b"<script" in body and bool(_APP_ROOT.search(body)) and _words(body) < _SHELL_WORDS


def _words(body: bytes) -> int:
    return len(_NO_TEXT.sub(b" ", body).split())


# The first class that fits wins, so the narrow ones stand before the broad.
_OF_ERROR: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((RefusedByRobots,), "robots"),
    ((RefusedByGuard, PrivateAddress), "guard"),
    ((net.DNSLookupError,), "dns"),
    ((net.SSLError,), "tls"),
    ((DownloadTimeoutError, net.TimeoutError, net.TCPTimedOutError, TimeoutError), "timeout"),
    ((net.ConnectionRefusedError, ConnectionRefusedError), "refused"),
    ((DownloadCancelledError,), "too_large"),
    ((ResponseDataLossError,), "truncated"),
    ((net.ConnectionLost, net.ConnectionDone, ResponseFailed, net.ConnectError), "reset"),
    ((RobotsUnreachable,), "robots"),
)


def of_error(error: BaseException) -> Kind:
    """The failure that an exception from the downloader means."""
    if "redirect" in str(error).lower() and isinstance(error, IgnoreRequest):
        return KINDS["redirect_loop"]
    if any(word in f"{type(error).__name__} {error!r}".lower() for word in ("ssl", "certificate")):
        return KINDS["tls"]
    inner = getattr(error, "__cause__", None)
    for types, name in _OF_ERROR:
        if isinstance(error, types) or isinstance(inner, types):
            return KINDS[name]
    return KINDS["unknown"]
