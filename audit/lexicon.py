"""Concepts: the words that rules are made of, one YAML file each in ``audit/lexicon/``.

A concept file has ``concept`` (its name), ``what`` (its meaning) and ``terms``: RE2 expressions
without capture groups over folded text (lower case, plain apostrophes, single spaces). A term
stands for whole words. Words inside one of the expressions of ``except`` (optional) are no mention:
"check-in" is no check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import re2

from audit import declarations

FOLDER = Path(__file__).parent / "lexicon"
_KEYS = {"concept", "what", "terms"}
_EXCEPT = "except"
_MAX_MEMORY = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text: code points, end exclusive."""

    concept: str
    start: int
    end: int


class Lexicon:
    """All concepts, searched for in one pass over a text, in time linear in its length."""

    def __init__(
        self, terms: dict[str, list[str]], exceptions: dict[str, list[str]] | None = None
    ) -> None:
        self._names = sorted(terms)
        self._patterns = {n: re2.compile(_expression(terms[n]), _options()) for n in self._names}
        self._exceptions = {
            n: re2.compile(_expression(t), _options()) for n, t in (exceptions or {}).items()
        }
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
        names = [self._names[i] for i in self._set.Match(text) or []]
        return frozenset(
            n for n in names if n not in self._exceptions or any(self._locate(n, text))
        )

    def mentions(self, text: str) -> list[Mention]:
        """Every mention of every concept in a folded text, by position."""
        found = [m for name in self.present(text) for m in self._locate(name, text)]
        return sorted(found, key=lambda m: (m.start, m.end, m.concept))

    def _locate(self, name: str, text: str) -> Iterator[Mention]:
        barred = self._exceptions.get(name)
        inside = [m.span() for m in barred.finditer(text)] if barred else []
        for match in self._patterns[name].finditer(text):
            start, end = match.span()
            if end > start and not any(a <= start and end <= b for a, b in inside):
                yield Mention(name, start, end)


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
    exceptions: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        raw = declarations.read(path, required=_KEYS, optional={_EXCEPT})
        name = declarations.text(path, raw, "concept")
        if name != path.stem:
            raise declarations.wrong(path, "concept", f"is {name!r}, the file is {path.stem!r}")
        terms[name] = _terms(path, raw, "terms")
        if _EXCEPT in raw:
            exceptions[name] = _terms(path, raw, _EXCEPT)
    return Lexicon(terms, exceptions)


def _terms(path: Path, raw: dict[str, Any], key: str) -> list[str]:
    terms = declarations.texts(path, raw, key)
    for term in terms:
        try:
            re2.compile(term)
        except re2.error as error:
            raise declarations.wrong(path, key, f"{term!r}: {error}") from error
    return terms
