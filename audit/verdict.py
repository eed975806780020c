"""Claims and coverage to findings: the contract's outcomes, reasons and precedence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit import wording
from audit.coverage import SiteCoverage
from audit.rule import Rule
from data.models import (
    SERVICE_LINES,
    Claim,
    ClaimStatus,
    Evidence,
    EvidenceRole,
    Finding,
    Line,
    Outcome,
    Reason,
    SetAside,
    Severity,
    Stance,
    finding_id,
)

# What an asserted claim means, by the kind of its rule.
_ASSERTED: dict[str, dict[str, Reason]] = {
    "required-disclosure": {Stance.STATES: Reason.STATED, Stance.DENIES: Reason.DENIED},
    "identity": {Stance.STATES: Reason.STATED, Stance.DENIES: Reason.DENIED},
    "prohibited-claim": {Stance.STATES: Reason.CLAIMED, Stance.DENIES: Reason.DISOWNED},
}
_ABSENT = {
    "required-disclosure": Reason.NOT_STATED,
    "identity": Reason.NOT_STATED,
    "prohibited-claim": Reason.NOT_CLAIMED,
}
# The best claim that was set aside decides, in this order; questions and others' words never do.
_SET_ASIDE = (
    (SetAside.NEAR_MISS, Reason.NEAR_MISS),
    (SetAside.CONDITIONAL, Reason.CONDITIONAL),
    (SetAside.OTHER_LINE, Reason.OTHER_LINE_ONLY),
    (SetAside.TESTIMONIAL, Reason.TESTIMONIAL_ONLY),
    (SetAside.BLOG, Reason.BLOG_ONLY),
)
# Text that names no line counts for all lines of a site, but not where it is about supervision.
_NAMES_ITS_LINE = "supervision"


@dataclass(frozen=True, slots=True)
class Site:
    """One provider as the verdict sees it. ``lines`` are offered, ``disowned`` declared but not."""

    provider_id: str
    lines: frozenset[str]
    disowned: frozenset[str]
    offers_ketamine: bool
    coverage: SiteCoverage
    captured_on: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding with the claims behind it, best first."""

    finding: Finding
    evidence: tuple[Evidence, ...]


def judge(site: Site, rules: Iterable[Rule], claims: Sequence[Claim]) -> list[Verdict]:
    """The findings of one provider, by service line and rule."""
    by_rule: dict[str, list[Claim]] = {}
    for claim in claims:
        by_rule.setdefault(claim.rule_id, []).append(claim)
    verdicts = [
        _verdict(site, rule, line, by_rule.get(rule.id, []))
        for rule in rules
        for line in _lines_judged(site, rule)
    ]
    return sorted(verdicts, key=lambda v: (v.finding.service_line, v.finding.rule_id))


def _lines_judged(site: Site, rule: Rule) -> list[str]:
    """The lines under which a rule makes a finding at this site."""
    if not site.lines | site.disowned:
        if site.offers_ketamine:
            return [Line.UNKNOWN] if _applies_everywhere(rule) else []
        cleared = site.coverage.problem(rule.searched) is None
        return [Line.ALL if cleared else Line.UNKNOWN]
    offered = (site.lines | site.disowned) & set(rule.lines)
    if rule.scope == "provider":
        return [Line.ALL] if offered else []
    return [line for line in SERVICE_LINES if line in offered]


def _applies_everywhere(rule: Rule) -> bool:
    """Whether a rule holds for every at-home and in-clinic line, however ketamine is given."""
    return set(SERVICE_LINES) - {Line.SPRAVATO, Line.THERAPY} <= set(rule.lines)


def _verdict(site: Site, rule: Rule, line: str, claims: Sequence[Claim]) -> Verdict:
    heard = [_for_line(c, rule, line, site) for c in claims]
    reason, deciding = _reason(site, rule, line, heard)
    deciding = _distinct(deciding)
    coverage = site.coverage
    finding = Finding(
        finding_id=finding_id(site.provider_id, line, rule.id),
        provider_id=site.provider_id,
        service_line=line,
        rule_id=rule.id,
        outcome=reason.outcome,
        reason=reason,
        severity=Severity(rule.severity),
        confidence=_confidence(reason, rule, coverage, deciding),
        summary=wording.summary(
            reason,
            pages=len(coverage.read),
            quotes=len(deciding),
            date=site.captured_on,
            sampled=sorted(coverage.sampled & set(rule.searched)),
        ),
        pages_searched=len(coverage.read),
        page_types_searched=";".join(coverage.types_read),
        page_types_missing=";".join(
            sorted({gap.page_type for gap in coverage.missing(rule.searched)})
        ),
    )
    return Verdict(finding, tuple(_evidence(finding, reason, deciding)))


def _reason(
    site: Site, rule: Rule, line: str, claims: Sequence[Claim]
) -> tuple[Reason, list[Claim]]:
    problem = site.coverage.problem(rule.searched)
    if line in site.disowned or _offers_nothing(site, line):
        return problem or Reason.NO_SUCH_SERVICE, []
    if rule.effective_until and site.captured_on > rule.effective_until:
        return Reason.RULE_EXPIRED, []
    # A qualifier by itself asserts nothing.
    means = _ASSERTED[rule.kind]
    asserted = [c for c in claims if c.status == ClaimStatus.ASSERTED and c.stance in means]
    stances = {c.stance for c in asserted}
    if {Stance.STATES, Stance.DENIES} <= stances:
        return Reason.CONFLICTING, sorted(asserted, key=lambda c: c.stance != Stance.STATES)
    if asserted:
        return means[asserted[0].stance], asserted
    for aside, reason in _SET_ASIDE:
        found = [c for c in claims if c.set_aside_reason == aside and _may_decide(rule, c)]
        if found:
            return reason, found
    return problem or _ABSENT[rule.kind], []


def _offers_nothing(site: Site, line: str) -> bool:
    """Whether no service was found to which the rule could apply: talk about it is no offer."""
    if line == Line.UNKNOWN:
        return not site.offers_ketamine
    return line == Line.ALL and not site.lines


def _may_decide(rule: Rule, claim: Claim) -> bool:
    return rule.kind != "prohibited-claim" or claim.stance == Stance.STATES


def _for_line(claim: Claim, rule: Rule, line: str, site: Site) -> Claim:
    """The claim as it counts for one line: set aside where it speaks of another one."""
    spoken = set(claim.lines.split(";")) - {""}
    if claim.status != ClaimStatus.ASSERTED or line in (Line.UNKNOWN, Line.ALL) or line in spoken:
        return claim
    several = len(site.lines) > 1
    if not spoken and not (several and rule.group == _NAMES_ITS_LINE):
        return claim
    return replace(claim, status=ClaimStatus.SET_ASIDE, set_aside_reason=SetAside.OTHER_LINE)


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Each wording once: menus and footers say the same on every page."""
    seen: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        seen.setdefault((claim.stance, claim.quote), claim)
    return list(seen.values())


def _confidence(
    reason: Reason, rule: Rule, coverage: SiteCoverage, deciding: Sequence[Claim]
) -> str:
    """How sure, apart from how severe: ``high``, ``medium``, ``low``; ``none`` where unknown."""
    if reason.outcome == Outcome.NOT_TESTED:
        return "none"
    if reason.outcome == Outcome.NEEDS_REVIEW:
        return "low"
    whole = not coverage.sampled & set(rule.searched)
    sure = any(c.lines for c in deciding) if deciding else whole
    # Patterns alone decide, and they err: what weighs on somebody is never called certain.
    best, next_best = ("medium", "low") if reason.outcome == Outcome.CONCERN else ("high", "medium")
    return best if sure else next_best


def _evidence(finding: Finding, reason: Reason, claims: Sequence[Claim]) -> Iterable[Evidence]:
    for rank, claim in enumerate(claims, 1):
        role = EvidenceRole.CLAIM
        if reason == Reason.CONFLICTING and claim.stance == Stance.DENIES:
            role = EvidenceRole.CONTRADICTION
        elif reason == Reason.NEAR_MISS:
            role = EvidenceRole.NEAR_MISS
        yield Evidence(finding.finding_id, rank, role, claim)
