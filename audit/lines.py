"""Which service line a text speaks of, and which lines a provider offers.

Talk about a treatment is not an offer: a line is offered where a block in the provider's own voice
says so (``audit/offers.yml``), and a line wrongly found would be a dozen false accusations.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from audit import declarations, frames, matching
from audit.context import Context, negated, set_aside
from audit.lexicon import Lexicon, Mentions
from audit.units import Unit
from data.models import AT_HOME_LINES, IN_CLINIC_LINES, Line

FILE = Path(__file__).parent / "offers.yml"

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
# These say only where; they count where nothing says what.
_PLACE_LINES: dict[str, frozenset[str]] = {
    "line-at-home": frozenset(AT_HOME_LINES),
    "line-in-clinic": frozenset(IN_CLINIC_LINES),
}
OTHER_TREATMENT = "other-treatment"
# Given in an office, as what is infused or injected there.
_IN_OFFICE_TOO = {Line.SPRAVATO, Line.THERAPY}
_KETAMINE, _ITSELF = "ketamine-named", "ketamine-itself"
_MENU_WORDS = 5
_HOME = {"line-at-home", "home-words"}
_NO_ENTRY = {"elsewhere", "not-ketamine-iv"}


def named(mentions: Mentions) -> frozenset[str]:
    """The lines that a text names; empty where it names none."""
    found = _union(mentions, _CONCEPT_LINES)
    if "line-spravato" in mentions and _ITSELF not in mentions:
        found -= {Line.AT_HOME_NASAL}  # "Spravato nasal spray" is one thing, not two
    return found if found - {OTHER_TREATMENT} else found | _union(mentions, _PLACE_LINES)


def spoken_of(mentions: Mentions, heading: frozenset[str], page: frozenset[str]) -> frozenset[str]:
    """The lines that a statement speaks of: what it names, else its heading, else its page.

    "In our office" says where; about what, heading and page know better: Spravato and therapy are
    given in an office too. Another treatment that is named beside ketamine is an alternative to it.
    """
    around = heading or page
    own = named(mentions)
    if own == {OTHER_TREATMENT} and _KETAMINE in mentions:
        return around
    only_places = own and own == _union(mentions, _PLACE_LINES)
    if only_places and around & _IN_OFFICE_TOO and not own & AT_HOME_LINES:
        return around
    return own or around


def _union(mentions: Mentions, lines: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*(lines[c] for c in lines if c in mentions))


def on_the_menu(text: str, mentions: Mentions) -> frozenset[str]:
    """The lines that a short menu entry or a page's heading names as a service.

    A comparison ("Spravato vs ketamine") or a question is no entry of a menu, and what is given
    through the nose may be Spravato where no home is named.
    """
    concepts = {c for c in (*_CONCEPT_LINES, *_HOME, *_NO_ENTRY) if c in mentions}
    if len(text.split()) > _MENU_WORDS or "?" in text or concepts & _NO_ENTRY:
        return frozenset()
    if not concepts & _HOME:
        concepts.discard("line-nasal")
    found = [_CONCEPT_LINES[c] for c in concepts if c in _CONCEPT_LINES]
    return frozenset[str]().union(*(f for f in found if len(f) == 1)) - {OTHER_TREATMENT}


@dataclass(frozen=True, slots=True)
class Offer:
    """A frame that says that a line is (or, denied, is not) offered.

    ``needs``: the concepts that can fill each of its slots, as a number with a bit for each.
    """

    line: str
    frame: frames.Frame
    needs: tuple[int, ...]


def load_offers(words: Lexicon, path: Path = FILE) -> tuple[Offer, ...]:
    """Read the frames that tell an offer.

    Raises:
        UsageError: the file has an unknown key, or a frame that cannot be read or has a concept
            that is not in the lexicon.
    """
    raw = declarations.read(path, required={"offers"}, optional=set())["offers"]
    offers = []
    for line, declared in raw.items():
        for number, frame in enumerate(declared, 1):
            try:
                parsed = frames.parse({"stance": "states", "if_negated": "denies", **frame})
            except ValueError as error:
                raise declarations.wrong(path, f"{line}[{number}]", str(error)) from error
            for concept in sorted(parsed.concepts):
                if concept not in words:
                    raise declarations.wrong(path, f"{line}[{number}]", f"no concept {concept!r}")
            needs = tuple(words.mask(slot.concepts) for slot in parsed.slots)
            offers.append(Offer(line, parsed, needs))
    return tuple(offers)


def offers_in(
    offers: Iterable[Offer],
    unit: Unit,
    mentions: Mentions,
    around: tuple[Container[str], Container[str]],
    context: Context,
) -> list[tuple[str, bool]]:
    """(line, offered or disowned) for each offer in a unit of the provider's own text.

    ``around`` holds the concepts of the heading and those of the whole passage.
    """
    said: list[tuple[str, bool]] = []
    if unit.question:
        return said
    possible = [o for o in offers if all(mentions.possible & need for need in o.needs)]
    cues = context.cues(unit.text) if possible else []
    for offer in possible:
        for hit in matching.match(offer.frame, unit.text, mentions, *around):
            if unit.says(hit.start, hit.end) and set_aside(cues, hit.start, hit.end) is None:
                turned = negated(cues, *hit.head) != (unit.answer == "no")
                said.append((offer.line, not turned))
    return said
