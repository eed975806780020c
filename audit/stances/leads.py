"""What the lead-in of a list makes of its items: "Not included:", "What other clinics do:"."""

from __future__ import annotations

import re

from audit.concepts import expressions
from audit.stances.context import Cue
from audit.stances.unit import Unit

_WORDING = expressions.beside(__file__)
_MARKS = " :.!-"
# "Nurse on video: optional", "(at extra cost)", "... - coming soon".
# Not in a remark with a label of its own: "(later doses: optional)".
_ANSWER = re.compile(r"(?:: ?| -+ |\(|\.(?: ?\.){2,} ?| \| )(?P<answer>[^:()|]{3,40}?)\)?[.!]?$")
# "Nurse on video Optional": the cells of a row without a mark between them, and no sentence.
_BESIDE = re.compile(
    r"(?!.*\b(?:is|are|be|not|and|or|with|while|but) )[^.,;:!?]{10,150} (?P<answer>[\w-]+)$"
)
# The groups of the file beside this one, and the kind of cue that each is.
_ASIDE = {"others": "other_party", "hearsay": "hearsay", "not_yet": "conditional"}


def withholds(folded: str) -> bool:
    """Whether a lead-in or a heading stands over what is not to be had."""
    return _WORDING["negative"](folded.strip(_MARKS)) is not None


def heads_what_is_not(folded: str) -> bool:
    """Whether a heading stands over what is not to be had, or not so."""
    return withholds(folded) or _WORDING["not_so"](folded.strip(_MARKS)) is not None


def turns(folded: str) -> bool:
    """Whether a lead-in makes of its items anything but what they say."""
    said = folded.strip(_MARKS)
    aside = any(_WORDING[group](said) is not None for group in _ASIDE)
    return aside or heads_what_is_not(said) or leaves_open(said)


def leaves_open(folded: str) -> bool:
    """Whether what answers a label says that it may be so: "optional", "at extra cost"."""
    return _WORDING["perhaps"](folded.strip(_MARKS)) is not None


def _is_left_open(unit: Unit) -> bool:
    """Whether a statement is a label that ends in such an answer."""
    if len(unit.folds) > 1 and leaves_open(unit.folds[-1].text):
        return True
    ends = (_ANSWER.search(unit.text), _BESIDE.match(unit.text))
    return any(
        end is not None and leaves_open(end["answer"]) and not _is_in_remark(unit.text, end.start())
        for end in ends
    )


def _is_in_remark(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place)


def carried(unit: Unit, cues: list[Cue]) -> list[Cue]:
    """The cues of a statement with those that its lead-in adds, or carries on into the item.

    Args:
        unit: the statement; an item that has no lead-in may have its list's heading for one.
        cues: the cues of its words, of which none reaches over the lead-in's colon.
    """
    text, lead = unit.text, unit.lead
    said = (text[:lead] if lead else unit.under).strip(_MARKS)
    found = list(cues)
    if _is_left_open(unit) or leaves_open(said):
        found.append(Cue("conditional", 0, lead, len(text)))
    if not said:
        return found
    for group, kind in _ASIDE.items():
        if _WORDING[group](said):
            found.append(Cue(kind, 0, lead, len(text)))
    return sorted(found, key=lambda cue: cue.start)
