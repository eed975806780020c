"""What the lead-in of a list makes of its items: "Not included:", "What other clinics do:"."""

from __future__ import annotations

import re
from dataclasses import replace

from audit.concepts import expressions
from audit.stances.context import Cue
from audit.stances.units import Unit

_WORDING = expressions.beside(__file__)
_MARKS = " :.!-"
# What ends the reach of a lead-in's negation within an item.
_STOP = re.compile(r"[;:!?]|[.] | but | because | while | although | unless | until ")
# "What ketamine is not:" over "Not approved" says it once more, and not the opposite.
_DENIES_TOO = re.compile(r"\W*(?:[\w']+ ){0,2}?(?:not|no|never|cannot|[a-z]+n't)\b")
# The groups of the file beside this one, and the kind of cue that each is.
_ASIDE = {"others": "other_party", "hearsay": "hearsay", "not_yet": "conditional"}


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
    if _WORDING["negative"](said) and not _DENIES_TOO.match(text, lead + 1 if lead else 0):
        own = [n for n, cue in enumerate(found) if cue.kind == "negation" and cue.start < lead]
        stop = _STOP.search(text, lead + 1)
        end = stop.start() if stop else len(text)
        if own:
            found[own[-1]] = replace(found[own[-1]], reach=end)
        else:
            found.append(Cue("negation", 0, lead, end))
    for group, kind in _ASIDE.items():
        if _WORDING[group](said):
            found.append(Cue(kind, 0, lead, len(text)))
    return sorted(found, key=lambda cue: cue.start)
