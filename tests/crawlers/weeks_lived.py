"""Forty loopback sites, a list of them and a store, and eight weeks of calls: the story itself.

Three of the sites can never be looked at. One is ill in weeks 4 to 6; one loses a sentence in week
3 and has it again in week 6. In week 3 the machine dies in the middle of a run, and a second call
meets the first; in week 4 the listing source breaks its bounds; in week 5 the disk is full; in week
6 the time is up before the run is done. Every week ends with pruning.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from crawlers.discover.listing import BUNDLED
from data import health
from data.findings import Filter, open_view
from data.store import Store
from tests.crawlers.clockwork import Call, Clockwork
from tests.crawlers.crawled_world import closed_port
from tests.crawlers.sites_served import ROOT, Answer, Route, Web, environment, page

SITES, DOWN, WEEKS = 40, 3, 8
FIRST = datetime(2026, 10, 5, 3, 15, tzinfo=UTC)
ILL, VANISHING = "site-03.localhost", "site-05.localhost"
OFFERS = (
    "We mail ketamine lozenges to your home, and you take them at home during a video session. "
    "Our team has worked with people with low mood for many years. " * 8
)
OFF_LABEL = "The use of ketamine for depression is off-label: it is not FDA approved for it. "
SOURCE = """\
name: rows
title: An invented list
reader: list
path: rows.csv
columns: {name: name, website: url}
min_rows: 30
max_rows: 50
shape_seen: 2026-10-01
"""


@dataclass(slots=True)
class Week:
    """What a week left behind."""

    at: datetime
    calls: list[Call] = field(default_factory=list)
    pruned: dict[str, Any] = field(default_factory=dict)
    health: dict[str, Any] = field(default_factory=dict)
    metrics: dict[tuple[str, str], float] = field(default_factory=dict)
    captures: int = 0
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    lifecycle: tuple[str, str] = ("", "")

    @property
    def codes(self) -> list[int]:
        return [call.code for call in self.calls]


class World:
    """The sites as they are in a week, the source, the store, and whoever calls."""

    def __init__(self, folder: Path, web: Web, calls: Clockwork) -> None:
        self.folder, self.web, self._calls = folder, web, calls
        self.week = 0
        self.store = Store.create(folder / "store")
        self.weeks: list[Week] = []
        self.slow = 0.0
        for n in range(SITES):
            self._open(n)
        self._configure()
        (folder / "rows.yml").write_text(SOURCE, encoding="utf-8")
        self.list_sites(SITES)

    def _open(self, n: int) -> None:
        host = f"site-{n:02}.localhost"
        routes: dict[str, Route] = {
            "/": lambda: self._page(host, "/faq|FAQ", "/safety|Safety"),
            "/faq": lambda: self._page(host),
            "/safety": lambda: self._page(host),
            "/robots.txt": Answer(b"", 404),
        }
        if n == 1:
            routes |= dict.fromkeys(("/", "/faq", "/safety"), Answer(b"no", 403))
        if n == 2:
            routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n")
        self.web.routes[host] = routes

    def _page(self, host: str, *links: str) -> Answer:
        """A page whose bytes differ every week, and whose words do where the story says so."""
        time.sleep(self.slow)
        if host == ILL and self.week in (4, 5, 6):
            return Answer(b"no", 403)
        gone = host == VANISHING and self.week in (3, 4, 5)
        filler = random.Random(f"{host}{links}{self.week}").randbytes(1500).hex()
        text = OFFERS + ("" if gone else OFF_LABEL)
        return page(host, *links, text=f"{text}<!-- {filler} -->")

    def _configure(self) -> None:
        bell = self.web.url("bell.localhost", "/ended/{code}")
        self.web.routes["bell.localhost"] = {
            f"/ended/{code}": Answer(b"heard", 200 if code != 5 else 500)
            for code in (0, 1, 2, 3, 4, 5, 6, 130)
        }
        off = "".join(f"{file.stem} = false\n" for file in BUNDLED.glob("*.yml"))
        (self.store.path / "ketawatch.toml").write_text(
            f'[alive]\nurl = "{bell}"\nprivate = true\n[disk]\nreserve_mb = 1\n'
            f"[retention]\nkeep_runs = 2\n[sources]\n{off}",
            encoding="utf-8",
        )

    def list_sites(self, count: int) -> None:
        """Let the source name so many sites; the first is at a port where nobody listens."""
        self._dead = getattr(self, "_dead", closed_port())
        rows = [f"Site {n},{self.web.url(f'site-{n:02}.localhost')}" for n in range(1, count)]
        text = "\n".join(["name,url", f"Site 0,http://site-00.localhost:{self._dead}/", *rows])
        (self.folder / "rows.csv").write_text(text + "\n", encoding="utf-8")

    @property
    def now(self) -> datetime:
        return FIRST + timedelta(weeks=self.week - 1)

    def arguments(self, *more: str) -> list[str]:
        return [
            *("run", "--store", str(self.store.path), "--allow-private-networks", "--delay", "0"),
            *("--render", "never", "--source-file", str(self.folder / "rows.yml"), *more),
        ]

    def run(self, *more: str, hours: int = 0, largest_file: int | None = None) -> Call:
        """One call of the scheduler's; ``hours`` after the week began."""
        now = self.now + timedelta(hours=hours)
        call = self._calls(now, *self.arguments(*more), largest_file=largest_file)
        self.weeks[-1].calls.append(call)
        return call

    def run_until(self, enough: Callable[[], bool]) -> Call:
        """Begin a call, kill it once something is so, and try another one just before."""
        call = self._calls.start(self.now, *self.arguments())
        while not enough() or len(self.web.log) < 60:
            time.sleep(0.01)
        os.kill(call.pid, signal.SIGSTOP)
        self.second_caller = subprocess.run(
            [sys.executable, "-X", "utf8", str(ROOT / "ketawatch.py"), *self.arguments()],
            capture_output=True,
            encoding="utf-8",
            env=environment(),
            timeout=120,
            check=False,
        )
        os.kill(call.pid, signal.SIGKILL)
        self.weeks[-1].calls.append(self._calls.end(call))
        return call

    def end_week(self) -> None:
        """Prune, and note how everything stands."""
        week = self.weeks[-1]
        call = self._calls(self.now, "prune", "--store", str(self.store.path), "--yes", "--json")
        assert call.code == 0, call.said
        week.pruned = json.loads(call.said)
        week.health = health.read(self.store.path)
        week.metrics = self._metrics()
        files = self.store.path.glob("runs/*/captures/*")
        week.captures = sum(file.stat().st_size for file in files)
        week.asked = Counter((host, path) for host, _, path in self.web.log)
        self.web.log.clear()
        week.lifecycle = self.off_label()

    def off_label(self) -> tuple[str, str]:
        """How the vanishing sentence stands in the latest run."""
        wanted = Filter(providers=(VANISHING,), rules=("disclosure.off-label",))
        (row,) = open_view(self.store).findings(wanted).to_pylist()
        return row["reason"], row["lifecycle"]

    def _metrics(self) -> dict[tuple[str, str], float]:
        text = (self.store.path / "ketawatch.prom").read_text(encoding="utf-8")
        return {
            (s.name.removeprefix("ketawatch_"), "/".join(s.labels.values())): s.value
            for family in text_string_to_metric_families(text)
            for s in family.samples
        }


def live(world: World) -> None:
    """The story."""
    for world.week in range(1, WEEKS + 1):
        world.weeks.append(Week(world.now))
        world.list_sites(2 if world.week == 4 else SITES)
        if world.week == 3:
            world.slow = 0.05
            world.run_until(lambda: world.store.partial_run() is not None)
            world.slow = 0.0
        if world.week == 5:
            world.run(largest_file=250_000)
        if world.week == 6:
            # Three pages of half a second, one after the other, outlast the second that is given.
            world.slow = 0.5
            world.run("--max-hours", "0.0003")
            world.slow = 0.0
        world.run(hours=1)
        world.end_week()
