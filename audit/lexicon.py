"""Concepts: the words that rules are made of, one YAML file each in ``audit/lexicon/``.

A concept file has ``concept`` (its name), ``what`` (its meaning) and ``terms``: RE2 expressions
without capture groups over folded text (lower case, plain apostrophes, single spaces). A term
stands for whole words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import re2

from audit import declarations

FOLDER = Path(__file__).parent / "lexicon"
_KEYS = {"concept", "what", "terms"}
_MAX_MEMORY = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text: code points, end exclusive."""

    concept: str
    start: int
    end: int


class Lexicon:
    """All concepts, searched for in one pass over a text, in time linear in its length."""

    def __init__(self, terms: dict[str, list[str]]) -> None:
        self._names = sorted(terms)
        self._patterns = {n: re2.compile(_expression(terms[n]), _options()) for n in self._names}
        self._set = re2.Set.SearchSet(_options(longest=False))
        for name in self._names:
            self._set.Add(_expression(terms[name]))
        if self._names:
            self._set.Compile()

    def __contains__(self, concept: str) -> bool:
        return concept in self._patterns

    @property
    def concepts(self) -> list[str]:
        """All names, sorted."""
        return list(self._names)

    def present(self, text: str) -> frozenset[str]:
        """The concepts that a folded text mentions, without their places: one pass, cheap."""
        return frozenset(self._names[i] for i in self._set.Match(text) or [])

    def mentions(self, text: str) -> list[Mention]:
        """Every mention of every concept in a folded text, by position."""
        found = [m for name in self.present(text) for m in self._locate(name, text)]
        return sorted(found, key=lambda m: (m.start, m.end, m.concept))

    def _locate(self, name: str, text: str) -> Iterator[Mention]:
        for match in self._patterns[name].finditer(text):
            if match.end() > match.start():
                yield Mention(name, match.start(), match.end())


def _expression(terms: list[str]) -> str:
    return r"\b(?:" + "|".join(terms) + r")\b"


def _options(*, longest: bool = True) -> re2.Options:
    options = re2.Options()
    options.max_mem = _MAX_MEMORY
    options.longest_match = longest  # so that the order of a concept's terms means nothing
    options.never_capture = True
    return options


def load(folder: Path = FOLDER) -> Lexicon:
    """Read every concept file of a folder.

    Raises:
        UsageError: a file has an unknown key, no terms, or a term that is no RE2 expression.
    """
    terms: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        raw = declarations.read(path, required=_KEYS, optional=set())
        name = declarations.text(path, raw, "concept")
        if name != path.stem:
            raise declarations.wrong(path, "concept", f"is {name!r}, the file is {path.stem!r}")
        terms[name] = declarations.texts(path, raw, "terms")
        for term in terms[name]:
            try:
                re2.compile(term)
            except re2.error as error:
                raise declarations.wrong(path, "terms", f"{term!r}: {error}") from error
    return Lexicon(terms)
