"""Scrapy settings for a polite guest: who asks, how often, how much, and never behind a fence."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from typing import Any

import certifi

from crawlers.conduct.guard import OPEN_HOSTS
from crawlers.conduct.robots import RETRY_WAIT
from crawlers.identity.provider_ids import host_of, is_private, machine_address
from data.config import CONTACT_VARIABLE, FILE_NAME, Config
from data.errors import UsageError
from data.version import VERSION

PROJECT_ADDRESS = "https://github.com/ketawatch/ketawatch"
# What robots.txt files call us.
ROBOTS_NAME = "ketawatch"

MAX_PAGE_BYTES = 10 * 1024 * 1024
LEAST_DELAY_S = 1.0
FIRST_DELAY_S = 2.0
LONGEST_DELAY_S = 60.0
RETRY_WAIT_S = 5.0

# Names that belong to nobody on the public internet (RFC 2606, RFC 6761, RFC 6762).
_RESERVED = frozenset({"example", "invalid", "internal", "local", "localhost", "test"})
_TRANSIENT = [408, 429, 500, 502, 503, 504, *range(520, 525)]


def user_agent(config: Config) -> str:
    """Who we are, for a website's owner: name, version, project and the operator's contact."""
    contact = f"; contact: {config.contact}" if config.contact else ""
    return f"{ROBOTS_NAME}/{VERSION} (+{PROJECT_ADDRESS}{contact})"


def polite_settings(
    config: Config, *, allow_private: Collection[str] = (), delay: float | None = None
) -> dict[str, Any]:
    """Settings for any spider of ours.

    Args:
        config: the store's configuration; its contact goes into the user agent.
        allow_private: ``host`` or ``host:port`` entries outside the public web that may be asked.
        delay: seconds between two requests to a host, exactly, without AutoThrottle; None lets
            AutoThrottle find a delay that suits the server.
    """
    _trust_store()
    return {
        "USER_AGENT": user_agent(config),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "en-US,en;q=0.8",
            # What every reader of a WARC can undo.
            "Accept-Encoding": "gzip, deflate",
        },
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_TIMEOUT": config.limits.max_page_seconds,
        "DOWNLOAD_MAXSIZE": MAX_PAGE_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_TIMES": 2,
        "RETRY_HTTP_CODES": _TRANSIENT,
        RETRY_WAIT: RETRY_WAIT_S if delay is None else delay,
        "REDIRECT_MAX_TIMES": 8,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "REFERER_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "REACTOR_THREADPOOL_MAXSIZE": 20,
        **_throttle(delay),
        **_fences(allow_private),
    }


def _throttle(delay: float | None) -> dict[str, Any]:
    if delay is not None:
        return {"DOWNLOAD_DELAY": delay, "DOWNLOAD_DELAY_JITTER": 0, "AUTOTHROTTLE_ENABLED": False}
    return {
        "DOWNLOAD_DELAY": LEAST_DELAY_S,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": FIRST_DELAY_S,
        "AUTOTHROTTLE_MAX_DELAY": LONGEST_DELAY_S,
    }


def _fences(allow_private: Collection[str]) -> dict[str, Any]:
    """No private address, no scheme but HTTP, nothing that robots.txt disallows."""
    return {
        OPEN_HOSTS: sorted(allow_private),
        "TWISTED_DNS_RESOLVER": "crawlers.conduct.guard.GuardedResolver",
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("data", "file", "ftp", "s3")),
            **dict.fromkeys(("http", "https"), "crawlers.conduct.heads.BoundedHandler"),
        },
        "ROBOTSTXT_OBEY": False,  # by our own middleware, which keeps what it read
        "ROBOTSTXT_USER_AGENT": ROBOTS_NAME,
        "DOWNLOADER_MIDDLEWARES": {
            "crawlers.conduct.guard.GuardMiddleware": 90,
            "crawlers.conduct.robots.RobotsMiddleware": 100,
            "crawlers.conduct.patience.SlowDownMiddleware": 930,
            "crawlers.ledger.past.RevisitMiddleware": 940,
            # Closest to the network: a response as it came, before anything is decoded.
            "crawlers.conduct.evidence.EvidenceMiddleware": 950,
        },
    }


def _trust_store() -> None:
    """Name the root certificates where OpenSSL's built-in places for them do not exist."""
    if sys.platform in ("darwin", "win32"):
        os.environ.setdefault("SSL_CERT_FILE", certifi.where())


def require_contact(config: Config, urls: Iterable[str]) -> None:
    """Refuse to ask any public host while nobody can be written to about it.

    Raises:
        UsageError: no contact is set, and one of the addresses is public.
    """
    public = next((url for url in urls if not _is_here(host_of(url))), None)
    if public and not config.contact:
        raise UsageError(
            f"{FILE_NAME}: contact: none is set, and {host_of(public)} is a public host.",
            f'Put contact = "you@example.org" into {FILE_NAME}, or set {CONTACT_VARIABLE}.',
        )
    if not config.contact.isprintable():
        raise UsageError(
            f"{FILE_NAME}: contact: {config.contact!r} has characters that no header may carry.",
            "Write an e-mail address or a web address.",
        )


def _is_here(host: str) -> bool:
    """Whether no host on the public internet can have this name.

    Any name but a private address and a reserved one may be public: a list of suffixes that ships
    with a program grows old.
    """
    address = machine_address(host)
    if address is not None:
        return not address.is_global
    return "." not in host or host.rsplit(".", 1)[-1] in _RESERVED


def require_delay(delay: float | None, urls: Iterable[str]) -> None:
    """Refuse to ask public hosts without any pause.

    Raises:
        UsageError: the delay is 0, and one of the addresses is public.
    """
    public = next((url for url in urls if not is_private(host_of(url))), None)
    if delay == 0 and public:
        raise UsageError(
            f"--delay 0 is for loopback, and {host_of(public)} is a public host.",
            "Leave --delay out, or name a number of seconds.",
        )
