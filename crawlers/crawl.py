"""A crawl from start to finish: a new run, or the rest of an interrupted one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from crawlers.browser import chromium, trackers
from crawlers.browser.escalation import NEVER
from crawlers.conduct.scope import open_hosts
from crawlers.conduct.settings import require_contact, require_delay, user_agent
from crawlers.distribution import distribution
from crawlers.ledger.ledger import FILE_NAME, Ledger
from crawlers.runs import limits as run_limits
from crawlers.runs import moves
from crawlers.runs import plan as crawl_plan
from crawlers.runs.loop import CrawlLoop
from crawlers.runs.plan import CrawlOptions, Estimate, Plan
from crawlers.runs.progress import Progress
from crawlers.runs.report import Tables, belied, not_looked_at, run_info
from crawlers.runs.work import Work
from data import health
from data.cluster import Crew
from data.config import STORE_FORMAT, Config, Limits
from data.errors import (
    EXIT_NOTHING_LOOKED_AT,
    EXIT_OK,
    EXIT_SOME_UNREACHABLE,
    UsageError,
)
from data.models import Issue, Provider, Skipped
from data.store import Run, Store, disk_errors, now, write_json

__all__ = ["CrawlOptions", "CrawlResult", "Estimate", "Progress", "crawl", "estimate"]


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """The finished run; ``not_looked_at`` maps providers without a home page to the reason."""

    run: Run
    looked_at: int
    not_looked_at: dict[str, str]
    issues: list[Issue]
    exit_code: int


def estimate(store: Store, options: CrawlOptions) -> Estimate:
    """What a crawl, or the rest of an interrupted one, may take; asks nobody.

    Raises:
        UsageError: as ``crawl`` does.
    """
    if _is_whole(store.partial_run()):
        return Estimate(0, 0, 0, 0, 0)
    work = _resume(store)
    if work is None:
        return crawl_plan.estimate(crawl_plan.make(store, options), options.delay)
    todo = set(work.ledger.unfinished())
    work.ledger.close()
    rest = [p for p in work.plan.providers if p.provider_id in todo]
    return crawl_plan.estimate(replace(work.plan, providers=rest), work.delay)


def crawl(
    store: Store,
    options: CrawlOptions,
    progress: Progress | None = None,
    crew: Crew | None = None,
) -> CrawlResult:
    """Look at every provider in scope; an interrupted run is finished first, with its own options.

    The sites are shared out among ``crew``, or looked at here where there is none. The caller
    holds the store's lock. Works once in a process, because its reactor does.

    Raises:
        UsageError: an unknown id, nobody to look at, no contact, no run to resume.
        DiskError: the disk is full; the run can be resumed.
        OutOfTimeError: the time is up; the run can be resumed.
        KeyboardInterrupt: somebody asked to stop; the run can be resumed.
    """
    progress = progress or Progress()
    run, issues = _complete(store), []
    if run is None:
        watch = run_limits.watch(store, options.until)
        watch()
        work = _resume(store) or _begin(store, options)
        issues = work.plan.issues
        try:
            if work.resumed:
                progress.say(f"Finishing run {work.ledger.meta['run_id']}, which was interrupted.")
            if crew:
                distribution.look(work, crew, progress, watch)
            else:
                _look(work, progress, watch)
            run = _finish(store, work, crew)
        finally:
            work.ledger.close()
    result = _result(store, run, issues)
    progress.say(_summary(result))
    return result


def _complete(store: Store) -> Run | None:
    """Let a run appear that lacked nothing but its name when it was interrupted."""
    folder = store.partial_run()
    return store.finish_run(folder, Run(folder).info) if folder and _is_whole(folder) else None


def _is_whole(folder: Path | None) -> bool:
    return (
        folder is not None and (folder / "run.json").exists() and not (folder / FILE_NAME).exists()
    )


def _begin(store: Store, options: CrawlOptions) -> Work:
    if options.resume:
        raise UsageError(f"{store.path}: no interrupted run.", "Leave --resume out.")
    plan = crawl_plan.make(store, options)
    config = store.config()
    require_contact(config, plan.homepages)
    require_delay(options.delay, plan.homepages)
    run_id = crawl_plan.free_run_id(store)
    folder = store.start_run(run_id)
    meta = {
        "run_id": run_id,
        "started_at": now(),
        "providers": [asdict(provider) for provider in plan.providers],
        "left_out": dict(sorted(plan.left_out.items())),
        "config": {
            "limits": asdict(plan.limits),
            "delay": options.delay,
            "autothrottle": options.delay is None,
            "robots": "obeyed",
            "allow_private_networks": options.allow_private,
            "render": options.render,
            "chromium": chromium.find() is not None,
            "user_agent": user_agent(config),
        },
    }
    ledger = Ledger.create(folder, meta, [p.provider_id for p in plan.providers])
    opened = _opened(config, plan) if options.allow_private else ()
    return Work(folder, ledger, plan, config, options.delay, opened, options.render, earlier=store)


def _opened(config: Config, plan: Plan) -> tuple[str, ...]:
    own = [host for hosts in config.own_hosts.values() for host in hosts]
    return tuple(sorted(open_hosts(plan.homepages, own)))


def _resume(store: Store) -> Work | None:
    """Open the interrupted run; one that died before it had a ledger is removed."""
    folder = store.partial_run()
    if folder is None:
        return None
    ledger = Ledger.open(folder)
    if ledger is None:
        shutil.rmtree(folder)
        return _resume(store)
    meta = ledger.meta
    plan = Plan([_provider(row) for row in meta["providers"]], Limits(**meta["config"]["limits"]))
    config, begun = store.config(), meta["config"]
    require_contact(config, plan.homepages)
    opened = _opened(config, plan) if begun["allow_private_networks"] else ()
    render = begun.get("render", NEVER)
    return Work(
        folder, ledger, plan, config, begun["delay"], opened, render, resumed=True, earlier=store
    )


def _provider(row: Mapping[str, Any]) -> Provider:
    provider = Provider(**row)
    return replace(
        provider,
        service_lines=tuple(provider.service_lines),
        states=tuple(provider.states),
        source=tuple(provider.source),
    )


def _look(work: Work, progress: Progress, watch: Callable[[], None]) -> None:
    """Visit all sites that are not done."""
    distribution.take_over_what_lies_there(work)
    todo = set(work.ledger.unfinished())
    if not todo:
        return
    browser = work.browser(progress.say)
    at_the_end = browser.stop if browser else None
    loop = CrawlLoop(work.settings(), work.plan.concurrent, at_the_end, watch)
    waiting = [p for p in work.plan.providers if p.provider_id in todo]
    sittings = [work.sitting(p, browser, lambda: loop.stopped, progress.seen) for p in waiting]
    with progress.start(len(work.plan.providers), len(work.plan.providers) - len(todo)):
        loop.run(sittings, progress.finished)


def _finish(store: Store, work: Work, crew: Crew | None) -> Run:
    """Turn the ledger into tables and let the run appear."""
    tables = Tables.of(work.ledger)
    missed = not_looked_at(work.ledger, tables.failures)
    info = run_info(work.ledger.meta, tables, missed)
    tables.write(work.folder)
    trackers.write_files(work.folder, tables.pages)
    work.ledger.close()
    with disk_errors(work.folder):
        # Before the ledger goes: from here on the folder can do without it.
        write_json(work.folder / "run.json", {"store_format": STORE_FORMAT, **info})
        if crew:
            distribution.publish(work, crew)
        distribution.clear(work)
        for path in work.folder.glob(f"{FILE_NAME}*"):
            path.unlink()
    return store.finish_run(work.folder, info)


def _result(store: Store, run: Run, issues: list[Issue]) -> CrawlResult:
    missed: dict[str, str] = run.info["not_looked_at"]
    with disk_errors(store.path):
        moved: dict[str, str] = run.info.get("moves", {})
        at = run.info["finished_at"]
        health.note_providers(store.path, run.run_id, at, run.scope, missed, moved)
    scope = len(run.scope)
    code = _exit_code(scope, len(missed), store.config().max_unreachable)
    issues = [*issues, *belied(run.read("skipped", Skipped)), *moves.told(moved, run.scope)]
    return CrawlResult(run, scope - len(missed), missed, issues, code)


def _exit_code(scope: int, missed: int, share: float) -> int:
    if missed == scope:
        return EXIT_NOTHING_LOOKED_AT
    return EXIT_SOME_UNREACHABLE if missed > share * scope else EXIT_OK


def _unchanged(counts: Mapping[str, int]) -> str:
    kept = counts.get("unchanged", 0)
    return f" ({kept} of them unchanged since an earlier run)" if kept else ""


def _summary(result: CrawlResult) -> str:
    counts = result.run.info["counts"]
    missed = ", ".join(f"{who} ({why})" for who, why in result.not_looked_at.items())
    return (
        f"Run {result.run.run_id}: looked at {result.looked_at} of {counts['providers']} providers,"
        f" {counts['pages']} captures{_unchanged(counts)}, {counts['failures']} failures."
        + (f" Could not look at {missed}." if missed else "")
    )
