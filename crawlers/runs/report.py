"""A finished walk over all sites as the run's tables and its ``run.json``."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawlers.ledger.accounts import BELIED, UNENDED, UNRENDERED
from crawlers.ledger.addresses import CAPTURED, FAILED, MOVED
from crawlers.ledger.ledger import Ledger
from crawlers.runs import moves
from data.failure_reasons import reason_of
from data.models import Coverage, Failure, Issue, Page, Skipped
from data.store import now, write_tables
from data.version import VERSION
from data.vocabulary import PageType, Reason

VANTAGE = "KETAWATCH_VANTAGE"
_COUNTED = {CAPTURED: CAPTURED, MOVED: CAPTURED, FAILED: FAILED}
# Reasons of rows that are no further page of the site: somebody else's, the same page once more, a
# sitemap, or a page that was captured and is to be told of.
_NO_PAGES = frozenset(
    {
        *("off_site", "duplicate", "sitemap_limit", "sitemap_cut", "sitemap_unread", "links_cut"),
        *(BELIED, UNENDED, UNRENDERED, "copy"),
    }
)


@dataclass(frozen=True, slots=True)
class Tables:
    """The run's rows, each kind in a fixed order."""

    pages: list[Page]
    skipped: list[Skipped]
    failures: list[Failure]
    coverage: list[Coverage]
    annexes: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger) -> Tables:
        """Everything that the ledger holds."""
        skipped = sorted(ledger.records(Skipped), key=lambda r: (r.provider_id, r.url))
        return cls(
            pages=sorted(ledger.records(Page), key=lambda r: (r.provider_id, r.warc_offset)),
            skipped=skipped,
            failures=sorted(ledger.records(Failure), key=lambda r: (r.provider_id, r.url)),
            coverage=_coverage(ledger.states(), skipped),
            annexes=_annexes(ledger),
        )

    def write(self, folder: Path) -> None:
        """Write them into a run's folder."""
        write_tables(
            folder,
            {
                "pages": self.pages,
                "skipped": self.skipped,
                "failures": self.failures,
                "coverage": self.coverage,
            },
        )

    def counts(self) -> dict[str, int]:
        """How many rows of each kind."""
        return {
            "pages": len(self.pages),
            "skipped": len(self.skipped),
            "failures": len(self.failures),
        }


def _annexes(ledger: Ledger) -> dict[str, list[str]]:
    """What was counted as each provider's beside its own site, as addresses without a scheme."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for provider_id, netloc, path, query, _ in ledger.annexes():
        found[provider_id].append(f"{netloc}{path}{'?' if query else ''}{query}")
    return dict(sorted(found.items()))


def _coverage(
    states: Iterable[tuple[str, str, str, int]], skipped: Iterable[Skipped]
) -> list[Coverage]:
    """Addresses of the site by what became of them; what lies off the site is none of them."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for provider_id, page_type, state, count in states:
        if state in _COUNTED:
            counts[provider_id, page_type][_COUNTED[state]] += count
    for row in skipped:
        if row.reason not in _NO_PAGES:
            kind = "sampled_out" if row.reason == "sampled_out" else "skipped"
            counts[row.provider_id, row.expected_type][kind] += 1
    return [
        Coverage(
            provider_id=provider_id,
            expected_type=page_type,
            discovered=sum(found.values()),
            captured=found[CAPTURED],
            sampled_out=found["sampled_out"],
            skipped=found["skipped"],
            failed=found[FAILED],
        )
        for (provider_id, page_type), found in sorted(counts.items())
    ]


def not_looked_at(ledger: Ledger, failures: Iterable[Failure]) -> dict[str, str]:
    """Providers whose home page could not be captured, each with the reason."""
    homes = ledger.home_states()
    reasons = {
        f.provider_id: reason_of(f.failure_class)
        for f in failures
        if f.expected_type == PageType.HOME
    }
    return {
        provider_id: str(reasons.get(provider_id, Reason.COVERAGE_TOO_LOW))
        for provider_id, state in sorted(homes.items())
        if state != CAPTURED
    }


def belied(skipped: Iterable[Skipped]) -> list[Issue]:
    """Pages that their servers had called unchanged for some time, and that were not."""
    what = "its server had called it unchanged, and sent another page under the same date or mark."
    remedy = "Earlier runs may have read an old one; see docs/conduct.md."
    return [Issue(row.url, what, remedy) for row in skipped if row.reason == BELIED]


def run_info(meta: Mapping[str, Any], tables: Tables, missed: Mapping[str, str]) -> dict[str, Any]:
    """What ``run.json`` says beside the store's format."""
    scope = [provider["provider_id"] for provider in meta["providers"]]
    vantage = {"user_agent": meta["config"]["user_agent"]}
    if os.environ.get(VANTAGE):
        vantage["name"] = os.environ[VANTAGE]
    looked_at = {"providers": len(scope), "looked_at": len(scope) - len(missed)}
    own = f"runs/{meta['run_id']}/"
    unchanged = {"unchanged": sum(not page.warc_file.startswith(own) for page in tables.pages)}
    return {
        "run_id": meta["run_id"],
        "started_at": meta["started_at"],
        "finished_at": now(),
        "tool_version": VERSION,
        "config": meta["config"],
        "vantage": vantage,
        "scope": scope,
        "providers": meta["providers"],
        "left_out": meta["left_out"],
        "not_looked_at": dict(missed),
        "annexes": tables.annexes,
        "moves": moves.proposed(tables.pages, tables.failures),
        "counts": {**looked_at, **tables.counts(), **unchanged},
        "status": "complete",
    }
