"""A crawl from start to finish: a new run, or the rest of an interrupted one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

from crawlers import chromium, crawl_plan
from crawlers.archive import Archive
from crawlers.crawl_loop import CrawlLoop
from crawlers.crawl_plan import CrawlOptions, Estimate, Plan, home_of
from crawlers.crawl_progress import Progress
from crawlers.crawl_report import Tables, not_looked_at, run_info
from crawlers.escalation import NEVER
from crawlers.guard import Guard
from crawlers.ledger import FILE_NAME, Ledger
from crawlers.rendering import Renderer
from crawlers.scope import SiteScope, open_hosts
from crawlers.settings import polite_settings, require_contact, require_delay, user_agent
from crawlers.site_ledger import SiteLedger
from crawlers.site_walk import Site
from crawlers.website import Sitting
from data import health
from data.config import Limits
from data.errors import (
    EXIT_NOTHING_LOOKED_AT,
    EXIT_OK,
    EXIT_SOME_UNREACHABLE,
    UsageError,
)
from data.models import Issue, Provider
from data.store import Run, Store, disk_errors, new_run_id, now, write_json

if TYPE_CHECKING:
    from crawlers.browser import Chromium

__all__ = ["CrawlOptions", "CrawlResult", "Estimate", "Progress", "crawl", "estimate"]


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """The finished run; ``not_looked_at`` maps providers without a home page to the reason."""

    run: Run
    looked_at: int
    not_looked_at: dict[str, str]
    issues: list[Issue]
    exit_code: int


@dataclass(frozen=True, slots=True)
class _Work:
    """An open run: where it grows, its ledger, and what it was started with."""

    folder: Path
    ledger: Ledger
    plan: Plan
    delay: float | None
    allow_private: bool
    render: str
    resumed: bool


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


def crawl(store: Store, options: CrawlOptions, progress: Progress | None = None) -> CrawlResult:
    """Look at every provider in scope; an interrupted run is finished first, with its own options.

    The caller holds the store's lock. Works once in a process, because its reactor does.

    Raises:
        UsageError: an unknown id, nobody to look at, no contact, no run to resume.
        DiskError: the disk is full; the run can be resumed.
        KeyboardInterrupt: somebody asked to stop; the run can be resumed.
    """
    progress = progress or Progress()
    run, issues = _complete(store), []
    if run is None:
        work = _resume(store) or _begin(store, options)
        issues = work.plan.issues
        try:
            if work.resumed:
                progress.say(f"Finishing run {work.ledger.meta['run_id']}, which was interrupted.")
            _look(store, work, progress)
            run = _finish(store, work)
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


def _begin(store: Store, options: CrawlOptions) -> _Work:
    if options.resume:
        raise UsageError(f"{store.path}: no interrupted run.", "Leave --resume out.")
    plan = crawl_plan.make(store, options)
    config = store.config()
    require_contact(config, plan.homepages)
    require_delay(options.delay, plan.homepages)
    run_id = _free_run_id(store)
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
    return _Work(
        folder, ledger, plan, options.delay, options.allow_private, options.render, resumed=False
    )


def _free_run_id(store: Store) -> str:
    while (store.path / "runs" / new_run_id()).exists():
        sleep(0.1)
    return new_run_id()


def _resume(store: Store) -> _Work | None:
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
    require_contact(store.config(), plan.homepages)
    config = meta["config"]
    return _Work(
        folder, ledger, plan, config["delay"], config["allow_private_networks"],
        config.get("render", NEVER), resumed=True,
    )  # fmt: skip


def _provider(row: Mapping[str, Any]) -> Provider:
    provider = Provider(**row)
    return replace(
        provider,
        service_lines=tuple(provider.service_lines),
        states=tuple(provider.states),
        source=tuple(provider.source),
    )


def _look(store: Store, work: _Work, progress: Progress) -> None:
    """Visit all sites that are not done."""
    config, plan = store.config(), work.plan
    own = [host for hosts in config.own_hosts.values() for host in hosts]
    opened = sorted(open_hosts(plan.homepages, own)) if work.allow_private else []
    todo = work.ledger.unfinished()
    if not todo:
        return
    settings = polite_settings(config, allow_private=opened, delay=work.delay)
    browser = _browser(work, settings["USER_AGENT"], opened, progress)
    loop = CrawlLoop(settings, plan.concurrent, browser.stop if browser else None)
    by_id = {p.provider_id: p for p in plan.providers}
    sittings = [
        Sitting(
            site := _site(store, work, by_id[provider_id]),
            lambda: loop.stopped,
            progress.seen,
            Renderer(work.render, browser, site.ledger.rendered()),
        )
        for provider_id in todo
    ]
    with progress.start(len(plan.providers), len(plan.providers) - len(todo)):
        loop.run(sittings, progress.finished)


def _browser(work: _Work, agent: str, opened: Sequence[str], progress: Progress) -> Chromium | None:
    """The run's browser; without one, the pages that need it are said to be unread."""
    if work.render == NEVER:
        return None
    executable = chromium.find()
    if executable is None:
        progress.say(
            "No Chromium on this machine: pages that need JavaScript count as not looked at"
            " (render_failed), and no trackers are logged. 'ketawatch doctor' tells the remedy."
        )
        return None
    from crawlers.browser import Chromium  # playwright takes its time, and not every run needs it

    return Chromium(executable, agent, Guard(opened))


def _site(store: Store, work: _Work, provider: Provider) -> Site:
    config = store.config()
    run_id = work.ledger.meta["run_id"]
    ledger = SiteLedger(work.ledger, provider.provider_id)
    end = ledger.spent().warc_end
    return Site(
        provider,
        ledger,
        Archive(work.folder, run_id, provider.provider_id, user_agent(config), end),
        SiteScope(home_of(provider), config.own_hosts.get(provider.provider_id, ())),
        work.plan.limits,
    )


def _finish(store: Store, work: _Work) -> Run:
    """Turn the ledger into tables and let the run appear."""
    tables = Tables.of(work.ledger)
    missed = not_looked_at(work.ledger, tables.failures)
    info = run_info(work.ledger.meta, tables, missed)
    tables.write(work.folder)
    work.ledger.close()
    with disk_errors(work.folder):
        # Before the ledger goes: from here on the folder can do without it.
        write_json(work.folder / "run.json", info)
        for path in work.folder.glob(f"{FILE_NAME}*"):
            path.unlink()
    return store.finish_run(work.folder, info)


def _result(store: Store, run: Run, issues: list[Issue]) -> CrawlResult:
    missed: dict[str, str] = run.info["not_looked_at"]
    with disk_errors(store.path):
        health.note_providers(store.path, run.run_id, run.info["finished_at"], run.scope, missed)
    scope = len(run.scope)
    code = _exit_code(scope, len(missed), store.config().max_unreachable)
    return CrawlResult(run, scope - len(missed), missed, issues, code)


def _exit_code(scope: int, missed: int, share: float) -> int:
    if missed == scope:
        return EXIT_NOTHING_LOOKED_AT
    return EXIT_SOME_UNREACHABLE if missed > share * scope else EXIT_OK


def _summary(result: CrawlResult) -> str:
    counts = result.run.info["counts"]
    missed = ", ".join(f"{who} ({why})" for who, why in result.not_looked_at.items())
    return (
        f"Run {result.run.run_id}: looked at {result.looked_at} of {counts['providers']} providers,"
        f" {counts['pages']} captures, {counts['failures']} failures."
        + (f" Could not look at {missed}." if missed else "")
    )
