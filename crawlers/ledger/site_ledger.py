"""One provider's part of the ledger: the addresses of its site, and the rows about them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from crawlers.ledger.addresses import ALIAS, QUEUED, SUSPECT, Address, Late, Spent, Step
from crawlers.ledger.ledger import TABLE_OF, Ledger
from crawlers.links.annexes import Annex
from crawlers.links.links import SAMPLE, SAMPLED, rank
from crawlers.links.shapes import shape
from data.models import REQUEST_LOG, Failure, Page, Skipped
from data.vocabulary import PageType


class SiteLedger:
    """One provider's addresses and rows."""

    def __init__(self, ledger: Ledger, provider_id: str) -> None:
        self._ledger, self._id = ledger, provider_id

    def spent(self) -> Spent:
        """The budget used so far, in all sittings."""
        sql = "select fetched, bytes, seconds, warc_end from providers where provider_id = ?"
        return Spent(*self._ledger.query(sql, (self._id,))[0])

    def next_page(self, but: Sequence[str] = ()) -> Address | None:
        """The most relevant address that waits; types of which a sample is complete come last.

        Those of which a sample is enough do not come at all once there is one, nor do those at the
        origins (``https://desk.example``) ``but``.
        """
        full = {t for t, n in self._captured().items() if n >= SAMPLE}
        return self._first("not in", full, but) or self._first("in", full - SAMPLED, but)

    def _captured(self) -> dict[str, int]:
        sql = (
            "select expected_type, count(*) from addresses"
            " where provider_id = ? and state = 'captured' group by 1"
        )
        return dict(self._ledger.query(sql, (self._id,)))

    def _first(self, among: str, types: Iterable[str], but: Sequence[str]) -> Address | None:
        chosen = sorted(types)
        starts = [part for origin in but for part in (len(origin) + 1, f"{origin}/")]
        marks = ", ".join("?" * len(chosen))
        elsewhere = " and substr(url, 1, ?) <> ?" * len(but)
        rows = self._ledger.query(
            "select url, expected_type, found_on, depth, sitemap, rank from addresses"  # noqa: S608
            f" where provider_id = ? and state = 'queued' and expected_type {among} ({marks})"
            f"{elsewhere} order by rank, depth, seq limit 1",
            (self._id, *chosen, *starts),
        )
        return _address(rows[0]) if rows else None

    def suspects(self) -> list[Address]:
        """Pages that were not found, and wait for a second look."""
        return self._in_state(SUSPECT)

    def waiting(self) -> list[Address]:
        """Pages that were not asked for."""
        return self._in_state(QUEUED)

    def waiting_sitemaps(self) -> list[Address]:
        """Sitemaps that were not asked for."""
        return self._in_state(QUEUED, sitemap=True)

    def _in_state(self, state: str, *, sitemap: bool = False) -> list[Address]:
        rows = self._ledger.query(
            "select url, expected_type, found_on, depth, sitemap, rank from addresses"
            " where provider_id = ? and state = ? and sitemap = ? order by rank, depth, seq",
            (self._id, state, sitemap),
        )
        return [_address(row) for row in rows]

    def late(self) -> list[Late]:
        """Pages that the browser was late with, and may be asked for once more."""
        rows = self._ledger.query(
            "select a.url, a.expected_type, a.found_on, a.depth, a.sitemap, a.rank,"
            " l.record, f.record"
            " from late l join addresses a using (provider_id, url)"
            " left join failures f using (provider_id, url)"
            " where l.provider_id = ? order by a.rank, a.depth, a.seq",
            (self._id,),
        )
        return [
            Late(
                _address(row),
                Page(**json.loads(row[6])),
                Failure(**json.loads(row[7])) if row[7] else None,
            )
            for row in rows
        ]

    def is_waiting(self, url: str) -> bool:
        """Whether an address was discovered and not asked for yet."""
        return self.state(url) == QUEUED

    def annexes(self) -> list[Annex]:
        """What was found to be the provider's beside its site."""
        sql = "select netloc, path, query from annexes where provider_id = ? order by rowid"
        return [Annex(*row) for row in self._ledger.query(sql, (self._id,))]

    def left_out(self, reason: str) -> list[Skipped]:
        """Addresses that were left out for one reason."""
        sql = (
            "select record from skipped where provider_id = ?"
            " and json_extract(record, '$.reason') = ? order by rowid"
        )
        rows = self._ledger.query(sql, (self._id, reason))
        return [Skipped(**json.loads(row[0])) for row in rows]

    def complete_types(self) -> frozenset[str]:
        """Types of which a whole sample was captured."""
        return frozenset(t for t, n in self._captured().items() if n >= SAMPLE)

    def state(self, url: str) -> str | None:
        """What became of an address; None where it is not known."""
        sql = "select state from addresses where provider_id = ? and url = ?"
        rows = self._ledger.query(sql, (self._id, url))
        return str(rows[0][0]) if rows else None

    def known(self) -> set[str]:
        """Every address that was ever discovered, kept or not."""
        sql = (
            "select url from addresses where provider_id = ?"
            " union select url from skipped where provider_id = ?"
        )
        return {row[0] for row in self._ledger.query(sql, (self._id, self._id))}

    def bodies(self) -> list[tuple[str, str]]:
        """The addresses that were captured, each with its body's digest."""
        sql = (
            "select p.url, json_extract(p.record, '$.payload_sha256') from pages p"
            " join addresses a using (provider_id, url) where p.provider_id = ?"
            " and a.state = 'captured' and json_extract(p.record, '$.status') = 200"
            " and json_extract(p.record, '$.kind') <> 'rendered' order by p.rowid"
        )
        return [(str(url), str(digest)) for url, digest in self._ledger.query(sql, (self._id,))]

    def rendered(self) -> int:
        """How many pages a browser has seen."""
        sql = (
            "select count(*) from pages where provider_id = ?"
            " and json_extract(record, '$.kind') = 'rendered'"
            " and json_extract(record, '$.content_type') <> ?"
        )
        return int(self._ledger.query(sql, (self._id, REQUEST_LOG))[0][0])

    def drawn_for(self, url: str, reasons: Sequence[str]) -> bool:
        """Whether a browser drew the page that stands at an address, for one of these reasons."""
        sql = (
            "select json_extract(record, '$.render_reason') from pages where provider_id = ?"
            " and json_extract(record, '$.final_url') = ?"
            " and json_extract(record, '$.kind') = 'rendered'"
        )
        return any(row[0] in reasons for row in self._ledger.query(sql, (self._id, url)))

    def sitemaps(self) -> int:
        """How many sitemap files were discovered."""
        sql = "select count(*) from addresses where provider_id = ? and sitemap"
        return int(self._ledger.query(sql, (self._id,))[0][0])

    def front(self, homepage: str) -> str | None:
        """Where the home page was found in the end."""
        sql = (
            "select json_extract(record, '$.final_url') from pages where provider_id = ?"
            " and url = ? and json_extract(record, '$.status') between 200 and 299"
        )
        rows = self._ledger.query(sql, (self._id, homepage))
        return str(rows[0][0]) if rows else None

    def shapes(self) -> Counter[str]:
        """How many addresses there are of each shape of query."""
        sql = (
            "select shape, count(*) from addresses"
            " where provider_id = ? and shape is not null group by 1"
        )
        return Counter(dict(self._ledger.query(sql, (self._id,))))

    def write(self, step: Step) -> None:
        """Add one step, as a whole or not at all."""
        with self._ledger.transaction() as db:
            if step.retried:
                self._make_room(db, step)
            for rows in (step.pages, step.failures, step.skipped):
                self._insert(db, rows)
            db.executemany(
                "insert or replace into late values (?, ?, ?)",
                [(self._id, page.url, json.dumps(asdict(page))) for page in step.late],
            )
            # An annex takes back what was left out before it was known to be one.
            db.executemany(
                "delete from skipped where provider_id = ? and url = ?",
                [(self._id, address.url) for address in step.found],
            )
            self._add(db, step.found, QUEUED)
            db.executemany(
                "insert or ignore into annexes values (?, ?, ?, ?, ?)",
                [(self._id, a.netloc, a.path, a.query, on) for a, on in step.annexes],
            )
            db.executemany(
                "update addresses set state = ? where provider_id = ? and url = ?",
                [(state, self._id, url) for url, state in step.states.items()],
            )
            self._add(db, [Address(url, PageType.OTHER) for url in step.aliases], ALIAS)
            self._retell(db, step)
            db.execute(
                "update providers set warc_end = max(warc_end, ?), bytes = bytes + ?,"
                " fetched = fetched + ?, seconds = seconds + ? where provider_id = ?",
                (step.warc_end, step.bytes, step.fetched, step.seconds, self._id),
            )

    def _retell(self, db: sqlite3.Connection, step: Step) -> None:
        """Take down what is known better now of addresses that wait."""
        db.executemany(
            "update addresses set expected_type = ?, rank = ? + rank % 2"
            " where provider_id = ? and url = ? and state = 'queued'",
            [(told, rank(told, leads=True), self._id, url) for url, told in step.retyped.items()],
        )
        db.executemany(
            "update addresses set rank = rank - rank % 2"
            " where provider_id = ? and url = ? and state = 'queued'",
            [(self._id, url) for url in step.leading],
        )

    def _make_room(self, db: sqlite3.Connection, step: Step) -> None:
        """Take back what was said of the pages that the browser had another look at."""
        for table in ("late", "failures"):
            db.executemany(
                f"delete from {table} where provider_id = ? and url = ?",  # noqa: S608
                [(self._id, url) for url in step.retried],
            )
        db.executemany(
            "delete from pages where provider_id = ? and url = ?"
            " and json_extract(record, '$.capture_id') = ?",
            [(self._id, page.url, page.capture_id) for page in step.pages],
        )

    def _insert(self, db: sqlite3.Connection, rows: Sequence[Page | Failure | Skipped]) -> None:
        for row in rows:
            # The first reason to skip an address stands; a failure's latest class does.
            way = "or ignore" if isinstance(row, Skipped) else "or replace"
            db.execute(
                f"insert {way} into {TABLE_OF[type(row)]} values (?, ?, ?)",  # noqa: S608
                (self._id, row.url, json.dumps(asdict(row))),
            )

    def _add(self, db: sqlite3.Connection, found: Sequence[Address], state: str) -> None:
        db.executemany(
            "insert into addresses (provider_id, url, expected_type, found_on, rank, depth, shape,"
            " sitemap, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " on conflict (provider_id, url) do nothing",
            [
                (
                    *(self._id, a.url, a.expected_type, a.found_on),
                    *(0 if a.sitemap else rank(a.expected_type, leads=a.leads), a.depth),
                    *(shape(a.url), a.sitemap, state),
                )
                for a in found
            ],
        )

    def finish(self) -> None:
        """Nothing is left to do for this provider."""
        with self._ledger.transaction() as db:
            db.execute("update providers set done = 1 where provider_id = ?", (self._id,))


def _address(row: Sequence[Any]) -> Address:
    return Address(row[0], row[1], row[2], row[3], bool(row[4]), leads=not row[5] % 2)
