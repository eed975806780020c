"""What a heading, a column or a label says to be untrue, or to be what others say: "Common myths".

A claim below it is nobody's, unless it is labelled as the fact that answers the myth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from audit.accusing import ACCUSES
from audit.catalog import Catalog
from audit.found import Found
from data.vocabulary import SetAside

_NUMBER = r"(?:(?: no\.?| number)? ?#?\d{1,2})?"
# What stands under such a head is said to be untrue.
_MYTH = re.compile(
    rf"(?:the |a |common |popular )?(?:myths?|misconceptions?|fictions?){_NUMBER}", re.IGNORECASE
)
_HOW_MANY = (
    r"(?:(?:the|a|some|other|more|most|top|\d+|three|four|five|six|seven|eight|nine|ten|common"
    r"|popular|frequent|widespread|persistent|big|biggest|ketamine|depression|treatment) )*"
)
_UNTRUE = re.compile(
    rf"{_HOW_MANY}(?:myths?|misconceptions?|fictions?|misunderstandings?|rumou?rs?|falsehoods?"
    rf"|fallac(?:y|ies)|false (?:claims|promises|beliefs)){_NUMBER}"
    r"(?: (?:about|on|around|of|surrounding|regarding) [\w' -]{1,50})?"
    r"(?:,? (?:that )?we (?:often |still )?hear(?: [\w ]{1,30})?|[,:]? (?:busted|debunked))?"
    r"|(?:what|where|(?:\d+ )?things) (?:\w+ ){1,4}(?:get|gets|got) (?:it )?wrong(?: [\w ]{1,40})?"
    r"|(?:what|(?:\d+ )?(?:things|words|claims|promises)) (?:that )?(?:we|you|i) (?:\w+ )?(?:never"
    r"|won't|don't|do not|will not|refuse to|cannot|can't)(?: ever)? (?:hear (?:us|me)"
    r"|say|tell|promise|claim|guarantee)(?! enough)(?: [\w ]{1,30})?"
    r"|what (?:\w+ ){1,3}(?:is|are|can) ?not(?: do)?"
    r"|what (?!.* (?:true|right)$)(?:you|people|patients|some|many|others|ads)"
    r" (?:(?:may|might|will|often|sometimes) )*"
    r"(?:have )?(?:heard?|read|believe|assume|been told)(?: [\w ]{1,40})?"
    r"|(?:red|warning) flags?(?: [\w ',]{1,50})?|signs of a bad \w+|when to walk away",
    re.IGNORECASE,
)
_TRUTH = re.compile(
    r"(?:the |our |in |what(?:'s| is) |what the )?(?:facts?|truth|reality|true|really true"
    r"|evidence says|what is true|answer)",
    re.IGNORECASE,
)
_MARKS = " :.!?\"'“”*-–—"
# "MYTH Ketamine cures it": a label that no mark sets apart, but its letters or the next one's.
_LABELLED = re.compile(
    rf"\W*(?:(?:MYTH|MISCONCEPTION|FICTION|FALSE|RUMOU?R){_NUMBER}\s"
    rf"|(?:Myth|Misconception|Fiction){_NUMBER}\s+(?=[\"“‘A-Z]))"
)
_NAMED = r"\b(?:facts?|truth|reality|in fact|actually|answer)\b[^\w]"
_FACT = re.compile(_NAMED, re.IGNORECASE)
# From there on a text tells what is so: a verdict is on what stands before it.
_SINCE = re.compile(
    rf"{_NAMED}|\b(?:contrary to|rest assured)\b"
    r"|(?:^|[.!?][\"”]?\s+)[\"“]?(?:no|nope|wrong|false|nonsense|untrue|not (?:true|so|at all)"
    r"|(?:it|they|that|this)(?:(?:'s| is| are) (?:not|false|wrong|untrue|an? (?:\w+ )?myth)"
    r"| (?:isn't|aren't|doesn't|don't|does not|do not)))(?: (?:true|so))?(?=[.!,:;])",
    re.IGNORECASE,
)
# What is told of others' errors: there the provider may speak of its own house.
_OF_OTHERS = re.compile(r"\b(?:wrong|myths?|misconceptions?|heard?|read|told)\b", re.IGNORECASE)
_OWN = re.compile(r"[^\"“‘']*\b(?:we|our|ours|us)\b", re.IGNORECASE)
_IS_NOT = re.compile(r"what (?:\w+ ){1,3}(?:is|are) ?not", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|never)\b|n't\b", re.IGNORECASE)


def are_myths(heading: str) -> bool:
    """Whether a heading is nothing but "Myth": what stands under it is not meant."""
    return _MYTH.fullmatch(heading.strip(_MARKS)) is not None


def are_truths(heading: str) -> bool:
    """Whether a heading is nothing but "Fact", "What is true"."""
    return _TRUTH.fullmatch(heading.strip(_MARKS)) is not None


def names_fact(text: str) -> bool:
    """Whether a text says of itself, or of a part of it, that it is the fact."""
    return _FACT.search(text) is not None


def unmeant(text: str, heading: str, claims: Iterable[Found], rules: Catalog) -> list[Found]:
    """The claims of a passage; those that accuse are set aside where it tells what is untrue."""
    plain = heading.replace("’", "'").strip(_MARKS)
    under = _UNTRUE.fullmatch(plain) is not None
    fact = _SINCE.search(text.replace("’", "'")) if under else None
    since = fact.end() if fact else len(text) + 1
    return [
        replace(claim, set_aside=SetAside.OTHER_PARTY)
        if claim.set_aside is None
        and (rules.rules[claim.rule_id].kind, claim.stance) in ACCUSES
        and (_is_labelled(text, claim) or (under and not _is_meant(text, plain, claim, since)))
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
    if _IS_NOT.fullmatch(heading):
        return _NOT.search(said) is not None
    return _OF_OTHERS.search(heading) is not None and _OWN.match(said) is not None


def _is_labelled(text: str, claim: Found) -> bool:
    """Whether a claim's sentence has the label, or the line above it is nothing else."""
    if _LABELLED.match(text, claim.start):
        return True
    above = text[: claim.start].rstrip()
    return "\n" in text[len(above) : claim.start] and are_myths(above.rpartition("\n")[2])
