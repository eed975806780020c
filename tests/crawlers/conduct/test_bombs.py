"""Answers that never end, or are larger inside than outside: each is given up within its bound."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from itertools import repeat

import pytest

from crawlers.links import sitemaps
from tests.crawlers.sites_served import ROOT, environment

# One visit of each address, with short patience; prints how each went, and the memory it took.
# Linux hands ``ru_maxrss`` on through fork and exec: it would tell how large the tests had grown.
VISIT = """
import json, resource, sys
from pathlib import Path
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from crawlers.responses.failures import of_answer
from crawlers.walk.fetching import Fetcher
from crawlers.conduct.guard import Guard
from crawlers.conduct.scope import SiteScope
from crawlers.conduct.settings import polite_settings
from crawlers.walk.website import WebsiteSpider
from data.config import Config
home, paths, told = sys.argv[1], sys.argv[2:], {}
opened = [home.split("/")[2]]
class Visitor(Spider):
    name = "visitor"
    custom_settings = WebsiteSpider.custom_settings
    async def start(self):
        ask = self.crawler.engine.download_async
        fetcher = Fetcher(ask, Guard(opened), SiteScope(home), wait=0)
        for path in paths:
            fetched = await fetcher.fetch(home + path)
            trouble = fetched.trouble or of_answer(fetched.final, fetched.facts)
            told[path] = [trouble and trouble.failure_class, fetched.attempts]
        return
        yield
settings = polite_settings(Config(), allow_private=opened, delay=0)
process = AsyncCrawlerProcess({**settings, "DOWNLOAD_TIMEOUT": 2})
process.crawl(Visitor)
process.start()
mine = Path("/proc/self/status")
if mine.exists():
    lines = dict(line.split(":", 1) for line in mine.read_text().splitlines())
    kibibytes = int(lines["VmHWM"].split()[0])
else:
    unit = 1024 if sys.platform == "darwin" else 1  # bytes there
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
print(json.dumps([told, kibibytes // 1024]))
"""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
Sender = Callable[[Callable[[bytes], None]], None]


def flood(send: Callable[[bytes], None]) -> None:
    send(HEAD)
    for number in range(10**9):
        send(b"".join(b"X-%d-%d: %s\r\n" % (number, n, b"y" * 200) for n in range(100)))


def one_long_header(send: Callable[[bytes], None]) -> None:
    send(HEAD + b"X: ")
    for part in repeat(b"y" * 10_000):
        send(part)


def interim(send: Callable[[bytes], None]) -> None:
    for part in repeat(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100):
        send(part)


def endless(send: Callable[[bytes], None]) -> None:
    send(HEAD + b"\r\n")
    for part in repeat(b"<p>more</p>" * 5_000):
        send(part)


def endless_chunks(send: Callable[[bytes], None]) -> None:
    send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    for part in repeat(b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n"):
        send(part)


def drip(send: Callable[[bytes], None]) -> None:
    send(HEAD + b"\r\n")
    pause = threading.Event()
    while not pause.wait(0.05):
        send(b".")


def silence(send: Callable[[bytes], None]) -> None:
    threading.Event().wait(30)


def unpacks_to(size: int, compress: Callable[[bytes], bytes], name: bytes) -> Sender:
    body = compress(bytes(size))

    def answer(send: Callable[[bytes], None]) -> None:
        length = b"Content-Length: %d\r\n\r\n" % len(body)
        send(HEAD + b"Content-Encoding: " + name + b"\r\n" + length + body)

    return answer


def nothing(send: Callable[[bytes], None]) -> None:
    send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


ANSWERS: dict[str, tuple[Sender, str, int]] = {
    "flood": (flood, "too_large", 1),
    "interim": (interim, "too_large", 1),
    "long-header": (one_long_header, "too_large", 1),
    "endless": (endless, "too_large", 1),
    "endless-chunks": (endless_chunks, "too_large", 1),
    "drip": (drip, "timeout", 3),
    "silence": (silence, "timeout", 3),
    "gzip": (unpacks_to(300 * 2**20, gzip.compress, b"gzip"), "too_large", 1),
    "deflate": (unpacks_to(300 * 2**20, zlib.compress, b"deflate"), "too_large", 1),
}


def _serve(server: socket.socket) -> None:
    with suppress(OSError):
        while True:
            client, _ = server.accept()
            threading.Thread(target=_answer, args=(client,), daemon=True).start()


def _answer(client: socket.socket) -> None:
    with suppress(OSError), client:
        path = client.recv(65536).split(b" ")[1].decode().strip("/")
        ANSWERS.get(path, (nothing, "", 0))[0](client.sendall)


@pytest.fixture(scope="module")
def visited() -> tuple[dict[str, tuple[str, int]], int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_serve, args=(server,), daemon=True).start()
        home = f"http://bombs.localhost:{server.getsockname()[1]}/"
        done = subprocess.run(
            [sys.executable, "-c", VISIT, home, *ANSWERS],
            capture_output=True,
            encoding="utf-8",
            env={**environment(), "PYTHONPATH": str(ROOT)},
            timeout=240,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    told, mebibytes = json.loads(done.stdout.splitlines()[-1])
    return {path: tuple(how) for path, how in told.items()}, mebibytes


@pytest.mark.parametrize("path", ANSWERS)
def test_what_has_no_end_is_given_up(
    visited: tuple[dict[str, tuple[str, int]], int], path: str
) -> None:
    assert visited[0][path] == ANSWERS[path][1:]


def test_none_of_it_fills_the_memory(visited: tuple[dict[str, tuple[str, int]], int]) -> None:
    assert visited[1] < 400


LAUGHS = "".join(
    f'<!ENTITY l{n} "{"".join([f"&l{n - 1};"] * 10)}">' if n else '<!ENTITY l0 "ha">'
    for n in range(12)
)


@pytest.mark.parametrize(
    "entity",
    [LAUGHS, '<!ENTITY l11 SYSTEM "file:///etc/passwd">', f'<!ENTITY l11 "{"a" * 10**6}">'],
)
def test_entities_of_a_sitemap_are_not_unfolded(entity: str) -> None:
    places = "<url><loc>http://a.example/&l11;</loc></url>" * 50
    text = f"<?xml version='1.0'?><!DOCTYPE u [{entity}]><urlset>{places}</urlset>"
    assert all(len(page) < 100 for page in sitemaps.read(text.encode()).pages)
