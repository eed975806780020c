"""A sentence in which patterns heard both a claim and its opposite: which one it says.

"Is ketamine addictive? Not at our doses, but the potential for misuse is real": the answer begins
with a "no", and what follows takes it back. Nobody is accused of the less likely reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.catalog.catalog import Catalog
from audit.stances.accusing import ACCUSES
from audit.stances.found import Found
from data.vocabulary import SetAside

# Few sentences are heard both ways, 7 of 4,500 made-up passages: where the opposite scored so much
# more it was right, and nearer than that the score tells nothing.
_LIKELIER = 0.5


def set_aside(catalog: Catalog, claims: Sequence[Found]) -> list[Found]:
    """The claims, each accusation set aside whose opposite its own sentence says more likely."""
    return [_doubted(catalog, claim, claims) for claim in claims]


def _doubted(catalog: Catalog, claim: Found, claims: Sequence[Found]) -> Found:
    accuses = (catalog.rules[claim.rule_id].kind, claim.stance) in ACCUSES
    if claim.set_aside is not None or not accuses:
        return claim
    if any(_is_likelier(other, claim) for other in claims):
        return replace(claim, set_aside=SetAside.NEAR_MISS)
    return claim


def _is_likelier(other: Found, claim: Found) -> bool:
    """Whether another claim says the opposite of one in its sentence, and scores more."""
    if other.rule_id != claim.rule_id or other.stance == claim.stance or other.set_aside:
        return False
    if other.lines and claim.lines and not other.lines & claim.lines:
        return False  # two cells of a row, each about its own line
    shared = other.start < claim.end and claim.start < other.end
    if not shared or other.score is None or claim.score is None:
        return False
    return other.score >= claim.score + _LIKELIER
