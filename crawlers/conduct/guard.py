"""Which machines may be connected to: the public internet, and hosts that the operator opened.

The check stands in the resolver, and the addresses that it lets through are the very ones that are
connected to: no redirect, no second DNS answer and no odd spelling of an address gets around it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.identity.host_names import ascii_name

OPEN_HOSTS = "KETAWATCH_OPEN_HOSTS"
LOOPBACK = "127.0.0.1"

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# In a machine of Azure's, this public address is the machine's own keeper.
_KEEPERS = frozenset({ipaddress.ip_address("168.63.129.16")})
_Address = IPv4Address | IPv6Address


class GuardRefused(IgnoreRequest):
    """A connection that was refused before it was made."""


class Guard:
    """What may be reached. ``open_hosts`` are ``host`` (every port) or ``host:port`` entries."""

    def __init__(self, open_hosts: Collection[str] = ()) -> None:
        self._open = {_site_host(entry.lower()) for entry in open_hosts}

    def opens(self, host: str, port: int) -> bool:
        """Whether the operator opened this host, wherever it may lead."""
        name = host.lower().rstrip(".")
        shown = f"[{name}]" if ":" in name else name
        return not self._open.isdisjoint(
            {name, _site_host(name), f"{shown}:{port}", _site_host(f"{name}:{port}")}
        )

    def refusal(self, url: str) -> str | None:
        """Why an address is refused, as far as it can be told without asking DNS; None if not."""
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        if parts.scheme not in _PORTS or not host:
            return f"{parts.scheme or 'no'} scheme"
        literal = LOOPBACK if is_localhost(host) else _literal(host)
        if literal is None or is_public(literal) or self.opens(host, _port_of(url)):
            return None
        return f"{literal} is no public address"


def is_localhost(host: str) -> bool:
    """Whether a name means this machine (RFC 6761, section 6.3)."""
    return host == "localhost" or host.endswith(".localhost")


def is_public(address: str) -> bool:
    """Whether an IP address lies on the public internet, whatever it is wrapped into."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _inner(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip in _KEEPERS)


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to, if it does."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _literal(host: str) -> str | None:
    """The address that a host spells out, in any notation that a C library takes: 0x7f.1, 017.1."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not host[-1:].isalnum() or not host.rpartition(".")[2][:1].isdigit():
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def _site_host(entry: str) -> str:
    """The name that stands for a whole site below ``localhost``; other names stand for themselves.

    There is no public suffix list for ``localhost``: its sites are told apart by the last two
    labels.
    """
    host, colon, port = entry.partition(":")
    if not host.endswith(".localhost"):
        return entry
    return "*." + ".".join(host.split(".")[-2:]) + colon + port


def _port_of(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or _PORTS.get(parts.scheme, 0)


@implementer(IHostnameResolver)
class GuardedResolver:
    """The reactor's resolver behind a filter; Scrapy installs it (``TWISTED_DNS_RESOLVER``)."""

    def __init__(self, reactor: Any, guard: Guard) -> None:
        self._reactor = reactor
        self._behind = reactor.nameResolver
        self._guard = guard
        # Hosts with nothing but refused addresses; Twisted reports them as names without address.
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Made by Scrapy with the settings of the crawl."""
        return cls(reactor, Guard(crawler.settings.getlist(OPEN_HOSTS)))

    def install_on_reactor(self) -> None:
        """Stand between the reactor and its own resolver."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's names; its interfaces have no types
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Look a name up, and pass on those of its addresses that may be connected to."""
        filtering = _Filter(self, resolutionReceiver, hostName, portNumber)
        if is_localhost(hostName.lower().rstrip(".")):
            return filtering.answer(IPv4Address("TCP", LOOPBACK, portNumber))
        # Twisted hands over the letters behind xn--, of which Python would make another name.
        return self._behind.resolveHostName(
            filtering, ascii_name(hostName), portNumber, addressTypes, transportSemantics
        )

    def admit(self, host: str, port: int, found: Sequence[_Address]) -> list[_Address]:
        """Those addresses that may be connected to; remembers a host that has none of them."""
        name = ascii_name(host)
        good = [a for a in found if is_public(a.host) or self._guard.opens(name, port)]
        self.refused.pop(f"{name}:{port}", None)
        if found and not good:
            self.refused[f"{name}:{port}"] = found[0].host
        return good


@implementer(IResolutionReceiver)
class _Filter:
    """Collects the addresses of one lookup and passes on what the guard admits."""

    def __init__(self, resolver: GuardedResolver, receiver: Any, host: str, port: int) -> None:
        self._resolver, self._receiver = resolver, receiver
        self._host, self._port = host, port
        self._found: list[_Address] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: _Address) -> None:  # noqa: N802
        self._found.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        for address in self._resolver.admit(self._host, self._port, self._found):
            self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()

    def answer(self, address: _Address) -> _Known:
        resolution = _Known(self._host)
        self.resolutionBegan(resolution)
        self.addressResolved(address)
        self.resolutionComplete()
        return resolution


@implementer(IHostResolution)
class _Known:
    """A lookup that needs no network and is over at once."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


class GuardMiddleware:
    """Refuses what needs no lookup, and gives a refused lookup its true name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy with the settings of the crawl."""
        return cls(Guard(crawler.settings.getlist(OPEN_HOSTS)))

    def process_request(self, request: Request) -> None:
        """Refuse other schemes, and hosts that spell out a private address.

        Raises:
            GuardRefused: with the reason.
        """
        reason = self._guard.refusal(request.url)
        if reason:
            raise GuardRefused(reason)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a host that leads to private addresses only from one that does not exist.

        Raises:
            GuardRefused: with the first of the addresses.
        """
        from twisted.internet import reactor

        refused = getattr(getattr(reactor, "nameResolver", None), "refused", {})
        host = (urlsplit(request.url).hostname or "").lower()
        address = refused.get(f"{host}:{_port_of(request.url)}")
        if isinstance(exception, CannotResolveHostError) and address:
            raise GuardRefused(f"{host} leads to {address}, which is no public address")
