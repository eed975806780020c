"""Concepts: the words that rules are made of, one YAML file each in ``audit/lexicon/``.

A concept file has ``concept`` (its name), ``what`` (its meaning) and ``terms``: RE2 expressions
without capture groups over folded text (lower case, plain apostrophes, single spaces). A term
stands for whole words, and ``{name}`` in it for any term of another concept. Words inside one of
the expressions of ``except`` (optional) are no mention: "check-in" is no check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import re2

from audit import declarations

FOLDER = Path(__file__).parent / "lexicon"
_KEYS = {"concept", "what", "terms"}
_EXCEPT = "except"
_PART = re.compile(r"\{([a-z][a-z-]*)\}")
# Words between two parts of a term; the signs of a term, such a gap being one.
_GAP = re.compile(r"\(\?: ?(?:\\[wS]|\[[^]]*\])\+ ?\)\{\d,\d+\}\??")
_SIGN = re.compile(rf"{_GAP.pattern}|\[[^]]*\]|\\.|[()]")
# Any words at all at the start of a part, which would be followed up at every word of a text.
_WORDS = r"(?:\\[wS]|\.|\[[^]]{3,}\])(?:[+*]|\{\d+,\d*\})"
_ANY_WORDS = re.compile(rf"^(?=(?:\(\?:)?{_WORDS})(?:{_WORDS}|\(\?:[^()]*\)\?| )+")
_MAX_MEMORY = 256 * 1024 * 1024

# Where something stands: code points, end exclusive.
Place = tuple[int, int]


class Lexicon:
    """All concepts, searched for in one pass over a text, in time linear in its length.

    The pass tells which concepts can stand in a text; where they stand is looked up for those that
    a rule asks for, which are few.
    """

    def __init__(
        self, terms: dict[str, list[str]], exceptions: dict[str, list[str]] | None = None
    ) -> None:
        self._names = sorted(terms)
        self._known = frozenset(self._names)
        self._patterns = {n: _compiled(terms[n]) for n in self._names}
        self._exceptions = {n: _compiled(barred) for n, barred in (exceptions or {}).items()}
        self._set = re2.Set.SearchSet(_options(longest=False))
        self._tells: list[tuple[str, bool]] = []
        for name in self._names:
            self._add(name, terms[name])
        if self._names:
            self._set.Compile()

    def _add(self, name: str, terms: list[str]) -> None:
        """One pattern for the terms that tell for certain, one for a part of each of the others."""
        whole, some = [], []
        for term in terms:
            parts = [_ANY_WORDS.sub("", part) for part in segments(term)]
            (whole if parts == [term] else some).append(max(parts, key=len))
        if whole:
            self._set.Add(_expression(whole))
            self._tells.append((name, name not in self._exceptions))
        if some:
            self._set.Add("(?:" + "|".join(some) + ")")
            self._tells.append((name, False))

    def __contains__(self, concept: str) -> bool:
        return concept in self._known

    @property
    def concepts(self) -> list[str]:
        """All names, sorted."""
        return list(self._names)

    def mentions(self, text: str) -> Mentions:
        """The mentions of every concept in a folded text."""
        told = [self._tells[i] for i in self._set.Match(text) or ()]
        return Mentions(self, text, told)

    def locate(self, name: str, text: str) -> list[Place]:
        """Where one concept stands in a folded text, from the left, without overlaps."""
        barred = self._exceptions.get(name)
        inside = [m.span() for m in barred.finditer(text)] if barred else []
        return [
            (start, end)
            for start, end in (m.span() for m in self._patterns[name].finditer(text))
            if end > start and not any(a <= start and end <= b for a, b in inside)
        ]


class Mentions:
    """What a text mentions: ``concept in mentions``, and ``places(concept)``."""

    __slots__ = ("_certain", "_lexicon", "_places", "_text", "possible")

    def __init__(self, lexicon: Lexicon, text: str, told: list[tuple[str, bool]]) -> None:
        self._lexicon, self._text = lexicon, text
        self._certain = {name for name, certain in told if certain}
        # More than stands there, never less.
        self.possible = frozenset(name for name, _ in told)
        self._places: dict[str, list[Place]] = {}

    def __contains__(self, concept: object) -> bool:
        if concept in self._certain:
            return True
        return isinstance(concept, str) and bool(self.places(concept))

    def places(self, concept: str) -> list[Place]:
        """Where a concept stands, from the left."""
        if concept not in self.possible:
            return []
        found = self._places.get(concept)
        if found is None:
            found = self._places[concept] = self._lexicon.locate(concept, self._text)
        return found

    def any_of(self, concepts: Iterable[str]) -> bool:
        """Whether one of these stands there."""
        return any(concept in self for concept in concepts)


class Together:
    """What several texts mention between them."""

    def __init__(self, texts: Sequence[Mentions]) -> None:
        self._texts = texts

    def __contains__(self, concept: object) -> bool:
        return any(concept in text for text in self._texts)


def segments(term: str) -> list[str]:
    """A term cut at its gaps of words, ``(?:\\w+ ){0,3}``, which every text would keep alive."""
    cut, begun, depth = [], 0, 0
    for sign in _SIGN.finditer(term):
        if depth == 0 and _GAP.match(sign[0]):
            cut.append(term[begun : sign.start()])
            begun = sign.end()
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
    cut.append(term[begun:])
    return [part.strip() for part in cut if part.strip()]


def _compiled(terms: list[str]) -> re2._Regexp[str]:
    return re2.compile(_expression(terms), _options())


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
