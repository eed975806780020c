"""A denial that names one thing takes back nothing that is said of another.

"We do not treat OCD" does not stand against "Ketamine eases PTSD".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.catalog.rule import Rule
from audit.claims.claims import Engine
from audit.concepts import expressions
from audit.text.folding import fold
from data.models import Claim
from data.vocabulary import ClaimStatus, SetAside, Stance

_WORDING = expressions.beside(__file__)
_CONDITIONS = ("trauma", "compulsion", "anxiety", "pain", "dependence", "bipolar")


def settled(engine: Engine, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a site, without denials of what nobody there claims."""
    rules = {rule.id: rule for rule in engine.catalog.rules.values() if rule.denied_each}
    claimed: dict[str, set[str]] = {}
    for claim in claims:
        if claim.rule_id in rules and _is_asserted(claim) and claim.stance != Stance.DENIES:
            named = _named(engine, rules[claim.rule_id], claim)
            claimed.setdefault(claim.rule_id, set()).update(named)
    return [
        _aside(claim)
        if _is_asserted(claim)
        and claim.stance == Stance.DENIES
        and (stated := claimed.get(claim.rule_id))
        and (denied := _named(engine, rules[claim.rule_id], claim))
        and not denied & stated
        else claim
        for claim in claims
    ]


def _is_asserted(claim: Claim) -> bool:
    return claim.status == ClaimStatus.ASSERTED


def _aside(claim: Claim) -> Claim:
    return replace(claim, status=ClaimStatus.SET_ASIDE, set_aside_reason=str(SetAside.NEAR_MISS))


def _named(engine: Engine, rule: Rule, claim: Claim) -> set[str]:
    """Which of the things that are denied one by one a claim names, or else its heading."""
    quote, heading = fold(claim.quote).text, fold(claim.heading).text
    if claim.stance == Stance.DENIES and _WORDING["of_all"](quote):
        return set()
    return _things(engine, rule, quote) or _things(engine, rule, heading)


def _things(engine: Engine, rule: Rule, text: str) -> set[str]:
    mentions = engine.lexicon.mentions(text)
    places = [place for concept in rule.denied_each for place in mentions.places(concept)]
    return {_called(text[start:end]) for start, end in places}


def _called(named: str) -> str:
    """One name for what has several."""
    return next((name for name in _CONDITIONS if _WORDING[name](named)), named)
