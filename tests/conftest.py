"""A small finished store of invented providers: every outcome, two runs, hostile texts."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from data import provider_file
from data.models import (
    Claim,
    Coverage,
    Evidence,
    Fact,
    Failure,
    Finding,
    Page,
    Passage,
    Provider,
    finding_id,
)
from data.store import Run, Store, write_tables
from data.vocabulary import ClaimStatus, EvidenceRole, Outcome, Reason, Stance, Voice
from data.warc import WarcAppender
from tests.called import Call

# Nothing is timed: a busy machine is no failure.
settings.register_profile("untimed", deadline=None, max_examples=50)
settings.load_profile("untimed")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: crawls and browsers spend half of their time waiting."""
    return (os.cpu_count() or 1) + 1


RUNS = ("20261020T031500Z", "20261124T031500Z")

PROVIDERS = (
    Provider(
        "calm-harbor.example",
        '=HYPERLINK("https://calm-harbor.example","Calm Harbor")',
        "https://calm-harbor.example/",
        ("at-home-oral",),
        ("OR", "WA"),
        ("starter",),
        "https://list.example/",
        "2026-09-01",
        "2026-10-01",
        notes="two\nlines, and a comma",
    ),
    Provider("007", "NA", "https://seven.example/", ("in-clinic-iv",), source=("starter", "ct")),
    Provider("1e5", "مركز الكيتامين 🌱", "https://rtl.example/", ("spravato",)),
)
RULES = (
    ("supervision.vitals", "required-disclosure", "critical"),
    ("disclosure.off-label", "required-disclosure", "high"),
    ("claim.non-addictive", "prohibited-claim", "high"),
)
_NEAR_MISS = "A coach may be around, and some patients like to have a friend with them."
# Provider, line, rule, reason in each of the two runs, passage, quote in it.
_STORY = (
    (0, "at-home-oral", 0, ("not_stated", "not_stated"), "", ""),
    (
        0,
        "at-home-oral",
        1,
        ("not_stated", "stated"),
        "Note: -  off-label\nuse, of course.",
        "-  off",
    ),
    (0, "at-home-oral", 2, ("claimed", "claimed"), "<script>alert(1)</script> is safe", "<script>"),
    (1, "in-clinic-iv", 0, ("stated", "stated"), 'We say "+monitored" \u2028 daily', "+monitored"),
    (1, "in-clinic-iv", 1, ("near_miss", "near_miss"), _NEAR_MISS, "A coach may be around"),
    (1, "in-clinic-iv", 2, ("not_claimed", "not_claimed"), "", ""),
    (2, "spravato", 0, ("robots", "robots"), "", ""),
    (2, "all", 2, ("no_such_service", "no_such_service"), "", ""),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """One row of the story in one run."""

    provider: Provider
    line: str
    rule: tuple[str, str, str]
    reason: Reason
    text: str
    quote: str

    @property
    def finding_id(self) -> str:
        return finding_id(self.provider.provider_id, self.line, self.rule[0])


def _tell(run_index: int) -> list[_Told]:
    return [
        _Told(PROVIDERS[who], line, RULES[rule], Reason(reasons[run_index]), text, quote)
        for who, line, rule, reasons, text, quote in _STORY
    ]


def _pages(store: Store, run_id: str, folder: Path, told: list[_Told]) -> dict[str, Page]:
    """Capture one page for each provider that allows it."""
    pages: dict[str, Page] = {}
    for provider in PROVIDERS[:2]:
        name = f"{provider.provider_id}.warc.gz"
        texts = [t.text for t in told if t.provider is provider]
        body = "".join(f"<p>{text}</p>" for text in texts).encode()
        with WarcAppender(folder / "captures" / name, [("software", "test")]) as warc:
            at = "2026-11-24T03:16:00Z"
            url = str(provider.homepage)
            place = warc.response(url, 200, "OK", [("Content-Type", "text/html")], body, at)
        pages[provider.provider_id] = Page(
            capture_id=f"{provider.provider_id}-1",
            provider_id=provider.provider_id,
            url=url,
            final_url=url,
            found_on=None,
            expected_type="home",
            kind="raw",
            status=200,
            content_type="text/html",
            captured_at=at,
            payload_sha256=hashlib.sha256(body).hexdigest(),
            payload_bytes=len(body),
            warc_file=f"runs/{run_id}/captures/{name}",
            warc_record_id=place.record_id,
            warc_offset=place.offset,
            warc_length=place.length,
        )
    return pages


def _evidence(told: _Told, page: Page, ordinal: int) -> Evidence:
    start = told.text.index(told.quote)
    near_miss = told.reason is Reason.NEAR_MISS
    claim = Claim(
        provider_id=told.provider.provider_id,
        capture_id=page.capture_id,
        rule_id=told.rule[0],
        stance=Stance.STATES,
        status=ClaimStatus.SET_ASIDE if near_miss else ClaimStatus.ASSERTED,
        set_aside_reason="near_miss" if near_miss else None,
        lines=told.line,
        voice=Voice.PROVIDER,
        quote=told.quote,
        char_start=start,
        char_end=start + len(told.quote),
        css_path=f"body > p:nth-child({ordinal + 1})",
        block_ordinal=ordinal,
        region="main",
        heading="",
        page_type="home",
        decided_by="pattern",
        score=0.5 if near_miss else None,
    )
    role = EvidenceRole.NEAR_MISS if near_miss else EvidenceRole.CLAIM
    return Evidence(told.finding_id, 1, role, claim)


def _fact(claim: Claim) -> Fact:
    """A fact with the words of a claim, which are hard on every format."""
    place = (claim.quote, claim.char_start, claim.char_end, claim.css_path, claim.block_ordinal)
    unit = "249 USD per month"
    return Fact(
        claim.provider_id, "price-covers", claim.quote, unit, None, claim.capture_id, *place
    )


def _finding(told: _Told) -> Finding:
    searched = 0 if told.reason.outcome is Outcome.NOT_TESTED else 1
    return Finding(
        finding_id=told.finding_id,
        provider_id=told.provider.provider_id,
        service_line=told.line,
        rule_id=told.rule[0],
        outcome=told.reason.outcome,
        reason=told.reason,
        severity=told.rule[2],
        confidence="high",
        summary=f"{told.reason} on the {searched} pages captured on 2026-11-24",
        pages_searched=searched,
        page_types_searched="home" if searched else "",
        page_types_missing="" if searched else "home",
    )


def _audit_info(run_id: str, counts: Mapping[str, int]) -> dict[str, Any]:
    source = {
        "key": "guide-2026",
        "title": "An invented guide",
        "date": "2026-01-01",
        "url": "https://guide.example/",
        "jurisdiction": "US",
        "text_status": "guidance",
    }
    rule = {
        "basis": "professional guidance",
        "scope": "line",
        "lines": ["at-home-oral", "in-clinic-iv", "spravato"],
        "absence_needs": ["home"],
        "web_disclosure_mandated": "no: invented",
        "why": "An invented reason.",
        "satisfy": "A sentence that says so.",
        "sources": [source],
    }
    return {
        "audit_id": "rules-1+engine-1",
        "run_id": run_id,
        "ruleset_version": "rules-1",
        "tool_version": "0.1.0",
        "engine_version": "engine-1",
        "counts": dict(counts),
        "rules": [
            {
                "id": rule_id,
                "title": f"Title of {rule_id}",
                "short": rule_id,
                "kind": kind,
                "severity": severity,
            }
            | rule
            | {"review_by": "2026-11-23" if rule_id == RULES[1][0] else "2027-01-31"}
            for rule_id, kind, severity in RULES
        ],
    }


def _crawl(store: Store, run_id: str, told: list[_Told]) -> tuple[Run, dict[str, Page]]:
    folder = store.start_run(run_id)
    pages = _pages(store, run_id, folder, told)
    refused = Failure("1e5", "https://rtl.example/", "home", "robots", "policy", "", 1, run_id)
    coverage = [
        Coverage(p.provider_id, "home", 1, int(p.provider_id in pages), 0, 0, 0) for p in PROVIDERS
    ]
    write_tables(
        folder,
        {"pages": pages.values(), "skipped": [], "failures": [refused], "coverage": coverage},
    )
    info = {
        "run_id": run_id,
        "started_at": "2026-11-24T03:15:00Z",
        "finished_at": "2026-11-24T03:20:00Z",
        "tool_version": "0.1.0",
        "config": {},
        "vantage": {},
        "scope": [p.provider_id for p in PROVIDERS],
        "providers": [asdict(p) for p in PROVIDERS],
        "left_out": [],
        "counts": {"pages": len(pages)},
        "status": "finished",
    }
    return store.finish_run(folder, info), pages


def _judge(store: Store, run: Run, told: list[_Told], pages: dict[str, Page]) -> None:
    beside = run.path / "audits" / ".partial"
    beside.mkdir(parents=True)
    quoted = [(n, t, pages[t.provider.provider_id]) for n, t in enumerate(told) if t.quote]
    evidence = [_evidence(t, page, n) for n, t, page in quoted]
    tables: dict[str, Sequence[object]] = {
        "findings": [_finding(t) for t in told],
        "evidence": evidence,
        "claims": [e.claim for e in evidence],
        "passages": [
            Passage(page.capture_id, f"body > p:nth-child({n + 1})", n, "Welcome", t.text)
            for n, t, page in quoted
        ],
        "facts": [_fact(e.claim) for e in evidence],
    }
    write_tables(beside, tables)
    store.finish_audit(run, beside, _audit_info(run.run_id, {"findings": len(told)}))


@pytest.fixture(scope="session")
def _built_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = Store.create(tmp_path_factory.mktemp("built") / "store")
    provider_file.write(store.providers_path, PROVIDERS)
    for index, run_id in enumerate(RUNS):
        told = _tell(index)
        run, pages = _crawl(store, run_id, told)
        _judge(store, run, told, pages)
    return store.path


@pytest.fixture
def sample_store(_built_store: Path, tmp_path: Path) -> Store:
    """A copy of the finished store for one test, in a folder whose name is hard on globs."""
    return Store(Path(shutil.copytree(_built_store, tmp_path / "store [a*]?")))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command line, called within this process."""
    monkeypatch.delenv("KETAWATCH_CONTACT", raising=False)
    return Call(monkeypatch, capsys)
