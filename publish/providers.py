"""The providers of a run, in the columns of ``providers.csv``."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

import pyarrow as pa

from data import provider_file

SCHEMA = pa.schema([(name, pa.string()) for name in provider_file.COLUMNS])


def build(providers: Iterable[Mapping[str, Any]], wanted: Container[str] | None) -> pa.Table:
    """The providers of a ``run.json``, sorted by id.

    Args:
        providers: records with the fields of ``data.models.Provider``.
        wanted: the ids to keep; all where it is None.
    """
    kept = [p for p in providers if wanted is None or p["provider_id"] in wanted]
    return pa.Table.from_pylist(
        [
            {column: _joined(provider[column]) for column in provider_file.COLUMNS}
            for provider in sorted(kept, key=lambda p: str(p["provider_id"]))
        ],
        schema=SCHEMA,
    )


def _joined(value: Any) -> str | None:
    return ";".join(value) if isinstance(value, list | tuple) else value
