"""The signs of how ketamine is given that a sentence has, and those that it denies.

``route_signs.yml`` has the words; ``audit.site.line_evidence`` adds the signs up over a site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.concepts import expressions
from audit.stances.assertion import negated
from audit.stances.stances import Statement
from audit.stances.unit import Unit

_SIGNS = expressions.beside(__file__)
FILE = _SIGNS.path
IV, IM, ORAL = "in-clinic-iv", "in-clinic-im", "at-home-oral"
NASAL, INJECTION = "at-home-nasal", "at-home-injection"
SPRAVATO, THERAPIST, AROUND = "spravato", "therapist", "around"
ROUTES = frozenset({IV, IM, ORAL, NASAL, INJECTION, SPRAVATO})
KETAMINE, OTHER, NONE_HERE = "ketamine", "other-medicine", "gives-none"
SHOT, HOME, HERE = "shot", "home", "here-only"
WATCHED, SLOWLY, BY_NAME = "watched", "slowly", "therapy-named"
# A therapist whom a patient may meet at the house.
THERAPIST_HERE, _THEIRS, _A_THERAPIST = "therapist-here", "their-therapist", "a-therapist"
# Two signs in one sentence: a needle and a muscle, a vein and a pump, ketamine and a spray.
TOGETHER = {"im-shot": {IM, SHOT}, "iv-slowly": {IV, SLOWLY}, "ketamine-spray": {NASAL, KETAMINE}}
_SAID = (*ROUTES, THERAPIST, AROUND, BY_NAME, KETAMINE, SHOT, HOME, WATCHED, SLOWLY)
# These say themselves that something is not so, or not given.
_OUTRIGHT = (HERE, NONE_HERE)
# What a sentence of others, or of other times, may still say.
_WHOEVER_SAYS = frozenset({OTHER, *_OUTRIGHT})
_KINDS = (*ROUTES, SHOT, OTHER)
# "Do you prescribe ketamine?", of whatever kind.
_ASKS_FOR_IT = re.compile(
    r"\b(?:do|can|will|could|does) (?:you|your \w+) (?:\w+ )?(?:give|offer|prescribe|provide|do"
    r"|have|sell|supply|administer) (?:any )?ketamine"
    r"(?: (?:here|treatment|therapy|too|as well))?\W*$"
)
_SHORTLY = re.compile(r"\b(?:iv|im|oral|nasal)\b")
_OF_KETAMINE = ROUTES | {SHOT, HOME, HERE}
# "By IV, into a muscle, as a spray or a lozenge": so medicine at large is told of.
_ENUMERATED = 3
# "Could I have the infusion without the therapist?": the therapist is not what is asked for.
_LEFT_OUT = re.compile(r"(?:instead of|without|rather than) (?:[\w-]+ ?){1,2}")
_OURS = re.compile(r"\b(?:we|our) (?!choose|chose)")
_AT_HOME = re.compile(r"\b(?:home|house|farm|myself|bed|bedroom)\b")


@dataclass(frozen=True, slots=True)
class Told:
    """The signs of a sentence and those that it denies; where it stands in its block's text.

    ``own``: the text speaks of "us", "you" or "her", and not of medicine at large; ``ours``: of
    "us" or "her", and so of a house.
    """

    signs: frozenset[str]
    against: frozenset[str]
    start: int
    end: int
    own: bool
    ours: bool = False


def told_in(read: Sequence[Statement]) -> Iterator[Told]:
    """What each statement of a passage tells, where it tells anything."""
    own = any(_SIGNS["own"](statement.unit.text) for statement in read)
    ours = any(_SIGNS["ours"](statement.unit.text) for statement in read)
    explains = any(_compares(statement.unit) for statement in read)
    of_one_way = any(_asks_of_a_way(statement.unit) for statement in read)
    for statement in read:
        unit = statement.unit
        if unit.asked:
            signs, against = frozenset[str](), _refused(unit.text, unit.asked, unit.answer)
            if _ASKS_FOR_IT.search(unit.text[: unit.asked]) and _is_no(unit):
                signs, against = frozenset({NONE_HERE}), against | {KETAMINE}
        elif unit.question:
            continue
        else:
            signs, against = _said(statement)
            signs = signs & _WHOEVER_SAYS if explains else signs
            signs -= {NONE_HERE} if of_one_way and KETAMINE not in against else set()
        if signs or against:
            yield Told(signs, against, *unit.place, own, ours)


def of_another(text: str) -> bool:
    """Whether a folded title or heading names another medicine, and not ketamine."""
    return bool(_SIGNS[OTHER](text)) and not _SIGNS[KETAMINE](text)


def is_set_apart(text: str) -> bool:
    """Whether a folded title or heading is of the past, the future or others: "Coming soon"."""
    return bool(_SIGNS["set-apart"](text))


def compares(text: str) -> bool:
    """Whether a folded title or heading weighs or explains: "What forms does it come in?"."""
    return bool(_SIGNS["compares"](text)) and not _OURS.search(text)


def names_ketamine(text: str) -> bool:
    """Whether a folded text names it."""
    return bool(_SIGNS[KETAMINE](text))


def _said(statement: Statement) -> tuple[frozenset[str], frozenset[str]]:
    text, signs, against = statement.unit.text, set[str](), set[str]()
    for sign in _SAID:
        if found := _SIGNS[sign](text):
            (against if negated(statement.cues, *found.span()) else signs).add(sign)
    signs.update(sign for sign in _OUTRIGHT if _SIGNS[sign](text))
    if THERAPIST in signs and _SIGNS[_A_THERAPIST](text) and not _SIGNS[_THEIRS](text):
        signs.add(THERAPIST_HERE)
    if IM in signs and (INJECTION in signs or _is_vein(text)):
        signs.discard(IM)
    if len(signs & ROUTES) >= _ENUMERATED:
        signs -= ROUTES
    if _SIGNS[OTHER](text):
        signs.add(OTHER)
    if _SIGNS["set-apart"](text) or any(cue.kind == "other_party" for cue in statement.cues):
        signs &= _WHOEVER_SAYS
    if OTHER in signs and KETAMINE not in signs:
        return frozenset(signs - _OF_KETAMINE), frozenset()
    signs.update(name for name, both in TOGETHER.items() if both <= signs)
    return frozenset(signs), frozenset(against)


def _compares(unit: Unit) -> bool:
    question = unit.text[: unit.asked] if unit.asked else unit.text if unit.question else ""
    return compares(question)


def _asks_of_a_way(unit: Unit) -> bool:
    """Whether "We don't provide it" is said of one way: "What about IV?"."""
    asked = unit.text[: unit.asked] if unit.asked else unit.text if unit.question else unit.context
    return bool(_SHORTLY.search(asked)) or any(_SIGNS[of](asked) for of in _KINDS)


def _is_vein(text: str) -> bool:
    """Whether the arm of a sentence is where a line goes in: "the crook of your arm"."""
    arm = _SIGNS[IM](text)
    is_arm = arm is not None and arm[0].endswith("arm") and not arm[0].endswith("upper arm")
    return is_arm and bool(_SIGNS["vein-arm"](text))


def _is_no(unit: Unit) -> bool:
    return unit.answer == "no" or bool(_SIGNS["says-no"](unit.text[unit.asked :]))


def _refused(text: str, asked: int, answer: str | None) -> frozenset[str]:
    """The signs of a question that is answered with no."""
    if answer != "no" and not _SIGNS["says-no"](text[asked:]):
        return frozenset()
    question = _LEFT_OUT.sub("", text[:asked])
    found = {sign for sign in (*ROUTES, THERAPIST) if _SIGNS[sign](question)}
    at_home = _AT_HOME.search(question)
    if at_home:
        found.discard(IM)
    if _SIGNS[SHOT](question):
        found |= {INJECTION} if at_home else {INJECTION, IM}
    return frozenset(found)
