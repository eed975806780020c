"""A run: every provider in scope is visited once, and the run appears whole or not at all."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from crawlers.ledger import FILE_NAME, Ledger
from crawlers.progress import Progress
from crawlers.provider_ids import host_of
from crawlers.scope import Scope
from crawlers.settings import polite_settings, require_contact, user_agent, version
from crawlers.website import Visit, WebsiteSpider
from data import health, provider_file
from data.config import Config
from data.errors import (
    EXIT_NOTHING_LOOKED_AT,
    EXIT_OK,
    EXIT_SOME_UNREACHABLE,
    UsageError,
)
from data.models import Coverage, Failure, Issue, Page, PageType, Provider, Skipped
from data.store import PARTIAL, Run, Store, disk_errors, new_run_id, now, write_json, write_tables

_AT_ONCE = 8
_PLAN = "plan.json"
_VANTAGE_VARIABLE = "KETAWATCH_VANTAGE"
_SECONDS_A_PAGE = (1.2, 6.0)
_BYTES_A_PAGE = 120_000


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What the command line asks for; None leaves it to the configuration."""

    providers_file: Path | None = None
    only: tuple[str, ...] = ()
    limit: int | None = None
    delay: float | None = None
    max_pages: int | None = None
    allow_private: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """A finished run, and who could not be looked at, with the reason."""

    run: Run
    looked_at: int
    not_looked_at: dict[str, str]
    issues: list[Issue] = field(default_factory=list)
    exit_code: int = EXIT_OK


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a crawl may take, said before it starts."""

    providers: int
    max_requests: int
    seconds_low: int
    seconds_high: int
    bytes_high: int
    resumes: str | None

    def __str__(self) -> str:
        first = f"Finishing the interrupted run {self.resumes}: " if self.resumes else ""
        return (
            f"{first}{self.providers} providers, at most {self.max_requests} pages,"
            f" {_span(self.seconds_low)} to {_span(self.seconds_high)},"
            f" at most {self.bytes_high / 1e6:.0f} MB."
        )


def _span(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"


@dataclass(frozen=True, slots=True)
class _Plan:
    """Whom a run looks at, and how; written down first, so that a resume does the same."""

    run_id: str
    started_at: str
    providers: list[Provider]
    left_out: dict[str, int]
    max_pages: int | None
    delay: float | None
    allow_private: bool

    def dump(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def load(cls, raw: dict[str, Any]) -> _Plan:
        providers = [
            Provider(**{k: tuple(v) if isinstance(v, list) else v for k, v in p.items()})
            for p in raw["providers"]
        ]
        return cls(**{**raw, "providers": providers})


def estimate(store: Store, options: CrawlOptions) -> Estimate:
    """What ``crawl`` with these options may take; reads nothing but the store.

    Raises:
        UsageError: as ``crawl`` does.
    """
    plan, partial, _ = _plan(store, options)
    limits = store.config().limits
    pages = len(plan.providers) * (plan.max_pages or limits.max_pages)
    delay = plan.delay
    low, high = _SECONDS_A_PAGE if delay is None else (delay + 0.02, delay + 1.0)
    lanes = min(_AT_ONCE, max(1, len(plan.providers)))
    return Estimate(
        providers=len(plan.providers),
        max_requests=pages,
        seconds_low=int(pages * low / lanes / 3),
        seconds_high=int(pages * high / lanes),
        bytes_high=min(pages * _BYTES_A_PAGE, len(plan.providers) * limits.max_bytes),
        resumes=plan.run_id if partial else None,
    )


def crawl(store: Store, options: CrawlOptions, progress: Progress | None = None) -> CrawlResult:
    """Look at all providers in scope; finishes an interrupted run first. Once a process.

    The caller holds the store's lock.

    Raises:
        UsageError: an unknown id, a missing contact, nobody to look at, or nothing to resume.
        KeyboardInterrupt: it was stopped; the state is kept and can be resumed.
        DiskError: the disk is full; the state is kept and can be resumed.
    """
    plan, partial, issues = _plan(store, options)
    config = store.config()
    require_contact(config, [p.homepage or "" for p in plan.providers])
    if partial is None:
        partial = store.start_run(plan.run_id)
        write_json(partial / _PLAN, plan.dump())
    ledger = Ledger(partial)
    try:
        with disk_errors(partial):
            ledger.add_providers(p.provider_id for p in plan.providers)
            _visit_all(plan, partial, ledger, config, progress or Progress())
            if ledger.unfinished():
                raise KeyboardInterrupt
            return _finish(store, plan, partial, ledger, config, issues)
    finally:
        ledger.close()


def _plan(store: Store, options: CrawlOptions) -> tuple[_Plan, Path | None, list[Issue]]:
    import json

    partial = store.partial_run()
    if partial is not None and (partial / _PLAN).exists():
        raw = json.loads((partial / _PLAN).read_text(encoding="utf-8"))
        return _Plan.load(raw), partial, []
    if options.resume:
        raise UsageError(f"{store.path}: no interrupted run to resume.", "Leave out --resume.")
    rows, issues = provider_file.read(options.providers_file or store.providers_path)
    chosen, left_out = _choose(rows, options)
    plan = _Plan(
        run_id=new_run_id(),
        started_at=now(),
        providers=chosen,
        left_out=dict(sorted(left_out.items())),
        max_pages=options.max_pages,
        delay=options.delay,
        allow_private=options.allow_private,
    )
    return plan, None, issues


def _choose(rows: Sequence[Provider], options: CrawlOptions) -> tuple[list[Provider], Counter[str]]:
    known = {p.provider_id for p in rows}
    for name in options.only:
        if name not in known:
            raise UsageError(
                f"--only: no provider {name!r}.", "'providers.csv' names the ids that there are."
            )
    left_out: Counter[str] = Counter()
    chosen: list[Provider] = []
    for provider in rows:
        if not provider.in_scope:
            left_out[str(provider.status)] += 1
        elif options.only and provider.provider_id not in options.only:
            left_out["not named by --only"] += 1
        elif options.limit is not None and len(chosen) >= options.limit:
            left_out["beyond --limit"] += 1
        else:
            chosen.append(provider)
    if not chosen:
        raise UsageError(
            "nobody to look at: no active provider with a homepage is left.",
            "Run 'ketawatch discover', or add rows to providers.csv.",
        )
    return chosen, left_out


def _visit_all(
    plan: _Plan, partial: Path, ledger: Ledger, config: Config, progress: Progress
) -> None:
    """Visit those who are not done yet, several at a time, in one reactor."""
    from scrapy.crawler import AsyncCrawlerProcess

    opened = _opened_hosts(plan, config)
    settings = polite_settings(config, allow_private=opened, delay=plan.delay)
    limits = replace(config.limits, max_pages=plan.max_pages or config.limits.max_pages)
    by_id = {p.provider_id: p for p in plan.providers}
    queue = [by_id[name] for name in ledger.unfinished()]
    process = AsyncCrawlerProcess(settings, install_root_handler=False)
    total = len(plan.providers)

    def launch() -> None:
        if not queue:
            return
        provider = queue.pop(0)
        own = config.own_hosts.get(provider.provider_id, ())
        scope = Scope(provider.homepage or "", own)
        visit = Visit(provider, plan.run_id, partial, ledger, scope, limits, progress.page)
        task = process.crawl(WebsiteSpider, visit=visit)
        task.add_done_callback(lambda _: done())

    def done() -> None:
        progress.providers(total - len(ledger.unfinished()), total)
        if not getattr(process, "_stopping", False):
            launch()

    with progress.running(total):
        for _ in range(_AT_ONCE):
            launch()
        process.start()


def _opened_hosts(plan: _Plan, config: Config) -> set[str]:
    if not plan.allow_private:
        return set()
    own = {host for hosts in config.own_hosts.values() for host in hosts}
    return own | {host_of(p.homepage or "") for p in plan.providers}


def _finish(
    store: Store,
    plan: _Plan,
    partial: Path,
    ledger: Ledger,
    config: Config,
    issues: list[Issue],
) -> CrawlResult:
    pages, skipped, problems = (list(ledger.rows(r)) for r in (Page, Skipped, Failure))
    ids = [p.provider_id for p in plan.providers]
    write_tables(
        partial,
        {
            "pages": pages,
            "skipped": skipped,
            "failures": problems,
            "coverage": list(_coverage(ids, pages, skipped, problems)),
        },
    )
    missed = _not_looked_at(ids, pages, problems)
    finished = now()
    info = {
        "run_id": plan.run_id,
        "started_at": plan.started_at,
        "finished_at": finished,
        "tool_version": version(),
        "config": {
            "limits": asdict(config.limits) | ({"max_pages": plan.max_pages} if plan.max_pages else {}),
            "delay": plan.delay,
            "robots": "obeyed",
            "user_agent": user_agent(config.contact),
        },
        "vantage": os.environ.get(_VANTAGE_VARIABLE),
        "scope": ids,
        "providers": [asdict(p) for p in plan.providers],
        "left_out": plan.left_out,
        "counts": {
            "providers": len(ids),
            "pages": sum(200 <= p.status < 300 for p in pages),
            "skipped": len(skipped),
            "failures": len(problems),
            "not_looked_at": len(missed),
        },
        "status": "complete",
    }
    ledger.close()
    for file in (*partial.glob(f"{FILE_NAME}*"), partial / _PLAN):
        file.unlink()
    run = store.finish_run(partial, info)
    health.note_providers(store.path, plan.run_id, finished, missed)
    code = _exit_code(len(missed), len(ids), config.max_unreachable)
    return CrawlResult(run, len(ids) - len(missed), missed, issues, code)


def _coverage(
    ids: Sequence[str],
    pages: Sequence[Page],
    skipped: Sequence[Skipped],
    problems: Sequence[Failure],
) -> list[Coverage]:
    captured = Counter(
        (p.provider_id, p.expected_type) for p in pages if 200 <= p.status < 300
    )
    sampled = Counter(
        (s.provider_id, s.expected_type) for s in skipped if s.reason == "sampled_out"
    )
    left = Counter((s.provider_id, s.expected_type) for s in skipped if s.reason != "sampled_out")
    failed = Counter((f.provider_id, f.expected_type) for f in problems)
    rows = []
    for provider in sorted(ids):
        for page_type in PageType:
            key = (provider, page_type)
            counts = captured[key], sampled[key], left[key], failed[key]
            if any(counts):
                rows.append(Coverage(provider, page_type, sum(counts), *counts))
    return rows


def _not_looked_at(
    ids: Sequence[str], pages: Sequence[Page], problems: Sequence[Failure]
) -> dict[str, str]:
    """Providers whose home page was not read, with the class of failure that stood in the way."""
    why = {f.provider_id: f.failure_class for f in problems if f.expected_type == PageType.HOME}
    seen = {
        p.provider_id
        for p in pages
        if p.expected_type == PageType.HOME and 200 <= p.status < 300
    }
    return {i: why.get(i, "unknown") for i in sorted(ids) if i in why or i not in seen}


def _exit_code(missed: int, total: int, allowed: float) -> int:
    if missed == total:
        return EXIT_NOTHING_LOOKED_AT
    return EXIT_SOME_UNREACHABLE if missed > allowed * total else EXIT_OK
