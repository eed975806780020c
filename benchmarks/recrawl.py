"""What a second crawl of sites that did not change moves, as a share of the first one's bytes.

Run ``python benchmarks/recrawl.py``. Sites are served on loopback with pages as in
``benchmarks/findings.py`` (about 100 KB, sent with gzip), a robots.txt and a sitemap, and answer
conditional requests by ETag. Bytes are counted at the server's sockets, heads and all, in both
directions. ``--changed 0.1`` changes every tenth page in between; ``--dumb`` serves without
validators, where only the archive can be spared: its growth is printed beside the bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from findings import Site, said

from data import provider_file
from data.models import Page, Provider
from data.store import Store

ROOT = Path(__file__).parent.parent


@dataclass
class Web:
    """Bodies by host and path, and the bytes that went over the wire since last asked."""

    is_dumb: bool
    bodies: dict[tuple[str, str], bytes] = field(default_factory=dict)
    moved: int = 0
    answers: int = 0

    def take(self) -> tuple[int, int]:
        taken, self.moved, self.answers = (self.moved, self.answers), 0, 0
        return taken


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        web, host = self.server.web, self.headers.get("Host", "").partition(":")[0]
        body = web.bodies.get((host, self.path))
        tag = f'"{hashlib.sha256(body or b"").hexdigest()[:20]}"'
        is_known = body is not None and self.headers.get("If-None-Match") == tag
        head = [f"HTTP/1.1 {404 if body is None else 304 if is_known else 200} -"]
        head += [] if web.is_dumb else [f"ETag: {tag}"]
        sent = b"" if body is None or is_known else body
        if not is_known:
            kind = "text/plain" if self.path.endswith(".txt") else "text/html; charset=utf-8"
            head += [f"Content-Type: {kind}", f"Content-Length: {len(sent)}"]
            head += ["Content-Encoding: gzip"] if sent else []
        answer = "\r\n".join([*head, "", ""]).encode() + sent
        asked = len(self.raw_requestline) + len(bytes(self.headers))
        web.moved += len(answer) + asked
        web.answers += 1
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, web: Web) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.web = web


@contextmanager
def serve(web: Web) -> Iterator[int]:
    """Serve a web on a free port, which is given."""
    server = _Server(web)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fill(web: Web, port: int, sites: int, pages: int) -> list[Provider]:
    """Make the sites, and the list of their providers."""
    made, words = [], said()
    for number in range(sites):
        host, generator = f"clinic-{number}.localhost", Site(number, words)
        paths = [f"/treatment-{n}" for n in range(pages - 1)]
        links = "".join(f'<p><a href="{path}">{path}</a></p>' for path in paths)
        places = "".join(f"<url><loc>http://{host}:{port}{p}</loc></url>" for p in paths)
        site = {path: page(generator) for path in paths}
        site["/"] = f"<h1>Clinic {number}</h1>{links}{page(generator)}"
        site["/robots.txt"] = "User-agent: *\nDisallow: /staff\n"
        site["/sitemap.xml"] = f"<urlset>{places}</urlset>"
        for path, text in site.items():
            web.bodies[host, path] = gzip.compress(text.encode(), 6, mtime=0)
        made.append(Provider(host, host, f"http://{host}:{port}/"))
    return made


def page(generator: Site) -> str:
    """One page of about 100 KB."""
    return generator.page().decode()


def change(web: Web, share: float) -> None:
    """Change a share of the pages."""
    step = round(1 / share) if share else 0
    for number, (key, body) in enumerate(sorted(web.bodies.items())):
        if step and number % step == 0 and not key[1].endswith((".txt", ".xml")):
            text = gzip.decompress(body) + b"<p>Something new.</p>"
            web.bodies[key] = gzip.compress(text, 6, mtime=0)


def crawl(store: Store) -> tuple[int, int, int]:
    """Crawl once; bytes of the run's archives, captures, and those of them kept earlier."""
    subprocess.run(
        [
            *(sys.executable, str(ROOT / "ketawatch.py"), "crawl", "--store", str(store.path)),
            *("--delay", "0", "--allow-private-networks", "--render", "never"),
        ],
        check=True,
        capture_output=True,
    )
    run = store.run()
    kept = sum(path.stat().st_size for path in run.path.glob("captures/*"))
    rows = run.read("pages", Page)
    return kept, len(rows), sum(run.run_id not in row.warc_file for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sites", type=int, default=10)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--changed", type=float, default=0.0)
    parser.add_argument("--dumb", action="store_true")
    options = parser.parse_args()
    web, moved = Web(options.dumb), []
    with serve(web) as port, tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "store")
        provider_file.write(store.providers_path, fill(web, port, options.sites, options.pages))
        for name in ("first", "second"):
            kept, captures, earlier = crawl(store)
            over_the_wire, answers = web.take()
            moved.append(over_the_wire)
            print(
                f"{name} crawl: {answers} answers, {over_the_wire:,} bytes moved, {captures}"
                f" captures ({earlier} of them unchanged), archives of {kept:,} bytes"
            )
            change(web, options.changed)
    print(f"the second moved {100 * moved[1] / moved[0]:.2f} % of the first's bytes")


if __name__ == "__main__":
    main()
