"""An invented store with every outcome, some providers out of reach, and one hostile website."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard import frames
from data import models
from data.findings import View, open_view
from data.store import Store, write_tables
from data.vocabulary import Line, Reason

RUN_ID = "20261124T031500Z"
AUDIT_ID = "rules-1-engine-1"
DAY = "2026-11-24"

INVENTED = yaml.safe_load(Path(__file__).with_name("invented.yml").read_text(encoding="utf-8"))
HOSTILE_ID = "hostile.example"
HOSTILE_QUOTE = (
    "<script>window.pwned=1</script> `code` $\\LaTeX$ \u202eesrever\u202c {{ 7 * 7 }} & :smile: "
)
LONG_QUOTE = "Aword" * 2_000

NEEDS = ["home", "how-it-works", "faq", "safety", "treatment", "consent"]
AT_HOME = [Line.AT_HOME_ORAL, Line.AT_HOME_NASAL, Line.AT_HOME_INJECTION]
EITHER = [*AT_HOME, Line.IN_CLINIC_IV, Line.IN_CLINIC_IM, Line.THERAPY]


def rule(rule_id: str) -> dict[str, Any]:
    """A rule as ``audit.json`` holds it."""
    claim = rule_id.startswith("claim.")
    sitter = rule_id == "supervision.adult-sitter"
    return {
        "id": rule_id,
        "title": INVENTED["titles"][rule_id],
        "kind": "prohibited-claim" if claim else "required-disclosure",
        "severity": "critical" if rule_id.endswith(("vitals", "monitoring")) else "high",
        "basis": "regulator-statement",
        "scope": "line",
        "lines": AT_HOME if sitter else EITHER,
        "absence_needs": [] if claim else NEEDS,
        "web_disclosure_mandated": "no: absence is a transparency finding, not a breach of a rule",
        "why": "A person alone with a sedating dose has nobody to notice shallow breathing.",
        "satisfy": "A sentence that names who watches, how, and for how long.",
        "review_by": "2026-11-23" if rule_id.endswith("pregnancy") else DAY,
        "sources": [
            {
                "key": "invented-2025",
                "title": "Invented Society of Sedation: guidance on home doses",
                "date": "2025-03-01",
                "url": "https://society.example/guidance",
                "jurisdiction": "US federal",
                "text_status": "primary-page",
            }
        ],
    }


@dataclass
class Site:
    """What is invented about one provider; ``reason`` stands where it is the same for all rules."""

    provider_id: str
    name: str
    lines: list[str]
    reason: str = ""
    records: dict[str, list[Any]] = field(default_factory=dict)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def page(site: Site, kind: str) -> models.Page:
    url = f"https://{site.provider_id}/{'' if kind == 'home' else kind}"
    sha = digest(url)
    return models.Page(
        capture_id=sha[:16],
        provider_id=site.provider_id,
        url=url,
        final_url=url,
        found_on=None,
        expected_type=kind,
        kind="raw",
        status=200,
        content_type="text/html",
        captured_at=f"{DAY}T03:20:11Z",
        payload_sha256=sha,
        payload_bytes=41_000,
        warc_file=f"runs/{RUN_ID}/captures/{site.provider_id}.warc.gz",
        warc_record_id=f"<urn:uuid:{sha[:8]}-0000-4000-8000-{sha[8:20]}>",
        warc_offset=0,
        warc_length=1,
    )


def evidence(site: Site, finding_id: str, rule_id: str, role: str, at: int) -> None:
    """Add one quote in its block, on the page type whose turn it is."""
    kind = NEEDS[at % len(NEEDS)]
    quote = INVENTED["quotes"][rule_id.split(".", maxsplit=1)[0]]
    if site.provider_id == HOSTILE_ID:
        quote = HOSTILE_QUOTE if at % 4 else LONG_QUOTE
    before = "What happens on the day. You rest on a couch or in bed, with music if you like. "
    after = ". Afterwards you talk about it with your therapist, and nobody hurries you."
    place = (page(site, kind).capture_id, f"main > section:nth-of-type({at}) > p", at)
    claim = models.Claim(
        provider_id=site.provider_id,
        capture_id=place[0],
        rule_id=rule_id,
        stance="states",
        status="asserted",
        set_aside_reason=None,
        lines="all",
        voice="provider",
        quote=quote,
        char_start=len(before),
        char_end=len(before) + len(quote),
        css_path=place[1],
        block_ordinal=place[2],
        region=("main", "accordion-closed", "footer")[at % 3],
        heading="On the day of your dose",
        page_type=kind,
        decided_by=("reader", "both", "pattern")[at % 3],
    )
    same = sum(e.finding_id == finding_id for e in site.records["evidence"])
    site.records["evidence"].append(models.Evidence(finding_id, same + 1, role, claim))
    title = f"{kind.replace('-', ' ').title()} | {site.name}"
    site.records["passages"].append(models.Passage(*place, title, before + quote + after))


def finding(site: Site, line: str, rule_id: str, reason: str, at: int) -> None:
    finding_id = models.finding_id(site.provider_id, line, rule_id)
    reached = reason not in ("unreachable", "robots")
    site.records["findings"].append(
        models.Finding(
            finding_id=finding_id,
            provider_id=site.provider_id,
            service_line=line,
            rule_id=rule_id,
            outcome=Reason(reason).outcome,
            reason=reason,
            severity="high",
            confidence="high",
            summary=INVENTED["summaries"].get(reason, f"Found on a page captured on {DAY}."),
            pages_searched=6 if reached else 0,
            page_types_searched=";".join(NEEDS) if reached else "",
            page_types_missing="consent" if reason == "coverage_too_low" else "",
        )
    )
    if reason not in INVENTED["silent"] and (reason != "not_stated" or at % 2):
        for number, role in enumerate(INVENTED["roles"].get(reason, ["claim"])):
            evidence(site, finding_id, rule_id, role, at * 2 + number)


def judge(site: Site, turns: Iterator[int]) -> None:
    """Findings of every rule that applies to the site's lines."""
    for line, (rule_id, made) in itertools.product(site.lines, RULES.items()):
        if line in made["lines"] or line in (Line.ALL, Line.UNKNOWN):
            at = next(turns)
            cycle = INVENTED["claims" if rule_id.startswith("claim.") else "safeguards"]
            finding(site, line, rule_id, site.reason or cycle[at * 5 % len(cycle)], at)


def crawl(site: Site) -> None:
    """Pages, skipped addresses and failures of one site."""
    base = f"https://{site.provider_id}"
    if site.reason in ("unreachable", "robots"):
        kind, fault, remedy = {
            "unreachable": ("timeout", "network", "Try again in the next run."),
            "robots": ("robots", "policy", "Ask the provider, or import a capture by hand."),
        }[site.reason]
        failure = models.Failure(
            site.provider_id, f"{base}/", "home", kind, fault, remedy, 3, f"{DAY}T03:30:00Z"
        )
        site.records["failures"].append(failure)
        site.records["coverage"].append(models.Coverage(site.provider_id, "home", 1, 0, 0, 0, 1))
        return
    for kind in NEEDS:
        site.records["pages"].append(page(site, kind))
        dead = int(kind == "safety")
        site.records["coverage"].append(
            models.Coverage(site.provider_id, kind, 1 + dead, 1, 0, 0, dead)
        )
    site.records["coverage"].append(models.Coverage(site.provider_id, "other", 1, 0, 0, 1, 0))
    failure = models.Failure(
        site.provider_id, f"{base}/old-safety-page-with-a-rather-long-address", "safety",
        "dead_link", "theirs", "None: no visitor can read it either.", 2, f"{DAY}T03:31:00Z",
    )  # fmt: skip
    site.records["failures"].append(failure)
    site.records["skipped"].append(
        models.Skipped(site.provider_id, f"{base}/book?step=1", "other", "form or booking", base)
    )


RULES = {rule_id: rule(rule_id) for rule_id in INVENTED["titles"]}


def build(folder: Path) -> Path:
    """Write the store and give its folder back."""
    store = Store.create(folder)
    names = ("pages", "skipped", "failures", "coverage")
    turns = itertools.count()
    sites = [Site(i, *about) for i, about in INVENTED["providers"].items()]
    for site in sites:
        site.records = {n: [] for n in (*names, "findings", "evidence", "passages")}
        crawl(site)
        judge(site, turns)
    merged = {n: [r for s in sites for r in s.records[n]] for n in sites[0].records}
    providers = [
        models.Provider(s.provider_id, s.name, f"https://{s.provider_id}/", states=("CO", "NY"))
        for s in sites
    ]
    partial = store.start_run(RUN_ID)
    write_tables(partial, {n: merged[n] for n in names})
    info = {
        "run_id": RUN_ID,
        "started_at": f"{DAY}T03:15:00Z",
        "scope": [s.provider_id for s in sites],
        "providers": [asdict(p) for p in providers],
    }
    run = store.finish_run(partial, info)
    beside = run.path / "audits" / ".new"
    beside.mkdir(parents=True)
    judged = {n: merged[n] for n in ("findings", "evidence", "passages")}
    write_tables(beside, {**judged, "claims": [], "facts": []})
    audit = {"audit_id": AUDIT_ID, "run_id": RUN_ID, "ruleset_version": "1", "tool_version": "0.1"}
    store.finish_audit(run, beside, audit | {"rules": list(RULES.values())})
    return folder


@pytest.fixture(scope="session")
def dashboard_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the invented store."""
    return build(tmp_path_factory.mktemp("dashboard") / "store")


@pytest.fixture
def view(dashboard_store: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    """The view that the app will read."""
    monkeypatch.setenv(frames.STORE_VARIABLE, str(dashboard_store))
    return open_view(Store.open(dashboard_store))
