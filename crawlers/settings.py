"""Scrapy settings that are polite by default and cannot reach a private network by accident."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from importlib import metadata
from typing import Any

from crawlers.provider_ids import host_of, is_private
from data.config import CONTACT_VARIABLE, FILE_NAME, Config
from data.errors import UsageError

PROJECT_ADDRESS = "https://github.com/ketawatch/ketawatch"
ALLOWED_PRIVATE = "KETAWATCH_ALLOWED_PRIVATE"
_START_DELAY_S = 1.0
_MAX_DELAY_S = 30.0
_TIMEOUT_S = 30
_MAX_BODY_BYTES = 10 * 1024 * 1024


def version() -> str:
    """The version of ketawatch that is installed."""
    try:
        return metadata.version("ketawatch")
    except metadata.PackageNotFoundError:
        return "0+unknown"


def user_agent(contact: str) -> str:
    """Who asks, and whom to write to."""
    about = f"+{PROJECT_ADDRESS}" + (f"; contact: {contact}" if contact else "; loopback only")
    return f"ketawatch/{version()} ({about})"


def polite_settings(
    config: Config, *, allow_private: Collection[str] = (), delay: float | None = None
) -> dict[str, Any]:
    """Settings for any crawl of ours.

    Args:
        config: the store's configuration; its contact goes into the user agent.
        allow_private: host names that may lie on a private network, and no others.
        delay: seconds between requests to a host, fixed; None leaves it to AutoThrottle.
    """
    return {
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "DNS_RESOLVER": "crawlers.guard.GuardedResolver",
        ALLOWED_PRIVATE: sorted(allow_private),
        "USER_AGENT": user_agent(config.contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "en",
            "Accept-Encoding": "gzip, deflate",
        },
        "ROBOTSTXT_OBEY": False,  # by crawlers.robots, which keeps to RFC 9309 where this does not
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": _START_DELAY_S if delay is None else delay,
        "RANDOMIZE_DOWNLOAD_DELAY": delay is None,
        "AUTOTHROTTLE_ENABLED": delay is None,
        "AUTOTHROTTLE_START_DELAY": _START_DELAY_S,
        "AUTOTHROTTLE_MAX_DELAY": _MAX_DELAY_S,
        "DOWNLOAD_TIMEOUT": _TIMEOUT_S,
        "DOWNLOAD_MAXSIZE": _MAX_BODY_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 503, 504, 522, 524],
        "REDIRECT_MAX_TIMES": 8,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        "LOGSTATS_INTERVAL": 0,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "crawlers.robots.RobotsMiddleware": 100,
            # Next to the network: it sees every request that leaves, redirects included.
            "crawlers.guard.GuardMiddleware": 940,
            "crawlers.evidence.EvidenceMiddleware": 950,
        },
    }


def require_contact(config: Config, urls: Iterable[str]) -> None:
    """Refuse to read public hosts for somebody whom their owners cannot write to.

    Raises:
        UsageError: a public host is among the addresses and no contact is set.
    """
    if config.contact:
        return
    public = next((u for u in urls if not is_private(host_of(u))), None)
    if public is not None:
        raise UsageError(
            f"contact: none is set, so {host_of(public)} and other public hosts are not read.",
            f'Put contact = "you@example.org" into {FILE_NAME}, or set {CONTACT_VARIABLE}.',
        )
