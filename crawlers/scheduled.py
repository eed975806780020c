"""``ketawatch run``: one call of a scheduler, from the listing sources to the metrics.

The audit is another room's; whoever calls hands it over as ``judge``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crawlers import alive
from crawlers.crawl import crawl, estimate
from crawlers.discover.discover import discover
from crawlers.runs.limits import OutOfTimeError, deadline
from crawlers.runs.plan import CrawlOptions
from data import disk, health, metrics, provider_file
from data.cluster import Crew
from data.errors import EXIT_INTERRUPTED, EXIT_UNEXPECTED, KetawatchError, worst_exit
from data.models import Issue
from data.store import Run, Store, now

Judge = Callable[[Store, Run], Iterable[Issue]]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What a scheduled call is to do: how to crawl, sources of its own, and for how long at most.

    ``sources`` are declarations beside the bundled ones, ``source_hosts`` hosts outside the public
    web that they may be read from. ``max_hours`` is 0 for no limit. ``crew`` crawls, where there is
    one; the audit is handed over with its own.
    """

    crawl: CrawlOptions
    sources: tuple[Path, ...] = ()
    source_hosts: tuple[str, ...] = ()
    max_hours: float = 0.0
    crew: Crew | None = None


def call(store: Store, order: Order, judge: Judge, say: Say) -> int:
    """Discover, crawl and audit, and leave word of how it went; gives the exit code.

    The caller holds the store's lock. Once a process. However it ends, the health file and the
    metrics tell, and where it did what it was asked to, so does the monitor.

    Raises:
        UsageError: bad configuration, or nobody to look at.
        DiskError: the disk is full, or nearly; the next call goes on.
        OutOfTimeError: the time is up; the next call goes on.
        KeyboardInterrupt: somebody asked to stop; the next call goes on.
    """
    config = store.config()
    alive.require_usable(config)
    started_at, code, well = now(), EXIT_UNEXPECTED, False
    try:
        code = _work(store, order, judge, say)
        well = code in alive.WELL
    except KetawatchError as error:
        code, well = error.exit_code, isinstance(error, OutOfTimeError)
        raise
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
        raise
    finally:
        _note(store, started_at, code, well, say)
        _tell(filter(None, [alive.ping(config, code, well=well)]), say)
    return code


def _work(store: Store, order: Order, judge: Judge, say: Say) -> int:
    until = deadline(order.max_hours)
    say(f"Disk: {disk.forecast(store)}.")
    read = read_sources(store, say, extra_sources=order.sources, allow_private=order.source_hosts)
    for issue in health.unusual_yields(health.read(store.path)):
        say(str(issue))
    looked = look(store, replace(order.crawl, until=until), judge, say, order.crew)
    health.forget_unlisted(store.path, _in_scope(store))
    return worst_exit([read, looked])


def read_sources(
    store: Store,
    say: Say,
    *,
    extra_sources: Sequence[Path] = (),
    only: Collection[str] | None = None,
    allow_private: Collection[str] = (),
) -> int:
    """Discover, say what came of it, and give the exit code; see ``crawlers.discover.discover``."""
    result = discover(
        store, extra_sources=extra_sources, only=only, allow_private=allow_private, progress=say
    )
    for issue in result.issues:
        say(str(issue))
    waiting = result.providers - len(_in_scope(store))
    say(
        f"{result.providers} providers listed, {result.new} of them new;"
        f" {waiting} closed or without a website of their own."
    )
    if result.proposed:
        say(f"{result.proposed} pairs may be one: see 'ketawatch merges list'.")
    return result.exit_code


def look(
    store: Store, options: CrawlOptions, judge: Judge, say: Say, crew: Crew | None = None
) -> int:
    """Crawl and audit, say what came of it, and give the exit code.

    A run that somebody interrupted between its crawl and its audit is judged first.
    """
    if store.run_ids() and store.run().current_audit_id() is None:
        _tell(judge(store, store.run()), say)
    say(str(estimate(store, options)))
    result = crawl(store, options, crew=crew)
    _tell(result.issues, say)
    if result.not_looked_at and set(result.not_looked_at.values()) == {"unreachable"}:
        say(f"{len(result.not_looked_at)} did not answer at all. Is this machine online?")
    _tell(judge(store, result.run), say)
    return result.exit_code


def _tell(issues: Iterable[Issue], say: Say) -> None:
    for issue in issues:
        say(str(issue))


def _in_scope(store: Store) -> set[str]:
    rows, _ = provider_file.read(store.providers_path)
    return {row.provider_id for row in rows if row.in_scope}


def _note(store: Store, started_at: str, code: int, well: bool, say: Say) -> None:
    """Keep how it ended, for health file and metrics; what fails here is said, and no more."""
    try:
        health.note_call(store.path, started_at, now(), code, well)
        metrics.write(store)
    except (OSError, KetawatchError) as error:
        say(f"{store.path}: health or metrics not written ({error}). The run is not affected.")
