"""Pages a second by one worker and by two, where the network is the limit; and what Dask costs.

Run ``python benchmarks/workers.py``. Invented sites on loopback answer each request after
``--latency`` seconds, without using a processor meanwhile; each worker looks at eight sites at
once, one request at a time at each. The clock runs from the first request to the last, as the
server saw them; the time to start the workers is reported beside it. ``--engines`` compares, for
the same audit on this machine, Dask's workers with a plain process pool of the same size.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil

from audit import run as auditing
from audit.provider_audit import audit_provider
from data import provider_file
from data.cluster import hired
from data.models import Page, Provider
from data.store import Store

ROOT = Path(__file__).resolve().parent.parent
WORDS = "We offer ketamine care, and a nurse measures blood pressure before each session. " * 20


def body(path: str, pages: int) -> bytes:
    links = "".join(f'<a href="/page-{n}">Page {n}</a> ' for n in range(1, pages))
    html = f"<!doctype html><title>{path}</title><h1>{path}</h1><p>{WORDS}</p>{links}"
    return html.encode()


class Sites:
    """A server that is slow, not busy; it notes when it was asked."""

    def __init__(self, latency: float, pages: int) -> None:
        self.latency, self.pages = latency, pages
        self.asked: list[float] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = request.split(b" ", 2)[1].decode()
                await asyncio.sleep(self.latency)
                self.asked.append(time.monotonic())
                found = path == "/" or path.startswith("/page-")
                text = body(path, self.pages) if found else b"none"
                head = f"HTTP/1.1 {200 if found else 404} -\r\nContent-Type: text/html\r\n"
                writer.write(f"{head}Content-Length: {len(text)}\r\n\r\n".encode() + text)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def serve(talk: Connection, latency: float, pages: int) -> None:
    """In a process of its own: tell the port, then answer until asked what was seen."""

    async def main() -> None:
        sites = Sites(latency, pages)
        server = await asyncio.start_server(sites.answer, "127.0.0.1", 0, backlog=256)
        talk.send(server.sockets[0].getsockname()[1])
        while True:
            if await asyncio.to_thread(talk.recv) == "end":
                return
            talk.send(sites.asked)
            sites.asked = []

    asyncio.run(main())


@contextmanager
def served(latency: float, pages: int) -> Iterator[tuple[int, Callable[[], list[float]]]]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(theirs, latency, pages), daemon=True)
    process.start()

    def seen() -> list[float]:
        ours.send("seen")
        return ours.recv()

    yield ours.recv(), seen
    ours.send("end")
    process.join()


def store_of(folder: Path, port: int, sites: int) -> Store:
    store = Store.create(folder)
    hosts = [f"site-{n}.localhost" for n in range(sites)]
    rows = [Provider(host, host, f"http://{host}:{port}/") for host in hosts]
    provider_file.write(store.providers_path, rows)
    return store


def crawl(store: Store, *options: str) -> float:
    """Seconds that the whole command took."""
    fixed = ["--delay", "0", "--allow-private-networks", "--render", "never"]
    start = time.monotonic()
    command = [sys.executable, str(ROOT / "ketawatch.py"), "crawl", "--store", str(store.path)]
    done = subprocess.run([*command, *fixed, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return time.monotonic() - start


def compare_workers(latency: float, sites: int, pages: int) -> None:
    print(f"{sites} sites of {pages} pages, {latency} s to each answer")
    rates = {}
    for workers in (1, 2):
        with TemporaryDirectory() as folder, served(latency, pages) as (port, seen):
            store = store_of(Path(folder) / "store", port, sites)
            whole = crawl(store, "--workers", str(workers))
            asked = seen()
            kept = len(store.run().read("pages", Page))
            took = asked[-1] - asked[0] + latency
            rates[workers] = kept / took
            print(
                f"  {workers} worker(s): {kept} pages in {took:.1f} s, {rates[workers]:.1f} pages/s"
                f"; the command took {whole:.1f} s"
            )
    print(f"  two workers: {rates[2] / rates[1]:.2f}x one worker's pages/s (>= 1.8 is the aim)")


def memory() -> int:
    """MiB of all processes below this one."""
    children = psutil.Process().children(recursive=True)
    return sum(child.memory_info().rss for child in children) // 2**20


def compare_engines(sites: int, pages: int) -> None:
    """The same jobs by a pool of two processes, and by two workers of Dask's."""
    with TemporaryDirectory() as folder, served(0, pages) as (port, _):
        store = store_of(Path(folder) / "store", port, sites)
        crawl(store)
        jobs = list(auditing._jobs(store, store.run()))
        start = time.monotonic()
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
            list(pool.map(int, range(2)))
            ready = time.monotonic()
            told = list(pool.map(audit_provider, jobs))
            report("process pool", ready - start, time.monotonic() - ready, len(jobs) * pages)
        start = time.monotonic()
        with hired(2, None, None, Path(folder) / "workers", print) as crew:
            ready = time.monotonic()
            same = list(auditing._map(jobs, crew)) == told
            report("Dask", ready - start, time.monotonic() - ready, len(jobs) * pages)
        print(f"  same findings: {same}")


def report(name: str, start: float, work: float, pages: int) -> None:
    print(
        f"  {name}: {start:.1f} s to start, {work:.1f} s for {pages} pages"
        f" ({pages / work:.0f} pages/s), {memory()} MiB in its processes"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--latency", type=float, default=1.0)
    options.add_argument("--sites", type=int, default=32)
    options.add_argument("--pages", type=int, default=10)
    options.add_argument("--engines", action="store_true")
    chosen = options.parse_args()
    if chosen.engines:
        compare_engines(chosen.sites, chosen.pages)
    else:
        compare_workers(chosen.latency, chosen.sites, chosen.pages)


if __name__ == "__main__":
    main()
