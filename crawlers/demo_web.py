"""One loopback HTTP server for all invented websites, told apart by their Host header.

It behaves as a decent web server does (keep-alive, validators, gzip) and keeps its own access log,
so that a test can count what a crawler really asked for.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawlers.demo_pages import DIRECTORY, DemoPages, Reply
from data.errors import UsageError

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8742
_GZIP_WORTHWHILE = 512


@dataclass(slots=True)
class DemoWeb:
    """The running server. ``log`` grows by (host, method, path with query, status) a request."""

    port: int
    hosts: tuple[str, ...]
    log: list[tuple[str, str, str, int]] = field(default_factory=list)

    @property
    def directory_url(self) -> str:
        """First page of the invented public directory."""
        return f"http://{DIRECTORY}.localhost:{self.port}/"


@contextmanager
def serve(port: int | None = None) -> Iterator[DemoWeb]:
    """Serve all invented sites on loopback until the block ends.

    Args:
        port: the very port that is needed, because addresses with it are known (0: any that is
            free); where it is None, the usual one, or any other where that is taken.

    Raises:
        UsageError: the port that is needed is taken.

    Every site answers as ``http://<site>.localhost:<port>/``. Whoever resolves names must map
    ``*.localhost`` to 127.0.0.1 (RFC 6761, section 6.3); browsers do.
    """
    server = _bind(port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _bind(port: int | None) -> _Server:
    try:
        return _Server((LOOPBACK, USUAL_PORT if port is None else port), _Handler)
    except OSError as error:
        if port is None:
            return _Server((LOOPBACK, 0), _Handler)
        raise UsageError(
            f"port {port} is in use, and the unfinished demo in this store goes on with it.",
            "End what listens there, or name a new folder with --store.",
        ) from error


class _Server(ThreadingHTTPServer):
    # On Windows the option would let two servers share a port, and hide that it is taken.
    allow_reuse_address = os.name != "nt"
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.pages = DemoPages(self.server_port)
        self.web = DemoWeb(self.server_port, self.pages.hosts)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in one packet: in two, each reply waits 40 ms for a delayed ACK.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        host = (target.netloc or self.headers.get("Host", "")).partition(":")[0].lower()
        reply = self.server.pages.reply(host, target.path or "/", dict(parse_qsl(target.query)))
        if reply is None:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, {}, b"")
        else:
            self._answer(reply)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def __getattr__(self, name: str) -> Callable[[], None]:
        # The base class looks up do_<METHOD>: every method but GET and HEAD ends here.
        if name.startswith("do_"):
            return self._refuse
        raise AttributeError(name)

    def _refuse(self) -> None:
        # The request's body is left unread, so that the connection cannot be used again.
        self.close_connection = True
        headers = {"Allow": "GET, HEAD", "Connection": "close"}
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, headers, b"")

    def _answer(self, reply: Reply) -> None:
        body, headers = self._encoded(reply)
        if reply.location:
            headers["Location"] = reply.location
        if reply.status != HTTPStatus.OK:
            self._send(reply.status, headers, body)
            return
        headers["Last-Modified"] = format_datetime(reply.updated, usegmt=True)
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if self._is_fresh(reply, headers["ETag"]):
            self._send(HTTPStatus.NOT_MODIFIED, headers, None)
        else:
            self._send(reply.status, headers, body)

    def _encoded(self, reply: Reply) -> tuple[bytes, dict[str, str]]:
        headers = {"Content-Type": reply.content_type, "Vary": "Accept-Encoding"}
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not accepted or len(reply.body) < _GZIP_WORTHWHILE or "image/png" in reply.content_type:
            return reply.body, headers
        return gzip.compress(reply.body, 6, mtime=0), {
            **headers,
            "Content-Encoding": "gzip",
        }

    def _is_fresh(self, reply: Reply, etag: str) -> bool:
        if known := self.headers.get("If-None-Match"):
            return etag in known
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and reply.updated <= parsedate_to_datetime(since)
        except ValueError:
            return False

    def _send(self, status: int, headers: dict[str, str], body: bytes | None) -> None:
        """Send a reply and log it; ``body`` is None where the status allows none (304)."""
        host = self.headers.get("Host", "").partition(":")[0]
        self.server.web.log.append((host, self.command, self.path, int(status)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing: the access log is ``DemoWeb.log``."""
