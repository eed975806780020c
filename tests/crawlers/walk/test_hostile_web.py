"""A web of traps, crawled once by the real command: each ends as documented, none goes far."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from data import provider_file
from data.models import Failure, Page, Provider, Skipped
from data.store import Store
from tests.crawlers.hostile_web import (
    bodies,
    heads,
    links_without_end,
    pages_with_traps,
    redirects,
    robots_files,
    sitemap_files,
    walls,
)
from tests.crawlers.hostile_web.links_without_end import PAGES
from tests.crawlers.hostile_web.trap_case import Case
from tests.crawlers.hostile_web.trap_server import HostileWeb, serve
from tests.crawlers.sites_served import command, environment

FAMILIES = (
    *(bodies, heads, links_without_end, pages_with_traps, redirects, robots_files),
    *(sitemap_files, walls),
)
CASES = [case for family in FAMILIES for case in family.CASES]

# What a slow page may take, before and in this test.
SLOWEST = "max_page_seconds = 30"


@dataclass(frozen=True, slots=True)
class Crawled:
    """The run over all cases; ``ends`` is what became of each address, by case.

    ``words`` is what is said of a case's failures.
    """

    web: HostileWeb
    said: str
    exit_code: int
    run: Path
    ends: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def asked(self, case: Case) -> list[tuple[str, str]]:
        return self.web.counts.asked[case.host]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with serve(CASES) as web:
        store = Store.create(tmp_path_factory.mktemp("hostile") / "store")
        settings = store.path / "ketawatch.toml"
        text = settings.read_text(encoding="utf-8")
        assert SLOWEST in text
        settings.write_text(text.replace(SLOWEST, "max_page_seconds = 12"), encoding="utf-8")
        homes = {case.host: f"http://{case.host}:{web.port}/" for case in CASES}
        provider_file.write(
            store.providers_path, [Provider(host, host, home) for host, home in homes.items()]
        )
        done = subprocess.run(
            command(store.path, "--max-pages", str(PAGES)),
            capture_output=True,
            encoding="utf-8",
            env=environment(),
            timeout=1200,
            check=False,
        )
        assert done.returncode in (0, 3), done.stderr
        run = store.run()
        made = Crawled(web, done.stderr, done.returncode, run.path)
        for host, url, end in _ends(store):
            made.ends[host][url.removeprefix(homes[host].rstrip("/"))] = end
        for failure in run.read("failures", Failure):
            made.words[failure.provider_id].append(f"{failure.failure_class}: {failure.remedy}")
        yield made


def _ends(store: Store) -> Iterator[tuple[str, str, str]]:
    """Provider, address and class of everything that the run holds; what was lost comes last."""
    run = store.run()
    for skip in run.read("skipped", Skipped):
        yield skip.provider_id, skip.url, f"skipped:{skip.reason}"
    for kind in ("captured", "rendered"):
        for page in run.read("pages", Page):
            if (page.kind == "rendered") == (kind == "rendered"):
                yield page.provider_id, page.url, kind
    for failure in run.read("failures", Failure):
        yield failure.provider_id, failure.url, failure.failure_class


def _marked(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.wrong, strict=True)] if case.wrong else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_a_trap_ends_in_its_documented_class(crawled: Crawled, case: Case) -> None:
    found = crawled.ends[case.host]
    wrong = {p: found.get(p) for p, end in case.ends.items() if found.get(p) not in end.split("|")}
    assert not wrong, (case.ends, crawled.words[case.host])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_trap_goes_beyond_its_bound(crawled: Crawled, case: Case) -> None:
    asked = crawled.asked(case)
    assert len(asked) <= case.most, asked[-20:]
    assert crawled.web.counts.sent[case.host] <= case.megabytes * 1024 * 1024
    met = [path for _, path in asked if path.startswith(case.never)]
    assert not met
    assert {method for method, _ in asked} <= {"GET"}


def test_no_private_address_is_reached(crawled: Crawled) -> None:
    assert len(crawled.web.private) >= 1
    assert [dict(counts.asked) for counts in crawled.web.private] == [{}] * len(crawled.web.private)


def test_no_host_but_the_cases_own_is_asked(crawled: Crawled) -> None:
    assert set(crawled.web.counts.asked) <= {case.host for case in CASES}


def test_every_case_is_there_once(crawled: Crawled) -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 40
    assert {name for name, ends in crawled.ends.items() if ends} == {c.host for c in CASES}


def test_nothing_of_it_gets_at_the_terminal(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.said, crawled.said[-6000:]
    assert "\x1b" not in crawled.said


def test_nothing_of_it_gets_out_of_the_run(crawled: Crawled) -> None:
    """No file beside the run's own, and nothing in a process that went on."""
    names = {path.suffix for path in crawled.run.rglob("*") if path.is_file()}
    assert names <= {".parquet", ".json", ".gz", ".ndjson"}
