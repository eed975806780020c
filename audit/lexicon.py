"""Concepts: the words that rules are made of, one YAML file each in ``audit/lexicon/``.

A concept file has ``concept`` (its name), ``what`` (its meaning) and ``terms``: RE2 expressions
without capture groups over folded text (lower case, plain apostrophes, single spaces). A term
stands for whole words, and ``{name}`` in it for any term of another concept. Words inside one of
the expressions of ``except`` (optional) are no mention: "check-in" is no check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import re2

from audit import declarations

FOLDER = Path(__file__).parent / "lexicon"
_KEYS = {"concept", "what", "terms"}
_EXCEPT = "except"
_PART = re.compile(r"\{([a-z][a-z-]*)\}")
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
            re2.compile(term)
        except re2.error as error:
            raise declarations.wrong(path, key, f"{term!r}: {error}") from error
    return whole
