"""Pages a second, CPU and memory of the crawl beside bare Scrapy's, on the same loopback sites.

Run ``python benchmarks/crawl.py``. A server in a process of its own serves sites whose pages are
about 60 KB; both crawlers ask one host for one page at a time, without a pause. Ours keeps evidence
and ledger, obeys robots.txt and goes through the guard; bare Scrapy obeys robots.txt, follows the
same links and keeps nothing. Rates are from the first request to the last answer, at the server;
CPU is of the whole process, all threads, with what a crawl of one page takes (the start) taken off.
``--part queue`` crawls a site whose sitemaps name 100,000 addresses, kills it with signal 9, and
tells the most memory it took and how long after its start a resumed run asks for the next page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parent.parent))

from blocks import Generator

from data import provider_file
from data.models import Provider
from data.store import Store

ROOT = Path(__file__).parent.parent
SITEMAP_SIZE = 20_000
SPIDER = """
import scrapy, sys
class Bare(scrapy.Spider):
    name = "bare"
    start_urls = sys.argv[1].split()
    def parse(self, response):
        for href in response.css("a::attr(href)").getall():
            yield response.follow(href)
from scrapy.crawler import CrawlerProcess
process = CrawlerProcess({
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "CONCURRENT_REQUESTS": 16, "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
    "TWISTED_DNS_RESOLVER": "__main__.Here", "COOKIES_ENABLED": False,
})
"""
# *.localhost is resolved as our own resolver does it; a machine's own need not know such names.
RESOLVER = """
from crawlers.conduct.guard import GuardedResolver
class Here(GuardedResolver):
    @classmethod
    def from_crawler(cls, crawler, reactor):
        from crawlers.conduct.guard import Guard
        return cls(reactor, Guard(sys.argv[1].replace("http://", "").replace("/", "").split()))
process.crawl(Bare)
process.start()
"""


@dataclass
class Served:
    """What the server hands out: page bodies by number, and what it noted."""

    pages: list[bytes]
    addresses: int
    first: float = 0.0
    last: float = 0.0
    asked: int = 0
    recent: deque[tuple[float, str]] = field(default_factory=lambda: deque(maxlen=20))

    def answer(self, path: str, host: str) -> tuple[bytes, str]:
        """Body and type for a path."""
        if path == "/_noted":
            noted = {"first": self.first, "last": self.last, "asked": self.asked}
            self.first, self.asked = 0.0, 0
            return json.dumps(noted | {"recent": list(self.recent)}).encode(), "application/json"
        if path == "/robots.txt":
            return b"User-agent: *\nDisallow: /private/\n", "text/plain"
        self.asked += 1
        self.last = time.time()
        self.first = self.first or self.last
        self.recent.append((self.last, path))
        if path.endswith(".xml"):
            return self.sitemap(path, host), "application/xml"
        number = int(path.rpartition("-")[2]) if "-" in path else 0
        return self.pages[number % len(self.pages)], "text/html; charset=utf-8"

    def sitemap(self, path: str, host: str) -> bytes:
        """An index of files, or one of them."""
        files = -(-self.addresses // SITEMAP_SIZE)
        if path == "/sitemap.xml":
            entries = (
                f"<sitemap><loc>http://{host}/m-{n}.xml</loc></sitemap>" for n in range(files)
            )
            return f"<sitemapindex>{''.join(entries)}</sitemapindex>".encode()
        start = int(path[3:-4]) * SITEMAP_SIZE
        urls = range(start, min(start + SITEMAP_SIZE, self.addresses))
        entries = (f"<url><loc>http://{host}/care-{n}</loc></url>" for n in urls)
        return f"<urlset>{''.join(entries)}</urlset>".encode()


async def handle(
    served: Served, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answer one connection's requests."""
    while head := await reader.readuntil(b"\r\n\r\n"):
        lines = head.decode("latin-1").split("\r\n")
        host = next(line[6:] for line in lines if line.lower().startswith("host: "))
        body, kind = served.answer(lines[0].split(" ")[1], host)
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(answer.encode())
        writer.write(body)
        await writer.drain()


def run_server(port: int, pages: int, addresses: int) -> None:
    """Serve until killed."""
    made = Generator(7)
    links = "".join(f'<p><a href="/care-{n}">Care {n}</a></p>' for n in range(1, pages))
    bodies = [made.page().replace(b"</body>", links.encode() + b"</body>") for _ in range(40)]
    served = Served(bodies, addresses)

    async def serve() -> None:
        async def on_connection(r: asyncio.StreamReader, w: asyncio.StreamWriter) -> None:
            try:
                await handle(served, r, w)
            except (asyncio.IncompleteReadError, ConnectionError):
                w.close()

        server = await asyncio.start_server(on_connection, "127.0.0.1", port, limit=1 << 20)
        await server.serve_forever()

    asyncio.run(serve())


@contextmanager
def serving(pages: int, addresses: int = 0) -> Iterator[int]:
    """A running server's port."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = multiprocessing.get_context("spawn").Process(
        target=run_server, args=(port, pages, addresses), daemon=True
    )
    process.start()
    deadline = time.time() + 60
    while time.time() < deadline:
        try:
            noted(port)
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield port
    finally:
        process.kill()
        process.join()


def noted(port: int) -> dict[str, object]:
    """What the server noted since it was last asked."""
    with urlopen(f"http://127.0.0.1:{port}/_noted", timeout=5) as answer:
        told: dict[str, object] = json.load(answer)
        return told


def ours(port: int, hosts: list[str], pages: int, folder: Path) -> list[str]:
    """Our command over a new store."""
    store = Store.create(folder)
    config = store.path / "ketawatch.toml"
    text = config.read_text().replace("26214400", "2621440000").replace("= 600 ", "= 60000 ")
    config.write_text(text)
    rows = [Provider(host, host, f"http://{host}:{port}/") for host in hosts]
    provider_file.write(store.providers_path, rows)
    own = ["--store", str(folder), "--delay", "0", "--allow-private-networks", "--render", "never"]
    return [sys.executable, str(ROOT / "ketawatch.py"), "crawl", *own, "--max-pages", str(pages)]


def bare(port: int, hosts: list[str], follow: str = "") -> list[str]:
    """Bare Scrapy over the same hosts; ``follow`` comes before the line that follows a link."""
    urls = " ".join(f"http://{host}:{port}/" for host in hosts)
    spider = SPIDER.replace("yield response", f"{follow}yield response")
    return [sys.executable, "-c", spider + RESOLVER, urls]


@dataclass(frozen=True)
class Took:
    """One crawl: requests a second at the server, CPU seconds in all, and how many requests."""

    rate: float
    cpu: float
    asked: int


def measured(command: list[str], port: int) -> Took:
    """Run a crawl to its end."""
    noted(port)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = noted(port)
    asked = int(str(told["asked"]))
    seconds = float(str(told["last"])) - float(str(told["first"]))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(asked / max(seconds, 1e-9), cpu, asked)


def compare(sites: int, pages: int, rounds: int) -> None:
    """Rate and CPU of both, in turn."""
    hosts = [f"site{n}.localhost" for n in range(sites)]
    found: dict[str, list[Took]] = {"bare": [], "ours": []}
    with serving(pages) as port, tempfile.TemporaryDirectory() as folder:
        start = {
            "bare": measured(bare(port, hosts[:1], "if False: "), port).cpu,
            "ours": measured(ours(port, hosts[:1], 1, Path(folder) / "start"), port).cpu,
        }
        for number in range(rounds):
            found["bare"].append(measured(bare(port, hosts), port))
            store = Path(folder) / str(number)
            found["ours"].append(measured(ours(port, hosts, pages, store), port))
    for name, rows in found.items():
        each = [1000 * (row.cpu - start[name]) / row.asked for row in rows]
        rate = statistics.median(row.rate for row in rows)
        print(
            f"{name}: {rate:.0f} pages/s, {statistics.median(each):.2f} ms CPU a page"
            f" ({rows[0].asked} requests, {rounds} rounds, start {start[name]:.1f} s CPU)"
        )
    pairs = list(zip(found["ours"], found["bare"], strict=True))
    rates = statistics.median(o.rate / b.rate for o, b in pairs)
    cpus = statistics.median(
        (o.cpu - start["ours"]) / o.asked / ((b.cpu - start["bare"]) / b.asked) for o, b in pairs
    )
    print(f"ours / bare: {rates:.0%} of the pages/s, {cpus:.2f} x the CPU a page")


def queue(addresses: int) -> None:
    """Memory with a long queue, and the time to resume with it after a kill."""
    with serving(20, addresses) as port, tempfile.TemporaryDirectory() as folder:
        command = ours(port, ["long.localhost"], 4_000, Path(folder) / "store")
        first = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        ledger = _wait_for_queue(Path(folder), addresses)
        memory = _peak_mb(first.pid)
        first.send_signal(signal.SIGKILL)
        first.wait()
        noted(port)
        begun = time.time()
        second = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        while not (told := noted(port))["first"]:
            time.sleep(0.02)
        resumed = float(str(told["first"])) - begun
        again = _peak_mb(second.pid)
        second.kill()
        second.wait()
    print(f"{ledger} addresses queued: {memory} MB at most, {again} MB when resumed")
    print(f"resumed after kill -9: next page asked for after {resumed:.1f} s")


def _wait_for_queue(folder: Path, addresses: int) -> int:
    import sqlite3

    while True:
        time.sleep(0.5)
        for path in folder.glob("store/runs/.partial-*/ledger.sqlite"):
            try:
                db = sqlite3.connect(path)
                count = int(db.execute("select count(*) from addresses").fetchone()[0])
            except sqlite3.OperationalError:
                continue
            if count >= 0.99 * addresses:  # a site is not followed beyond 100,000 altogether
                return count


def _peak_mb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--part", choices=["rate", "queue", "all"], default="all")
    parser.add_argument("--sites", type=int, default=12)
    parser.add_argument("--pages", type=int, default=50, help="pages a site")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--addresses", type=int, default=100_000)
    options = parser.parse_args()
    if options.part in ("rate", "all"):
        compare(options.sites, options.pages, options.rounds)
    if options.part in ("queue", "all"):
        queue(options.addresses)


if __name__ == "__main__":
    main()
