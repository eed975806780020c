"""A store with an invented directory on loopback and a list in a file, to be discovered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from crawlers.discover import discover as module
from crawlers.discover.discover import DiscoverResult
from data import provider_file
from data.models import Provider
from data.store import Store

DIRECTORY = """\
name: cards
title: An invented directory
reader: directory
url: {base}/page-1.html
row: article
fields: {{name: h2, website: a.site, city: .city, state: .state}}
next: "a[rel=next]"
min_rows: 3
max_rows: 5
shape_seen: 2026-11-24
terms_seen: 2026-11-24
robots_seen: 2026-11-24
"""
ROWS = """\
name: rows
title: An invented list
reader: list
path: rows.csv
columns: {name: name, website: url, state: state}
min_rows: 1
max_rows: 10
shape_seen: 2026-11-24
"""
SITES = "http://127.0.0.1:800"
CARD = '<article><h2>{0}</h2><p class="state">TX</p><a class="site" href="{1}">go</a></article>'


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class World:
    """A store, a folder of declarations, and a folder that is served on loopback."""

    def __init__(self, folder: Path, base: str) -> None:
        self.base = base
        self.web = folder / "web"
        self.store = Store.create(folder / "store")
        self.rows = folder / "rows.csv"
        self.sources = [folder / "cards.yml", folder / "rows.yml"]
        self.sources[0].write_text(DIRECTORY.format(base=base), encoding="utf-8")
        self.sources[1].write_text(ROWS, encoding="utf-8")
        self.rows.write_text("name,url,state\nVale,https://vale.example.com,TX\n", "utf-8")
        self.page(1, CARD.format("Harbour", f"{SITES}1/") + CARD.format("Mill", f"{SITES}2/"), 2)
        self.page(2, CARD.format("Harbour again", f"{SITES}1/faq"))

    def page(self, number: int, body: str, following: int | None = None) -> None:
        link = f'<a rel="next" href="page-{following}.html">next</a>' if following else ""
        (self.web / f"page-{number}.html").write_text(body + link, encoding="utf-8")

    def discover(self, *only: str) -> DiscoverResult:
        return module.discover(
            self.store,
            extra_sources=self.sources,
            only=only or ("cards", "rows"),
            allow_private=("127.0.0.1",),
        )

    def providers(self) -> dict[str, Provider]:
        providers, issues = provider_file.read(self.store.providers_path)
        assert issues == []
        return {p.provider_id: p for p in providers}

    def listings(self, source: str) -> str:
        return (self.store.listings_path / f"{source}.jsonl").read_text(encoding="utf-8")


@contextmanager
def served(folder: Path) -> Iterator[World]:
    """A world whose folder of pages is served for as long as it is used."""
    (folder / "web").mkdir()
    handler = partial(Quiet, directory=str(folder / "web"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield World(folder, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
