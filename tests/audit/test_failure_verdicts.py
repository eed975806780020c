"""From a class of failure to the verdict: not tested, for the contract's reason; never absence."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

import pytest

from audit.claims.engines import bundled_engine
from audit.provider_audit import Job, ProviderAudit, audit_provider
from data.failure_reasons import CLASSES, DEAD_LINK, class_of
from data.models import Failure, Page, Provider
from data.vocabulary import Outcome, Reason
from data.warc import WarcAppender

HOME = "https://quillmoor.example/"
SAFETY = f"{HOME}safety"
FILLER = " ".join(
    f"Paragraph {n} tells how the parking and the tea are arranged." for n in range(40)
)
BODY = (
    "<!doctype html><title>Quillmoor</title><h1>Quillmoor</h1><p>We prescribe ketamine lozenges and"
    f" ship them to your home.</p><p>Our lozenges arrive by mail.</p><p>{FILLER}</p>"
).encode()
CONTRACT = {
    "robots": Reason.ROBOTS,
    **dict.fromkeys(("http_401", "http_403", "http_429", "http_451", "challenge"), Reason.BLOCKED),
    **dict.fromkeys(("dns", "tls", "timeout", "refused", "reset"), Reason.UNREACHABLE),
    "render_failed": Reason.RENDER_FAILED,
}
ABSENCE = {Reason.NOT_STATED, Reason.NOT_CLAIMED, Reason.NO_SUCH_SERVICE, Reason.CLAIM_ABSENT}
NAMES = [*CLASSES, "http_418"]


def failure(url: str, page_type: str, name: str) -> Failure:
    known = class_of(name)
    return Failure(
        "quillmoor.example", url, page_type, name, known.fault, known.remedy, 1,
        "2026-11-24T03:15:00Z",
    )  # fmt: skip


def home(store: Path) -> Page:
    (store / "captures").mkdir()
    with WarcAppender(store / "captures" / "q.warc.gz") as warc:
        kind = [("Content-Type", "text/html")]
        place = warc.response(HOME, 200, "OK", kind, BODY, "2026-11-24T03:15:00Z")
    return Page(
        "c1", "quillmoor.example", HOME, HOME, None, "home", "raw", 200, "text/html",
        "2026-11-24T03:15:00Z", hashlib.sha256(BODY).hexdigest(), len(BODY), "captures/q.warc.gz",
        place.record_id, place.offset, place.length,
    )  # fmt: skip


def judge(store: Path, pages: tuple[Page, ...], *failures: Failure) -> ProviderAudit:
    provider = Provider("quillmoor.example", "Quillmoor", HOME, ("at-home-oral",))
    return audit_provider(Job(store, asdict(provider), pages, (), failures, "2026-11-24T04:00:00Z"))


@pytest.mark.parametrize("name", NAMES)
def test_a_site_whose_home_page_fails_is_not_tested(tmp_path: Path, name: str) -> None:
    audit = judge(tmp_path, (), failure(HOME, "home", name))
    assert audit.findings
    expected = CONTRACT.get(name, Reason.COVERAGE_TOO_LOW)
    assert {(f.outcome, f.reason) for f in audit.findings} == {(Outcome.NOT_TESTED, expected)}


def test_a_needed_page_that_fails_leaves_absence_open_for_its_reason(tmp_path: Path) -> None:
    captured = home(tmp_path)
    needing = {r.id for r in bundled_engine().catalog.rules.values() if "safety" in r.searched}
    whole = {f.rule_id: f for f in judge(tmp_path, (captured,)).findings}
    absent = {name for name in needing & whole.keys() if whole[name].reason in ABSENCE}
    assert len(absent) > 5
    for name in NAMES:
        audit = judge(tmp_path, (captured,), failure(SAFETY, "safety", name))
        found = {f.rule_id: f for f in audit.findings}
        if name == DEAD_LINK:
            assert {found[r].reason for r in absent} <= ABSENCE
        else:
            expected = CONTRACT.get(name, Reason.COVERAGE_TOO_LOW)
            assert {(r, found[r].reason) for r in absent} == {(r, expected) for r in absent}
            assert {found[r].page_types_missing for r in absent} == {"safety"}
