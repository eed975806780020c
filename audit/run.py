"""A whole run's captures judged, provider by provider, here or by workers."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from audit import version
from audit.claims import engines
from audit.provider_audit import Job, ProviderAudit, audit_provider
from audit.spread import Spread, spread_over
from data import retention
from data import store as stores
from data.cluster import Crew
from data.models import Failure, Issue, Page, Skipped
from data.store import Audit, Run, Store

# Below this many providers the start of worker processes costs more than they save.
_POOL_FROM = 24


def audit_run(
    store: Store,
    run: Run,
    progress: Callable[[int, int], None] = lambda done, total: None,
    crew: Crew | None = None,
) -> tuple[Audit, list[Issue]]:
    """Judge every provider in a run's scope and publish the audit.

    Args:
        store: the store that holds the run.
        run: a finished run.
        progress: called with (providers done, providers in all).
        crew: workers that judge; without them, processes of this machine do.

    Raises:
        UsageError: captures of the run were pruned, and would count as not read.
    """
    retention.require_whole(store, run)
    rules = engines.bundled_engine().catalog
    info = version.describe(rules) | {"run_id": run.run_id, "created_at": stores.now()}
    beside = run.path / "audits" / f"{stores.PARTIAL}{info['audit_id']}"
    # The caller holds the store's lock: what is half-done was left by somebody who was killed.
    for left in beside.parent.glob(f"{stores.PARTIAL}*"):
        shutil.rmtree(left, ignore_errors=True)
    with stores.disk_errors(beside):
        beside.mkdir(parents=True)
    done: list[ProviderAudit] = []
    jobs = list(_jobs(store, run))
    for audited in _map(jobs, crew):
        done.append(audited)
        progress(len(done), len(jobs))
    _write(beside, done)
    counts = Counter(f.outcome for a in done for f in a.findings)
    info["counts"] = dict(sorted(counts.items()))
    issues = [issue for a in done for issue in a.issues]
    return store.finish_audit(run, beside, info), issues


def _jobs(store: Store, run: Run) -> Iterator[Job]:
    pages, skipped, failures = (
        _by_provider(run.read(name, record))
        for name, record in (("pages", Page), ("skipped", Skipped), ("failures", Failure))
    )
    for provider in sorted(run.info["providers"], key=lambda p: p["provider_id"]):
        key = provider["provider_id"]
        yield Job(
            store.path,
            provider,
            tuple(pages.get(key, ())),
            tuple(skipped.get(key, ())),
            tuple(failures.get(key, ())),
            str(run.info["finished_at"]),
        )


def _by_provider(rows: Iterable[Any]) -> dict[str, list[Any]]:
    ordered = sorted(rows, key=lambda r: (r.provider_id, r.url))
    return {key: list(group) for key, group in groupby(ordered, key=lambda r: r.provider_id)}


def _map(jobs: Sequence[Job], crew: Crew | None) -> Iterator[ProviderAudit]:
    if crew is not None:
        yield from spread_over(crew, _audit_elsewhere, jobs)
        return
    if len(jobs) < _POOL_FROM:
        yield from map(audit_provider, jobs)
        return
    # Spawned, not forked: the caller may hold threads (a server, a reactor).
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        yield from pool.map(audit_provider, jobs, chunksize=1)


def _audit_elsewhere(spread: Spread, job: Job) -> ProviderAudit:
    with spread.store(job.store, sorted({page.warc_file for page in job.pages})) as folder:
        return audit_provider(replace(job, store=folder))


def _write(folder: Path, audits: Sequence[ProviderAudit]) -> None:
    stores.write_tables(
        folder,
        {
            "findings": [f for a in audits for f in a.findings],
            "evidence": [e for a in audits for e in a.evidence],
            "claims": [c for a in audits for c in a.claims],
            "passages": [p for a in audits for p in a.passages],
            "facts": [f for a in audits for f in a.facts],
        },
    )
