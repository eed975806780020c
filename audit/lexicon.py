"""Concepts: the words that rules are made of, one YAML file each in ``audit/lexicon/``.

A concept file has ``concept`` (its name), ``what`` (its meaning) and ``terms``: RE2 expressions
without capture groups over folded text (lower case, plain apostrophes, single spaces). A term
stands for whole words (where it has a letter at its ends), and ``{name}`` in it for any term of
another concept. Words inside one of the expressions of ``except`` (optional) are no mention:
"check-in" is no check.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import re2
from ahocorasick_rs import AhoCorasick, MatchKind

from audit import declarations
from audit.terms import Word, edges, telling

FOLDER = Path(__file__).parent / "lexicon"
_KEYS = {"concept", "what", "terms"}
_EXCEPT = "except"
_PART = re.compile(r"\{([a-z][a-z-]*)\}")

# Texts whose mentions are kept: some megabytes, whatever the number of pages.
_MAX_REMEMBERED = 4096

# Where something stands: code points, end exclusive.
Place = tuple[int, int]
_WORD_CHARS = frozenset(string.ascii_letters + string.digits + "_")
_Pattern = Any  # re2 has no types


class Lexicon:
    """All concepts, searched for in one pass over a text, in time linear in its length.

    The pass finds plain words of which one has to stand there for a concept to stand there (Aho
    and Corasick 1975). Where a concept stands is looked up for the few that a rule asks for.
    """

    def __init__(
        self, terms: dict[str, list[str]], exceptions: dict[str, list[str]] | None = None
    ) -> None:
        self._names = sorted(terms)
        self._known = frozenset(self._names)
        self._terms, self._barred = terms, exceptions or {}
        self._compiled: dict[str, tuple[_Pattern, _Pattern | None]] = {}
        self._bits = {name: 1 << number for number, name in enumerate(self._names)}
        self._untold = 0
        self._remembered: dict[str, Mentions] = {}
        told: dict[str, _Told] = {}
        for name in self._names:
            for term in terms[name]:
                self._tell(told, name, telling(term))
        words = sorted(told)
        self._told = [told[word].settled() for word in words]
        self._words = AhoCorasick(words, matchkind=MatchKind.Standard)

    def _tell(self, told: dict[str, _Told], name: str, words: tuple[Word, ...] | None) -> None:
        """Note which words tell of a term; of one that none tells of, every text may hold it."""
        if words is None:
            self._untold |= self._bits[name]
        for word in words or ():
            known = told.setdefault(word.text, _Told())
            if word.whole:
                known.whole.append((name, word.begins, word.ends))
            else:
                known.parts[2 * word.begins + word.ends] |= self._bits[name]

    def __contains__(self, concept: str) -> bool:
        return concept in self._known

    @property
    def concepts(self) -> list[str]:
        """All names, sorted."""
        return list(self._names)

    def mask(self, concepts: Iterable[str]) -> int:
        """A set of concepts as a number with a bit for each; what is unknown has none."""
        return sum(self._bits.get(concept, 0) for concept in frozenset(concepts))

    def bit(self, concept: str) -> int:
        """One concept as such a number."""
        return self._bits.get(concept, 0)

    def named(self, mask: int) -> list[str]:
        """The concepts of such a number, sorted."""
        found = []
        while mask:
            bit = mask & -mask
            mask ^= bit
            found.append(self._names[bit.bit_length() - 1])
        return found

    def mentions(self, text: str) -> Mentions:
        """The mentions of every concept in a folded text; headings and menus are remembered."""
        known = self._remembered.get(text)
        if known is None:
            if len(self._remembered) >= _MAX_REMEMBERED:
                self._remembered.clear()
            known = self._remembered[text] = self._read(text)
        return known

    def _read(self, text: str) -> Mentions:
        maybe, told = self._untold, self._told
        places: dict[str, list[Place]] = {}
        # Where a word begins or ends, as RE2's \b has it: between a sign of one and no such sign.
        signs = [False, *(char in _WORD_CHARS for char in text), False]
        for number, start, end in self._words.find_matches_as_indexes(text, overlapping=True):
            known = told[number]
            begins = signs[start] != signs[start + 1]
            ends = signs[end] != signs[end + 1]
            maybe |= known.parts[2 * begins + ends]
            for name, needs_begin, needs_end in known.whole:
                if (begins or not needs_begin) and (ends or not needs_end):
                    places.setdefault(name, []).append((start, end))
        return Mentions(self, text, maybe, places)

    def locate(self, name: str, text: str | bytes) -> list[Place]:
        """Where one concept stands in a folded text, from the left, without overlaps.

        A text of plain letters may come as bytes: RE2 then has no places to translate.
        """
        found = [m.span() for m in self._pattern(name)[0].finditer(text)]
        return self.outside(name, text, [(a, b) for a, b in found if b > a])

    def outside(self, name: str, text: str | bytes, places: list[Place]) -> list[Place]:
        """The places of a concept less those within one of its exceptions."""
        barred = self._pattern(name)[1] if name in self._barred and places else None
        if barred is None:
            return places
        inside = [m.span() for m in barred.finditer(text)]
        return [(a, b) for a, b in places if not any(x <= a and b <= y for x, y in inside)]

    def _pattern(self, name: str) -> tuple[_Pattern, _Pattern | None]:
        known = self._compiled.get(name)
        if known is None:
            barred = self._barred.get(name)
            known = _compile(self._terms[name]), _compile(barred) if barred else None
            self._compiled[name] = known
        return known


class _Told:
    """What a word tells of: concepts that stand there, and those that may, by its edges.

    ``whole``: concepts, and whether a word has to begin and end there. ``parts``: for no edge, an
    end, a beginning, both.
    """

    __slots__ = ("parts", "whole")

    def __init__(self) -> None:
        self.whole: list[tuple[str, bool, bool]] = []
        self.parts = [0, 0, 0, 0]

    def settled(self) -> _Told:
        """The same, where a word with an edge tells what one without tells as well."""
        anywhere, ends, begins, both = self.parts
        self.parts = [
            anywhere, anywhere | ends, anywhere | begins, anywhere | ends | begins | both,
        ]  # fmt: skip
        return self


class Mentions:
    """What a text mentions: ``concept in mentions``, and ``places(concept)``."""

    __slots__ = ("_lexicon", "_maybe", "_places", "_text", "_whole", "possible")

    def __init__(
        self, lexicon: Lexicon, text: str, maybe: int, whole: dict[str, list[Place]]
    ) -> None:
        self._lexicon = lexicon
        self._text: str | bytes = text.encode() if text.isascii() else text
        self._maybe, self._whole = maybe, whole
        # As a number with a bit for each: some that do not stand there, but all that do.
        self.possible = maybe | lexicon.mask(whole)
        self._places: dict[str, list[Place]] = {}

    def __contains__(self, concept: object) -> bool:
        return isinstance(concept, str) and bool(self.places(concept))

    def places(self, concept: str) -> list[Place]:
        """Where a concept stands, from the left."""
        found = self._places.get(concept)
        if found is None:
            found = self._places[concept] = self._find(concept)
        return found

    def _find(self, concept: str) -> list[Place]:
        if self._maybe & self._lexicon.bit(concept):
            return self._lexicon.locate(concept, self._text)
        whole = self._whole.get(concept)
        if whole is None:
            return []
        return self._lexicon.outside(concept, self._text, _longest(whole))

    def standing(self) -> list[tuple[str, list[Place]]]:
        """All concepts that stand there, sorted, each with its places."""
        named = self._lexicon.named(self.possible)
        return [(concept, places) for concept in named if (places := self.places(concept))]

    def any_of(self, concepts: Iterable[str]) -> bool:
        """Whether one of these stands there."""
        return any(concept in self for concept in concepts)


class Together:
    """What several texts mention between them."""

    def __init__(self, texts: Sequence[Mentions]) -> None:
        self._texts = texts

    def __contains__(self, concept: object) -> bool:
        return any(concept in text for text in self._texts)


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


def _compile(terms: list[str]) -> _Pattern:
    options = re2.Options()
    options.longest_match = True  # so that the order of a concept's terms means nothing
    options.never_capture = True
    return re2.compile("|".join(map(_bounded, terms)), options)


def _bounded(term: str) -> str:
    begins, ends = edges(term)
    return (r"\b" if begins else "") + f"(?:{term})" + (r"\b" if ends else "")


def load(folder: Path = FOLDER) -> Lexicon:
    """Read every concept file of a folder.

    Raises:
        UsageError: a file has an unknown key, no terms, or a term that is no RE2 expression.
    """
    files = {path.stem: path for path in sorted(folder.glob("*.yml"))}
    raw = {
        name: declarations.read(path, required=_KEYS, optional={_EXCEPT})
        for name, path in files.items()
    }
    for name, path in files.items():
        if raw[name]["concept"] != name:
            found = raw[name]["concept"]
            raise declarations.wrong(path, "concept", f"is {found!r}, the file is {name!r}")
    written = {n: declarations.texts(path, raw[n], "terms") for n, path in files.items()}
    terms = {n: _terms(path, "terms", written[n], written) for n, path in files.items()}
    exceptions = {
        n: _terms(path, _EXCEPT, declarations.texts(path, raw[n], _EXCEPT), written)
        for n, path in files.items()
        if _EXCEPT in raw[n]
    }
    return Lexicon(terms, exceptions)


def _terms(path: Path, key: str, terms: list[str], written: dict[str, list[str]]) -> list[str]:
    """The terms of one file with the terms of other concepts in them."""

    def named(match: re.Match[str]) -> str:
        part = written.get(match[1], [])
        if not part or any(_PART.search(term) for term in part):
            raise declarations.wrong(path, key, f"{match[0]} is no concept of plain terms")
        return "(?:" + "|".join(part) + ")"

    if not terms:
        raise declarations.wrong(path, key, "empty")
    whole = [_PART.sub(named, term) for term in terms]
    for term in whole:
        try:
            telling(term)
            re2.compile(term)
        except (re2.error, ValueError) as error:
            raise declarations.wrong(path, key, f"{term!r}: {error}") from error
    return whole
