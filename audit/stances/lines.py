"""Which service line a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from audit.concepts.mentions import Mentions
from audit.concepts.word_index import Place
from data.vocabulary import AT_HOME_LINES, IN_CLINIC_LINES, Line

# What a word for a line says of a text in which it stands.
_CONCEPT_LINES: dict[str, frozenset[str]] = {
    "line-oral": frozenset({Line.AT_HOME_ORAL}),
    "line-nasal": frozenset({Line.AT_HOME_NASAL}),
    "line-home-injection": frozenset({Line.AT_HOME_INJECTION}),
    "line-iv": frozenset({Line.IN_CLINIC_IV}),
    "line-im": frozenset({Line.IN_CLINIC_IM}),
    "line-spravato": frozenset({Line.SPRAVATO}),
    "line-therapy": frozenset({Line.THERAPY}),
    "line-injection-any": frozenset({Line.AT_HOME_INJECTION, Line.IN_CLINIC_IM}),
    "line-spray-any": frozenset({Line.AT_HOME_NASAL, Line.SPRAVATO}),
    "other-treatment": frozenset({"other-treatment"}),
}
_SPRAYS = _CONCEPT_LINES["line-spray-any"]
_SHOTS = _CONCEPT_LINES["line-injection-any"]
# These say only where; they count where nothing says what.
_PLACE_LINES: dict[str, frozenset[str]] = {
    "line-at-home": frozenset(AT_HOME_LINES),
    "line-in-clinic": frozenset(IN_CLINIC_LINES),
}
_LINES = {**_CONCEPT_LINES, **_PLACE_LINES}
_CONCEPTS, _PLACES = frozenset(_CONCEPT_LINES), frozenset(_PLACE_LINES)
_NONE = frozenset[str]()
OTHER_TREATMENT = "other-treatment"
# How ketamine itself is given; therapy is given along with one of them.
ROUTES = AT_HOME_LINES | IN_CLINIC_LINES
# Given in an office, as what is infused or injected there.
_IN_OFFICE_TOO = {Line.SPRAVATO, Line.THERAPY}
_OURS, CHOICES = "ours-instead", "other-choices"
OTHER_SERVICE = "other-service"
# In "vitamin drips" nobody speaks of a drip of ketamine.
_NAMES = (OTHER_TREATMENT, OTHER_SERVICE)
# In "intramuscular injection" nobody speaks of an injection of any other kind.
_WHICH = {
    "line-injection-any": ("line-im", "line-home-injection"),
    "line-spray-any": ("line-spravato",),
}
_KETAMINE, _ITSELF = "ketamine-named", "ketamine-itself"
# "Unlike an infusion", "the same as in the spray": the sentence is about something else.
_COMPARED = "compared-line"
_MENU_WORDS, _TITLE_WORDS = 5, 8
# "Not Spravato", "Injections?", "Spravato: coming soon".
_NO_NAME = re.compile(r"(?i)^\W*(?:no|not|never|without)\b|\?|\b(?:coming soon|no longer)\b")
_TALK = "sentence-verb"
_HOME = {"line-at-home", "home-words"}
_NO_ENTRY = {"elsewhere", "not-ketamine-iv"}
_MENU = _CONCEPTS | _HOME | _NO_ENTRY | {_TALK}


def named(mentions: Mentions) -> frozenset[str]:
    """The lines that a text names; empty where it names none."""
    concepts = _spoken(mentions, _CONCEPTS)
    found = _NONE.union(*(_LINES[concept] for concept in concepts))
    if "line-spravato" in concepts and _ITSELF not in mentions:
        found -= {Line.AT_HOME_NASAL}  # "Spravato nasal spray" is one thing, not two
    return found if found - {OTHER_TREATMENT} else found | _lines(mentions, _PLACES)


def over(heading: Mentions) -> frozenset[str]:
    """The lines that a heading names for what stands below it: "TMS and ketamine" is on both."""
    found = named(heading)
    return _NONE if found == {OTHER_TREATMENT} and _KETAMINE in heading else found


def names_treatment(mentions: Mentions) -> bool:
    """Whether a text names a treatment, rather than only a place."""
    return bool(mentions.among(_CONCEPTS))


def spoken_of(mentions: Mentions, heading: frozenset[str], page: frozenset[str]) -> frozenset[str]:
    """The lines that a statement speaks of: what it names, else its heading, else its page.

    "In our office" says where; about what, heading and page know better: Spravato and therapy are
    given in an office too. Another treatment that is named beside ketamine, or as something that
    one could have instead, is an alternative to it. Under therapy, a route is how therapy is given.
    """
    own = named(mentions)
    if heading == {Line.SPRAVATO} and not own and _OURS in mentions:
        heading = frozenset()  # "Is it Spravato?" "No. Ours is racemic ketamine."
    if heading == {OTHER_TREATMENT} and _KETAMINE in mentions:
        heading = frozenset()  # "EMDR": "You meet your therapist again after ketamine."
    around = _around(heading, page)
    if own == {OTHER_TREATMENT} and (_KETAMINE in mentions or CHOICES in mentions):
        return around
    only_places = own and own == _lines(mentions, _PLACES)
    if only_places and heading == {Line.SPRAVATO}:
        return heading  # "Spravato is never dispensed for use at home."
    if only_places and around & _IN_OFFICE_TOO and not own & AT_HOME_LINES:
        return (own | {Line.THERAPY}) & around if own & around else around
    if (only_places or own == _SPRAYS) and own & around:
        return own & around  # "in the home", "the spray", on the page about one of them
    if own == _SHOTS and heading == {Line.IN_CLINIC_IV}:
        return own | heading  # "Injections at a low dose are used off-label", below "IV ketamine"
    if own and own <= ROUTES and Line.THERAPY in around:
        return own | {Line.THERAPY}  # "before each injection", on the page about the therapy
    return own or around


def places(mentions: Mentions) -> list[Place]:
    """Where a text names lines, from the left; of names within each other the widest."""
    found = sorted(
        (place for concept in _spoken(mentions, _CONCEPTS) for place in mentions.places(concept)),
        key=lambda place: (place[0], -place[1]),
    )
    outer: list[Place] = []
    for start, end in found:
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer


def worded(mentions: Mentions) -> frozenset[str]:
    """The lines in whose words a text speaks, be it of another service: "vitamin drips"."""
    of_one = [found for c in mentions.among(_CONCEPTS) if len(found := _CONCEPT_LINES[c]) == 1]
    return _NONE.union(*of_one) - {OTHER_TREATMENT}


def _around(heading: frozenset[str], page: frozenset[str]) -> frozenset[str]:
    """The lines over a statement; "Is the spray for use at home?" leaves it to the page."""
    is_general = heading in _PLACE_LINES.values() or heading == _SPRAYS
    return (heading & page if is_general else heading) or heading or page


def _lines(mentions: Mentions, concepts: Iterable[str]) -> frozenset[str]:
    return _NONE.union(*(_LINES[concept] for concept in _spoken(mentions, concepts)))


def _spoken(mentions: Mentions, concepts: Iterable[str]) -> list[str]:
    """The words for lines that are neither a part of another service's name nor compared with."""
    found = mentions.among(concepts)
    if found and mentions.any_of(_NAMES):
        others = [place for name in _NAMES for place in mentions.places(name)]
        found = [c for c in found if c in _NAMES or not _all_inside(mentions.places(c), others)]
    for whole, kinds in _WHICH.items():
        if whole in found and (told := [p for kind in kinds for p in mentions.places(kind)]):
            found = [c for c in found if c != whole or not _all_inside(mentions.places(c), told)]
    if found and _COMPARED in mentions:
        compared = mentions.places(_COMPARED)
        found = [c for c in found if not _all_inside(mentions.places(c), compared)]
    return found


def _all_inside(places: Iterable[Place], others: Sequence[Place]) -> bool:
    return all(any(start <= a and b <= end for start, end in others) for a, b in places)


def on_the_menu(text: str, mentions: Mentions) -> frozenset[str]:
    """The lines that a short menu entry or a page's heading names as a service.

    A comparison ("Spravato vs ketamine") or a question is no entry of a menu, and what is given
    through the nose may be Spravato where no home is named.
    """
    concepts = set(mentions.among(_MENU))
    longest = _MENU_WORDS if _TALK in concepts else _TITLE_WORDS
    if len(text.split()) > longest or _NO_NAME.search(text) or concepts & _NO_ENTRY:
        return frozenset()
    if not concepts & _HOME:
        concepts.discard("line-nasal")
    found = [_CONCEPT_LINES[c] for c in _spoken(mentions, concepts & _CONCEPTS)]
    return frozenset[str]().union(*(f for f in found if len(f) == 1)) - {OTHER_TREATMENT}
