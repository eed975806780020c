"""Which other services a house has beside ketamine, as its own pages and headings name them.

Who gives ketamine along with Suboxone or vitamin drips names the two side by side: as cards of the
home page, in the menu, over groups of questions. What has a page of its own there, on which nobody
speaks of ketamine, is another service, whatever it is called; and so is what stands elsewhere under
its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit.claims.claims import Engine
from audit.claims.own_words import OURS, speaks_of_ketamine
from audit.concepts import expressions
from audit.concepts.mentions import Mentions
from audit.pages.pages import PageText
from audit.site import other_services, site_names
from audit.stances import lines
from audit.text.folding import fold
from data.vocabulary import PageType

_WORDING = expressions.beside(__file__)
# A page of another kind is about the house, whatever it is called.
_KINDS = {PageType.TREATMENT, PageType.OTHER}
_POSTS = {PageType.BLOG, PageType.NEWS}
# What these are called tells nothing of what the house has pages for.
_OF_ANYTHING = {PageType.HOME, *_POSTS}
_PAPERS = {PageType.CONSENT, PageType.LEGAL}
_MENUS = {"nav", "header"}
_KETAMINE = ("ketamine-named", "line-spravato")
_WORD = re.compile(r"[^\W_]+")
# The longest entry that is the name of a service, and the shortest word that tells two apart.
_NAME_WORDS, _LEAST_LETTERS = 6, 3
# A page that says its own name so often is about what it is called, whatever else it names.
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Services:
    """What a house does beside ketamine.

    Attributes:
        called: the names of the site (``audit.site.site_names``), which name no service.
        pages: the addresses of the pages on other services.
        words: the words that only other services' names have, in small letters and singular.
    """

    called: tuple[str, ...] = ()
    pages: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def are_named(self, heading: str) -> bool:
        """Whether a heading is made of the names of other services: "Suboxone & Vivitrol"."""
        told = telling_words(heading)
        return bool(told) and told <= self.words

    def groups(self, engine: Engine, page: PageText) -> frozenset[str]:
        """The headings of other services on a page that is ordered by service.

        It is ordered so where one of several headings in a row names ketamine, and its name does
        not.
        """
        names = _names(page, self.called)
        if page.page_type != PageType.HOME and any(_is_ours(engine, name) for name in names):
            return frozenset()
        rows = (row for row in _headings(page) if any(_is_ours(engine, name) for name in row))
        papers = page.page_type in _PAPERS
        return frozenset(
            name
            for row in rows
            for name in row
            if self.are_named(name)
            or _WORDING["medicine_of_another"](name)
            or (papers and _is_paper_of_another(engine, name))
        )


def of_house(engine: Engine, pages: Sequence[PageText]) -> Services:
    """The other services of a house that has a page called by ketamine; none for any other."""
    called = site_names.names(pages)
    named = {id(page): _names(page, called) for page in pages}
    apart = [page for page in pages if other_services.is_page_apart(engine, page, called)]
    known = set(map(id, apart))
    own = [
        name
        for page in pages
        if page.page_type not in _OF_ANYTHING and id(page) not in known
        for name in named[id(page)]
        if _is_ours(engine, name)
    ]
    if not own:
        return Services(called, frozenset(page.url for page in apart))
    beside = [telling_words(entry) for entry in _beside_ketamine(engine, pages)]
    left = [page for page in pages if id(page) not in known]
    apart += [page for page in left if _is_apart(engine, page, named[id(page)], beside)]
    if any(page.page_type in _KINDS for page in apart):
        apart += [page for page in left if _is_post_apart(engine, page)]
    theirs = (_of_name(n) for p in apart if p.page_type in _KINDS for n in named[id(p)])
    words = frozenset[str]().union(*theirs) - frozenset[str]().union(*map(telling_words, own))
    return Services(called, frozenset(page.url for page in apart), words)


def telling_words(name: str) -> frozenset[str]:
    """The words of a name that tell one service from another."""
    words = _WORD.findall(fold(name).text)
    return frozenset(
        word.removesuffix("s") if len(word) > _LEAST_LETTERS and word[-2] != "s" else word
        for word in words
        if len(word) >= _LEAST_LETTERS and not _WORDING["said_of_much"](word)
    )


def _of_name(name: str) -> frozenset[str]:
    """The telling words of a page's name; that of an illness alone tells of no service."""
    words = telling_words(name)
    if _WORDING["what_is_given"](name):
        return words
    return frozenset(word for word in words if not _WORDING["conditions"](word))


def _is_paper_of_another(engine: Engine, name: str) -> bool:
    return _WORDING["paper_of_a_service"](name) is not None and not _is_ours(engine, name)


def _is_ours(engine: Engine, name: str) -> bool:
    """Whether a name is one of ketamine or of a way in which it is given.

    "Migraine drips" are drips of something else.
    """
    mentions = engine.mentions(name)
    if mentions.any_of(OURS) or not lines.worded(mentions):
        return mentions.any_of(OURS)
    others = [word for word in telling_words(name) if not _WORDING["ways"](word)]
    return not (others and _WORDING["what_is_given"](name))


def _names(page: PageText, called: Sequence[str]) -> list[str]:
    """What a page is called: by its title, and by a first heading that shares a word with it."""
    names = [site_names.without(name, called) for name in other_services.names_of(page)]
    first = next((b.text for b in page.blocks if b.kind == "heading" and b.region == "main"), "")
    if any(telling_words(first) & telling_words(name) for name in names):
        names.append(first)
    return [name for name in names if name]


def _is_apart(
    engine: Engine, page: PageText, names: Sequence[str], beside: Sequence[frozenset[str]]
) -> bool:
    """Whether nobody speaks of ketamine on a page that is called by a service beside it."""
    if page.page_type not in _KINDS or not _are_of_a_service(engine, names):
        return False
    if any(mentions.any_of(_KETAMINE) for mentions in _told(engine, page)):
        return False
    words = [_of_name(name) for name in names]
    if not any(
        entry and (entry <= own or own <= entry) for own in words if own for entry in beside
    ):
        return False
    theirs = frozenset[str]().union(*(lines.named(engine.mentions(name)) for name in names))
    return other_services.routes_told(engine, page) <= theirs or _says_often(page, words)


def _is_post_apart(engine: Engine, page: PageText) -> bool:
    """Whether a post names no ketamine: it is about what it likes, where a house does much."""
    return page.page_type in _POSTS and not any(map(speaks_of_ketamine, _told(engine, page)))


def _told(engine: Engine, page: PageText) -> Iterator[Mentions]:
    return (engine.mentions(block.text) for block in page.blocks if block.region == "main")


def _are_of_a_service(engine: Engine, names: Sequence[str]) -> bool:
    """Whether a page's names may be a service's: no words on the house, nothing of ketamine."""
    if any(_WORDING["of_the_house"](name) for name in names):
        return False
    return bool(names) and not any(_is_ours(engine, name) for name in names)


def _says_often(page: PageText, names: Sequence[frozenset[str]]) -> bool:
    words = frozenset[str]().union(*names)
    told = [
        b.text for b in page.blocks if b.region == "main" and b.kind not in ("heading", "list-item")
    ]
    return sum(bool(words & telling_words(text)) for text in told) >= _OFTEN


def _beside_ketamine(engine: Engine, pages: Sequence[PageText]) -> Iterator[str]:
    """The names that stand in one row with a name of ketamine: of headings, or in a menu."""
    for page in pages:
        for row in _rows(page):
            names = [name for name in row if len(name.split()) <= _NAME_WORDS]
            if any(engine.mentions(name).any_of(OURS) for name in names):
                yield from names


def _rows(page: PageText) -> Iterator[list[str]]:
    """Headings in a row, the entries of a menu's lists, and a menu that is no list."""
    yield from _headings(page)
    menu = [block for block in page.blocks if block.region in _MENUS]
    yield from ([b.text[s:e] for s, e in b.parts] for b in menu if b.kind == "list")
    yield [block.text for block in menu if block.kind in ("paragraph", "heading")]


def _headings(page: PageText) -> Iterable[list[str]]:
    """The headings of a page, those under the same heading together."""
    under: dict[tuple[str, ...], list[str]] = {}
    for block in page.blocks:
        if block.kind == "heading" and block.region == "main":
            under.setdefault(block.heading_path, []).append(block.text)
    return under.values()
