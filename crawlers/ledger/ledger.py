"""What a run in progress has done and has yet to do: one SQLite file, the only source for resuming.

A step (rows, newly found addresses, states, the end of the archive) is written in one transaction,
after the archive was synced. So whatever moment a process dies at, the archive holds at least what
the ledger says, and cutting it back to ``warc_end`` makes the two agree.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from data.errors import DiskError, UsageError
from data.models import Failure, Page, Skipped

FILE_NAME = "ledger.sqlite"

_SCHEMA = """
create table meta (value text not null);
create table providers (
    provider_id text primary key, position integer not null, done integer not null default 0,
    warc_end integer not null default 0, bytes integer not null default 0,
    fetched integer not null default 0, seconds real not null default 0
);
create table addresses (
    seq integer primary key, provider_id text not null, url text not null,
    expected_type text not null, found_on text, rank integer not null, depth integer not null,
    shape text, sitemap integer not null, state text not null, unique (provider_id, url)
);
create table annexes (
    provider_id text not null, netloc text not null, path text not null, query text not null,
    found_on text not null, primary key (provider_id, netloc, path, query)
);
create index waiting on addresses (provider_id, state, rank, depth, seq, expected_type);
create table pages (provider_id text not null, url text not null, record text not null);
create table skipped (
    provider_id text not null, url text not null, record text not null,
    primary key (provider_id, url)
);
create table failures (
    provider_id text not null, url text not null, record text not null,
    primary key (provider_id, url)
);
"""
# A run that an earlier version began has none.
_LATE = """
create table if not exists late (
    provider_id text not null, url text not null, record text not null,
    primary key (provider_id, url)
);
"""
_DISK_CODES = frozenset(
    (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
)
_Row = TypeVar("_Row", Page, Skipped, Failure)
TABLE_OF: dict[type, str] = {Page: "pages", Skipped: "skipped", Failure: "failures"}


class Ledger:
    """The ledger of one run."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._errors():
            self._db = sqlite3.connect(path, timeout=30)
            self._db.execute("pragma journal_mode = wal")
            # In WAL mode a commit that a power cut undoes leaves the ledger whole and behind the
            # archive, which is then cut back to it: nothing is lost but the time to ask again.
            self._db.execute("pragma synchronous = normal")

    @classmethod
    def create(cls, folder: Path, meta: Mapping[str, Any], provider_ids: Sequence[str]) -> Ledger:
        """Start the ledger of a new run."""
        ledger = cls(folder / FILE_NAME)
        with ledger.transaction() as db:
            db.executescript(_SCHEMA + _LATE)
            db.executemany(
                "insert into providers (provider_id, position) values (?, ?)",
                [(provider_id, i) for i, provider_id in enumerate(provider_ids)],
            )
            db.execute("insert into meta values (?)", (json.dumps(dict(meta)),))
        return ledger

    @classmethod
    def open(cls, folder: Path) -> Ledger | None:
        """The ledger of an interrupted run; None where the run died before it had one.

        Raises:
            UsageError: it is damaged.
        """
        if not (folder / FILE_NAME).exists():
            return None
        ledger = cls(folder / FILE_NAME)
        if not ledger._tables() or not ledger.query("select value from meta"):
            return None
        with ledger.transaction() as db:
            db.execute(_LATE)
        return ledger

    def _tables(self) -> list[Any]:
        return self.query("select name from sqlite_master where name = 'meta'")

    @property
    def meta(self) -> dict[str, Any]:
        """What the run was started with."""
        meta: dict[str, Any] = json.loads(self.query("select value from meta")[0][0])
        return meta

    def unfinished(self) -> list[str]:
        """Providers whose site is not done, in their order."""
        rows = self.query("select provider_id from providers where not done order by position")
        return [row[0] for row in rows]

    def records(self, kind: type[_Row]) -> list[_Row]:
        """All rows of one kind, in the order in which they were written."""
        rows = self.query(f"select record from {TABLE_OF[kind]} order by rowid")  # noqa: S608
        return [kind(**json.loads(row[0])) for row in rows]

    def states(self) -> list[tuple[str, str, str, int]]:
        """(provider, expected type, state, how many) of all pages' addresses."""
        return self.query(
            "select provider_id, expected_type, state, count(*) from addresses"
            " where not sitemap and state <> 'alias' group by 1, 2, 3 order by 1, 2, 3"
        )

    def annexes(self) -> list[tuple[str, str, str, str, str]]:
        """(provider, host, path, query, found on) of what is a provider's beside its site."""
        return self.query(
            "select provider_id, netloc, path, query, found_on from annexes order by rowid"
        )

    def forget(self, failure: Failure) -> None:
        """Take back a failure that turned out to be none."""
        with self.transaction() as db:
            db.execute(
                "delete from failures where provider_id = ? and url = ?",
                (failure.provider_id, failure.url),
            )

    def home_states(self) -> dict[str, str]:
        """What became of each provider's home page."""
        return dict(
            self.query("select provider_id, state from addresses where expected_type = 'home'")
        )

    def close(self) -> None:
        """Close the file; its write-ahead log goes with it."""
        self._db.close()

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows that a question to the database has for an answer."""
        with self._errors():
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Changes that are made all together, or not at all."""
        with self._errors(), self._db as db:
            yield db

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in _DISK_CODES:
                raise DiskError(
                    f"{self._path}: cannot be written ({error}).",
                    "Free some space and call again; what was finished is kept.",
                ) from error
            raise UsageError(
                f"{self._path}: damaged ({error}).",
                "Remove the folder that it is in; the run starts anew.",
            ) from error
