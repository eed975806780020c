"""Which pages and headings are about what a provider does beside ketamine."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from audit.claims.claims import Engine
from audit.claims.own_words import NOT_ABOUT, OURS, PARTNER, speaks_of_ketamine
from audit.concepts import expressions
from audit.concepts.mentions import Mentions
from audit.pages.pages import Block, PageText
from audit.site import site_names
from audit.stances import lines
from audit.text.folding import fold
from data.vocabulary import PageType

_WORDING = expressions.beside(__file__)
REST_OF_HOUSE = "rest-of-house"
_OTHERS = (lines.OTHER_SERVICE, lines.OTHER_TREATMENT)
_KETAMINE, _NO_KETAMINE = "ketamine-named", "not-ketamine-iv"
# The longest heading that is but a name for the rest of what a house does.
_REST_WORDS = 7
# A page of one of these kinds can be known by its first sentences; others are about the house.
_KINDS = {PageType.TREATMENT, PageType.OTHER}
_FIRST, _LEAST_WORDS, _NO_HEADING = 3, 5, 15
# So many texts make a page one about a way of giving ketamine.
_SEVERAL = 2
# "Infusions have a form of their own."
_LEFT_OUT = re.compile(
    r"\b(?:own|separate|different|another|other|second) (?:\w+ )?(?:consents?|forms?)\b"
    r"|\b(?:forms?|consents?) of (?:its|their) own\b"
    r"|\b(?:does not|doesn't|do not|is not|isn't|not) (?:cover|apply|for|about|deal|offer|give)\b",
    re.IGNORECASE,
)
# Whatever these are called, they speak of everything; a privacy policy has "other services" too.
_OF_THE_HOUSE = {PageType.HOME, PageType.TEAM, PageType.LEGAL, PageType.LOCATION}
# "TMS did not help?" goes on about something else.
_IN_VAIN = re.compile(
    r"\b(?:tried|failed|fails?|did not|didn't|have not|haven't|without|instead|unlike|than"
    r"|no longer|relief|resistant|enough)\b",
    re.IGNORECASE,
)


def is_rest(engine: Engine, heading: str) -> bool:
    """Whether a heading is a name for the rest of what the house does: "Other things we do"."""
    if len(heading.split()) > _REST_WORDS:
        return False
    folded = fold(heading).text
    places = engine.lexicon.mentions(folded).places(REST_OF_HOUSE)
    return bool(places) and not speaks_of_ketamine(engine.lexicon.mentions(without(folded, places)))


def without(text: str, places: Sequence[tuple[int, int]]) -> str:
    """A text without some places: in "vitamin infusions" nobody speaks of infusions."""
    return "".join(c for at, c in enumerate(text) if not any(a <= at < b for a, b in places))


def is_page_apart(engine: Engine, page: PageText, site: Collection[str]) -> bool:
    """Whether a page is about another service: by title and main heading, else its beginning.

    ``site``: the names of the site, which tell nothing of a page.
    """
    if page.page_type in _OF_THE_HOUSE:
        return False
    called = [site_names.without(text, site) for text in names_of(page)]
    if any(is_rest(engine, name) for name in called):
        return True
    if _is_of_a_field(engine, page, called):
        return True
    named = [engine.mentions(name) for name in called]
    if any(mentions.any_of(OURS) for mentions in named):
        return False
    if any(mentions.any_of(_OTHERS) and not speaks_of_ketamine(mentions) for mentions in named):
        return True
    if any(map(speaks_of_ketamine, named)):
        # "IV & NAD+": of whatever drips it is, it is not of ketamine.
        return any(_NO_KETAMINE in said for said in named) and not _names_ketamine(engine, page)
    return page.page_type in _KINDS and _begins_apart(engine, page)


def routes_told(engine: Engine, page: PageText) -> frozenset[str]:
    """The ways of giving ketamine of which a page tells, but for those that it leaves to others."""
    return frozenset[str]().union(*_routes(engine, page))


def only_route_told(engine: Engine, page: PageText) -> frozenset[str]:
    """The one way of which all texts of a page tell that name one; empty if they differ.

    An injection may be one of two, if no text says which.
    """
    first, *others = list(_routes(engine, page)) or [frozenset[str]()]
    return first.intersection(*others) if len(others) + 1 >= _SEVERAL else frozenset()


def routes_in(engine: Engine, blocks: Iterable[Block]) -> frozenset[str]:
    """The ways of giving ketamine that some blocks name, any of them."""
    return frozenset[str]().union(*_routes_of(engine, blocks))


def _routes(engine: Engine, page: PageText) -> Iterator[frozenset[str]]:
    return _routes_of(engine, page.blocks)


def _routes_of(engine: Engine, blocks: Iterable[Block]) -> Iterator[frozenset[str]]:
    told = [b.text for b in blocks if b.region == "main" and not _LEFT_OUT.search(b.text)]
    named = [m for m in map(engine.mentions, told) if not m.any_of((lines.CHOICES, NOT_ABOUT))]
    routes = (lines.named(mentions) for mentions in named if lines.names_treatment(mentions))
    return (found for route in routes if (found := lines.ROUTES & route))


def _is_of_a_field(engine: Engine, page: PageText, called: Sequence[str]) -> bool:
    """Whether a page is called by a field of help, and speaks of no ketamine and of no dose.

    Where people are helped by talk it may be called "the medicine".
    """
    of_talk = any(map(_WORDING["field_of_talk"], called))
    if not of_talk and not any(map(_WORDING["field"], called)):
        return False
    told = [block.text for block in page.blocks if block.region == "main"]
    if of_talk and any(map(_WORDING["of_a_medicine"], told)):
        return False
    return not any(
        _WORDING["of_a_dose"](text) or speaks_of_ketamine(engine.mentions(text)) for text in told
    )


def _names_ketamine(engine: Engine, page: PageText) -> bool:
    return any(_KETAMINE in engine.mentions(b.text) for b in page.blocks if b.region == "main")


def _begins_apart(engine: Engine, page: PageText) -> bool:
    texts = list(_beginning(page))
    begins = [engine.mentions(text) for text in texts]
    if any(NOT_ABOUT in mentions for mentions in begins):
        return True
    named = [m for m, text in zip(begins, texts, strict=True) if _is_offered(text)]
    if any(map(_is_of_ketamine, begins)) or not any(m.any_of(_OTHERS) for m in named):
        return False
    # What stands there twice is a menu, or a slide and its copy.
    texts = list(dict.fromkeys(block.text for block in page.blocks if block.region == "main"))
    told = [engine.mentions(text) for text in texts]
    others = sum(mentions.any_of(_OTHERS) for mentions in told)
    return others > sum(_KETAMINE in mentions for mentions in told)


def _is_of_ketamine(mentions: Mentions) -> bool:
    """Whether a text speaks of ketamine; "IV hydration" is an IV of something else."""
    if _NO_KETAMINE in mentions and _KETAMINE not in mentions:
        return False
    return speaks_of_ketamine(mentions)


def _is_offered(text: str) -> bool:
    """Whether a text on other services may offer them, not name them beside ketamine."""
    return not (_IN_VAIN.search(text) or PARTNER.search(text))


def names_of(page: PageText) -> Iterator[str]:
    """What a page is called: its title, and the heading over all that it says."""
    yield page.title
    told = [block for block in page.blocks if block.region == "main"]
    first = next((block for block in told if _is_said(block) or block.kind == "heading"), None)
    if first is not None and first.kind == "heading":
        others = (block for block in told if block.kind == "heading" and block is not first)
        if all(block.heading_path[:1] == (first.text,) for block in others):
            yield first.text


def _beginning(page: PageText) -> Iterator[str]:
    """What a page says of itself to search engines, and its first sentences."""
    yield from (b.text for b in page.blocks if b.kind == "meta" and b.text != page.title)
    told = (b.text for b in page.blocks if b.region == "main" and _is_said(b))
    yield from islice(told, _FIRST)


def _is_said(block: Block) -> bool:
    """Whether a block is running text, whatever its element: some sites are headings throughout."""
    words = len(block.text.split())
    is_text = block.kind == "heading" and words >= _NO_HEADING and block.text.endswith(".")
    return is_text or (block.kind == "paragraph" and words >= _LEAST_WORDS)
