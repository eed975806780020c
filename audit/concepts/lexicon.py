r"""Concepts: the words that rules are made of, one YAML file each below ``audit/lexicon/``.

A concept file has ``concept`` (its name), ``what`` (its meaning) and ``terms``: RE2 expressions
without capture groups over folded text (lower case, plain apostrophes, single spaces). A term
stands for whole words (where it has a letter at its ends), and ``{name}`` in it for any term of
another concept, or for an expression that the file itself names under ``parts`` (optional;
``audit.concepts.concept_parts`` has an example). Words inside one of the expressions of ``except``
(optional) are no mention: "check-in" is no check. A gap (``\w+``) never stands for a denial
(``audit.concepts.denials``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import re2

from audit.concepts import concept_files, denials
from audit.concepts.mentions import Mentions
from audit.concepts.terms import edges
from audit.concepts.word_index import Place, Sighting, WordIndex, bits_of
from audit.concepts.word_tables import WordTables

FOLDER = concept_files.FOLDER

# Texts whose mentions are kept: some megabytes, whatever the number of pages.
_MAX_REMEMBERED = 2048

# Expressions that are kept, with what RE2 learns of each while it reads: some 50 kB.
_MAX_COMPILED, _MAX_JOINED = 800, 80

_Pattern = Any  # re2 has no types


class Lexicon:
    """All concepts, searched for in one pass over a text, in time linear in its length.

    The pass finds which concepts can stand there by their plain words
    (``audit.concepts.word_index``); where a concept stands is looked up for the few that a rule
    asks for.
    """

    def __init__(
        self,
        terms: dict[str, list[str]],
        exceptions: dict[str, list[str]] | None = None,
        tables: WordTables | None = None,
    ) -> None:
        self._names = sorted(terms)
        self._known = frozenset(self._names)
        self._terms, self._barred = terms, exceptions or {}
        self._bits = {name: 1 << number for number, name in enumerate(self._names)}
        self._masks: dict[frozenset[str], int] = {}
        self._remembered: dict[str, Mentions] = {}
        self._words = WordIndex(tables or concept_files.tables_of(terms, self._barred))
        self.every = (1 << len(self._names)) - 1

    def __contains__(self, concept: str) -> bool:
        return concept in self._known

    @property
    def concepts(self) -> list[str]:
        """All names, sorted."""
        return list(self._names)

    def terms(self, concept: str) -> list[str]:
        """A concept's terms, with those of other concepts in place of their names."""
        return list(self._terms[concept])

    def mask(self, concepts: Iterable[str]) -> int:
        """A set of concepts as a number with a bit for each; what is unknown has none."""
        wanted = frozenset(concepts)
        known = self._masks.get(wanted)
        if known is None:
            known = self._masks[wanted] = sum(self.bit(concept) for concept in wanted)
        return known

    def bit(self, concept: str) -> int:
        """One concept as such a number."""
        return self._bits.get(concept, 0)

    def named(self, mask: int) -> list[str]:
        """The concepts of such a number, sorted."""
        return [self._names[number] for number in bits_of(mask)]

    def mentions(self, text: str) -> Mentions:
        """The mentions of every concept in a folded text; headings and menus are remembered."""
        known = self._remembered.get(text)
        if known is None:
            if len(self._remembered) >= _MAX_REMEMBERED:
                self._remembered.clear()
            known = self._remembered[text] = Mentions(self, text, self._words.read(text))
        return known

    def locate(self, name: str, text: str | bytes) -> list[Place]:
        """Where one concept stands in a folded text, from the left, without overlaps.

        A text of plain letters may come as bytes: RE2 then has no places to translate.
        """
        given = text.encode() if isinstance(text, str) else text
        found = _everywhere(self._terms[name], given)
        if found and name in self._barred:
            found = self._outside(name, given, found)
        return found if isinstance(text, bytes) or text.isascii() else _as_letters(given, found)

    def look_for(self, name: str, text: str, seen: Sighting) -> list[Place]:
        """The same for a text of which is known what it can mention.

        Of a concept's terms few can stand there, and these are looked for alone: an expression of
        all would be large.
        """
        bit = self._bits[name]
        number = bit.bit_length() - 1
        plain = seen.places[number] if seen.sure & bit else []
        suspected = seen.suspected & bit
        barred = (seen.suspected | seen.sure) & self.exception(bit)
        if not (suspected or barred):
            return _longest(plain)
        if not text.isascii():
            return self.locate(name, text)
        given = text.encode()
        patterns = [_compiled(t) for t in self._words.written(seen, number)] if suspected else []
        found = _merged(plain, patterns, given) if patterns else _longest(plain)
        return self._outside(name, given, found) if found and barred else found

    def exception(self, concept: int) -> int:
        """The number for the exceptions of a concept, or of several."""
        return concept << len(self._names)

    def _outside(self, name: str, text: bytes, places: list[Place]) -> list[Place]:
        """The places of a concept less those within one of its exceptions."""
        inside = _merged([], [_joined(*self._barred[name])], text)
        return [(a, b) for a, b in places if not any(x <= a and b <= y for x, y in inside)]


def _everywhere(terms: list[str], text: bytes) -> list[Place]:
    """Where some terms stand: from the left, at each place the longest."""
    found = _merged([], [_joined(*terms)], text)
    # Where the longest one swallows a denial a shorter one may stand.
    if any(denials.holds_one(text, *place) for place in found):
        return _merged([], [_compiled(term) for term in terms], text)
    return found


def _as_letters(text: bytes, places: list[Place]) -> list[Place]:
    """Places counted in letters and not in bytes."""
    return [(len(text[:a].decode()), len(text[:b].decode())) for a, b in places]


@lru_cache(maxsize=_MAX_COMPILED)
def _compiled(term: str) -> _Pattern:
    """The expression for a term, made when it is first needed."""
    pattern = _expression(term)
    return pattern if denials.writes_one(term) else denials.Undenied(pattern)


@lru_cache(maxsize=_MAX_JOINED)
def _joined(*terms: str) -> _Pattern:
    """One expression for some terms, made when it is first needed."""
    return _expression(*terms)


def _expression(*terms: str) -> _Pattern:
    options = re2.Options()
    options.longest_match = True  # so that the order of a concept's terms means nothing
    options.never_capture = True
    return re2.compile("|".join(map(_bounded, terms)), options)


def _bounded(term: str) -> str:
    begins, ends = edges(term)
    return (r"\b" if begins else "") + f"(?:{term})" + (r"\b" if ends else "")


def load(folder: Path = FOLDER) -> Lexicon:
    """The concepts of a folder.

    Raises:
        UsageError: a file has an unknown key, no terms, or a term or part that is no RE2
            expression.
    """
    concepts = concept_files.load(folder)
    return Lexicon(concepts.terms, concepts.exceptions, concepts.tables)


def _longest(places: list[Place]) -> list[Place]:
    """From the left, at each place the longest one, none that begins within another."""
    if len(places) == 1:
        return places
    chosen: list[Place] = []
    last = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= last:
            chosen.append((start, end))
            last = end
    return chosen


def _merged(plain: list[Place], patterns: list[_Pattern], text: bytes) -> list[Place]:
    """What one expression of all would find: from the left, at each place the longest."""
    chosen: list[Place] = []
    ordered = sorted(plain, key=lambda place: (place[0], -place[1]))
    ahead = [(pattern, _next(pattern, text, 0)) for pattern in patterns]
    last = number = 0
    while True:
        ahead = [
            (pattern, place if place[0] >= last else _next(pattern, text, last))
            for pattern, place in ahead
            if place
        ]
        while number < len(ordered) and ordered[number][0] < last:
            number += 1
        places = [place for _, place in ahead if place] + ordered[number : number + 1]
        if not places:
            return chosen
        best = min(places, key=lambda place: (place[0], -place[1]))
        chosen.append(best)
        last = best[1]


def _next(pattern: _Pattern, text: bytes, start: int) -> Place | None:
    """The first place from ``start`` on that is not empty."""
    while start < len(text):
        match = pattern.search(text, start)
        if match is None:
            return None
        if match.end() > match.start():
            return match.start(), match.end()
        start = match.end() + 1
    return None
