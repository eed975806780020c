"""JSON Lines: one object a line, UTF-8, keys in the order of the columns, null where missing."""

from __future__ import annotations

import json
from typing import BinaryIO

import pyarrow as pa

from data.models import Issue
from publish.cells import rows
from publish.formats import Format

# Not line ends in JSON Lines, but many readers split at them all the same.
_LOOKS_LIKE_LINE_END = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def write(table: pa.Table, file: BinaryIO) -> list[Issue]:
    """Write one object for each row."""
    names = table.schema.names
    for row in rows(table):
        line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
        file.write(line.translate(_LOOKS_LIKE_LINE_END).encode("utf-8") + b"\n")
    return []


FORMAT = Format(write)
