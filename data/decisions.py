"""``decisions.sqlite``: what people decided, in rows that nobody can change or delete.

Who is one provider (merges, splits, aliases, homepages) and, for findings, reviews, replies and
waivers. A decision is undone by a further row that names it, and so can the undoing be: everything
that was ever decided can be read again, with who, when and why.

============  ===================================  ================================================
kind          subject                              value
============  ===================================  ================================================
``merge``     the provider id that is given up     ``into``: the id that stays; ``evidence``,
                                                   ``score``; ``row``, ``kept_row``: as they stood
``split``     two provider ids, ``a|b``            that they are two
``alias``     a domain or an old id                ``into``: the provider that it belongs to
``homepage``  a provider id                        ``homepage``, ``before``
``review``, ``reply``, ``waiver``: a finding id    as their rooms define them
``undo``      the undone decision's kind           -
============  ===================================  ================================================
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from data.errors import DiskError, UsageError
from data.store import disk_errors, now

FILE_NAME = "decisions.sqlite"
FORMAT = 1

_BUSY_S = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
    decision_id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, who TEXT NOT NULL CHECK (who <> ''),
    kind TEXT NOT NULL, subject TEXT NOT NULL, value TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why <> ''),
    undoes INTEGER REFERENCES decisions (decision_id));
CREATE INDEX IF NOT EXISTS decisions_by_subject ON decisions (kind, subject);
CREATE TRIGGER IF NOT EXISTS decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
CREATE TRIGGER IF NOT EXISTS decisions_are_kept BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
"""


class Kind(StrEnum):
    """What a decision is about."""

    MERGE = "merge"
    SPLIT = "split"
    ALIAS = "alias"
    HOMEPAGE = "homepage"
    REVIEW = "review"
    REPLY = "reply"
    WAIVER = "waiver"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row; ``at`` is RFC 3339 in UTC, ``undoes`` the id of the decision that it takes back."""

    decision_id: int
    at: str
    who: str
    kind: str
    subject: str
    value: dict[str, Any]
    why: str
    undoes: int | None = None


class Decisions:
    """The decisions of one store. Reading makes no file; the first decision does."""

    def __init__(self, store: Path) -> None:
        self.path = store / FILE_NAME

    def add(
        self, kind: Kind, subject: str, value: Mapping[str, Any], *, who: str, why: str
    ) -> Decision:
        """Write one decision down.

        Raises:
            UsageError: nobody or no reason is named, or a newer version made the file.
            DiskError: the disk is full; nothing was written.
        """
        return self._add(kind, subject, value, who=who, why=why, undoes=None)

    def undo(self, decision_id: int, *, who: str, why: str) -> Decision:
        """Take a decision back, by a row of its own.

        Raises:
            UsageError: there is no such decision, or it does not stand any more.
        """
        known = {d.decision_id: d for d in self.all()}
        if decision_id not in known:
            raise UsageError(f"{self.path}: no decision {decision_id}.", "See 'merges log'.")
        if decision_id not in {d.decision_id for d in standing(list(known.values()))}:
            raise UsageError(f"{self.path}: decision {decision_id} was undone before.")
        kind = known[decision_id].kind
        return self._add(Kind.UNDO, kind, {}, who=who, why=why, undoes=decision_id)

    def all(self) -> list[Decision]:
        """Every row ever written, oldest first."""
        if not self.path.exists():
            return []
        with self._open() as rows:
            found = rows.execute(
                "SELECT decision_id, at, who, kind, subject, value, why, undoes"
                " FROM decisions ORDER BY decision_id"
            ).fetchall()
        return [
            Decision(number, at, who, kind, subject, json.loads(value), why, undoes)
            for number, at, who, kind, subject, value, why, undoes in found
        ]

    def standing(self, *kinds: Kind) -> list[Decision]:
        """The decisions that hold today, oldest first; of these kinds, or of all but undoings."""
        wanted = kinds or tuple(k for k in Kind if k is not Kind.UNDO)
        return [d for d in standing(self.all()) if d.kind in wanted]

    def latest(self, kind: Kind) -> dict[str, Decision]:
        """The last standing decision of one kind for each subject."""
        return {d.subject: d for d in self.standing(kind)}

    def _add(
        self,
        kind: Kind,
        subject: str,
        value: Mapping[str, Any],
        *,
        who: str,
        why: str,
        undoes: int | None,
    ) -> Decision:
        _require(self.path, "who", who)
        _require(self.path, "why", why)
        at, told = now(), json.dumps(value, ensure_ascii=False, sort_keys=True)
        with disk_errors(self.path), self._open() as rows:
            row = rows.execute(
                "INSERT INTO decisions (at, who, kind, subject, value, why, undoes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (at, who.strip(), str(kind), subject, told, why.strip(), undoes),
            )
            rows.commit()
        decision_id = int(row.lastrowid or 0)
        return Decision(
            decision_id, at, who.strip(), kind, subject, json.loads(told), why.strip(), undoes
        )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S)) as rows:
                self._prepare(rows)
                yield rows
        except sqlite3.OperationalError as error:
            if "no such" in str(error):  # a database, and none of ours
                raise self._unreadable(error) from error
            raise DiskError(f"{self.path}: {error}.", "Nothing was decided.") from error
        except sqlite3.DatabaseError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> UsageError:
        return UsageError(
            f"{self.path}: not readable as decisions ({error}).",
            "Put a copy of it back; nothing was changed.",
        )

    def _prepare(self, rows: sqlite3.Connection) -> None:
        (version,) = rows.execute("PRAGMA user_version").fetchone()
        if version > FORMAT:
            raise UsageError(
                f"{self.path}: format {version} was made by a newer ketawatch (this one reads up"
                f" to {FORMAT}).",
                "Update ketawatch; nothing was changed.",
            )
        if version < FORMAT:
            # At once, or two writers of a new file would wait for each other; SQLite gives up then.
            rows.executescript(
                f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;"
            )


def standing(decisions: list[Decision]) -> list[Decision]:
    """Those that no standing row undoes, in their order; an undone undoing counts for nothing."""
    void: set[int] = set()
    for decision in reversed(decisions):
        if decision.undoes is not None and decision.decision_id not in void:
            void.add(decision.undoes)
    return [d for d in decisions if d.decision_id not in void]


def _require(path: Path, field: str, text: str) -> None:
    if not text.strip():
        raise UsageError(f"{path}: {field}: empty; a decision names who made it and why.")
