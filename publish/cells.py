"""The cells that every format is given, so that all formats agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from data.models import Issue

Cell = str | int | float | None

_BATCH_ROWS = 10_000


class Writer(Protocol):
    """Writes one table into an open file, front to back, for it may be a pipe.

    What could not be written as it stands comes back.
    """

    def __call__(self, table: pa.Table, file: BinaryIO) -> list[Issue]: ...


def blank_as_null(table: pa.Table) -> pa.Table:
    """The table with empty texts as nulls.

    An empty CSV or XLSX cell cannot say which of the two it was; here it never has to.
    """
    columns = [
        pc.if_else(pc.equal(column, pa.scalar("")), pa.scalar(None, pa.string()), column)
        if pa.types.is_string(column.type)
        else column
        for column in table.columns
    ]
    return pa.Table.from_arrays(columns, schema=table.schema)


def texts(table: pa.Table, column: str) -> list[str]:
    """A column of texts that has no nulls."""
    return [str(cell) for cell in table.column(column).to_pylist()]


def rows(table: pa.Table) -> Iterator[tuple[Cell, ...]]:
    """The rows in order, a few thousand of them in memory at a time."""
    for batch in table.to_batches(max_chunksize=_BATCH_ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
