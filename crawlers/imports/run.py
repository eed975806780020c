"""Captures made by a person as a run of its own: theirs for one provider, the last run's otherwise.

A finished run never changes, and an audit judges one run. So an import makes a new run that carries
every row of the last one, each pointing at the file that it always pointed at, and holds what was
imported in an archive of its own. What a person captured takes the place of what the crawler met
at the same address: a refusal, a failure, an older capture.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from crawlers.conduct.scope import SiteScope
from crawlers.imports.archive import ImportArchive
from crawlers.imports.carry import before, carry_logs, describe, info, with_others
from crawlers.imports.file import digest, take_file
from crawlers.imports.spool import Spool
from crawlers.imports.wacz import NONE
from crawlers.imports.walk import NO_LIMITS, ImportWalk
from crawlers.ledger.ledger import FILE_NAME, Ledger
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.runs.plan import home_of
from crawlers.runs.report import Tables, not_looked_at
from crawlers.walk.walk import Site
from data import provider_file
from data.errors import UsageError
from data.failure_reasons import NOT_IMPORTED
from data.models import Issue, Page, Provider
from data.store import Run, Store, disk_errors, new_run_id

_WORK = ".import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import; without any capture there is no run.

    ``unproven`` are the WACZ files that carry no digests of what is in them.
    """

    run: Run | None
    pages: tuple[Page, ...]
    missing: tuple[str, ...]
    left_out: Counter[str]
    issues: tuple[Issue, ...]
    unproven: tuple[Path, ...] = ()


def import_files(
    store: Store,
    files: Sequence[Path],
    provider_id: str,
    url: str | None = None,
    at: str | None = None,
) -> Imported:
    """Bring captures of one provider's site into the store, as a new run.

    The caller holds the store's lock.

    Args:
        store: the store.
        files: WACZ, WARC, HTML or PDF files.
        provider_id: whose site it is.
        url: the address of a saved page or PDF.
        at: when that was captured, RFC 3339.

    Raises:
        UsageError: an unknown provider or one without a homepage, a file of another kind, a saved
            page whose address is not known, a WACZ that is not what its own digests say, an
            interrupted crawl.
        DiskError: the disk is full; nothing was changed.
    """
    provider = _provider(store, provider_id)
    _finish_interrupted(store)
    issues: list[Issue] = []
    with disk_errors(store.path), tempfile.TemporaryFile(dir=store.path) as file:
        spool = Spool(file)
        for path in files:
            issues += take_file(path, spool, url, at)
        spool.repeat()
        run, pages, missing = (
            _make(store, provider, spool, files) if spool.taken else (None, [], [])
        )
    unproven = tuple(path for path, told in spool.digests.items() if told == NONE)
    return Imported(run, tuple(pages), tuple(missing), +spool.left_out, tuple(issues), unproven)


def _provider(store: Store, provider_id: str) -> Provider:
    rows, _ = provider_file.read(store.providers_path)
    provider = next((p for p in rows if p.provider_id == provider_id), None)
    if provider is None:
        raise UsageError(
            f"{store.providers_path}: no provider {provider_id!r}.", "See its first column."
        )
    if not provider.in_scope:
        raise UsageError(
            f"{store.providers_path}: {provider_id}: not active, or without a homepage.",
            "Mend its row: what is captured is told by the homepage's address.",
        )
    return provider


def _finish_interrupted(store: Store) -> None:
    """See to it that no run is under way; what an import left behind goes.

    Raises:
        UsageError: a crawl was interrupted.
    """
    folder = store.partial_run()
    while folder is not None:
        if (folder / FILE_NAME).exists():
            raise UsageError(
                f"{store.path}: run {folder.name} was interrupted.",
                "Finish it first with 'ketawatch crawl --resume'.",
            )
        if (folder / "run.json").exists():
            store.finish_run(folder, Run(folder).info)
        else:
            shutil.rmtree(folder)
        folder = store.partial_run()


def _make(
    store: Store, provider: Provider, spool: Spool, files: Sequence[Path]
) -> tuple[Run | None, list[Page], list[str]]:
    base = store.run() if store.run_ids() else None
    while (run_id := new_run_id()) in store.run_ids():
        sleep(0.1)
    folder = store.start_run(run_id)
    try:
        tables, missed = _look(store, provider, spool, files, folder, run_id, base)
        own = [p for p in tables.pages if p.warc_file.startswith(f"runs/{run_id}/")]
        if not any(200 <= p.status < 300 for p in own):
            shutil.rmtree(folder)
            return None, [], []
        whole = with_others(tables, base, provider.provider_id)
        whole.write(folder)
        carry_logs(base, folder)
        shutil.rmtree(folder / _WORK)
        told = describe(provider.provider_id, files, len(own), spool)
        run = store.finish_run(folder, info(base, run_id, provider, whole, missed, told))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return run, own, [f.url for f in tables.failures if f.failure_class == NOT_IMPORTED]


def _look(
    store: Store,
    provider: Provider,
    spool: Spool,
    files: Sequence[Path],
    folder: Path,
    run_id: str,
    base: Run | None,
) -> tuple[Tables, dict[str, str]]:
    """The provider's tables with what was imported, and why its home page is missing, if it is."""
    provider_id = provider.provider_id
    beside = folder / _WORK
    beside.mkdir()
    ledger = Ledger.create(beside, {"run_id": run_id}, [provider_id])
    told = "; ".join(f"{path.name} (SHA-256 {digest(path)})" for path in files)
    saved = [taken.exchange.url for taken in spool if taken.is_file]
    own_hosts = store.config().own_hosts.get(provider_id, ())
    site = Site(
        provider,
        SiteLedger(ledger, provider_id),
        ImportArchive(folder, run_id, provider_id, saved, told),
        SiteScope(home_of(provider), own_hosts),
        NO_LIMITS,
    )
    try:
        ImportWalk(site, ledger, spool, before(base, provider_id)).run()
        tables = Tables.of(ledger)
        return tables, not_looked_at(ledger, tables.failures)
    finally:
        site.archive.close()
        ledger.close()
