"""The records that pass between the rooms.

A record's fields are the columns of its table, in order: ``data.tables`` derives the Parquet
schemas from the classes here, so a column is named in exactly one place. Several values in one
column are joined by ``;``. Times are RFC 3339 in UTC (``2026-11-24T03:15:00Z``). A missing number
or text is ``None``, never 0 or a placeholder. The words in them stand in ``data.vocabulary``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import dataclass

from data.printable import one_line
from data.vocabulary import ProviderStatus

# Statuses that say of an address that nothing stands there.
MISSING = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem with a place to be seen: where it is, what is wrong, and the remedy."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return one_line(f"{self.where}: {self.what} {self.remedy}".strip())


@dataclass(frozen=True, slots=True)
class Listing:
    """One row of a source. ``excluded`` says why it became no crawlable provider, if so."""

    source: str
    source_url: str
    name: str
    website: str | None = None
    city: str | None = None
    state: str | None = None
    npi: str | None = None
    phone: str | None = None
    seen_on: str | None = None
    status: str | None = None
    last_verified: str | None = None
    notes: str | None = None
    provider_id: str | None = None
    excluded: str | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of ``providers.csv``."""

    provider_id: str
    name: str
    homepage: str | None = None
    service_lines: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    source_url: str | None = None
    first_listed: str | None = None
    last_verified: str | None = None
    status: str = ProviderStatus.ACTIVE
    notes: str | None = None

    @property
    def in_scope(self) -> bool:
        """Whether a run looks at it: active, with a homepage."""
        return self.status == ProviderStatus.ACTIVE and self.homepage is not None


# What a page asked for while it loaded, one JSON object a line: beside its rendered document.
REQUEST_LOG = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Page:
    """One capture: one response as it came. ``warc_file`` is relative to the store."""

    capture_id: str
    provider_id: str
    url: str
    final_url: str
    found_on: str | None
    expected_type: str
    kind: str
    status: int
    content_type: str | None
    captured_at: str
    payload_sha256: str
    payload_bytes: int
    warc_file: str
    warc_record_id: str
    warc_offset: int
    warc_length: int
    parent_capture_id: str | None = None
    render_reason: str | None = None

    def is_page(self, failed: Container[str]) -> bool:
        """Whether it is what stands at its address: no redirect, and no error.

        Some servers send a page with the status of one that is not there, and the crawler took it
        for a page all the same: then there is no failure.

        Args:
            failed: the addresses that could not be captured.
        """
        if 200 <= self.status < 300:
            return True
        return self.status in MISSING and self.url not in failed


@dataclass(frozen=True, slots=True)
class Skipped:
    """A discovered address that was not fetched on purpose, and why."""

    provider_id: str
    url: str
    expected_type: str
    reason: str
    found_on: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A discovered address that could not be captured: class, whose fault, and the remedy."""

    provider_id: str
    url: str
    expected_type: str
    failure_class: str
    fault: str
    remedy: str
    attempts: int
    last_at: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Addresses of one expected page type at one provider, by what became of them."""

    provider_id: str
    expected_type: str
    discovered: int
    captured: int
    sampled_out: int
    skipped: int
    failed: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule's subject found in a block. Offsets are code points into the block's text."""

    provider_id: str
    capture_id: str
    rule_id: str
    stance: str
    status: str
    set_aside_reason: str | None
    lines: str
    voice: str
    quote: str
    char_start: int
    char_end: int
    css_path: str
    block_ordinal: int
    region: str
    heading: str
    page_type: str
    decided_by: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict for one provider x service line x rule in one audit."""

    finding_id: str
    provider_id: str
    service_line: str
    rule_id: str
    outcome: str
    reason: str
    severity: str
    confidence: str
    summary: str
    pages_searched: int
    page_types_searched: str
    page_types_missing: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quote behind a finding; rank 1 is the one an export's quote columns hold."""

    finding_id: str
    rank: int
    role: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Passage:
    """The whole text of a block that evidence points at, so that quotes are shown in context."""

    capture_id: str
    css_path: str
    block_ordinal: int
    page_title: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a provider tells about itself, with the place of its quote; never a verdict."""

    provider_id: str
    kind: str
    value: str
    unit: str | None
    service_line: str | None
    capture_id: str
    quote: str
    char_start: int
    char_end: int
    css_path: str
    block_ordinal: int


def finding_id(provider_id: str, service_line: str, rule_id: str) -> str:
    """First 16 hex digits of SHA-256 of ``provider_id|service_line|rule_id``; stable for ever."""
    key = f"{provider_id}|{service_line}|{rule_id}"
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]
