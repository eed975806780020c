"""Who works at a house, and how each name of theirs is spoken of: "our nurse practitioner"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.pages.pages import Block
from audit.people import trades
from audit.people.introductions import Person, introduced, is_no_name
from audit.people.names import PART

_TRADES = trades.bundled()
_UNREAD = frozenset({"button", "form-label", "meta", "json-ld", "hydration", "list-item"})
# Text in sentences: neighbouring cells, and headings in capitals, make no names.
_RUNNING = frozenset({"paragraph", "list", "faq"})
_LOWER = re.compile(r"(?<![\w@./'’-])[a-z]{2,}(?![\w@/-]|\.\w)")


@dataclass(frozen=True, slots=True)
class Staff:
    """How each name of a house is spoken of.

    ``names`` stand alone, ``titled`` behind "Dr." or "Ms." only; ``words`` are those names that are
    ordinary words of the site too.
    """

    names: tuple[tuple[str, str], ...] = ()
    titled: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()


def staff(
    told: Iterable[Sequence[Block]], everything: Iterable[str], house: Iterable[str] = ()
) -> Staff:
    """The people of a house; in time linear in the length of its pages.

    Args:
        told: of each page the blocks that the provider says in its own voice.
        everything: all texts of the site, to know its ordinary words.
        house: what the site calls itself, folded: no first name without a last one.
    """
    pages = [[b for b in page if b.kind not in _UNREAD] for page in told]
    called = {word for name in house for word in name.split()}
    known = _Known()
    for page in pages:
        for person in introduced(page):
            if (person.first and person.last) or not _is_the_house(person, called):
                known.add(person)
    if not any(person.trades for person in known.people.values()):
        return Staff()
    texts = [b.text for page in pages for b in page if b.kind in _RUNNING]
    ordinary = {word for text in everything for word in _LOWER.findall(text)}
    return known.settled(texts, ordinary)


def _is_the_house(person: Person, called: set[str]) -> bool:
    """Whether the only name that somebody has is the house's: "Alder is one nurse and a dog"."""
    return (person.first or person.last).lower() in called


class _Known:
    """People by their first and last names."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], Person] = {}

    def add(self, person: Person) -> None:
        known = self.people.setdefault((person.first, person.last), person)
        known.nicks |= person.nicks
        known.trades |= person.trades
        known.is_sure |= person.is_sure

    def settled(self, texts: Sequence[str], ordinary: set[str]) -> Staff:
        """How each name is spoken of, as far as all who bear it have something in common."""
        self._take_namesakes(texts, ordinary)
        self._merge()
        bearers: defaultdict[str, set[str]] = defaultdict(set)
        titled: defaultdict[str, set[str]] = defaultdict(set)
        for person in self._certain(texts, ordinary):
            trade = _TRADES.first(person.trades)
            if person.first and person.last:
                bearers[f"{person.first} {person.last}"].add(trade)
            for name in filter(None, {person.first, *person.nicks}):
                bearers[name].add(trade)
            for name in filter(None, {person.first, person.last, *person.nicks}):
                titled[name].add(trade)
        said = _said(bearers)
        return Staff(said, _said(titled), frozenset(n for n, _ in said if n.lower() in ordinary))

    def _certain(self, texts: Sequence[str], ordinary: set[str]) -> Iterable[Person]:
        """Those whose names are names: told so, or seen with a capital within a sentence."""
        firsts = _either({p.first for p in self.people.values()})
        within = re.compile(rf"[a-z,;]\s({firsts})(?![\w-])(?!\s[A-Z])")
        proper = {match[1] for text in texts for match in within.finditer(text)}
        for person in self.people.values():
            is_usual = (person.last or person.first).lower() in ordinary
            is_told = person.is_sure and (person.last or not is_usual)
            if is_told or person.first in proper or (person.last and not is_usual):
                yield person

    def _take_namesakes(self, texts: Sequence[str], ordinary: set[str]) -> None:
        """Others of the same first or last name, whose trade nobody tells."""
        firsts = _either({p.first for p in self.people.values()})
        lasts = _either({p.last for p in self.people.values()})
        of_first = re.compile(rf"(?<![\w'’-])(?P<known>{firsts}) (?P<other>{PART})(?![\w'’-])")
        of_last = re.compile(rf"(?<![\w'’-])(?P<other>{PART}) (?P<known>{lasts})(?![\w-])")
        called = {name for p in self.people.values() for name in (p.first, p.last, *p.nicks)}
        for text in texts:
            for match in (*of_first.finditer(text), *of_last.finditer(text)):
                other = match["other"].removesuffix("'s").removesuffix("’s")
                if other in called or other.lower() in ordinary or is_no_name(other):
                    continue
                first = match.start("known") < match.start("other")
                self.add(Person(match["known"], other) if first else Person(other, match["known"]))

    def _merge(self) -> None:
        """Who is told of by a first or a last name alone is whoever bears it, where one does."""
        called: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.people.values():
            if person.first and person.last:
                for name in {person.first, person.last, *person.nicks}:
                    called[name].append(person)
        for (first, last), person in list(self.people.items()):
            bearers = called.get(first or last, [])
            if not (first and last) and bearers:
                if len(bearers) == 1:
                    bearers[0].trades |= person.trades
                del self.people[first, last]


def _either(names: set[str]) -> str:
    """An expression for any of some names, and for nothing where there are none."""
    return "|".join(sorted(map(re.escape, filter(None, names)))) or r"(?!)"


def _said(bearers: dict[str, set[str]]) -> tuple[tuple[str, str], ...]:
    said = ((name, _TRADES.said(bearers[name])) for name in sorted(bearers))
    return tuple((name, spoken) for name, spoken in said if spoken)
