"""One provider's captures, front to back: a pure function of them and of the rules that ship."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audit import facts
from audit.catalog.rule import Rule
from audit.claims import claims, engines
from audit.pages.pages import PageRefused, PageText, read
from audit.pages.request_log import is_log
from audit.site import site, taken_away
from audit.site.read_page import ReadPage, first_home
from audit.verdict import applies, coverage, nearest, qualifiers, verdict
from audit.verdict.loads import read_loads
from data import warc
from data.models import Claim, Evidence, Fact, Failure, Finding, Issue, Page, Passage, Skipped
from data.vocabulary import EvidenceRole, PageType, Reason

_READ_TYPES = ("text/html", "application/xhtml", "text/plain", "application/pdf")


@dataclass(frozen=True, slots=True)
class Job:
    """What is needed to judge one provider, and nothing of the others."""

    store: Path
    provider: dict[str, Any]
    pages: tuple[Page, ...]
    skipped: tuple[Skipped, ...]
    failures: tuple[Failure, ...]
    run_date: str

    def captured(self) -> list[Page]:
        """The captures that are pages, and what belongs to them."""
        failed = {failure.url for failure in self.failures}
        return [page for page in self.pages if page.is_page(failed)]


@dataclass(frozen=True, slots=True)
class ProviderAudit:
    """Everything that is said of one provider, and what went wrong on the way."""

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]


def audit_provider(job: Job) -> ProviderAudit:
    """Judge one provider: a pure function of its captures and the rules that ship."""
    engine = engines.bundled_engine()
    pages, unread, issues = _read_pages(job)
    logs, unread_logs = _read_logs(job)
    reading = site.read_site(engine, pages)
    subject = _subject(engine, job, pages, unread, reading, logs)
    rules = list(engine.catalog.rules.values())
    places = qualifiers.places(engine, pages, rules, reading.claims)
    verdicts = verdict.judge(subject, rules, reading.claims, places)
    texts = {**_block_texts([*pages, *logs]), **_joined_texts(pages, reading)}
    verdicts, passages = _with_nearest(engine, pages, rules, verdicts, texts)
    return ProviderAudit(
        findings=tuple(v.finding for v in verdicts),
        evidence=tuple(e for v in verdicts for e in v.evidence),
        claims=tuple(reading.claims),
        passages=tuple(passages[key] for key in sorted(passages)),
        facts=facts.of_site(engine, pages, reading),
        issues=(*issues, *unread_logs),
    )


def _read_pages(
    job: Job,
) -> tuple[list[ReadPage], dict[str, Reason], list[Issue]]:
    found: list[ReadPage] = []
    unread: dict[str, Reason] = {}
    issues: list[Issue] = []
    for page in job.captured():
        if is_log(page.content_type):
            continue
        # A PDF is one by its bytes, whatever it was sent as.
        readable = (page.content_type or "text/html").lower().startswith(_READ_TYPES)
        if page.kind != "pdf" and not readable:
            unread[page.capture_id] = Reason.COVERAGE_TOO_LOW
            continue
        text = _text(job.store, page)
        if isinstance(text, Issue):
            unread[page.capture_id] = Reason.COVERAGE_TOO_LOW
            issues.append(text)
        elif text.shell:
            unread[page.capture_id] = Reason.RENDER_FAILED
        else:
            found.append(ReadPage(page, text))
            if text.truncated:  # what it says counts; what it does not say may stand in the rest
                unread[page.capture_id] = Reason.COVERAGE_TOO_LOW
    # An empty frame that a browser filled was read, in the browser's capture.
    filled = {r.page.parent_capture_id for r in found}
    unread = {key: reason for key, reason in unread.items() if key not in filled}
    return first_home(taken_away.flagged(found)), unread, issues


def _read_logs(job: Job) -> tuple[list[ReadPage], list[Issue]]:
    """What pages asked for as they loaded; of a log that cannot be read nothing is known."""
    found, issues = [], []
    for page in sorted(job.pages, key=lambda p: p.final_url):
        text = _text(job.store, page) if is_log(page.content_type) else None
        if isinstance(text, PageText):
            found.append(ReadPage(page, text))
        elif text is not None:
            issues.append(text)
    return found, issues


def _text(store: Path, page: Page) -> PageText | Issue:
    """The text of a capture, or why it cannot be read."""
    try:
        return read(_body(store, page), url=page.final_url, content_type=page.content_type)
    except PageRefused as error:
        return Issue(page.final_url, f"{error}.", "The page counts as not read.")
    except warc.WarcError as error:
        return Issue(page.final_url, str(error), "The page counts as not read.")
    except Exception as error:  # noqa: BLE001 - one page must not cost everybody's audit
        what = f"a defect of ketawatch ({type(error).__name__}: {error})"
        return Issue(page.final_url, what, "The page counts as not read. Please report it.")


def _body(store: Path, page: Page) -> bytes:
    record = warc.read(store / page.warc_file, page.warc_offset)
    if hashlib.sha256(record.payload).hexdigest() != page.payload_sha256:
        raise warc.WarcError(
            f"{page.warc_file}: offset {page.warc_offset}: the digest is not the one recorded."
        )
    return record.body()


def _subject(
    engine: claims.Engine,
    job: Job,
    pages: Sequence[ReadPage],
    unread: dict[str, Reason],
    reading: site.SiteReading,
    logs: Sequence[ReadPage],
) -> verdict.Site:
    looked = coverage.survey(
        job.pages,
        job.skipped,
        job.failures,
        {r.page.capture_id: r.text.page_type for r in _once(pages)},
        unread,
        sum(r.text.words for r in _once(pages)),
    )
    declared = frozenset(job.provider["service_lines"])
    disowned = declared & reading.disowned
    # A run can carry the rows of an earlier one: the day of a failed look is that of the look.
    looks = [p.captured_at for p in job.pages] or [f.last_at for f in job.failures]
    days = [moment[:10] for moment in looks]
    return verdict.Site(
        provider_id=job.provider["provider_id"],
        lines=(declared | reading.offered) - disowned,
        disowned=disowned,
        offers_ketamine=reading.offers_ketamine,
        another_house=reading.another_house,
        coverage=looked,
        spoken_of=applies.spoken_of(engine, pages, engine.catalog.rules.values()),
        captured_on=max(days, default=job.run_date[:10]),
        captured_since=min(days, default=""),
        loads=read_loads(logs, job.captured(), looked.gaps, job.skipped),
    )


def _once(pages: Sequence[ReadPage]) -> list[ReadPage]:
    """Each page once: of what was sent and what a browser made of it, the browser's.

    What stands under two addresses byte for byte (``/faq``, ``/faq.html``) is one page, too.
    """
    seen = {r.page.parent_capture_id for r in pages}
    shown = [r for r in pages if r.page.capture_id not in seen]
    first: dict[str, ReadPage] = {}
    for read_page in sorted(shown, key=lambda r: r.page.expected_type != PageType.HOME):
        first.setdefault(read_page.page.payload_sha256, read_page)
    return [r for r in shown if first[r.page.payload_sha256] is r]


def _with_nearest(
    engine: claims.Engine,
    pages: Sequence[ReadPage],
    rules: Sequence[Rule],
    verdicts: Sequence[verdict.Verdict],
    texts: dict[tuple[str, str, int], tuple[str, str]],
) -> tuple[list[verdict.Verdict], dict[tuple[str, str, int], Passage]]:
    """Add the nearest miss to what was not found, and keep the passages that evidence needs."""
    silent = {v.finding.rule_id for v in verdicts if v.finding.reason == Reason.NOT_STATED}
    near = nearest.nearest(engine, pages, [r for r in rules if r.id in silent])
    shown = {rule_id: claim for rule_id, (claim, _) in near.items()}
    done = [_add_nearest(v, shown.get(v.finding.rule_id)) for v in verdicts]
    needed = {_place(e.claim) for v in done for e in v.evidence}
    return done, {place: Passage(*place, *texts[place]) for place in needed}


def _block_texts(pages: Sequence[ReadPage]) -> dict[tuple[str, str, int], tuple[str, str]]:
    """Place of a block -> its page's title and its text."""
    return {
        (read.page.capture_id, block.css_path, block.ordinal): (read.text.title, block.text)
        for read in pages
        for block in read.text.blocks
    }


def _joined_texts(
    pages: Sequence[ReadPage], reading: site.SiteReading
) -> dict[tuple[str, str, int], tuple[str, str]]:
    """The same for what was read from several blocks together."""
    titles = {read.page.capture_id: read.text.title for read in pages}
    return {place: (titles[place[0]], text) for place, text in reading.joined.items()}


def _add_nearest(judged: verdict.Verdict, near: Claim | None) -> verdict.Verdict:
    if near is None or judged.finding.reason != Reason.NOT_STATED:
        return judged
    shown = Evidence(judged.finding.finding_id, 1, EvidenceRole.NEAR_MISS, near)
    return replace(judged, evidence=(shown,))


def _place(claim: Claim) -> tuple[str, str, int]:
    return claim.capture_id, claim.css_path, claim.block_ordinal
