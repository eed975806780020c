"""Concepts: the words that rules are made of, one YAML file each in ``audit/lexicon/``.

A concept file has ``concept`` (its name), ``what`` (its meaning) and ``terms``: RE2 expressions
without capture groups over folded text (lower case, plain apostrophes, single spaces). A term
stands for whole words (where it has a letter at its ends), and ``{name}`` in it for any term of
another concept. Words inside one of the expressions of ``except`` (optional) are no mention:
"check-in" is no check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import re2

from audit import declarations
from audit.mentions import Mentions
from audit.terms import edges, telling
from audit.word_index import Place, WordIndex, bits_of

FOLDER = Path(__file__).parent / "lexicon"
_KEYS = {"concept", "what", "terms"}
_EXCEPT = "except"
_PART = re.compile(r"\{([a-z][a-z-]*)\}")

# Texts whose mentions are kept: some megabytes, whatever the number of pages.
_MAX_REMEMBERED = 4096

_Pattern = Any  # re2 has no types


class Lexicon:
    """All concepts, searched for in one pass over a text, in time linear in its length.

    The pass finds which concepts can stand there by their plain words (``audit.word_index``); where
    a concept stands is looked up for the few that a rule asks for.
    """

    def __init__(
        self, terms: dict[str, list[str]], exceptions: dict[str, list[str]] | None = None
    ) -> None:
        self._names = sorted(terms)
        self._known = frozenset(self._names)
        self._terms, self._barred = terms, exceptions or {}
        self._compiled: dict[str, tuple[_Pattern, _Pattern | None]] = {}
        self._bits = {name: 1 << number for number, name in enumerate(self._names)}
        self._remembered: dict[str, Mentions] = {}
        self._words = WordIndex(terms, self._bits)

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
        return sum(self._bits.get(concept, 0) for concept in frozenset(concepts))

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
            known = self._remembered[text] = Mentions(self, text, *self._words.read(text))
        return known

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
    if _fault("|".join(f"(?:{term})" for term in whole)):  # one at a time would take twice as long
        for term in whole:
            if error := _fault(term):
                raise declarations.wrong(path, key, f"{term!r}: {error}") from error
    for term in whole:
        try:
            telling(term)
        except ValueError as error:
            raise declarations.wrong(path, key, f"{term!r}: {error}") from error
    return whole


def _fault(expression: str) -> re2.error | None:
    """What is wrong with an expression, if anything."""
    try:
        re2.compile(expression)
    except re2.error as error:
        return error
    return None
