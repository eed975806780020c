"""The columns of a finding in every export, and how they are filled from its quote and page."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from data import text_fragment

QUOTE_CONTEXT = 32
# The columns of every export, in the contract's order.
_COLUMNS = [
    "finding_id",
    "run_id",
    "provider_id",
    "provider_name",
    "homepage",
    "service_line",
    "rule_id",
    "rule_title",
    "rule_kind",
    "severity",
    "outcome",
    "reason",
    "confidence",
    "quote",
    "quote_prefix",
    "quote_suffix",
    "url",
    "page_title",
    "page_type",
    "region",
    "heading",
    "css_path",
    "block_ordinal",
    "char_start",
    "char_end",
    "captured_at",
    "payload_sha256",
    "warc_file",
    "warc_record_id",
    "text_fragment_url",
    "pages_searched",
    "page_types_searched",
    "page_types_missing",
    "nearest_miss",
    "nearest_miss_url",
    "ruleset_version",
    "tool_version",
    "lifecycle",
    "first_seen_run",
    "review_status",
    "review_note",
    "provider_reply",
    "audit_id",
    "summary",
    "basis",
    "web_disclosure_mandated",
    "rule_sources",
    "states",
    "listing_source",
    "evidence_count",
]
_NUMBERS = {"block_ordinal", "char_start", "char_end", "pages_searched", "evidence_count"}
SCHEMA = pa.schema([pa.field(c, pa.int64() if c in _NUMBERS else pa.string()) for c in _COLUMNS])
COLUMNS = tuple(SCHEMA.names)


def finished(row: dict[str, Any], lifecycle: dict[str, tuple[str | None, str]]) -> dict[str, Any]:
    """A row of the query for findings with the columns that SQL does not fill."""
    passage = row.pop("passage")
    stage, first_seen = lifecycle[row["finding_id"]]
    row |= {"lifecycle": stage, "first_seen_run": first_seen, "review_status": "unreviewed"}
    row |= {"review_note": None, "provider_reply": None}
    row |= {"quote_prefix": None, "quote_suffix": None, "text_fragment_url": None}
    if row["quote"] is not None:
        start, end = row["char_start"], row["char_end"]
        row["quote_prefix"] = passage[max(0, start - QUOTE_CONTEXT) : start]
        row["quote_suffix"] = passage[end : end + QUOTE_CONTEXT]
        row["text_fragment_url"] = text_fragment.link(row["url"], row["quote"], row["css_path"])
    return row
