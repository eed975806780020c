"""How many pages a browser renders a second, and whether it grows while it does.

    python benchmarks/rendering.py [PAGES]

Invented pages, served on loopback by this process; the browser is the one that crawls use, with
all that it does: fence, log of requests, banner, accordions, scrolling, picture. Three passes:
plain pages of text, pages on which there is everything to do, and pages of many parts, each 30 ms
away, where it costs time that a host has few connections at once. Memory is the resident set of
this process and of its children (Chromium's), read from /proc after every fiftieth page.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawlers.browser import chromium  # noqa: E402
from crawlers.browser.browser import Chromium  # noqa: E402
from crawlers.conduct.guard import Guard  # noqa: E402
from tests.crawlers.sites_served import WORDS, Answer, Web, serve  # noqa: E402

HTML = {"Content-Type": "text/html; charset=utf-8"}
HOST = "bench.localhost"
# As many as a crawl of several providers keeps in the air.
AT_ONCE = 8
STEP = 50

PLAIN = f"<!doctype html><title>Plain</title><h1>Plain</h1>{f'<p>{WORDS}</p>' * 8}"
FULL = (
    "<!doctype html><title>Full</title><div id=root></div>"
    "<div id=cookie-consent><button onclick='this.parentNode.remove()'>Reject all</button></div>"
    "<script>const root = document.getElementById('root'); root.innerHTML = `<h1>Full</h1>"
    + f"<p>{WORDS}</p>"
    * 20
    + "`; for (let n = 0; n < 12; n++) { const b = document.createElement('button');"
    " b.setAttribute('aria-expanded', 'false'); b.textContent = 'Question ' + n;"
    " b.onclick = () => { const p = document.createElement('p'); p.textContent = 'Answer ' + n;"
    " b.after(p); b.setAttribute('aria-expanded', 'true'); }; root.append(b); }"
    " let left = 3; addEventListener('scroll', () => { if (left-- > 0) {"
    " const d = document.createElement('div'); d.style.height = '900px';"
    " d.textContent = 'More text'; root.append(d); } });"
    " new Image().src = 'http://pixel.localhost/tr?id=1';"
    " fetch('/told', {method: 'POST', body: '{}'}).catch(() => {});</script>"
)

PARTS, AWAY_S = 24, 0.03
MANY = f"<!doctype html><title>Parts</title><p>{WORDS}</p>" + "".join(
    f"<img src=/part-{n}.svg>" for n in range(PARTS)
)
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


def part() -> Answer:
    """A picture that takes its time."""
    time.sleep(AWAY_S)
    return Answer(PICTURE, headers={"Content-Type": "image/svg+xml"})


def family() -> tuple[float, float, float]:
    """MB of this process, MB of all below it, and CPU seconds so far of both."""
    stats: dict[int, tuple[int, int, int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # Parent; pages in memory; own ticks and those of children that ended (proc(5)).
        stats[int(folder.name)] = int(stat[1]), int(stat[21]), sum(map(int, stat[11:15]))
    members = {os.getpid()}
    while more := {p for p, stat in stats.items() if stat[0] in members} - members:
        members |= more
    pages, ticks = (sum(stats[p][n] for p in members if p in stats) for n in (1, 2))
    own, size = stats[os.getpid()][1], os.sysconf("SC_PAGE_SIZE") / 1e6
    return own * size, (pages - own) * size, ticks / os.sysconf("SC_CLK_TCK")


async def measure(browser: Chromium, web: Web, path: str, pages: int) -> None:
    """Render one page so many times, and print what it took."""
    room, url = asyncio.Semaphore(AT_ONCE), web.url(HOST, path)
    troubles: list[str] = []

    async def one() -> None:
        async with room:
            seen = await browser.render(url, lambda u: HOST in u)
            if seen.trouble or not seen.html or not seen.picture:
                troubles.append(seen.trouble or "nothing came of it")

    await one()  # the browser's own start
    started, before = time.perf_counter(), family()[2]
    memory: list[tuple[float, float]] = []
    for _ in range(0, pages, STEP):
        await asyncio.gather(*(one() for _ in range(STEP)))
        memory.append(family()[:2])
    took = time.perf_counter() - started
    done = STEP * len(memory)
    cpu = (family()[2] - before) / done
    print(f"{path}: {done} pages in {took:.0f} s, {done / took:.2f} pages/s")
    for name, shown in zip(("Python", "Chromium"), zip(*memory, strict=True), strict=True):
        print(f"{path}: MB of {name}, every {STEP} pages: {' '.join(f'{mb:.0f}' for mb in shown)}")
    print(f"{path}: {cpu:.2f} CPU seconds a page")
    print(f"{path}: {len(troubles)} troubles {sorted(set(troubles))[:3]}")


async def main(pages: int) -> None:
    """All passes, one browser."""
    executable = chromium.find()
    if executable is None:
        raise SystemExit("No Chromium on this machine.")
    with serve() as web:
        web.routes[HOST] = {
            "/plain": Answer(PLAIN.encode(), headers=HTML),
            "/full": Answer(FULL.encode(), headers=HTML),
            "/parts": Answer(MANY.encode(), headers=HTML),
            **{f"/part-{n}.svg": part for n in range(PARTS)},
        }
        browser = Chromium(executable, "ketawatch benchmark", Guard([f"{HOST}:{web.port}"]))
        try:
            for path in ("/plain", "/full", "/parts"):
                await measure(browser, web, path, pages)
        finally:
            await browser.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
