"""A DNS server on loopback whose answers change from one question to the next."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from twisted.names import dns

# Somebody's address on the public internet; nothing in the tests goes there.
PUBLIC = "93.184.216.34"


@dataclass
class Names:
    """The running server: its port, and by name the answers in their order; the last one stays."""

    port: int
    answers: dict[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def next_of(self, name: str) -> Sequence[str]:
        """The addresses that a name has by now."""
        series = self.answers.get(name, ())
        at, self.asked[name] = self.asked[name], self.asked[name] + 1
        return series[min(at, len(series) - 1)] if series else ()


@contextmanager
def serve_names() -> Iterator[Names]:
    """Answer questions over UDP for as long as the block lasts."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.1)
        names, ended = Names(server.getsockname()[1]), threading.Event()
        thread = threading.Thread(target=_serve, args=(server, names, ended))
        thread.start()
        try:
            yield names
        finally:
            ended.set()
            thread.join()


def _serve(server: socket.socket, names: Names, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            packet, client = server.recvfrom(4096)
        except TimeoutError:
            continue
        server.sendto(_reply(packet, names), client)


def _reply(packet: bytes, names: Names) -> bytes:
    message = dns.Message()
    message.fromStr(packet)
    message.answer, message.recAv = 1, 1
    for query in message.queries:
        name = str(query.name)
        records = [_record(address) for address in names.next_of(name.lower())]
        wanted = [r for r in records if query.type in (r.TYPE, dns.ALL_RECORDS)]
        message.answers += [dns.RRHeader(name, r.TYPE, dns.IN, 0, r) for r in wanted]
    return bytes(message.toStr())


def _record(address: str) -> Any:
    kind = dns.Record_AAAA if ipaddress.ip_address(address).version == 6 else dns.Record_A
    return kind(address, 0)


def ask(port: int, name: str) -> list[str]:
    """All addresses of a name, by one question to the server."""
    message = dns.Message(id=7)
    message.addQuery(name.encode(), dns.ALL_RECORDS)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(30)
        client.sendto(message.toStr(), ("127.0.0.1", port))
        reply = dns.Message()
        reply.fromStr(client.recv(4096))
    found: list[Any] = [header.payload for header in reply.answers]
    return [
        str(ipaddress.IPv6Address(r.address))
        if r.TYPE == dns.AAAA
        else str(ipaddress.IPv4Address(r.address))
        for r in found
    ]
