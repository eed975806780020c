"""A server for the hostile web: every case's host on one port, and a count of all that it did."""

from __future__ import annotations

import socket
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.crawlers.hostile_web.trap_case import Case, Here, Raw, Routes
from tests.crawlers.sites_served import Answer

_SLOWEST_CLIENT_S = 20
# What ``*`` does not answer.
_NOT_ASKED_OF_ALL = frozenset({"/robots.txt", "/sitemap.xml"})


@dataclass(slots=True)
class Counts:
    """What the server was asked, by host, and how many bytes of answers it could send."""

    asked: defaultdict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    sent: Counter[str] = field(default_factory=Counter)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _SLOWEST_CLIENT_S
    server: TrapServer

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0]
        self.server.counts.asked[host].append((self.command, self.path))
        routes = self.server.routes.get(host, {})
        rest = Answer(b"none", 404) if self.path in _NOT_ASKED_OF_ALL else routes.get("*")
        route = routes.get(self.path, rest or Answer(b"none", 404))
        reply = route(self.path) if callable(route) else route
        if isinstance(reply, Answer):
            self._answer(host, reply)
        else:
            self._pour(host, reply)

    do_POST = do_PUT = do_DELETE = do_OPTIONS = do_HEAD = do_GET  # noqa: N815 - by http.server

    def _answer(self, host: str, reply: Answer) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        length = len(reply.body) if reply.length is None else reply.length
        self.send_header("Content-Length", str(length))
        self.close_connection = reply.length is not None
        self.end_headers()
        self.wfile.write(reply.body)
        self.server.counts.sent[host] += len(reply.body)

    def _pour(self, host: str, chunks: Raw) -> None:
        """Send raw bytes until they end, or the client has had enough."""
        self.close_connection = True
        try:
            for chunk in chunks:
                self.wfile.write(chunk)
                self.server.counts.sent[host] += len(chunk)
                if self.server.closing.is_set():
                    return
        except OSError:
            pass  # hung up on, as it should be

    def log_message(self, *_: object) -> None:
        """Say nothing: the counts are the log."""


class TrapServer(ThreadingHTTPServer):
    """Serves routes by host; ``counts`` is what tests look at."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, family: int, address: str, port: int = 0) -> None:
        self.address_family = family
        self.counts = Counts()
        self.routes: dict[str, Routes] = {}
        self.closing = threading.Event()
        super().__init__((address, port), _Handler)

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that hang up."""


@dataclass(frozen=True, slots=True)
class HostileWeb:
    """The running servers: the cases', and the private ones that nobody may reach."""

    port: int
    counts: Counts
    private: tuple[Counts, ...]


@contextmanager
def serve(cases: Sequence[Case]) -> Iterator[HostileWeb]:
    """Serve all cases for as long as the block lasts."""
    with ExitStack() as stack:
        public = stack.enter_context(_running(TrapServer(socket.AF_INET, "127.0.0.1")))
        private = [stack.enter_context(_running(TrapServer(socket.AF_INET, "127.0.0.1")))]
        port = private[0].server_port
        if socket.has_ipv6:
            private += _on_ipv6(stack, port)
        for case in cases:
            here = Here(case.host, public.server_port, port)
            public.routes[case.host] = case.routes(here)
        yield HostileWeb(public.server_port, public.counts, tuple(p.counts for p in private))


def _on_ipv6(stack: ExitStack, port: int) -> list[TrapServer]:
    try:
        return [stack.enter_context(_running(TrapServer(socket.AF_INET6, "::1", port)))]
    except OSError:
        return []  # a machine without it, which then cannot be led there either


@contextmanager
def _running(server: TrapServer) -> Iterator[TrapServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
