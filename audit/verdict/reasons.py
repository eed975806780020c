"""Which reason wins: the contract's precedence, for each kind of rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.catalog.rule import Rule
from audit.verdict import qualifiers
from audit.verdict.loads import Seen
from audit.verdict.qualifiers import Near, Place
from data.models import Claim
from data.vocabulary import ClaimStatus, EvidenceRole, Reason, SetAside, Stance

TECHNICAL = "technical"
# What an asserted claim means, by the kind of its rule.
_ASSERTED: dict[str, dict[str, Reason]] = {
    "required-disclosure": {Stance.STATES: Reason.STATED, Stance.DENIES: Reason.DENIED},
    "identity": {Stance.STATES: Reason.STATED, Stance.DENIES: Reason.DENIED},
    "prohibited-claim": {Stance.STATES: Reason.CLAIMED, Stance.DENIES: Reason.DISOWNED},
    qualifiers.KIND: {Stance.DENIES: Reason.DISOWNED},
}
_ABSENT = {
    "required-disclosure": Reason.NOT_STATED,
    "identity": Reason.NOT_STATED,
    "prohibited-claim": Reason.NOT_CLAIMED,
    qualifiers.KIND: Reason.CLAIM_ABSENT,
}
# Kinds about a claim: that somebody else disowns it, or would under a condition, decides nothing.
_ABOUT_A_CLAIM = ("prohibited-claim", qualifiers.KIND)
# The best claim that was set aside decides, in this order; questions and others' words never do.
_SET_ASIDE = (
    (SetAside.NEAR_MISS, Reason.NEAR_MISS),
    (SetAside.CONDITIONAL, Reason.CONDITIONAL),
    (SetAside.OTHER_LINE, Reason.OTHER_LINE_ONLY),
    (SetAside.TESTIMONIAL, Reason.TESTIMONIAL_ONLY),
    (SetAside.BLOG, Reason.BLOG_ONLY),
)
# The privacy rule that needs no log: who promises privacy and admits sharing contradicts himself.
_PROMISE = "privacy.promise-mismatch"


@dataclass(frozen=True, slots=True)
class Decision:
    """A reason, and the claims behind it with what each of them does, best first."""

    reason: Reason
    evidence: tuple[tuple[EvidenceRole, Claim], ...] = ()


def decide(
    rule: Rule,
    claims: Sequence[Claim],
    places: Sequence[Place],
    problem: Reason | None,
    *,
    applies: bool = True,
    seen: Seen | None = None,
) -> Decision:
    """The reason of a finding about something that the provider offers.

    Args:
        rule: the rule, in force on the day of the captures.
        claims: its claims as they count for the line.
        places: for a rule that asks for a qualifier, where its claim is made.
        problem: why absence cannot be said, ``None`` if it can.
        applies: whether the site speaks of what the rule is about at all.
        seen: for a technical rule, what its pages asked for as they loaded.
    """
    if rule.kind == TECHNICAL:
        return _technical(rule, claims, problem, seen or Seen())
    means = _ASSERTED[rule.kind]
    asserted = [c for c in claims if c.status == ClaimStatus.ASSERTED and c.stance in means]
    if rule.kind == qualifiers.KIND and places:
        return _in_places(rule, places, asserted)
    if {Stance.STATES, Stance.DENIES} <= {c.stance for c in asserted}:
        return _conflict([c for c in asserted if c.stance == Stance.STATES], asserted)
    if asserted:
        return _as_claims(means[asserted[0].stance], asserted)
    for aside, reason in _SET_ASIDE:
        found = [c for c in claims if c.set_aside_reason == aside and _may_decide(rule, c)]
        if found:
            role = EvidenceRole.NEAR_MISS if aside == SetAside.NEAR_MISS else EvidenceRole.CLAIM
            return Decision(reason, tuple((role, c) for c in distinct(found)))
    absent = Reason(rule.absence) if rule.absence else _ABSENT[rule.kind]
    return Decision(problem or (absent if applies else Reason.CLAIM_ABSENT))


def _as_claims(reason: Reason, claims: Sequence[Claim]) -> Decision:
    return Decision(reason, _as_said(distinct(claims)))


def _conflict(stated: Sequence[Claim], asserted: Sequence[Claim]) -> Decision:
    denied = [c for c in asserted if c.stance == Stance.DENIES]
    said = [(EvidenceRole.CLAIM, c) for c in distinct(stated)]
    against = [(EvidenceRole.CONTRADICTION, c) for c in distinct(denied)]
    return Decision(Reason.CONFLICTING, (*said, *against))


def _in_places(rule: Rule, places: Sequence[Place], disowning: Sequence[Claim]) -> Decision:
    """Each place is judged alone, and the worst one wins."""
    if disowning:
        return _conflict([p.claim for p in places], disowning)
    reasons = [_of_place(rule, place) for place in places]
    worst = next(
        r for r in (Reason.UNQUALIFIED, Reason.NEAR_MISS, Reason.QUALIFIED) if r in reasons
    )
    decisive = [p for p, reason in zip(places, reasons, strict=True) if reason == worst]
    beside = [p.qualifier for p in decisive if p.qualifier]
    said = [(EvidenceRole.CLAIM, c) for c in distinct([p.claim for p in decisive])]
    return Decision(worst, (*said, *((EvidenceRole.QUALIFIER, c) for c in distinct(beside))))


def _of_place(rule: Rule, place: Place) -> Reason:
    if place.near == Near.BESIDE or (place.near == Near.ON_PAGE and rule.unit == "page"):
        return Reason.QUALIFIED
    return Reason.NEAR_MISS if place.near == Near.ON_PAGE else Reason.UNQUALIFIED


def _technical(rule: Rule, claims: Sequence[Claim], problem: Reason | None, seen: Seen) -> Decision:
    """What was observed decides; words can only stand against it."""
    asserted = [c for c in claims if c.status == ClaimStatus.ASSERTED]
    stated = [c for c in asserted if c.stance == Stance.STATES]
    gap = problem or seen.gap
    if rule.id == _PROMISE:
        return _promised(stated, asserted, problem, seen)
    if seen.asked:
        against = [(EvidenceRole.CONTRADICTION, c) for c in distinct(stated)]
        return Decision(Reason.OBSERVED, (*_as_said(seen.asked), *against))
    if seen.close:
        near = [(EvidenceRole.NEAR_MISS, c) for c in seen.close]
        return Decision(Reason.NEAR_MISS, (*near, *_as_said(distinct(asserted))))
    if gap is None and len(stated) < len(asserted):
        # They say that such requests are made, and none was when we looked.
        return Decision(Reason.CONFLICTING, _as_said(distinct(asserted)))
    return Decision(gap or Reason.NOT_OBSERVED, _as_said(distinct(asserted)))


def _promised(
    stated: Sequence[Claim], asserted: Sequence[Claim], problem: Reason | None, seen: Seen
) -> Decision:
    """A promise of privacy against what else is said, and against what was observed."""
    if not stated:
        return Decision(problem or Reason.CLAIM_ABSENT)
    if len(stated) < len(asserted):
        return Decision(Reason.OBSERVED, _conflict(stated, asserted).evidence)
    said = _as_said(distinct(stated))
    if seen.asked:
        against = tuple((EvidenceRole.CONTRADICTION, c) for c in seen.asked)
        return Decision(Reason.OBSERVED, (*said, *against))
    return Decision(problem or seen.gap or Reason.NOT_OBSERVED, said)


def _as_said(claims: Iterable[Claim]) -> tuple[tuple[EvidenceRole, Claim], ...]:
    return tuple((EvidenceRole.CLAIM, c) for c in claims)


def _may_decide(rule: Rule, claim: Claim) -> bool:
    return rule.kind not in _ABOUT_A_CLAIM or claim.stance != Stance.DENIES


def distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Each wording once: menus and footers say the same on every page."""
    seen: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        seen.setdefault((claim.stance, claim.quote), claim)
    return list(seen.values())
