"""What a sentence is about, where that is neither ketamine nor the house: "Yoga eases PTSD".

Another drug, another kind of help, an illness that runs its course: what is said of their effects
is said of theirs. Until the sentence turns to ketamine, or to the house, again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from audit.concepts import expressions
from audit.stances import lines
from audit.stances.stances import Statement

_WORDING = expressions.beside(__file__)
_BEGINS = ("begins_with_another", "begins_with_an_illness")
# Another clause, which may be about something else: "Pills take weeks, but most feel it in a day".
# ... but not where it goes on about the same: "It may calm you, but it is habit-forming".
_CLAUSE = re.compile(
    r"; | - |,? (?:but|while|whereas|yet) "
    r"(?!(?:it|its|they|their|can|is|are|has|have|may|only|also)\b)"
)
# ... nor are several gone on about as one: "Opioids are worse, but it can be habit-forming".
_BUT_IT = re.compile(r",? (?:but|while|whereas|yet) its?\b")
# A sentence of its own, for a comma's or semicolon's sake in one with what goes before it: "Saline
# has no side effects; ketamine does", "Therapy eases it, and we ask you to keep your therapist".
_PARTED = re.compile(r"; (?!so\b)|, (?:and|so) (?=(?:we|i|our|ketamine)\b)")
_LONGEST_NAME = 8
_KETAMINE = "ketamine-named"


class _Subject(NamedTuple):
    """What a sentence is about: so far about something else, and about nothing but that.

    ``name``: the words that name it, which the next sentence may go on about.
    """

    end: int = 0
    alone: bool = False
    name: str = ""


_OURS = _Subject()


def mark(read: Sequence[Statement], heading: str) -> None:
    """Tell each statement of a passage up to where it is about something else.

    Args:
        read: the statements, in order.
        heading: the folded heading over them.
    """
    headed = heading if _is_of_another(heading) else ""
    before = headed
    for statement in read:
        unit = statement.unit
        start = 0 if unit.answer and not unit.told else unit.asked
        said = unit.text[start:].lstrip()
        about = _subject(said, before, headed)
        before = about.name
        headed = "" if _WORDING["turns_to_us"](said) else headed
        statement.of_another = start + about.end if about.end else 0
        statement.of_another_alone = about.alone
        if not statement.of_another and _names_another_service(statement):
            statement.of_another = len(unit.text)


def _names_another_service(statement: Statement) -> bool:
    """Whether a sentence names another service of the house and no way of giving ketamine.

    "7 in 10 still have relief a year after a nerve block": it may yet disclose, and accuses nobody.
    """
    mentions, heading = statement.mentions, statement.heading
    if lines.OTHER_SERVICE not in mentions or _KETAMINE in mentions or _KETAMINE in heading:
        return False
    return not lines.named(mentions) - {lines.OTHER_TREATMENT}


def _subject(said: str, before: str, headed: str) -> _Subject:
    """What a sentence is about, after one that named something else, or under such a heading."""
    begins = next((found for name in _BEGINS if (found := _WORDING[name](said))), None)
    if begins is not None:
        return _so_far(said, begins.end(), begins[0])
    on = _goes_on(said, before)
    if on is not None:
        return _so_far(said, on.end(), before)
    if headed:
        # Its own words do not tell: "Do not drink. Sedation and misuse are risks".
        return _so_far(said, 0, headed)._replace(alone=False)
    if _WORDING["of_those_on_another"](said) and not _WORDING["compares"](said):
        return _so_far(said, 0, said)
    if _WORDING["of_talk"](said) and not _WORDING["turns_to_us"](said):
        return _Subject(len(said), alone=True, name=said)
    runs = _WORDING["runs_its_course"](said) is not None
    return _so_far(said, 0, said)._replace(alone=False) if runs else _OURS


def _goes_on(said: str, before: str) -> re.Match[str] | None:
    """The word with which a sentence goes on about what the one before it named."""
    on = _WORDING["goes_on"](said) if before else None
    if on is None or (_WORDING["names_many"](before) and _WORDING["names_one"](on[0])):
        return None
    return None if _WORDING["is_no_medicine"](before) and _WORDING["a_medicine"](on[0]) else on


def _so_far(said: str, named: int, name: str) -> _Subject:
    """Where a sentence goes over to another subject; nowhere if it names ketamine or the house."""
    to_us = _WORDING["turns_to_us"](said, named)
    parted = _PARTED.search(said, named)
    if to_us and not (parted and parted.end() <= to_us.start()):
        return _OURS
    turns = [parted, _CLAUSE.search(said, named), _WORDING["points_at_ours"](said, named)]
    if _WORDING["names_many"](name):
        turns.append(_BUT_IT.search(said, named))
    if _WORDING["is_no_medicine"](name):
        turns.append(_WORDING["a_medicine"](said, named))
    end = min((turn.start() for turn in turns if turn), default=len(said))
    alone = end == len(said) and not _WORDING["is_a_risk"](said)
    return _Subject(end, alone, name) if end else _OURS


def _is_of_another(heading: str) -> bool:
    """Whether a short heading asks about something else alone, or names it."""
    if not heading or len(heading.split()) > _LONGEST_NAME:
        return False
    if _WORDING["turns_to_us"](heading) or _WORDING["in_vain"](heading):
        return False
    return _WORDING["names_another"](heading) is not None
