"""What a sentence is about, where that is neither ketamine nor the house: "Yoga eases PTSD".

Another drug, another kind of help, an illness that runs its course: what is said of their effects
is said of theirs. Until the sentence turns to ketamine, or to the house, again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.concepts import expressions
from audit.stances.stances import Statement

_WORDING = expressions.beside(__file__)
_BEGINS = ("begins_with_another", "begins_with_an_illness")
# Another clause, which may be about something else: "Pills take weeks, but most feel it in a day".
# ... but not where it goes on about the same: "It may calm you, but it is habit-forming".
_CLAUSE = re.compile(
    r"; | - |,? (?:but|while|whereas|yet) "
    r"(?!(?:it|its|they|their|can|is|are|has|have|may|only|also)\b)"
)
_LONGEST_NAME = 8


def mark(read: Sequence[Statement], heading: str) -> None:
    """Tell each statement of a passage up to where it is about something else.

    Args:
        read: the statements, in order.
        heading: the folded heading over them.
    """
    headed = _is_of_another(heading)
    before = headed
    for statement in read:
        unit = statement.unit
        start = 0 if unit.answer and not unit.told else unit.asked
        said = unit.text[start:].lstrip()
        about = _reach(said, goes_on=before, headed=headed)
        before = about > 0
        headed = headed and not _WORDING["turns_to_us"](said)
        statement.of_another = start + about if before else 0


def _reach(said: str, *, goes_on: bool, headed: bool) -> int:
    """Up to where a sentence is about something else; 0 if it is not."""
    begins = next((found for name in _BEGINS if (found := _WORDING[name](said))), None)
    if begins is not None:
        return _ends(said, begins.end())
    if headed or (goes_on and _WORDING["goes_on"](said)):
        return _ends(said, 0)
    of_others = _WORDING["of_those_on_another"](said) and not _WORDING["compares"](said)
    return _ends(said, 0) if of_others or _WORDING["runs_its_course"](said) else 0


def _ends(said: str, named: int) -> int:
    """Where a sentence goes over to another subject; 0 if it speaks of ketamine or of the house."""
    if _WORDING["turns_to_us"](said, named):
        return 0
    clause = _CLAUSE.search(said, named)
    return clause.start() if clause else len(said)


def _is_of_another(heading: str) -> bool:
    """Whether a short heading asks about something else alone, or names it."""
    if not heading or len(heading.split()) > _LONGEST_NAME:
        return False
    if _WORDING["turns_to_us"](heading) or _WORDING["in_vain"](heading):
        return False
    return _WORDING["names_another"](heading) is not None
