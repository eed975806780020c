"""What the lead-in of a list makes of its items: "Not included:", "What other clinics do:"."""

from __future__ import annotations

from audit.concepts import expressions
from audit.stances.context import Cue
from audit.stances.unit import Unit

_WORDING = expressions.beside(__file__)
_MARKS = " :.!-"
# The groups of the file beside this one, and the kind of cue that each is.
_ASIDE = {"others": "other_party", "hearsay": "hearsay", "not_yet": "conditional"}


def withholds(folded: str) -> bool:
    """Whether a lead-in or a heading stands over what is not to be had."""
    return _WORDING["negative"](folded.strip(_MARKS)) is not None


def heads_what_is_not(folded: str) -> bool:
    """Whether a heading stands over what is not to be had, or not so."""
    return withholds(folded) or _WORDING["not_so"](folded.strip(_MARKS)) is not None


def carried(unit: Unit, cues: list[Cue]) -> list[Cue]:
    """The cues of a statement with those that its lead-in adds, or carries on into the item.

    Args:
        unit: the statement; an item that has no lead-in may have its list's heading for one.
        cues: the cues of its words, of which none reaches over the lead-in's colon.
    """
    text, lead = unit.text, unit.lead
    said = (text[:lead] if lead else unit.under).strip(_MARKS)
    if not said:
        return cues
    found = list(cues)
    for group, kind in _ASIDE.items():
        if _WORDING[group](said):
            found.append(Cue(kind, 0, lead, len(text)))
    return sorted(found, key=lambda cue: cue.start)
