"""One needed page answers 503, then 404: the first makes absence unknown, the second does not."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from data.findings import open_view
from data.models import Failure
from data.store import Store

ROOT = Path(__file__).parent.parent
HOST = "quillmoor.localhost"
FILLER = " ".join(
    f"Paragraph {n} tells how the parking, the music and the tea are arranged on the day."
    for n in range(30)
)
HOME = f"""<!doctype html><title>Quillmoor lozenges</title><h1>Quillmoor</h1>
<p>We prescribe ketamine lozenges and ship them to your home.</p><p>Our lozenges arrive by mail.</p>
<p>{FILLER}</p><nav><a href="/faq">FAQ</a> <a href="/safety">Safety</a></nav>"""
FAQ = f"<!doctype html><title>FAQ</title><h1>Questions</h1><p>{FILLER}</p>"


@contextmanager
def site(safety_status: int) -> Iterator[tuple[int, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            pages = {"/": HOME, "/faq": FAQ}
            status = 200 if self.path in pages else 404
            if self.path == "/safety":
                status = safety_status
            body = pages.get(self.path, "<title>Not here</title>").encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def look(store: Path, port: int) -> tuple[dict[str, dict[str, Any]], list[Failure]]:
    store.mkdir()
    (store / "providers.csv").write_text(
        f"provider_id,name,homepage\nquillmoor,Quillmoor,http://{HOST}:{port}/\n", encoding="utf-8"
    )
    for command in (["crawl", "--allow-private-networks", "--delay", "0"], ["audit"]):
        subprocess.run(
            [sys.executable, str(ROOT / "ketawatch.py"), *command, "--store", str(store)],
            check=True,
            capture_output=True,
            timeout=60,
        )
    view = open_view(Store.open(store))
    found = {r["rule_id"]: r for r in view.findings().to_pylist()}
    return found, view.run.read("failures", Failure)


@pytest.mark.parametrize(
    ("status", "failure", "reason", "missing"),
    [(503, "server_error", "coverage_too_low", "safety"), (404, "dead_link", "not_stated", "")],
)
def test_absence_needs_the_page_unless_nobody_can_read_it(
    tmp_path: Path, status: int, failure: str, reason: str, missing: str
) -> None:
    with site(status) as (port, asked):
        found, failures = look(tmp_path / "store", port)
    assert [(f.failure_class, f.expected_type) for f in failures] == [(failure, "safety")]
    assert failures[0].attempts >= 2
    assert asked.count("/safety") >= 2
    vitals = found["supervision.vitals"]
    assert (vitals["service_line"], vitals["reason"]) == ("at-home-oral", reason)
    assert (vitals["page_types_missing"] or "") == missing
