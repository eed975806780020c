"""Whether a statement is asserted: what the cues around a place in a text do to it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.stances.context import Cue
from data.vocabulary import SetAside

TURNS = ("negation", "disclaimer")


def denied(cues: list[Cue], start: int, end: int) -> bool:
    """Whether ``[start, end)`` is denied outright, whatever "no" there is besides."""
    return negated([cue for cue in cues if cue.outright], start, end)


def negated(cues: list[Cue], start: int, end: int, parts: Iterable[tuple[int, int]] = ()) -> bool:
    """Whether an odd number of negations and disclaimers reaches ``[start, end)``.

    One inside is part of it, and so is one inside another of the statement's ``parts``: in "whose
    pressure is not controlled may not take it", the first "not" is the condition's own.
    """
    own = tuple(parts)
    count = sum(
        1
        for c in cues
        if c.kind in TURNS
        and _turns(c, start, end)
        and not any(a <= c.start and c.end <= b for a, b in own)
    )
    return count % 2 == 1


def _turns(cue: Cue, start: int, end: int) -> bool:
    if cue.kind == "disclaimer":
        return cue.since <= start and end <= cue.start
    return cue.end <= start < cue.reach


def set_aside(
    cues: list[Cue],
    start: int,
    end: int,
    *,
    reports: bool = True,
    hearsay: bool = False,
    opinion: bool = False,
) -> SetAside | None:
    """Why a statement at ``[start, end)`` is not the provider's plain assertion, if it is not.

    ``reports``: what studies and societies say is theirs. A provider that quotes a study to say
    what the drug does says so itself. ``hearsay``: so are the words that people are told or ask
    about; it makes nobody guilty, and undoes no disclosure. ``opinion``: so is what somebody thinks
    that others should do.
    """
    asked = {"reported": reports, "hearsay": hearsay, "opinion": opinion}
    others = ["other_party", *(kind for kind, counts in asked.items() if counts)]
    for cue in cues:
        if cue.kind in others and cue.start < end and start < cue.reach:
            return SetAside.OTHER_PARTY
    for cue in cues:
        # A condition bears on what follows it, and on its own clause: in "a nurse stays with you
        # and slows the pump if needed" the nurse stays anyway.
        if cue.kind == "conditional" and end > cue.since and start < cue.reach:
            return SetAside.CONDITIONAL
    return None
