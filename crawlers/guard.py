"""Keeps a crawl out of private networks: before a request, after a redirect, after DNS.

The address that was checked is the one that is connected to, because the check is the resolver.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.error import DNSLookupError

from crawlers.settings import ALLOWED_PRIVATE

LOOPBACK = "127.0.0.1"


class RefusedByGuard(IgnoreRequest):
    """An address that no crawl of ours may ask."""


class PrivateAddress(DNSLookupError):
    """A name that leads into a private network."""


class AllowedHosts:
    """Host names that a person opened; ``localhost`` names count with their sub-domains."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.lower() for name in names}

    @classmethod
    def of(cls, settings: BaseSettings) -> AllowedHosts:
        """The hosts that the crawl's settings name."""
        return cls(settings.getlist(ALLOWED_PRIVATE))

    def __contains__(self, host: str) -> bool:
        return host in self._names or any(
            name.endswith(".localhost") and host.endswith("." + name) for name in self._names
        )


def is_localhost(host: str) -> bool:
    """Names that mean this machine without asking anybody (RFC 6761, section 6.3)."""
    return host == "localhost" or host.endswith(".localhost")


def literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host spells, in any of the ways that a socket understands.

    Besides ``127.0.0.1`` and ``::1`` these are ``2130706433``, ``0x7f000001``, ``0177.1`` and the
    like (inet_aton).
    """
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host)) if host[:1].isdigit() else None
    except OSError:
        return None


def public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address lies on the public internet, also when it is wrapped in IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return public(inner)
    return address.is_global and not address.is_multicast


class GuardMiddleware:
    """Refuses schemes other than http(s), and hosts that spell a private address."""

    def __init__(self, allowed: AllowedHosts) -> None:
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """As Scrapy makes it."""
        return cls(AllowedHosts.of(crawler.settings))

    def process_request(self, request: Request) -> None:
        """Let a request pass, or refuse it."""
        parts = urlsplit(request.url)
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or not host:
            raise RefusedByGuard(f"{request.url}: not a web address")
        if host in self._allowed:
            return
        address = literal(host)
        if is_localhost(host) or (address is not None and not public(address)):
            raise RefusedByGuard(f"{host}: a private address")


class GuardedResolver(CachingThreadedResolver):
    """Resolves names to public addresses, and to private ones only for hosts that were opened."""

    def __init__(
        self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: AllowedHosts
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """As Scrapy makes it."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            settings.getfloat("DNS_TIMEOUT"),
            AllowedHosts.of(settings),
        )

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:
        """The one address to connect to."""
        host = name.lower()
        if is_localhost(host):
            return succeed(LOOPBACK) if host in self._allowed else fail(PrivateAddress(name))
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, host)

    def _checked(self, address: str, host: str) -> str:
        if host in self._allowed or public(ipaddress.ip_address(address)):
            return address
        raise PrivateAddress(f"{host} leads to {address}, a private address")
