"""Which service a part of a page is about: by the headings over it, its column, its last sentence.

On a page of several services what is said of one must not be heard as said of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from audit.claims.claims import Engine
from audit.claims.own_words import OURS, speaks_of_ketamine
from audit.pages.elements import FRAME
from audit.pages.pages import Block, PageText
from audit.site import other_services, site_names
from audit.site.attributions import Attributions
from audit.site.of_others import SAID_UNDER, OfOthers
from audit.site.services import Services, of_house
from audit.stances import lines
from audit.stances.lines import OTHER_TREATMENT
from audit.text.folding import fold
from data.vocabulary import Line, PageType

_KETAMINE, _OTHER_SERVICE = "ketamine-named", lines.OTHER_SERVICE
_NOTHING = frozenset[str]()
_APART = frozenset({OTHER_TREATMENT})
_THERAPY = frozenset({str(Line.THERAPY)})
_SPRAVATO = frozenset({str(Line.SPRAVATO)})
# The longest heading that can be the bare name of a service.
_NAME_WORDS = 6
# "Who shouldn't get a vitamin or hydration drip?" asks about that service alone.
_OF_WHOM, _ASKED_WORDS = ("who ", "who's "), 10
# How ketamine-assisted therapy is given too: under its heading these name no service of their own.
_FORMS = ("individual", "group")
# A card of a builder that makes no headings: a title and a few lines.
_CARD_BLOCKS = 5
_AGAINST = re.compile(r"\b(?:vs?\b\.?|versus|compared (?:to|with))", re.IGNORECASE)
# An answer may be about anything.
_APART_KINDS = {"list-item", "faq"}
# A page of so many ways of giving ketamine is about none of them alone.
_SEVERAL = 2
_WRITTEN = {"paragraph", "heading", "list", "faq", "price-card", "table-row", "testimonial"}
_PAGE = {"main", "article"}
# A page of one of these kinds tells how a treatment goes, and whose it is.
_OF_ONE_ROUTE = {PageType.HOW_IT_WORKS, PageType.TREATMENT, PageType.SAFETY, PageType.CONSENT}


class Sections:
    """The headings of a page, and what they say of the text below.

    ``house``: the names of the site and its services beside ketamine; those of this page alone
    where it is left out.
    ``only_route``: the one way of giving ketamine of which a page tells that names none over all.
    """

    def __init__(self, engine: Engine, page: PageText, house: Services | None = None) -> None:
        house = house or of_house(engine, [page])
        self._site = house.called
        # Beside a name that names ketamine another service's name is a part of ours.
        self._plain_names = [name for name in self._site if "ketamine" not in name]
        self._engine, self._known = engine, dict[str, frozenset[str]]()
        self._rest: dict[str, bool] = {}
        first = (b.text for b in page.blocks if b.kind == "heading" and b.region == "main")
        self._first = next(first, "")
        # The home page is about all of them, whichever its title names.
        self._is_home = page.page_type == PageType.HOME
        self._groups = house.groups(engine, page)
        self._is_legal = page.page_type == PageType.LEGAL
        self.page = _NOTHING if self._is_home else self._titled_so(page) or self._described(page)
        # What a page on another service calls a drip or a shot is that service's.
        self._theirs = _NOTHING
        if page.url in house.pages:
            self.page = _APART
            self._theirs = self._worded(page.title) | self._worded(self._first)
        self._routes = _NOTHING
        if page.page_type == PageType.CONSENT or self.page == _THERAPY:
            self._routes = other_services.routes_told(engine, page)
            self.page = self._with_routes(self.page)
        told = page.page_type in _OF_ONE_ROUTE and not self.page
        self.only_route = other_services.only_route_told(engine, page) if told else _NOTHING
        self._cards = dict(self._titled(page.blocks))
        self._attributed = Attributions(engine, page, house)
        self._main = [b for b in page.blocks if b.region == "main" and b.kind not in _APART_KINDS]
        self._told_under: dict[tuple[str, ...], frozenset[str]] = {}
        #: Whether a block is not the provider's own word.
        self.is_of_others = OfOthers(page)

    @property
    def is_of_another_service(self) -> bool:
        """Whether the whole page is about another service alone."""
        return self.page == _APART

    def about(self, block: Block) -> frozenset[str]:
        """The lines that a block is about, by the headings over it, else by its page.

        Its nearest heading (an answer's is its question) is left to the statements below it, but
        for a service of its own. A patient's words are of the service that the patient came for.
        """
        if of_patient := self._attributed.lines_of(block):
            return of_patient
        if self._cards and block.region in SAID_UNDER:
            for box in _boxes(block):
                if box in self._cards:
                    return self._cards[box]
        if block.region in FRAME and self.page == _APART:
            return _NOTHING  # it speaks for the house, on whichever page
        path = block.heading_path
        if block.kind == "faq" and block.heading and (block.heading,) != path[-1:]:
            path = (*path, block.heading)
        if block.region not in SAID_UNDER or not path:
            return self.page
        return self._by_headings(path)

    def _by_headings(self, path: Sequence[str]) -> frozenset[str]:
        *above, nearest = path
        if self._is_other(nearest, (*above, self._first)):
            return _APART
        for number, heading in reversed(list(enumerate(above))):
            if self._is_other(heading, (*above[:number], self._first)):
                ours = self._is_ours(path[number + 1 :], self._worded(heading))
                return _NOTHING if ours else _APART
            is_title = self._is_home and heading == self._first
            if not is_title and (named := self._named(heading) - self._theirs):
                both = named == _SPRAVATO and _KETAMINE in self._engine.mentions(heading)
                # One that names ketamine and Spravato is over questions on either.
                return self.page if both else self._with_routes(named)
        return _NOTHING if self.page == _APART and self._is_ours(path) else self.page

    def _is_rest(self, heading: str) -> bool:
        if heading not in self._rest:
            self._rest[heading] = other_services.is_rest(self._engine, heading)
        return self._rest[heading]

    def _is_ours(self, headings: Sequence[str], theirs: frozenset[str] = _NOTHING) -> bool:
        """Whether one of some headings speaks of ketamine.

        ``theirs``: ways of giving something of which another service's name above them tells.
        """
        said = [self._engine.mentions(heading) for heading in headings]
        others = _APART | self._theirs | theirs
        return any(m.any_of(OURS) or lines.named(m) - others for m in said)

    def _worded(self, heading: str) -> frozenset[str]:
        mentions = self._engine.mentions(site_names.without(heading, self._site))
        return lines.worded(mentions) | lines.named(mentions)

    def route_told(self, block: Block) -> frozenset[str]:
        """The way of giving ketamine of which the text around a block tells, on a page of several.

        Under "The evening you take one" lozenges are named, and shots are not.
        """
        routes = self.about(block) & lines.ROUTES
        if len(routes) < _SEVERAL or block.kind == "faq":
            return _NOTHING
        path = block.heading_path
        if path not in self._told_under:
            around = [b for b in self._main if b.heading_path == path]
            self._told_under[path] = other_services.routes_in(self._engine, around)
        told = self._told_under[path] & routes
        return told if told < routes else _NOTHING

    def is_apart(self, block: Block) -> bool:
        """Whether a block is about another service alone."""
        return _APART in (self.about(block), self._named(block.heading))

    def _titled(self, blocks: Sequence[Block]) -> Iterator[tuple[int, frozenset[str]]]:
        """Boxes whose first line names a service, as a heading would, and which service."""
        inside: dict[int, list[Block]] = {}
        for block in blocks:
            if block.region in SAID_UNDER and block.kind in _WRITTEN:
                for box in _boxes(block):
                    inside.setdefault(box, []).append(block)
        for box, (first, *others) in inside.items():
            of_card = first.kind == "paragraph" and _boxes(first)[:1] == [box]
            if not of_card or not 0 < len(others) <= _CARD_BLOCKS:
                continue
            if len(first.text.split()) <= _NAME_WORDS and first.text[-1] not in ".!?:;,":
                is_other = self._is_other(first.text, (*first.heading_path, self._first))
                named = _APART if is_other else self._named(first.text)
                if named:
                    yield box, named

    def _named(self, heading: str) -> frozenset[str]:
        """The lines that a heading names; "Ketamine and TMS" is about more than TMS."""
        if heading not in self._known:
            mentions = self._engine.mentions(site_names.without(heading, self._site))
            named = lines.named(mentions)
            self._known[heading] = _NOTHING if named == _APART and _KETAMINE in mentions else named
        return self._known[heading]

    def _titled_so(self, page: PageText) -> frozenset[str]:
        """The lines that a title names, but for those that it compares with: "Us vs. the spray"."""
        return self._named(_AGAINST.split(page.title)[0])

    def _with_routes(self, named: frozenset[str]) -> frozenset[str]:
        """On a page about ketamine-assisted therapy that is given by the routes of which it tells.

        So is a consent to it one to these routes.
        """
        return named | self._routes if named == _THERAPY else named

    def _described(self, page: PageText) -> frozenset[str]:
        """The one line that a page's description names, where its title speaks of none of ours."""
        title = self._engine.mentions(site_names.without(page.title, self._site))
        if page.page_type != PageType.TREATMENT or title.any_of(OURS):
            return _NOTHING
        told = (b.text for b in page.blocks if b.kind == "meta" and b.text != page.title)
        named = self._named(next(told, ""))
        # "When TMS fails": what is named in passing is not what the page is about.
        return named if len(named) == 1 and named != _APART else _NOTHING

    def _is_other(self, heading: str, above: Sequence[str]) -> bool:
        """Whether a heading is the name of another service, and no part of one with ketamine."""
        if heading in self._groups:
            return True
        asked = heading.lower().startswith(_OF_WHOM)
        if len(heading.split()) > (_ASKED_WORDS if asked else _NAME_WORDS):
            return False
        heading = site_names.without(heading, self._plain_names)
        if self._is_rest(heading):
            return not self._is_legal  # there it may be other companies'
        mentions = self._engine.mentions(heading)
        places = mentions.places(_OTHER_SERVICE)
        if not places or speaks_of_ketamine(
            self._engine.lexicon.mentions(other_services.without(fold(heading).text, places))
        ):
            return False
        if not heading.lower().startswith(_FORMS):
            return True
        return not any(speaks_of_ketamine(self._engine.mentions(over)) for over in above)


def _boxes(block: Block) -> list[int]:
    """The elements around a block, two levels up: a card and a part of it."""
    around, names = block.outline.around(block.element, 2), block.outline.names
    return list(takewhile(lambda element: names[element] not in _PAGE, around))
