"""Small runs of invented providers, each with one finding, for what depends on many runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.models import Claim, Evidence, Finding, Page, finding_id
from data.store import Run, Store, write_tables
from data.vocabulary import Reason

LINE, RULE = "at-home-oral", "supervision.vitals"
RUN_IDS = [f"202610{day:02}T031500Z" for day in range(1, 9)]


def add_run(
    store: Store,
    run_id: str,
    quotes: Mapping[str, str],
    unchanged: Mapping[str, str] | None = None,
    kind: str = "raw",
    audited: bool = True,
    archives: bool = True,
) -> Run:
    """A run in which each provider says its quote; "" is not stated, "?" could not be seen.

    ``unchanged`` maps a provider to the older run in which its page is stored.
    """
    folder = store.start_run(run_id)
    (folder / "trackers").mkdir()
    pages = []
    for provider in quotes:
        if archives:
            (folder / "captures" / f"{provider}.warc.gz").write_bytes(b"w" * 1000)
            (folder / "trackers" / f"{provider}.ndjson").write_bytes(b"t" * 10)
        home = (unchanged or {}).get(provider, run_id)
        pages.append(page(provider, run_id, f"runs/{home}/captures/{provider}.warc.gz", kind))
    write_tables(folder, {"pages": pages, "skipped": [], "failures": [], "coverage": []})
    run = store.finish_run(folder, {"run_id": run_id, "scope": list(quotes), "providers": []})
    if audited:
        add_audit(store, run, quotes)
    return run


def add_audit(store: Store, run: Run, quotes: Mapping[str, str]) -> None:
    beside = run.path / "audits" / ".partial-a"
    beside.mkdir(parents=True)
    findings = {provider: finding(provider, quote) for provider, quote in quotes.items()}
    evidence = [
        Evidence(findings[provider].finding_id, 1, "claim", claim(provider, quote))
        for provider, quote in quotes.items()
        if quote not in ("", "?")
    ]
    empty: dict[str, list[Any]] = {"claims": [], "passages": [], "facts": []}
    write_tables(beside, {"findings": findings.values(), "evidence": evidence, **empty})
    store.finish_audit(run, beside, {"audit_id": "a", "rules": [], "counts": {}})


def page(provider: str, run_id: str, file: str, kind: str) -> Page:
    url = f"https://{provider}/"
    name, at = f"{provider}-{run_id}", "2026-10-01T03:16:00Z"
    return Page(
        name, provider, url, url, None, "home", kind, 200, "text/html", at, "00", 4, file, "<u>",
        0, 1000,
    )  # fmt: skip


def finding(provider: str, quote: str) -> Finding:
    reason = {"": Reason.NOT_STATED, "?": Reason.UNREACHABLE}.get(quote, Reason.STATED)
    key = finding_id(provider, LINE, RULE)
    return Finding(
        key, provider, LINE, RULE, reason.outcome, reason, "high", "high", "Said.", 1, "home", ""
    )


def claim(provider: str, quote: str) -> Claim:
    return Claim(
        provider, f"{provider}-1", RULE, "states", "asserted", None, LINE, "provider", quote,
        0, len(quote), "p", 0, "main", "", "home", "pattern",
    )  # fmt: skip
