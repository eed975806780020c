"""A finished provider's part of the ledger on its way from a worker into the run's own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import pathname2url  # noqa: TID251 - a path as an address, no request

from crawlers.distribution.order import Post, parcel_name
from crawlers.ledger.ledger import FILE_NAME, Ledger
from data.depot import Depot
from data.errors import UsageError


def begin(folder: Path, post: Post, provider_id: str) -> Ledger:
    """The ledger of one provider, in a worker's own folder."""
    (folder / "captures").mkdir(parents=True)
    return Ledger.create(folder, {"run_id": post.run_id}, [provider_id])


def send(folder: Path, depot: Depot, provider_id: str) -> None:
    """Put everything that was made in a provider's folder, the closed ledger last."""
    files = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(FILE_NAME)
    )
    ledger = folder / FILE_NAME
    with closing(sqlite3.connect(ledger)) as db, db:
        db.execute("pragma journal_mode = delete")  # one file, which any place can hold
        db.execute("update meta set value = json_set(value, '$.files', json(?))", [str_of(files)])
    for name in files:
        depot.put(folder / name, name)
    depot.put(ledger, parcel_name(provider_id))


def str_of(names: Iterable[str]) -> str:
    """Names as JSON."""
    return json.dumps(list(names))


def fetch(depot: Depot, folder: Path, provider_id: str) -> Path:
    """A provider's files from afar into the run's folder; returns where its parcel is."""
    parcel = folder / parcel_name(provider_id)
    if depot.local != folder.resolve():
        depot.get(parcel_name(provider_id), parcel)
        for name in _files(parcel):
            depot.get(name, folder / name)
    return parcel


def _files(parcel: Path) -> list[str]:
    with closing(_read_only(parcel)) as db:
        meta = json.loads(db.execute("select value from meta").fetchone()[0])
    return list(meta["files"])


def merge(parcel: Path, ledger: Ledger, provider_id: str) -> None:
    """Take a provider's rows over, in place of what the run's ledger had of it.

    Raises:
        UsageError: the parcel is damaged, or of another provider.
    """
    try:
        with closing(_read_only(parcel)) as db:
            rows = {table: list(_rows(db, table, provider_id)) for table in _tables(db)}
    except sqlite3.DatabaseError as error:
        raise UsageError(
            f"{parcel}: damaged ({error}).", "Remove it; the provider is looked at anew."
        ) from error
    if not any(row["done"] for row in rows["providers"]):
        raise UsageError(f"{parcel}: holds no finished {provider_id}.", "Remove it.")
    with ledger.transaction() as db:
        for table, found in rows.items():
            _replace(db, table, found, provider_id)


def _read_only(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"file:{pathname2url(str(path))}?mode=ro", uri=True, timeout=30)
    db.row_factory = sqlite3.Row
    return db


def _tables(db: sqlite3.Connection) -> list[str]:
    """Whatever has rows of a provider; so a table that is added to the ledger comes along."""
    sql = (
        "select m.name from sqlite_master m, pragma_table_info(m.name) c"
        " where m.type = 'table' and c.name = 'provider_id' order by 1"
    )
    return [row[0] for row in db.execute(sql)]


def _rows(db: sqlite3.Connection, table: str, provider_id: str) -> Iterator[dict[str, object]]:
    sql = f"select * from {table} where provider_id = ? order by rowid"  # noqa: S608
    for row in db.execute(sql, [provider_id]):
        # Its number is its place in one file, and its position is the run's to know.
        yield {key: row[key] for key in row.keys() if key not in ("seq", "position")}  # noqa: SIM118


def _replace(
    db: sqlite3.Connection, table: str, rows: list[dict[str, object]], provider_id: str
) -> None:
    if table == "providers":
        (row,) = rows
        sets = ", ".join(f"{column} = ?" for column in row)
        sql = f"update providers set {sets} where provider_id = ?"  # noqa: S608
        db.execute(sql, [*row.values(), provider_id])
        return
    db.execute(f"delete from {table} where provider_id = ?", [provider_id])  # noqa: S608
    for row in rows:
        marks = ", ".join("?" * len(row))
        sql = f"insert into {table} ({', '.join(row)}) values ({marks})"  # noqa: S608
        db.execute(sql, list(row.values()))
