"""Which lines a site offers, counted over its pages: in sentences, menus and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from audit.claims import offers
from audit.claims.claims import Engine
from audit.claims.own_words import OURS
from audit.pages.pages import Block, PageText
from audit.site import no_service, site_names
from audit.site.hearing import Heard
from audit.site.line_evidence import LineEvidence
from audit.stances import lines, rows
from data.vocabulary import AT_HOME_LINES, IN_CLINIC_LINES, SERVICE_LINES, Line, PageType, Stance

KETAMINE = "ketamine"
_READER, _WE_OFFER, _SPRAVATO = "reader", "we-offer", "line-spravato"
_NAMED, _BAGS = "ketamine-named", "not-ketamine-iv"
# What may stand over a table that has no heading: its title, and what is left of its first row.
_TITLES, _TITLE_WORDS = 2, 8
# What makes a line where both are said: "our lozenges", "at-home ketamine".
_FORM, _HOME = "own-oral", "own-home"
_HALVES = frozenset({_FORM, _HOME})
# "We do not give ketamine by IV to minors": others get it.
_LIMITED = re.compile(
    r"(?i)\b(?:if|under|during|without|before|until|unless|on \w+days?|(?:for|to) (?:any|anyone|all"
    r"|chronic|pain|people|patients|adults|minors|children|teens|those|every|everyone))\b"
)
# "We do not give ketamine by drip" tells of no drip.
_GIVES_NONE = re.compile(r"(?i)\b(?:not|n't|never|no longer|neither)\b|n't\b")
# Menus and footers name what other pages are about.
_OWN_REGIONS = {"main", "head"}
# An offer on one of these pages is enough; elsewhere it takes two.
_OFFER_PAGES = {
    PageType.HOME,
    PageType.TREATMENT,
    PageType.PRICING,
    PageType.HOW_IT_WORKS,
    PageType.CONSENT,
}
# A heading here names a service; in a FAQ or a text on safety it may name anybody's.
_OWN_PAGES = {PageType.HOME, PageType.TREATMENT, PageType.PRICING}

# A line, offered or disowned, and where in a block's text.
_Said = tuple[str, bool, tuple[int, int]]
# A line, and the words of a block that offer it.
Words = tuple[str, int, int]


class Offered:
    """The offers of a site by line, and how often each is made or disowned.

    ``site``: the names of the site (``audit.site.site_names``), which offer nothing.
    """

    def __init__(self, engine: Engine, site: Collection[str] = ()) -> None:
        self._site = site
        self._engine = engine
        self._counts: dict[str, Counter[bool]] = {}
        # Entries of menus that name a line and not ketamine, the lines that they may not mean, and
        # those that have a page of their own on which ketamine is given so.
        self._bare, self._of_others, self._of_ours = Counter[str](), set[str](), set[str]()
        self._plain: set[str] = set()
        self._page: PageText | None = None
        self._named = self._is_of_bags = False
        self._titles: tuple[PageText | None, dict[int, str]] = (None, {})

    def say(self, heard: Heard, block: Block, page: PageText) -> Iterator[Words]:
        """The lines that a passage offers; what it disowns is counted too."""
        said = [*heard.offers, *_claimed(heard)]
        if said and no_service.warns_over(block, page):
            said = [o for o in said if not o[1]]
        elif said and self._is_of_others(block, page):
            said = [o for o in said if not o[1] or rows.are_ours(block.text[slice(*o[2])])]
        said = [
            (line, offered, span)
            for line, offered, span in said
            if self._is_said(line, block, span)
            and not site_names.is_another(block.text[slice(*span)], page)
        ]
        if not self._names_ketamine(page):
            barred = AT_HOME_LINES | (IN_CLINIC_LINES if self._is_of_bags else frozenset())
            said = [offer for offer in said if offer[0] not in barred or not offer[1]]
        outright = self._is_outright(said, block, page)
        for line, offered in {(line, offered) for line, offered, _ in said}:
            self._count(line, 2 if outright and offered else _weight(page), offered)
        self._of_others.update(o[0] for o in said if self._is_of_ketamine(block, o))
        self._plain.update(o[0] for o in said if o[1] and self._is_plain(block, o[2]))
        # Its words are the form's, where it comes to a line.
        as_line = {_FORM: Line.AT_HOME_ORAL}
        return ((as_line.get(line, line), *span) for line, offered, span in said if offered)

    def menu(self, block: Block, page: PageText, *, apart: bool = False) -> Iterator[Words]:
        """A menu that names a line, and a page of its own for it: each is half an offer.

        ``apart``: the block is about another service, and names none of ours but by its name.
        """
        own_page = block.kind == "heading" and page.page_type in _OWN_PAGES
        own_page &= self._names_ketamine(page) or not self._is_of_bags
        own_page &= not no_service.is_over(block, page) or rows.are_ours(block.text)
        for start, end in _entries(block) if own_page or block.region == "nav" else ():
            text = site_names.without(block.text[start:end], self._site)
            mentions = self._engine.mentions(text)
            if apart and not mentions.any_of(OURS):
                continue
            for line in lines.on_the_menu(text, mentions):
                self._count(line, 1)
                self._bare[line] += _NAMED not in mentions
                self._of_ours |= {line} if own_page and self._is_on_ketamine(page, line) else set()
                yield line, start, end

    def turn_to(self, page: PageText, *, apart: bool) -> None:
        """Go on to a page; one on another service may be where "IV drips" on the menu leads."""
        title = site_names.without(page.title, self._site)
        self._of_others |= lines.worded(self._engine.mentions(title)) if apart else set()

    def _is_of_others(self, block: Block, page: PageText) -> bool:
        """Whether a block stands under what others give, or a weighing of ways."""
        over = self._over(block, page)
        return no_service.is_elsewhere(over) or no_service.is_over(block, page)

    def _over(self, block: Block, page: PageText) -> str:
        if block.kind != "table-row":
            return block.heading
        if self._titles[0] is not page:
            self._titles = page, dict(_titles_over(page.blocks))
        return self._titles[1][id(block)]

    def settled(self, evidence: LineEvidence) -> frozenset[str]:
        """What is offered: said on a main page or twice, and more often than disowned; or told."""
        evidence.plain = frozenset(self._plain)
        evidence.settle({n: (self._made(n), c[False]) for n, c in self._counts.items()})
        made = evidence.counted.items()
        found = {line for line, (count, against) in made if count >= 2 and count > against}
        certain: set[str] = {KETAMINE}
        if found >= _HALVES and not self._is_disowned(Line.AT_HOME_ORAL):
            found.add(Line.AT_HOME_ORAL)
            certain.add(Line.AT_HOME_ORAL)
        found |= {n for n in lines.ROUTES if self._is_half(n) and evidence.bears_out(n)}
        found -= _HALVES
        found = {n for n in found if n in certain or self._stands(n, evidence)}
        if evidence.gives_none and not self._counts.get(KETAMINE, Counter())[True]:
            found -= lines.ROUTES - {Line.SPRAVATO}
        return frozenset(found.union(n for n in SERVICE_LINES if evidence.tells(n)))

    def _is_half(self, line: str) -> bool:
        """Whether a menu or a heading names a line, and nothing disowns it."""
        return self._made(line) == 1 and not self._counts[line][False]

    def _stands(self, line: str, evidence: LineEvidence) -> bool:
        """Whether what a house tells leaves an outright offer as it is.

        A menu alone names no line of ours at a house that tells of other medicines alone.
        """
        is_bare = evidence.is_of_others and 0 < self._made(line) <= self._bare[line]
        return not is_bare and not evidence.belies(line)

    def disowned(self) -> frozenset[str]:
        """What is said not to be offered, at least as often as it is offered."""
        return frozenset(n for n in self._counts if self._is_disowned(n)) - _HALVES

    def _is_disowned(self, line: str) -> bool:
        return 0 < self._counts.get(line, Counter())[False] >= self._made(line)

    def _made(self, line: str) -> int:
        """How much is said for a line, without what the menus may say of something else."""
        of_others = self._bare[line] if line in self._of_others - self._of_ours else 0
        return self._counts.get(line, Counter())[True] - of_others

    def _is_said(self, line: str, block: Block, span: tuple[int, int]) -> bool:
        """Whether a sentence names a line by more than the name of the site."""
        text = block.text[slice(*span)]
        left = site_names.without(text, self._site)
        if left == text:
            return True
        return line not in lines.named(self._engine.mentions(text)) or line in lines.named(
            self._engine.mentions(left)
        )

    def _is_plain(self, block: Block, span: tuple[int, int]) -> bool:
        """Whether a sentence says that ketamine, or Spravato, is what we offer."""
        mentions = self._engine.mentions(block.text[slice(*span)])
        return _WE_OFFER in mentions and mentions.any_of((_NAMED, _SPRAVATO))

    def _is_outright(self, said: Iterable[_Said], block: Block, page: PageText) -> bool:
        """Whether a page of no known kind says all: "Dr. Orr prescribes ketamine lozenges"."""
        if page.page_type != PageType.OTHER:
            return False
        texts = (self._engine.mentions(block.text[slice(*span)]) for _, _, span in said)
        return any(_NAMED in mentions and _WE_OFFER in mentions for mentions in texts)

    def _is_of_ketamine(self, block: Block, said: _Said) -> bool:
        """Whether ketamine is what is not given so: "We do not give ketamine by IV"."""
        text = block.text[slice(*said[2])]
        denied = not said[1] and not _LIMITED.search(text)
        return denied and _NAMED in self._engine.mentions(text)

    def _is_on_ketamine(self, page: PageText, line: str) -> bool:
        """Whether a page tells of ketamine given so: "A ketamine infusion takes an hour"."""
        told = (b.text for b in page.blocks if b.region == "main" and b.kind == "paragraph")
        said = (self._engine.mentions(text) for text in told if not _GIVES_NONE.search(text))
        return any(_NAMED in mentions and line in lines.named(mentions) for mentions in said)

    def _names_ketamine(self, page: PageText) -> bool:
        """Whether a page is about ketamine at all: other medicines are mailed and injected too."""
        if page is not self._page:
            own = (b.text for b in page.blocks if b.region in _OWN_REGIONS)
            told, mentions = (page.title, *own), self._engine.mentions
            self._page, self._named = page, any(_NAMED in mentions(text) for text in told)
            # Asked for only where nothing names it, as most pages do early.
            self._is_of_bags = not self._named and any(_BAGS in mentions(text) for text in told)
        return self._named

    def _count(self, line: str, weight: int, offered: bool = True) -> None:
        self._counts.setdefault(line, Counter())[offered] += weight


def _claimed(heard: Heard) -> Iterator[_Said]:
    """The offers that are claims: who claims that patients inject themselves sells injections.

    The second reader alone is not sure enough for a line.
    """
    for found in heard.found:
        line = offers.by_claim().get(found.rule_id)
        asserted = found.stance == Stance.STATES and found.set_aside is None
        if line and asserted and found.decided_by != _READER:
            yield line, True, (found.start, found.end)


def _titles_over(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """What stands over each row of a table: its heading, and short texts that may stand for one."""
    above: list[str] = []
    for block in blocks:
        if block.kind == "table-row":
            yield id(block), " | ".join((block.heading, *above))
        elif block.kind == "paragraph" and len(block.text.split()) <= _TITLE_WORDS:
            above = [*above[1 - _TITLES :], block.text]
        else:
            above = []


def _weight(page: PageText) -> int:
    return 2 if page.page_type in _OFFER_PAGES else 1


def _entries(block: Block) -> Sequence[tuple[int, int]]:
    """What a block lists: a menu comes as one list."""
    return block.parts or ((0, len(block.text)),)
