"""Lines that break off in the midst of a sentence: "Ketamine is not" over "FDA approved".

Read alone, the second line would say the opposite.
"""

from __future__ import annotations

import re

_DENIES = re.compile(
    r"(?<!\bor )(?<!\bwhy )\b(?:not|never|cannot|without|neither|nor|[a-z]+n['’]t)$", re.IGNORECASE
)
# "We do what others don't" over "A nurse stays" is whole; and so is "Now or never" over "You ...".
_WHOLE = re.compile(
    r"(?:We|You|Your|Our|My|I|It|This|That|These|They|There|Here|The|She|He|Every|Each|All|No"
    r"|Ketamine|Esketamine|Spravato)\b"
)
_OTHERS_DO = re.compile(
    r"\bwhat (?:\w+ ){0,2}(?:others?|clinics|companies|providers|programs|places)"
    r" (?:(?:do|will|can|would) ?not|(?:do|wo|ca|would)n?['’]t)$",
    re.IGNORECASE,
)
# "Is it approved? It is not" and "Dosing alone: never" are whole; "Remember: never" is not.
_ANSWERED = re.compile(
    r"\?\s*(?:[\w'’]+ ){0,2}[\w'’]+$"
    r"|^(?!.*\b(?:remember|note|important|please|warning|rules?|reminder)\b).*:\s*never$",
    re.IGNORECASE,
)
_IS_NOT = re.compile(r"\b(?:is|are|was|were) not$|\b(?:is|are|was|were)n['’]t$", re.IGNORECASE)
_ONE = re.compile(r"An?\b")
# No sentence and no title ends so; "What we are" may be a title, "Vitamin A" a name.
_LEADS_ON = re.compile(
    r"\b(?:the|The|THE|an?|An|of|Of|OF|by|By|BY|and|And|AND|or|Or|OR|to|To|TO|our|your|their|its"
    r"|whose|which|than)$"
)
_DOTS = re.compile(r"\s?(?:…|\.\.\.)$")
_IS = re.compile(r"\b(?:is|are|was|were|be|been|being|has|have|had)$", re.IGNORECASE)


def without_dots(text: str) -> str:
    """A text without the dots that say that it goes on."""
    return _DOTS.sub("", text)


def denies(begun: str, rest: str) -> bool:
    """Whether a line ends in what denies, and the next does not begin a sentence of its own."""
    begun = without_dots(begun)
    if not _DENIES.search(begun) or _WHOLE.match(rest):
        return False
    is_whole = _OTHERS_DO.search(begun) or _ANSWERED.search(begun)
    if is_whole and not rest[:1].islower():
        return False
    return not _ONE.match(rest) or _IS_NOT.search(begun) is not None


def goes_on(begun: str, rest: str) -> bool:
    """Whether the sentence of one line goes on in the next, though that has a capital letter."""
    if denies(begun, rest) or _LEADS_ON.search(begun):
        return True
    return _IS.search(begun) is not None and not (_WHOLE.match(rest) or _ONE.match(rest))
