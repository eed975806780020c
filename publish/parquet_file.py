"""Parquet with exactly the columns and types of the table."""

from __future__ import annotations

from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from data.models import Issue
from publish.formats import Format


def write(table: pa.Table, file: BinaryIO) -> list[Issue]:
    """Write the table as one file."""
    whole = pa.BufferOutputStream()
    pq.write_table(table, whole, compression="zstd")
    file.write(whole.getvalue())
    return []


FORMAT = Format(write, text=False)
