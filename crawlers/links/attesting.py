"""Links that say something of who follows them: "Yes, I am over 18", "I agree to the terms".

A gate may lead on with one. Whoever follows it has said that, so nobody here does. Pure: no I/O.
"""

from __future__ import annotations

import re

_LONGEST = 120
_AGE = r"(?:1[6-9]|2[01]|eighteen|twenty[- ]one)"
_YEARS = r"(?:\s?\+|\s?years?(?: old| of age)?|,? (?:or|and) (?:over|older|above|up)| plus)*"
_OLD = rf"(?:at least |over |above |aged? |already )*(?:the age of )?{_AGE}{_YEARS}"
_WORKS = (
    r"an? (?:(?:us|u\.s\.|licensed|registered) )*(?:health ?care|medical) (?:professional|provider)"
)
_LEGAL = r"(?:of|over|above) (?:the )?(?:legal|lawful|full) (?:drinking )?age"
# What else such a link may say: that one enters, or what one agrees to besides.
_ENTERS = (
    r"(?:enter|continue|proceed|let me in)(?: to)?(?: (?:the|this))?(?: (?:web ?)?(?:site|page))?"
)
_SAYS = r"agree|accept|consent|have read|understand|live|reside|wish|want to enter"
_MORE = rf"and (?:i )?(?:{_SAYS})\b[^?]*"
_TAIL = rf"(?:\W*(?:and )?{_ENTERS}|,? {_MORE})?"
_AGREES = (
    r"i (?:hereby )?(?:agree|accept|consent)(?: (?:to|with|the|our|these|your|all|and)\b[^?]*)?"
    r"|i (?:hereby )?(?:confirm|certify|attest|acknowledge|declare)(?: (?:that|my age|the)\b[^?]*)?"
    r"|i (?:have read|understand) (?:and|the (?:risks?|terms|above))\b[^?.]*"
)
_ATTESTS = re.compile(
    rf"\W*(?:yes\W+)?(?:i(?:['’]m| am) (?:{_OLD}|{_WORKS}|{_LEGAL}){_TAIL}|{_AGREES})\W*"
    rf"|\W*yes(?:\W+(?:i am|{_ENTERS}))?\W*"
    rf"|\W*(?:agree|accept) (?:and|&) {_ENTERS}\W*"
    rf"|\W*{_ENTERS}\W+(?:i(?:['’]m| am) )?{_OLD}\W*",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?\s*$")


def attests(text: str) -> bool:
    """Whether who follows a link with such a text says something of themselves."""
    said = " ".join(text.split())
    is_short = len(said) < _LONGEST
    return is_short and not _ASKS.search(said) and _ATTESTS.fullmatch(said) is not None
