"""Which addresses may be connected to, however they are spelled and whoever answers for them."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from twisted.internet.address import IPv4Address, IPv6Address

from crawlers.conduct.guard import Guard, GuardedResolver, GuardMiddleware, GuardRefused, is_public
from crawlers.conduct.scope import open_hosts

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"),
    *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "::127.0.0.1"),
    "168.63.129.16",
]
PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_as_public_as_what_it_wraps(address: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "[::1]"),
        *("[::ffff:7f00:1]", "localhost", "LOCALHOST", "localhost.", "a.localhost", "a.localhost."),
    ],
)
def test_loopback_is_refused_in_every_spelling(host: str) -> None:
    assert Guard().refusal(f"http://{host}/") is not None


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "data:,x", "ftp://a.example/", "gopher://a.example/", "/x", ""]
)
def test_other_schemes_are_refused(url: str) -> None:
    assert Guard(["a.example"]).refusal(url) is not None


def test_only_what_was_opened_is_open() -> None:
    opened = list(
        open_hosts(
            ["http://127.0.0.1:8001/", "http://a.localhost:8002/x", "http://inside.example/"],
            ["help.internal"],
        )
    )
    guard = Guard(opened)
    assert guard.refusal("http://127.0.0.1:8001/x") is None
    assert guard.refusal("http://127.0.0.1:8002/") is not None
    assert guard.refusal("http://a.localhost:8002/") is None
    assert guard.refusal("http://www.a.localhost:8002/") is None
    assert guard.refusal("http://b.localhost:8002/") is not None
    assert guard.refusal("http://a.localhost:8001/") is not None
    assert guard.refusal("http://169.254.169.254/") is not None
    assert guard.opens("inside.example", 443)
    assert guard.opens("www.inside.example", 80)
    assert not guard.opens("inside.example", 8080)
    assert guard.opens("help.internal", 9)


class DnsServer:
    """A name server whose answers change from one question to the next."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def resolveHostName(  # noqa: N802
        self, receiver: Any, name: str, port: int, *_: object
    ) -> None:
        self.asked.append(name)
        receiver.resolutionBegan(None)
        for address in self.answers.pop(0):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


class Receiver:
    """Takes the addresses that would be connected to."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, _: object) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: IPv4Address) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


class Reactor:
    def __init__(self, dns: DnsServer) -> None:
        self.nameResolver: Any = dns

    def installNameResolver(self, resolver: Any) -> None:  # noqa: N802
        self.nameResolver = resolver


def look_up(reactor: Reactor, host: str, port: int = 80) -> list[str]:
    receiver = Receiver()
    reactor.nameResolver.resolveHostName(receiver, host, port)
    assert receiver.complete
    return receiver.addresses


def guarded(dns: DnsServer, *opened: str) -> Reactor:
    reactor = Reactor(dns)
    GuardedResolver(reactor, Guard(opened)).install_on_reactor()
    return reactor


def test_a_name_that_turns_private_is_refused_at_the_next_connection() -> None:
    reactor = guarded(DnsServer(["93.184.216.34"], ["127.0.0.1"]))
    assert look_up(reactor, "rebind.example") == ["93.184.216.34"]
    assert look_up(reactor, "rebind.example") == []


def test_only_the_public_ones_among_several_addresses_are_connected_to() -> None:
    reactor = guarded(DnsServer(["10.0.0.1", "93.184.216.34", "::1"]))
    assert look_up(reactor, "mixed.example") == ["93.184.216.34"]


def test_an_opened_host_may_lead_anywhere_at_its_port() -> None:
    reactor = guarded(DnsServer(["10.0.0.1"], ["10.0.0.1"]), "inside.example:80")
    assert look_up(reactor, "inside.example") == ["10.0.0.1"]
    assert look_up(reactor, "inside.example", 8080) == []


def test_names_below_localhost_need_no_name_server() -> None:
    dns = DnsServer()
    assert look_up(guarded(dns, "a.localhost:80"), "a.localhost") == ["127.0.0.1"]
    assert look_up(guarded(dns), "a.localhost") == []
    assert dns.asked == []


def test_a_name_beyond_ascii_is_asked_for_as_the_address_has_it() -> None:
    dns = DnsServer(["93.184.216.34"])
    # Twisted's own making of "xn--strae-oqa.example"; "strasse.example" is somebody else's.
    assert look_up(guarded(dns), "straße.example") == ["93.184.216.34"]
    assert dns.asked == ["xn--strae-oqa.example"]


def test_a_refused_lookup_is_told_apart_from_an_unknown_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reactor = guarded(DnsServer(["10.0.0.1"], []))
    monkeypatch.setattr("twisted.internet.reactor", reactor, raising=False)
    look_up(reactor, "inside.example")
    look_up(reactor, "nobody.example")
    middleware = GuardMiddleware(Guard())
    unknown = CannotResolveHostError("no results")
    middleware.process_exception(Request("http://nobody.example/"), unknown)
    with pytest.raises(GuardRefused, match=r"10\.0\.0\.1"):
        middleware.process_exception(Request("http://inside.example/"), unknown)


def test_the_middleware_refuses_what_is_spelled_out() -> None:
    middleware = GuardMiddleware(Guard())
    middleware.process_request(Request("http://public.example/"))
    with pytest.raises(GuardRefused):
        middleware.process_request(Request("http://169.254.169.254/latest"))
