"""Claims and coverage to findings: the contract's outcomes, reasons and precedence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from audit.catalog.rule import Rule
from audit.pages.request_log import REGION
from audit.stances.lines import ROUTES
from audit.verdict import applies, wording
from audit.verdict.coverage import SiteCoverage
from audit.verdict.loads import Loads
from audit.verdict.qualifiers import Place
from audit.verdict.reasons import TECHNICAL, Decision, decide
from data.models import Claim, Evidence, Finding, finding_id
from data.vocabulary import (
    AT_HOME_LINES,
    SERVICE_LINES,
    ClaimStatus,
    Line,
    Outcome,
    Reason,
    SetAside,
    Severity,
    Stance,
)

# Text that names no line counts for all lines of a site, but not where it is about supervision.
_NAMES_ITS_LINE = "supervision"


@dataclass(frozen=True, slots=True)
class Site:
    """One provider as the verdict sees it. ``lines`` are offered, ``disowned`` declared but not.

    ``spoken_of``: concepts that decide whether a rule applies, with the lines of which the provider
    says them.
    ``loads``: what its pages asked for as they loaded. ``another_house``: the words in which a site
    says that it is no house that treats anybody; then it offers nothing.
    """

    provider_id: str
    lines: frozenset[str]
    disowned: frozenset[str]
    offers_ketamine: bool
    coverage: SiteCoverage
    captured_on: str
    captured_since: str = ""
    spoken_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    loads: Loads = field(default_factory=Loads)
    another_house: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding with the claims behind it, best first."""

    finding: Finding
    evidence: tuple[Evidence, ...]


def judge(
    site: Site,
    rules: Iterable[Rule],
    claims: Sequence[Claim],
    places: Mapping[str, Sequence[Place]] = MappingProxyType({}),
) -> list[Verdict]:
    """The findings of one provider, by service line and rule.

    ``places``: rule id -> where the claim of a rule that asks for a qualifier is made.
    """
    by_rule: dict[str, list[Claim]] = {}
    for claim in claims:
        by_rule.setdefault(claim.rule_id, []).append(claim)
    verdicts = [
        _verdict(site, rule, line, by_rule.get(rule.id, []), places.get(rule.id, ()))
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


def _verdict(
    site: Site, rule: Rule, line: str, claims: Sequence[Claim], places: Sequence[Place]
) -> Verdict:
    decision = _decision(site, rule, line, claims, places)
    reason, deciding = decision.reason, [claim for _, claim in decision.evidence]
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
        summary=_summary(site, rule, decision),
        pages_searched=len(coverage.read),
        page_types_searched=";".join(coverage.types_read),
        page_types_missing=";".join(
            sorted({gap.page_type for gap in coverage.missing(rule.searched)})
        ),
    )
    return Verdict(finding, tuple(_evidence(finding, decision)))


def _summary(site: Site, rule: Rule, decision: Decision) -> str:
    coverage, message = site.coverage, rule.messages.get(decision.reason, "")
    if rule.kind == TECHNICAL:
        quoted = any(claim.region == REGION for _, claim in decision.evidence)
        seen = site.loads.seen(rule.id)
        told = wording.of_loads(decision.reason, seen, site.captured_on, message, quoted=quoted)
        if told:
            return told
    return wording.summary(
        decision.reason,
        pages=len(coverage.read),
        quotes=len(decision.evidence),
        date=site.captured_on,
        since=site.captured_since,
        by_hand=coverage.by_hand,
        sampled=sorted(coverage.sampled & set(rule.searched)),
        message=message,
        another_house=site.another_house,
    )


def _decision(
    site: Site, rule: Rule, line: str, claims: Sequence[Claim], places: Sequence[Place]
) -> Decision:
    problem = site.coverage.problem(rule.searched)
    if line in site.disowned or _offers_nothing(site, line):
        return Decision(problem or Reason.NO_SUCH_SERVICE)
    # Judged at the capture's date, never at today's.
    if rule.effective_until and site.captured_on > rule.effective_until:
        return Decision(Reason.RULE_EXPIRED)
    heard = [_for_line(c, rule, line, site) for c in claims]
    made = [
        place
        for place in places
        if _for_line(place.claim, rule, line, site).status == ClaimStatus.ASSERTED
    ]
    speaks = not rule.only_where or applies.at(line, rule.only_where, site.spoken_of)
    seen = site.loads.seen(rule.id) if rule.kind == TECHNICAL else None
    return decide(rule, heard, made, problem, applies=speaks, seen=seen)


def _offers_nothing(site: Site, line: str) -> bool:
    """Whether no service was found to which the rule could apply: talk about it is no offer."""
    if line == Line.UNKNOWN:
        return not site.offers_ketamine
    return line == Line.ALL and not site.lines


def _for_line(claim: Claim, rule: Rule, line: str, site: Site) -> Claim:
    """The claim as it counts for one line: set aside where it speaks of another one."""
    spoken = set(claim.lines.split(";")) - {""}
    if _says_only_where(spoken, claim, rule, site):
        spoken = set()
    if claim.status != ClaimStatus.ASSERTED or line in (Line.UNKNOWN, Line.ALL) or line in spoken:
        return claim
    if line == Line.THERAPY and spoken & _only_route(site):
        return claim
    several = len(site.lines - (_only_route(site) and {Line.THERAPY})) > 1
    if not spoken and not (several and rule.group == _NAMES_ITS_LINE):
        return claim
    return replace(claim, status=ClaimStatus.SET_ASIDE, set_aside_reason=SetAside.OTHER_LINE)


def _says_only_where(spoken: set[str], claim: Claim, rule: Rule, site: Site) -> bool:
    """Whether "at home" tells where something is done, at a house that gives nothing there.

    "Leave your car keys at home" is said of infusions. What accuses is never moved so.
    """
    discloses = rule.kind == "required-disclosure" and claim.stance == Stance.STATES
    return discloses and spoken == AT_HOME_LINES and not AT_HOME_LINES & site.lines


def _only_route(site: Site) -> frozenset[str]:
    """The route by which all ketamine of a house is given, therapy's too; empty if it has several.

    There "before each injection" is said of therapy as well.
    """
    routes = site.lines & ROUTES
    return routes if len(routes) == 1 else frozenset()


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


def _evidence(finding: Finding, decision: Decision) -> Iterable[Evidence]:
    for rank, (role, claim) in enumerate(decision.evidence, 1):
        yield Evidence(finding.finding_id, rank, role, claim)
