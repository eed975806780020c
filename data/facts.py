"""The facts of one audit with the address and the time of the page that each is quoted from."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from data import tables
from data.errors import UsageError
from data.store import Audit, Run

_FROM_PAGES = ("final_url", "captured_at")
SCHEMA = pa.schema(
    [*tables.SCHEMAS["facts"], pa.field("url", pa.string()), pa.field("captured_at", pa.string())]
)


def read(run: Run, audit: Audit, providers: Collection[str] = ()) -> pa.Table:
    """The facts of these providers, or of all, as stored: by provider, then page by page."""
    facts = tables.load(audit.table_path("facts"))
    if providers:
        facts = facts.filter(pc.field("provider_id").isin(list(providers)))
    pages = tables.load(run.table_path("pages"), ["capture_id", "final_url", "captured_at"])
    places = {row["capture_id"]: row for row in pages.to_pylist()}
    captures = [str(capture) for capture in facts["capture_id"].to_pylist()]
    if lost := sorted(set(captures) - places.keys()):
        raise UsageError(
            f"{audit.table_path('facts')}: capture {lost[0]} is not in {run.table_path('pages')}.",
            "Bring both back from one copy.",
        )
    read_from = [places[capture] for capture in captures]
    beside = [pa.array([p[name] for p in read_from], pa.string()) for name in _FROM_PAGES]
    return pa.Table.from_arrays([*facts.columns, *beside], schema=SCHEMA)
