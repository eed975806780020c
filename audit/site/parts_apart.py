"""What is said to cost extra is not in what else is stated: the two do not contradict each other.

"The pharmacy bills you for the medicine" and "$149 a month: visits, messages" together say that the
medicine comes on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.claims.claims import Engine
from audit.text.folding import fold
from data.models import Claim
from data.vocabulary import ClaimStatus, SetAside, Stance


def settled(engine: Engine, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a site, without statements that leave out just what is denied to be in them."""
    parts = {rule.id: rule.parts_apart for rule in engine.catalog.rules.values()}
    judged = [c for c in claims if c.status == ClaimStatus.ASSERTED and parts[c.rule_id]]
    apart = [
        claim
        for claim in judged
        if claim.stance == Stance.DENIES and _names(engine, claim, parts[claim.rule_id])
    ]
    left_out = {
        id(claim)
        for claim in judged
        if claim.stance == Stance.STATES
        and any(d.rule_id == claim.rule_id and _meet(d, claim) for d in apart)
        and not _names(engine, claim, parts[claim.rule_id])
    }
    return [_aside(claim) if id(claim) in left_out else claim for claim in claims]


def _names(engine: Engine, claim: Claim, parts: Sequence[str]) -> bool:
    return engine.lexicon.mentions(fold(claim.quote).text).any_of(parts)


def _meet(one: Claim, other: Claim) -> bool:
    """Whether two claims are of the same service; one that names none is of all."""
    lines, others = set(one.lines.split(";")), set(other.lines.split(";"))
    return not (one.lines and other.lines) or bool(lines & others)


def _aside(claim: Claim) -> Claim:
    return replace(claim, status=ClaimStatus.SET_ASIDE, set_aside_reason=str(SetAside.NEAR_MISS))
