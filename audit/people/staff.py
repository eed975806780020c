"""Who works at a house and in which trade, as its own pages tell: cards, bylines, introductions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from audit.pages.pages import Block
from audit.people import trades
from audit.people.names import BROUGHT_IN, CREDENTIALS, LETTERS, NAME, NO_NAME, PART, named

_TRADES = trades.bundled()
_UNREAD = frozenset({"button", "form-label", "meta", "json-ld", "hydration", "list-item"})
# Text in sentences: neighbouring cells, and headings in capitals, make no names.
_RUNNING = frozenset({"paragraph", "list", "faq"})
_ARTICLE = r"(?:(?i:our|the|a|an|my|one of (?:our|the)|also|both a)\s)?"
_SOMEBODY = rf"(?P<title>(?:Drs?|Mrs?|Ms|Mx|Prof)\.?\s)?(?P<name>{NAME}|{PART})"
# "Marta Ellery is our nurse practitioner", "Annika, our therapist, ...", "Mark Delgado | Physician".
_THEN = (
    r"(?:,?\s(?P<is>is|has been|works(?: here)? as|serves as|practices as|joins us as)\s"
    r"|(?P<mark>,\s|\s?[|–—:(\n\t]\s*|\s-\s))"
)
_AFTER = re.compile(rf"(?<![\w'’-]){_SOMEBODY}(?:,? {LETTERS},?)?{_THEN}{_ARTICLE}")
# "Our therapist, Owen, ...", "our psychiatrist is Priya Raman", "nurse practitioner Marta Ellery".
_BEFORE = re.compile(
    rf"(?P<ours>\b(?:[Oo]ur|[Mm]y|[Tt]he)\s)?(?P<lead>(?:[a-z][\w'’/-]*\s){{0,5}}?)"
    rf"(?P<trade>(?:{_TRADES.one_of}))(?P<mark>,? |, | is | - |\s[–—]\s){_SOMEBODY}"
)
_I_AM = re.compile(
    rf"\b(?:I['’]m|I am|[Mm]y name is|[Mm]y name['’]s|[Cc]all me)\s{_SOMEBODY}(?![\w'’-])"
)
_AND_I_AM = re.compile(rf"\b(?:I['’]m|I am|I have been|I work as|I practice as|is|was)\s{_ARTICLE}")
_SHE_IS = re.compile(rf"(?:\A|[.!]\s)(?:She|He|They|[A-Z]\w+)\s(?:is|are|has been)\s{_ARTICLE}")
_LINE = re.compile(rf"(?:(?:Meet|About)\s)?{_SOMEBODY}(?:,? {LETTERS})?\W*")
_LETTERS_ALONE = re.compile(rf"\(?(?:{LETTERS})\)?\W*")
_EACH_LETTERS = re.compile(r"[A-Za-z][A-Za-z.]*(?:-[A-Z]+)?")
_BY_NAME = re.compile(rf"[\"“('’‘]({PART})[\"”)'’]")
_OF_ELSEWHERE = re.compile(
    r"[^.\n]{0,40}\b(?:at|for|from|of|with) (?:the |a |an )?[^.\n]{0,30}"
    r"(?i:university|hospital|institute|school|college|county|another)\b"
)
_LOWER = re.compile(r"(?<![\w@./'’-])[a-z]{2,}(?![\w@/-]|\.\w)")
_LONGEST_ROLE, _CARD = 80, 3
_PRONOUNS = frozenset(
    """
    she he they it we you i who everyone everybody nobody someone somebody each every this that one
    there here ketamine spravato esketamine yes no
    """.split()  # noqa: SIM905 - a text of words is easier to read and to keep
)


@dataclass(slots=True)
class _Person:
    """Somebody with a first name, perhaps a last one and what friends say, and trades."""

    first: str
    last: str = ""
    nicks: set[str] = field(default_factory=set)
    trades: set[str] = field(default_factory=set)
    is_sure: bool = False

    def bears(self, name: str) -> bool:
        """Whether somebody is called so."""
        return name in self.nicks or name in (self.first, self.last)

    @property
    def trade(self) -> str:
        return _TRADES.first(self.trades)


@dataclass(frozen=True, slots=True)
class Staff:
    """How each name of a house is spoken of: "our nurse practitioner".

    ``names`` stand alone, ``titled`` behind "Dr." or "Ms." only; ``words`` are those names that are
    ordinary words of the site too.
    """

    names: tuple[tuple[str, str], ...] = ()
    titled: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()


def staff(
    told: Iterable[Sequence[Block]], everything: Iterable[str], house: Iterable[str] = ()
) -> Staff:
    """The people of a house.

    Args:
        told: of each page the blocks that the provider says in its own voice.
        everything: all texts of the site, to know its ordinary words.
        house: what the site calls itself, folded: no first name without a last one.
    """
    pages = [[b for b in page if b.kind not in _UNREAD] for page in told]
    known = _Known({word for name in house for word in name.split()})
    for page in pages:
        for number, block in enumerate(page):
            for person in _told_in(block, page[number + 1 : number + 1 + _CARD]):
                known.add(person)
    if not known.people:
        return Staff()
    texts = [b.text for page in pages for b in page if b.kind in _RUNNING]
    ordinary = {word for text in everything for word in _LOWER.findall(text)}
    return known.settled(texts, ordinary)


class _Known:
    """People by their names."""

    def __init__(self, house: set[str]) -> None:
        self._house = house
        self.people: dict[tuple[str, str], _Person] = {}

    def add(self, person: _Person) -> None:
        if any(map(_is_no_name, filter(None, (person.first, person.last)))):
            return
        if not person.last and person.first.lower() in self._house:
            return
        known = self.people.setdefault((person.first, person.last), person)
        known.nicks |= person.nicks
        known.trades |= person.trades
        known.is_sure |= person.is_sure

    def settled(self, texts: Sequence[str], ordinary: set[str]) -> Staff:
        """How each name is spoken of, as far as all who bear it have something in common."""
        self._take_namesakes(texts, ordinary)
        self._merge()
        bearers: defaultdict[str, list[_Person]] = defaultdict(list)
        titled: defaultdict[str, list[_Person]] = defaultdict(list)
        proper = _mid_sentence({p.first for p in self.people.values()}, texts)
        for person in self.people.values():
            sure = person.last or (person.is_sure and person.first.lower() not in ordinary)
            if not sure and person.first not in proper:
                continue
            if person.first and person.last:
                bearers[f"{person.first} {person.last}"].append(person)
            for name in filter(None, {person.first, *person.nicks}):
                bearers[name].append(person)
            for name in filter(None, {person.first, person.last, *person.nicks}):
                titled[name].append(person)
        said = _said(bearers)
        return Staff(said, _said(titled), frozenset(n for n, _ in said if n.lower() in ordinary))

    def _take_namesakes(self, texts: Sequence[str], ordinary: set[str]) -> None:
        """Others of the same first name, whose trade nobody tells."""
        firsts = sorted({re.escape(p.first) for p in self.people.values() if p.first})
        both = re.compile(
            rf"(?<![\w'’-])(?P<first>{'|'.join(firsts)})\s(?P<last>{PART})(?![\w'’-])"
        )
        lasts = {part for p in self.people.values() for part in p.last.split()}
        for text in texts if firsts else ():
            for match in both.finditer(text):
                last = match["last"]
                if last not in lasts and last.lower() not in ordinary and not _is_no_name(last):
                    self.add(_Person(match["first"], last))

    def _merge(self) -> None:
        """Who is told of by a first or a last name alone is whoever bears it, where one does."""
        for (first, last), person in sorted(self.people.items()):
            full = [
                p for p in self.people.values() if p.first and p.last and p.bears(first or last)
            ]
            if not (first and last) and full:
                if len(full) == 1:
                    full[0].trades |= person.trades
                del self.people[first, last]


def _said(bearers: dict[str, list[_Person]]) -> tuple[tuple[str, str], ...]:
    said = ((name, _TRADES.said([p.trade for p in bearers[name]])) for name in sorted(bearers))
    return tuple((name, spoken) for name, spoken in said if spoken)


def _is_no_name(part: str) -> bool:
    low = part.lower()
    return low in _PRONOUNS or any(NO_NAME.fullmatch(word) for word in low.split())


def _mid_sentence(names: set[str], texts: Sequence[str]) -> set[str]:
    """The names that stand within a sentence of running text somewhere."""
    either = "|".join(sorted(map(re.escape, names)))
    within = re.compile(rf"[a-z,;]\s({either})(?![\w-])(?!\s[A-Z])")
    return {match[1] for text in texts for match in within.finditer(text)}


def _told_in(block: Block, following: Sequence[Block]) -> Iterator[_Person]:
    """The people of whom a block tells what they do."""
    text = block.text
    for person in named(text):
        trade = _TRADES.of_letters(person.credentials.split(", "))
        at_start = person.start == 0 or text[person.start - 1] == "\n"
        elsewhere = _OF_ELSEWHERE.match(text, person.end) or BROUGHT_IN.search(text.lower())
        whole = person.name in text  # and not spread over two lines
        if whole and not elsewhere and (at_start or not person.is_doubtful):
            yield _person(person.name, trade, sure=True)
    if _TRADES.any_word.search(text):
        yield from _named_before(text)
        yield from _named_after(text)
    for match in _I_AM.finditer(text):
        told = (b.text for b in (block, *following) if b.kind == "paragraph")
        yield _person(_called(match), _of_any(_AND_I_AM, "\n".join(told)), sure=True)
    is_line = block.region == "main" and len(text) <= _LONGEST_ROLE
    line = _LINE.fullmatch(text) if is_line else None
    if line:
        yield from _card(_called(line), block, following)


def _named_before(text: str) -> Iterator[_Person]:
    for match in _AFTER.finditer(text):
        trade = _TRADES.of_phrase(text, match.end())
        if not trade or _OF_ELSEWHERE.match(text, match.end()):
            continue
        full = " " in match["name"]
        if full or match["is"] or match["mark"] == ", ":
            yield _person(_called(match), trade, sure=bool(match["is"]))


def _named_after(text: str) -> Iterator[_Person]:
    for match in _BEFORE.finditer(text):
        trade = _TRADES.of_phrase(text, match.start("lead"))
        if trade and (match["ours"] or (" " in match["name"] and not match["lead"])):
            yield _person(_called(match), trade, sure=False)


def _card(name: str, block: Block, following: Sequence[Block]) -> Iterator[_Person]:
    """Somebody whose name is a line of its own, with what the next lines tell."""
    told = set()
    for below in following:
        if below.kind == "heading" and block.kind == "heading":
            break
        if _LETTERS_ALONE.fullmatch(below.text):
            letters = _EACH_LETTERS.findall(below.text)
            known = (CREDENTIALS.value(w.replace(".", "").lower()) or "" for w in letters)
            told.add(_TRADES.of_letters(known))
        elif len(below.text) <= _LONGEST_ROLE:
            told.add(_TRADES.of_phrase(below.text))
        if below.kind == "paragraph":
            told.add(_of_any(_SHE_IS, below.text))
    trade = _TRADES.first(told)
    if trade or " " in name:
        yield _person(name, trade, sure=False)


def _of_any(begins: re.Pattern[str], text: str) -> str:
    found = (_TRADES.of_phrase(text, m.end()) for m in begins.finditer(text))
    return next((trade for trade in found if trade), "")


def _called(match: re.Match[str]) -> str:
    """A name with its title, where that is all there is before a last name."""
    return match["name"] if " " in match["name"] or not match["title"] else f". {match['name']}"


def _person(name: str, trade: str, *, sure: bool) -> _Person:
    """Somebody by name; a name behind a bare title is the last one, and there is no first."""
    nicks = set(_BY_NAME.findall(name))
    parts = _BY_NAME.sub(" ", name).split()
    parts = [p.capitalize() if p.isupper() and len(p) > 2 else p for p in parts]
    first, last = parts[0].rstrip("."), parts[-1] if len(parts) > 1 else ""
    return _Person(first, last, nicks, {trade} if trade else set(), sure)
