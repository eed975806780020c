"""What was done in a run so far, on disk, so that a killed run goes on where it stopped.

A page is ledgered in one transaction with the links that it led to, and only after its record was
synced to the WARC: the frontier can be rebuilt from here alone, and a WARC is never shorter than
what the ledger says of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from crawlers.links import PRIORITY, same_page
from data.models import Failure, Page, PageType, Skipped

FILE_NAME = "ledger.sqlite"
_Row = TypeVar("_Row", Page, Skipped, Failure)

_SCHEMA = """
create table if not exists providers (provider_id text primary key, done integer not null default 0);
create table if not exists frontier (
  provider_id text, key text, url text, expected_type text, found_on text, priority integer,
  attempts integer not null default 0, state text not null default 'queued',
  primary key (provider_id, key));
create index if not exists waiting on frontier (provider_id, state, priority desc);
create table if not exists warcs (provider_id text primary key, length integer not null);
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address that waits to be fetched; ``attempts`` counts looks at a dead link."""

    url: str
    expected_type: str
    found_on: str | None
    attempts: int


class Ledger:
    """One run's ledger: all providers, each by its id."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        # A crash of this process loses nothing that was committed; only a power cut may, and then
        # the WARC is longer than the ledger says and is cut back.
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(_SCHEMA)
        for record in (Page, Skipped, Failure):
            columns = ", ".join(f'"{f.name}"' for f in fields(record))
            self._db.execute(f"create table if not exists {_table(record)} ({columns})")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add_providers(self, provider_ids: Iterable[str]) -> None:
        """Note whom the run sets out to look at."""
        self._db.executemany(
            "insert or ignore into providers (provider_id) values (?)",
            [(p,) for p in provider_ids],
        )

    def unfinished(self) -> list[str]:
        """Providers that are not done yet, in order."""
        rows = self._db.execute("select provider_id from providers where not done order by rowid")
        return [row[0] for row in rows]

    def finish(self, provider_id: str) -> None:
        """Note that a provider is done."""
        self._db.execute("update providers set done = 1 where provider_id = ?", (provider_id,))

    def warc_length(self, provider_id: str) -> int:
        """How much of a provider's WARC is accounted for, in bytes."""
        row = self._db.execute(
            "select length from warcs where provider_id = ?", (provider_id,)
        ).fetchone()
        return row[0] if row else 0

    def enqueue(self, provider_id: str, url: str, expected_type: str, found_on: str | None) -> None:
        """Let an address wait, unless it is known already."""
        priority = PRIORITY[PageType(expected_type)]
        self._db.execute(
            "insert or ignore into frontier (provider_id, key, url, expected_type, found_on,"
            " priority) values (?, ?, ?, ?, ?, ?)",
            (provider_id, same_page(url), url, expected_type, found_on, priority),
        )

    def next(self, provider_id: str) -> Waiting | None:
        """The most relevant address that waits; the shortest of equals, as it is nearer the root."""
        row = self._db.execute(
            "select url, expected_type, found_on, attempts from frontier"
            " where provider_id = ? and state = 'queued'"
            " order by attempts, priority desc, length(url), url limit 1",
            (provider_id,),
        ).fetchone()
        return Waiting(*row) if row else None

    def settle(
        self,
        provider_id: str,
        url: str,
        *,
        pages: Iterable[Page] = (),
        skipped: Iterable[Skipped] = (),
        failures: Iterable[Failure] = (),
        links: Iterable[tuple[str, str]] = (),
        also: Iterable[str] = (),
        warc_length: int | None = None,
        again: bool = False,
    ) -> None:
        """Account for one address, with everything that came of it, in one transaction.

        Args:
            provider_id: whose address it is.
            url: the address, as it waited.
            pages: captures that it led to.
            skipped: addresses that are not to be fetched.
            failures: what went wrong.
            links: (address, expected type) of what it links to.
            also: addresses that it redirected to, which are thereby known.
            warc_length: the WARC's length with its records, in bytes.
            again: keep it waiting for a second look, after everything else.
        """
        self._db.execute("begin immediate")
        for row in (*pages, *skipped, *failures):
            marks = ", ".join("?" * len(fields(row)))
            self._db.execute(f"insert into {_table(type(row))} values ({marks})", astuple(row))
        for link, expected_type in links:
            self.enqueue(provider_id, link, expected_type, url)
        for known in also:
            self.enqueue(provider_id, known, PageType.OTHER, url)
            self._mark(provider_id, known, "done")
        if warc_length is not None:
            self._db.execute("replace into warcs values (?, ?)", (provider_id, warc_length))
        self._mark(provider_id, url, "queued" if again else "done", attempt=True)
        self._db.execute("commit")

    def _mark(self, provider_id: str, url: str, state: str, attempt: bool = False) -> None:
        self._db.execute(
            "update frontier set state = ?, attempts = attempts + ?"
            " where provider_id = ? and key = ?",
            (state, int(attempt), provider_id, same_page(url)),
        )

    def leave_rest(self, provider_id: str, reason: str, *, expected_type: str | None = None) -> None:
        """Skip everything that still waits (of one type), for one reason."""
        where = "provider_id = ? and state = 'queued' and attempts = 0"
        values: list[Any] = [provider_id]
        if expected_type is not None:
            where += " and expected_type = ?"
            values.append(expected_type)
        self._db.execute("begin immediate")
        self._db.execute(
            "insert into skipped (provider_id, url, expected_type, reason, found_on)"
            f" select provider_id, url, expected_type, ?, found_on from frontier where {where}",
            [reason, *values],
        )
        self._db.execute(f"update frontier set state = 'done' where {where}", values)
        self._db.execute("commit")

    def captured(self, provider_id: str) -> dict[str, int]:
        """Pages captured so far, by expected type."""
        rows = self._db.execute(
            "select expected_type, count(*) from pages where provider_id = ?"
            " and status between 200 and 299 group by 1",
            (provider_id,),
        )
        return dict(rows.fetchall())

    def payload_bytes(self, provider_id: str) -> int:
        """Bytes captured so far, as sent."""
        row = self._db.execute(
            "select coalesce(sum(payload_bytes), 0) from pages where provider_id = ?",
            (provider_id,),
        ).fetchone()
        return int(row[0])

    def knows_skipped(self, provider_id: str, url: str) -> bool:
        """Whether an address was left out already."""
        row = self._db.execute(
            "select 1 from skipped where provider_id = ? and url = ? limit 1", (provider_id, url)
        ).fetchone()
        return row is not None

    def rows(self, record: type[_Row]) -> Iterator[_Row]:
        """All rows of one kind, in an order that does not depend on who answered first."""
        order = "provider_id, url, " + ("final_url, status" if record is Page else "1")
        for row in self._db.execute(f"select * from {_table(record)} order by {order}"):
            yield record(*row)


def _table(record: type) -> str:
    return {Page: "pages", Skipped: "skipped", Failure: "failures"}[record]
