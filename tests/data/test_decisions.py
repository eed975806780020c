"""Decisions are only ever added: undone by further rows, read by several processes, never lost."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.decisions import FILE_NAME, Decision, Decisions, Kind, standing
from data.errors import UsageError

BY = {"who": "Ada", "why": "same phone, asked there"}


def test_a_decision_holds_who_when_why_and_what(tmp_path: Path) -> None:
    made = Decisions(tmp_path).add(Kind.MERGE, "npi-1", {"into": "vale.com"}, **BY)
    (read,) = Decisions(tmp_path).all()
    assert read == made
    assert (read.who, read.why, read.subject) == ("Ada", "same phone, asked there", "npi-1")
    assert read.value == {"into": "vale.com"}
    assert read.at.endswith("Z")


def test_reading_makes_no_file(tmp_path: Path) -> None:
    assert Decisions(tmp_path).all() == []
    assert not (tmp_path / FILE_NAME).exists()


def test_undone_and_undone_again(tmp_path: Path) -> None:
    decisions = Decisions(tmp_path)
    made = decisions.add(Kind.SPLIT, "a|b", {}, **BY)
    undone = decisions.undo(made.decision_id, who="Bo", why="they are one after all")
    assert decisions.standing(Kind.SPLIT) == []
    with pytest.raises(UsageError, match="undone before"):
        decisions.undo(made.decision_id, **BY)
    decisions.undo(undone.decision_id, who="Ada", why="no, two")
    assert decisions.standing(Kind.SPLIT) == [made]
    assert len(decisions.all()) == 3, "nothing is ever taken out"


def test_rows_can_be_neither_changed_nor_deleted(tmp_path: Path) -> None:
    Decisions(tmp_path).add(Kind.REVIEW, "0123456789abcdef", {"status": "confirmed"}, **BY)
    rows = sqlite3.connect(tmp_path / FILE_NAME)
    for statement in ("UPDATE decisions SET who = 'Eve'", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            rows.execute(statement)
    rows.close()


def test_the_last_standing_word_on_a_finding_counts(tmp_path: Path) -> None:
    decisions = Decisions(tmp_path)
    decisions.add(Kind.REVIEW, "f1", {"status": "confirmed"}, **BY)
    later = decisions.add(Kind.REVIEW, "f1", {"status": "dismissed"}, **BY)
    decisions.add(Kind.WAIVER, "f1", {"until": "2027-01-01"}, **BY)
    assert decisions.latest(Kind.REVIEW) == {"f1": later}
    decisions.undo(later.decision_id, **BY)
    assert decisions.latest(Kind.REVIEW)["f1"].value == {"status": "confirmed"}


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    def write(number: int) -> None:
        Decisions(tmp_path).add(Kind.REPLY, f"f{number}", {}, **BY)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert {d.subject for d in Decisions(tmp_path).all()} == {f"f{n}" for n in range(40)}


@pytest.mark.parametrize("missing", ["who", "why"])
def test_nobody_and_no_reason_are_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(UsageError, match=f"{missing}: empty"):
        Decisions(tmp_path).add(Kind.SPLIT, "a|b", {}, **{**BY, missing: " "})


def test_unreadable_and_newer_files_are_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(UsageError, match=r"decisions\.sqlite: not readable"):
        Decisions(tmp_path).all()
    (tmp_path / FILE_NAME).unlink()
    newer = sqlite3.connect(tmp_path / FILE_NAME)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(UsageError, match="newer ketawatch"):
        Decisions(tmp_path).add(Kind.SPLIT, "a|b", {}, **BY)
    with pytest.raises(UsageError, match="no decision 7"):
        Decisions(tmp_path / "empty").undo(7, **BY)


@given(st.lists(st.none() | st.integers(1, 12), max_size=12))
def test_a_decision_stands_unless_a_standing_row_undoes_it(undoes: list[int | None]) -> None:
    rows = [
        Decision(n, "", "a", Kind.UNDO if back else Kind.MERGE, "", {}, "b", back)
        for n, back in enumerate((b if b and b <= n else None for n, b in enumerate(undoes)), 1)
        if back is None or back < n
    ]
    kept = {d.decision_id for d in standing(rows)}
    for row in rows:
        undone = any(r.undoes == row.decision_id and r.decision_id in kept for r in rows)
        assert (row.decision_id in kept) != undone
