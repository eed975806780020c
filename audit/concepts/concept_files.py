"""Reading of the concept files, with messages for their writers.

A thousand files with ten thousand terms take a second to read: what they come to is kept for the
next run, and worked out again once any of them has changed.

A file may name what it needs again and again under ``parts`` (``audit.concepts.concept_parts``). A
name in a term is first looked for among them, then among the concepts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from re import Match
from typing import Any

import re2

from audit.concepts import concept_parts, declarations, kept, terms, word_tables
from audit.concepts.terms import telling
from audit.concepts.word_tables import WordTables

FOLDER = Path(__file__).parents[1] / "lexicon"
_KEYS = {"concept", "what", "terms"}
_EXCEPT = "except"
_KEPT_AS = "concepts.json"
# What is kept depends on the files that it is made of, and on how.
_MAKERS = [
    Path(file) for file in (__file__, concept_parts.__file__, terms.__file__, word_tables.__file__)
]


@dataclass(frozen=True, slots=True)
class Concepts:
    """All concepts by name, with their terms whole: none names another concept any more."""

    terms: dict[str, list[str]]
    exceptions: dict[str, list[str]]
    tables: WordTables


def load(folder: Path = FOLDER) -> Concepts:
    """The concepts of a folder; those that ship with ketawatch are kept for the next run.

    Raises:
        UsageError: a file has an unknown key, no terms, or a term or part that is no RE2
            expression.
    """
    if folder != FOLDER:
        return read(folder)
    made_of = kept.digest([*files(folder), *_MAKERS])
    known = kept.read(_KEPT_AS, made_of)
    if known is not None:
        return Concepts(known["terms"], known["exceptions"], WordTables.of(known["tables"]))
    concepts = read(folder)
    kept.write(_KEPT_AS, made_of, asdict(concepts))
    return concepts


def files(folder: Path = FOLDER) -> list[Path]:
    """The files of all concepts, by name: the folder that one lies in means nothing to a rule."""
    return sorted(folder.rglob("*.yml"), key=lambda path: (path.name, path))


def read(folder: Path) -> Concepts:
    """Read and check every concept file of a folder.

    Raises:
        UsageError: a file has an unknown key, no terms, or a term or part that is no RE2
            expression.
    """
    named = _by_name(folder)
    raw = {name: _declared(path) for name, path in named.items()}
    parts = {n: concept_parts.read(path, raw[n], named.keys()) for n, path in named.items()}

    def texts(name: str, key: str) -> list[str]:
        given = declarations.texts(named[name], raw[name], key)
        return [concept_parts.written_out(text, parts[name]) for text in given]

    written = {n: texts(n, "terms") for n in named}
    for name, path in named.items():
        for part, expression in parts[name].items():
            _terms(path, f"{concept_parts.KEY}: {part}", [expression], written)
    whole = {n: _terms(path, "terms", written[n], written) for n, path in named.items()}
    barred = {n: path for n, path in named.items() if _EXCEPT in raw[n]}
    exceptions = {n: _terms(p, _EXCEPT, texts(n, _EXCEPT), written) for n, p in barred.items()}
    return Concepts(whole, exceptions, tables_of(whole, exceptions))


def _declared(path: Path) -> dict[str, Any]:
    raw = declarations.read(path, required=_KEYS, optional={_EXCEPT, concept_parts.KEY})
    if raw["concept"] != path.stem:
        problem = f"is {raw['concept']!r}, the file is {path.stem!r}"
        raise declarations.wrong(path, "concept", problem)
    return raw


def _by_name(folder: Path) -> dict[str, Path]:
    named: dict[str, Path] = {}
    for path in files(folder):
        if path.stem in named:
            raise declarations.wrong(path, "concept", f"{named[path.stem]} has the same name")
        named[path.stem] = path
    return named


def tables_of(terms: dict[str, list[str]], exceptions: dict[str, list[str]]) -> WordTables:
    """The tables of concepts, numbered by name, and of their exceptions, which come after them."""
    names = sorted(terms)
    return word_tables.tables_of([given.get(n, []) for given in (terms, exceptions) for n in names])


def _terms(path: Path, key: str, given: list[str], written: dict[str, list[str]]) -> list[str]:
    """The terms of one file with the terms of other concepts in them."""

    def named(match: Match[str]) -> str:
        part = written.get(match[1], [])
        if not part or any(concept_parts.NAMED.search(term) for term in part):
            problem = f"{match[0]} is neither a part above it nor a concept of plain terms"
            raise declarations.wrong(path, key, problem)
        return "(?:" + "|".join(part) + ")"

    if not given:
        raise declarations.wrong(path, key, "empty")
    whole = [concept_parts.NAMED.sub(named, term) for term in given]
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
