"""A loopback web of many hosts for the crawler's tests, with the access log that counts."""

from __future__ import annotations

import hashlib
import os
import select
import socket
import ssl
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = "We offer care for people with low mood, and a nurse sits with you. " * 12


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path answers; ``length`` lies about the body's length where it is set."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass(slots=True)
class Kept:
    """A page that answers conditional requests; ``sent`` counts the bodies that went out."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    by: str = "ETag"
    sent: int = 0
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def answer(self, headers: Mapping[str, str]) -> Answer:
        """Nothing but a 304 to who holds the body already."""
        self.asked.append(dict(headers))
        tag = f'"{hashlib.sha256(self.body).hexdigest()}"'
        value = tag if self.by == "ETag" else "Wed, 21 Oct 2026 07:28:00 GMT"
        if headers.get("If-None-Match" if self.by == "ETag" else "If-Modified-Since") == value:
            return Answer(b"", 304, {self.by: value})
        self.sent += 1
        return Answer(self.body, 200, {"Content-Type": self.kind, self.by: value})


Route = Answer | Kept | Callable[[], Answer]


def page(title: str, *links: str, text: str = WORDS) -> Answer:
    """A web page with a heading, enough words to read, and links given as ``href|text``."""
    anchors = "".join(
        f'<p><a href="{href}">{label or href}</a></p>'
        for href, _, label in (link.partition("|") for link in links)
    )
    html = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}</p>{anchors}"
    return Answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def redirect(target: str, status: int = 302) -> Answer:
    """A redirect."""
    return Answer(b"moved", status, {"Location": target, "Content-Type": "text/plain"})


@dataclass(slots=True)
class Web:
    """The running server: its port, its routes by host and path, and what it was asked."""

    port: int
    routes: dict[str, dict[str, Route]]
    log: list[tuple[str, str, str]] = field(default_factory=list)
    # Which connections are open that a host was asked through, and the most there ever were.
    visitors: dict[str, set[socket.socket]] = field(default_factory=dict)
    most: Counter[str] = field(default_factory=Counter)

    def asked(self, host: str) -> Counter[str]:
        """How often each path of a host was asked."""
        return Counter(path for name, _, path in self.log if name == host)

    def url(self, host: str, path: str = "/") -> str:
        """An address of this web."""
        return f"http://{host}:{self.port}{path}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        self.server.web.log.append((host, self.command, self.path))
        visitors = self.server.web.visitors.setdefault(host, set())
        visitors.add(self.connection)
        still_there = sum(map(_is_open, visitors.copy()))
        self.server.web.most[host] = max(self.server.web.most[host], still_there)
        route = self.server.web.routes.get(host, {}).get(self.path, Answer(b"none", 404))
        if isinstance(route, Kept):
            answer = route.answer(dict(self.headers))
        else:
            answer = route() if callable(route) else route
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        length = len(answer.body) if answer.length is None else answer.length
        if answer.status != 304:
            self.send_header("Content-Length", str(length))
        if answer.length is not None:
            self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)

    def finish(self) -> None:
        for visitors in self.server.web.visitors.copy().values():
            visitors.discard(self.connection)
        super().finish()

    do_POST = do_GET  # noqa: N815 - named by http.server

    def log_message(self, *_: object) -> None:
        """Say nothing: the log is ``Web.log``."""


def _is_open(connection: socket.socket) -> bool:
    """Whether the other side has not hung up; a thread may not have come to see that it has."""
    hung_up = select.poll()
    try:
        hung_up.register(connection, select.POLLRDHUP)
        return not hung_up.poll(0)
    except (OSError, ValueError):  # closed on this side, too
        return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.web = Web(self.server_port, {})
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that hang up."""


@contextmanager
def serve(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """Serve an empty web, to be filled through ``routes``."""
    server = _Server(tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def command(store: Path, *arguments: str, opened: bool = True) -> list[str]:
    """``ketawatch crawl`` for a loopback web."""
    own = ["--store", str(store), "--delay", "0"]
    own += ["--allow-private-networks"] if opened else []
    return [sys.executable, "-X", "utf8", str(ROOT / "ketawatch.py"), "crawl", *own, *arguments]


def environment() -> dict[str, str]:
    """The surroundings of a crawl without a contact."""
    return {k: v for k, v in os.environ.items() if not k.startswith("KETAWATCH_")}


def crawl(store: Path, *arguments: str, opened: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a crawl to its end."""
    return subprocess.run(
        command(store, *arguments, opened=opened),
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        timeout=240,
        check=False,
    )
