"""What a heading, a column or a label says to be untrue, or to be what others say: "Common myths".

A claim below it is nobody's, unless it is labelled as the fact that answers the myth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.catalog.catalog import Catalog
from audit.concepts import expressions
from audit.stances.accusing import ACCUSES
from audit.stances.found import Found
from audit.text.left_open import denies
from data.vocabulary import SetAside

_WORDING = expressions.beside(__file__)
_MARKS = " :.!?\"'“”*-–—"


def are_myths(heading: str) -> bool:
    """Whether a heading is nothing but "Myth": what stands under it is not meant."""
    return _WORDING["myth"](heading.strip(_MARKS)) is not None


def are_truths(heading: str) -> bool:
    """Whether a heading is nothing but "Fact", "What is true"."""
    return _WORDING["truth"](heading.strip(_MARKS)) is not None


def names_fact(text: str) -> bool:
    """Whether a text says of itself, or of a part of it, that it is the fact."""
    return _WORDING["names_fact"](text) is not None


def unmeant(text: str, heading: str, claims: Iterable[Found], rules: Catalog) -> list[Found]:
    """The claims of a passage; those that accuse are set aside where it tells what is untrue."""
    plain = heading.replace("’", "'").strip(_MARKS)
    # "Ketamine is not" over "FDA-approved": what stands below is no sentence by itself.
    begun = denies(plain, text.removeprefix(heading).lstrip())
    under = _WORDING["untrue"](plain) is not None
    fact = _WORDING["since"](text.replace("’", "'")) if under else None
    since = fact.end() if fact else len(text) + 1
    return [
        replace(claim, set_aside=SetAside.OTHER_PARTY)
        if claim.set_aside is None
        and (rules.rules[claim.rule_id].kind, claim.stance) in ACCUSES
        and (
            _is_labelled(text, claim)
            or (under and not _is_meant(text, plain, claim, since))
            or (begun and rules.rules[claim.rule_id].kind == "prohibited-claim")
        )
        else claim
        for claim in claims
    ]


def _is_meant(text: str, heading: str, claim: Found, fact: int) -> bool:
    """Whether a claim below what is untrue is the fact, or of the provider's own house.

    Under "What ketamine is not" a "not" says it once more. ``fact``: from there on facts are told.
    """
    said = text[claim.start : claim.end]
    if fact <= claim.end:
        return True
    if _WORDING["is_not"](heading):
        return _WORDING["says_not"](said) is not None
    return _WORDING["of_others"](heading) is not None and _WORDING["own"](said) is not None


def _is_labelled(text: str, claim: Found) -> bool:
    """Whether a claim's sentence has the label, or the line above it is nothing else."""
    if _WORDING["label"](text, claim.start):
        return True
    above = text[: claim.start].rstrip()
    return "\n" in text[len(above) : claim.start] and are_myths(above.rpartition("\n")[2])
