"""Parquet tables whose columns are the fields of the records in ``data.models``."""

from __future__ import annotations

import dataclasses
import os
import types
import typing
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from data import models
from data.errors import UsageError

_Record = TypeVar("_Record")

# ``class`` is a Python keyword; the contract's column is called so all the same.
_COLUMN_NAMES = {"failure_class": "class"}
_ARROW_TYPES: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64()}


def _arrow_type(annotation: Any) -> pa.DataType:
    options = [o for o in typing.get_args(annotation) if o is not types.NoneType] or [annotation]
    return _ARROW_TYPES[options[0]]


def _columns(record: type) -> list[tuple[pa.Field[Any], bool]]:
    """Each column of a record's table, and whether a row may lack it."""
    hints = typing.get_type_hints(record)
    columns: list[tuple[pa.Field[Any], bool]] = []
    for f in dataclasses.fields(record):
        hint = hints[f.name]
        if hint is models.Claim:
            columns += _columns(models.Claim)
        else:
            field = pa.field(_COLUMN_NAMES.get(f.name, f.name), _arrow_type(hint))
            columns.append((field, types.NoneType in typing.get_args(hint)))
    return columns


_RECORDS: dict[str, type] = {
    "pages": models.Page,
    "skipped": models.Skipped,
    "failures": models.Failure,
    "coverage": models.Coverage,
    "claims": models.Claim,
    "findings": models.Finding,
    "evidence": models.Evidence,
    "passages": models.Passage,
    "facts": models.Fact,
}
SCHEMAS: dict[str, pa.Schema] = {
    name: pa.schema([field for field, _ in _columns(record)]) for name, record in _RECORDS.items()
}
RUN_TABLES = ("pages", "skipped", "failures", "coverage")
AUDIT_TABLES = ("findings", "evidence", "claims", "passages", "facts")


def row(record: Any) -> dict[str, Any]:
    """A record as a row of its table; the claim of an evidence record is spread out."""
    cells: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, models.Claim):
            cells |= row(value)
        else:
            cells[_COLUMN_NAMES.get(field.name, field.name)] = value
    return cells


def table(name: str, records: Iterable[Any]) -> pa.Table:
    """Records of one kind as an Arrow table with exactly the columns of ``SCHEMAS[name]``."""
    return pa.Table.from_pylist([row(r) for r in records], schema=SCHEMAS[name])


def write(path: Path, name: str, records: Iterable[Any]) -> None:
    """Write records as one Parquet file; the caller sees to it that it appears whole."""
    with path.open("wb") as file:
        pq.write_table(table(name, records), file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())  # or a rename could reach the disk before what it renames


def load(
    path: Path, columns: Sequence[str] | None = None, provider_id: str | None = None
) -> pa.Table:
    """A table from disk, or those columns of it, or one provider's rows.

    Raises:
        UsageError: the file is missing or damaged.
    """
    try:
        found = pq.read_table(
            path,
            columns=list(columns) if columns else None,
            filters=[("provider_id", "=", provider_id)] if provider_id else None,
        )
        return _as_declared(path, found, columns)
    except (OSError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0]
        raise UsageError(
            f"{path}: unreadable ({reason}).", "Bring it back from a copy; nothing was changed."
        ) from error


def _may_lack(name: str) -> set[str]:
    return {field.name for field, lacks in _columns(_RECORDS[name]) if lacks}


def _as_declared(path: Path, found: pa.Table, columns: Sequence[str] | None) -> pa.Table:
    """The columns of ``SCHEMAS``, where the file is one of those tables.

    Another version of ketawatch may have had more of them, or fewer: what a record may lack is
    null, and what it knows nothing of stays in the file.
    """
    declared = SCHEMAS.get(path.stem)
    if declared is None:
        return found
    wanted = [declared.field(name) for name in columns or declared.names]
    for field in wanted:
        if field.name not in found.column_names:
            if field.name not in _may_lack(path.stem):
                raise UsageError(
                    f"{path}: column {field.name!r} is missing.",
                    "Bring the file back from a copy, or judge the run anew ('ketawatch audit').",
                )
            found = found.append_column(field, pa.nulls(found.num_rows, field.type))
    return found.select([field.name for field in wanted]).cast(pa.schema(wanted))


def read(path: Path, record: type[_Record], provider_id: str | None = None) -> list[_Record]:
    """Read a table, or one provider's rows, back into records (any kind but nested evidence)."""
    back = {column: field for field, column in _COLUMN_NAMES.items()}
    rows: Sequence[dict[str, Any]] = load(path, provider_id=provider_id).to_pylist()
    return [record(**{back.get(k, k): v for k, v in r.items()}) for r in rows]
