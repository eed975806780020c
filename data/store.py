"""The one door to disk: runs and audits are written beside their place and appear whole.

Layout of a store (the contract's section 6)::

    DIR/ketawatch.toml  providers.csv  listings/<source>.jsonl  health.json
    DIR/ketawatch.prom  logs/ketawatch.log     what scheduled calls leave
    DIR/runs/<run_id>/run.json  pages|skipped|failures|coverage.parquet  captures/<provider>.warc.gz
    DIR/runs/<run_id>/audits/<audit_id>/audit.json  findings|evidence|claims|...parquet
    DIR/runs/<run_id>/audits/CURRENT
    DIR/runs/<run_id>/pruned.json   captures of it that are gone (data.retention)
    DIR/runs/.partial-<run_id>/     a run in progress; a reader never sees it
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from data import config, info_file, tables
from data.errors import DiskError, UsageError

_Record = TypeVar("_Record")

PARTIAL = ".partial-"
_RUN_ID = re.compile(r"\d{8}T\d{6}Z")


def now() -> str:
    """The present moment, RFC 3339 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_run_id() -> str:
    """A run's name: its start in UTC, for example ``20261124T031500Z``."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def write_json(path: Path, value: Any) -> None:
    """Replace a JSON file as a whole."""
    write_text(path, json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def write_text(path: Path, text: str) -> None:
    """Replace a text file as a whole, with LF line ends on every system.

    Where a link stands for it (a list that is kept under version control), what it leads to.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):  # what stood there stands, and nothing half-written beside it
            beside.unlink(missing_ok=True)
        raise


@contextmanager
def disk_errors(place: Path) -> Iterator[None]:
    """Turn a full or read-only disk into a message for a person."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskError(
                f"{place}: the disk is full, or a limit on its use is reached.",
                "Free some space and call again; what was finished is kept.",
            ) from error
        if error.errno in (errno.EROFS, errno.EACCES):
            raise DiskError(f"{place}: cannot be written ({error.strerror}).") from error
        raise


class Audit:
    """One judgement of a run, as it stands on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.audit_id = path.name
        self.info = info_file.read(path / "audit.json")

    def table_path(self, name: str) -> Path:
        """The Parquet file of one of ``tables.AUDIT_TABLES``."""
        return self.path / f"{name}.parquet"

    def read(self, name: str, record: type[_Record]) -> list[_Record]:
        """The records of one table."""
        return tables.read(self.table_path(name), record)


class Run:
    """One finished look at all providers: its captures never change."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run_id = path.name
        self.info = info_file.read(path / "run.json")

    @property
    def scope(self) -> list[str]:
        """Ids of the providers that this run set out to look at."""
        return list(self.info["scope"])

    def table_path(self, name: str) -> Path:
        """The Parquet file of one of ``tables.RUN_TABLES``."""
        return self.path / f"{name}.parquet"

    def read(
        self, name: str, record: type[_Record], provider_id: str | None = None
    ) -> list[_Record]:
        """The records of one table, or those of one provider."""
        return tables.read(self.table_path(name), record, provider_id)

    def audit(self, audit_id: str | None = None) -> Audit:
        """The published audit, or the one named.

        Raises:
            UsageError: there is none.
        """
        name = audit_id or self.current_audit_id()
        if name is None:
            raise UsageError(f"run {self.run_id} has no audit yet.", "Run 'ketawatch audit'.")
        # A name may come from an address, and leads nowhere but here.
        known = sorted(p.parent.name for p in self.path.glob("audits/[!.]*/audit.json"))
        if name not in known:
            raise UsageError(
                f"run {self.run_id} has no audit {name!r}.",
                f"Known: {', '.join(known)}." if known else "Run 'ketawatch audit'.",
            )
        return Audit(self.path / "audits" / name)

    def current_audit_id(self) -> str | None:
        """The published audit's id."""
        pointer = self.path / "audits" / "CURRENT"
        # An empty one was made by nobody here: as good as none, and the next audit makes it anew.
        found = pointer.read_text(encoding="utf-8", errors="replace") if pointer.exists() else ""
        return found.strip() or None


class Store:
    """A folder with everything that one operator has looked at."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open an existing store.

        Raises:
            UsageError: there is none, or a newer version made it.
        """
        if not path.is_dir():
            raise UsageError(
                f"{path}: no such store.", "'ketawatch discover --store' makes a new one."
            )
        store = cls(path)
        store.config()
        return store

    @classmethod
    def create(cls, path: Path) -> Store:
        """Open a store, made first where there is none."""
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path}: not a folder.", "Name another one with --store.")
        with disk_errors(path):
            path.mkdir(parents=True, exist_ok=True)
            if not (path / config.FILE_NAME).exists():
                config.write_template(path / config.FILE_NAME)
        return cls.open(path)

    def config(self) -> config.Config:
        """What ``ketawatch.toml`` says; read anew at each call."""
        return config.load(self.path / config.FILE_NAME)

    @property
    def providers_path(self) -> Path:
        """``providers.csv``."""
        return self.path / "providers.csv"

    @property
    def listings_path(self) -> Path:
        """The folder with the last good rows of each source."""
        return self.path / "listings"

    def run_ids(self) -> list[str]:
        """Finished runs, oldest first; somebody's copy of one beside it is none."""
        folder = self.path / "runs"
        if not folder.is_dir():
            return []
        found = (p.parent.name for p in folder.glob("[0-9]*/run.json"))
        return sorted(name for name in found if _RUN_ID.fullmatch(name))

    def run(self, run_id: str | None = None) -> Run:
        """The latest run, or the one named.

        Raises:
            UsageError: there is none.
        """
        known = self.run_ids()
        if not known:
            raise UsageError(f"{self.path}: no finished run yet.", "Run 'ketawatch crawl'.")
        if run_id is not None and run_id not in known:
            raise UsageError(f"{self.path}: no run {run_id!r}.", f"Known: {', '.join(known)}.")
        return Run(self.path / "runs" / (run_id or known[-1]))

    def audited_run(self) -> Run:
        """The latest run that has a published audit; the latest of all where none has.

        Raises:
            UsageError: there is no run.
        """
        newest_first = (self.run(run_id) for run_id in reversed(self.run_ids()))
        return next((r for r in newest_first if r.current_audit_id()), None) or self.run()

    def partial_run(self) -> Path | None:
        """The folder of an interrupted run, if any."""
        found = sorted(self.path.glob(f"runs/{PARTIAL}*"))
        return found[-1] if found else None

    def start_run(self, run_id: str) -> Path:
        """Make the folder in which a run grows until it is whole."""
        path = self.path / "runs" / f"{PARTIAL}{run_id}"
        with disk_errors(path):
            (path / "captures").mkdir(parents=True)
        return path

    def finish_run(self, partial: Path, info: Mapping[str, Any]) -> Run:
        """Let a run appear as a whole: ``run.json`` first, then one rename."""
        final = partial.with_name(partial.name.removeprefix(PARTIAL))
        with disk_errors(partial):
            write_json(partial / "run.json", {"store_format": config.STORE_FORMAT, **info})
            os.replace(partial, final)
        return Run(final)

    def finish_audit(self, run: Run, beside: Path, info: Mapping[str, Any]) -> Audit:
        """Let an audit appear as a whole and publish it.

        An audit is named by its rule set and engine, and the same bytes give the same findings: a
        second one of the same name replaces nothing and is only published again.
        """
        final = run.path / "audits" / str(info["audit_id"])
        with disk_errors(beside):
            write_json(beside / "audit.json", {"store_format": config.STORE_FORMAT, **info})
            if final.exists():
                shutil.rmtree(beside)
            else:
                os.replace(beside, final)
            write_text(final.parent / "CURRENT", final.name + "\n")
        return Audit(final)


def write_tables(folder: Path, records: Mapping[str, Iterable[Any]]) -> None:
    """Write one Parquet file for each named table."""
    with disk_errors(folder):
        for name, rows in records.items():
            tables.write(folder / f"{name}.parquet", name, rows)
