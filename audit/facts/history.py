"""What a provider says of its past: since when it works, and how many it has treated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.numbers import DIGITS, number
from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from audit.facts.words import expressions
from data.fact_kinds import FactKind

_WORDS = expressions("history")
_YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)"
_OURS = (
    r"(?:we|our (?:clinic|practice|center|centre|company|team|rooms|doors|program|founders?)"
    r"|our \w+ (?:clinic|practice|center|centre|rooms|office))"
)
_AT_WORK = (
    r"(?:serv\w+|treat\w+|help\w+|in practice|in business|open\w*|operating|caring|around|work\w+"
    r"|here|doing this|began|begun|started)"
)
_FOUNDED = (
    # "founded in 2016"
    re.compile(
        r"\b(?:founded|established|est\.?|opened(?: (?:our|its) doors)?|launched|incorporated)"
        rf"(?: \w+){{0,3}} (?:in |since )?{_YEAR}\b(?! ?(?:-|to) ?\d)"
    ),
    # "we have been treating people since 2016"
    re.compile(
        rf"\b{_OURS} (?:have |has )?(?:been )?(?:proudly )?{_AT_WORK}(?: [\w'-]+){{0,5}}"
        rf" (?:since|in) {_YEAR}\b"
    ),
    # "Serving the valley since 2016"
    re.compile(
        r"(?:proudly )?(?:serving|treating|helping|caring|trusted|in practice|in business|open"
        rf"|operating|(?:family|locally)[- ]owned)(?: [\w']+){{0,6}} since {_YEAR}\b"
    ),
    re.compile(rf"since {_YEAR},? (?:we|our)\b"),
    re.compile(rf"(?:since|est\.?|established) {_YEAR}\W*$"),
)
# The last ones only count where a statement begins.
_ANYWHERE = 2
_NOUNS = (
    "treatments|infusions|sessions|patients|people|clients|members|doses|lives|visits|injections"
    "|journeys|adults"
)
_ADJECTIVES = (
    "successful|happy|satisfied|real|ketamine|iv|at-home|safe|completed|individual|medicine"
    "|spravato|unique|therapy|treatment|dosing|our|of our|guided|supervised|lozenge|patient"
)
_MANY = re.compile(
    # No year: "in 2023 patients were treated".
    r"(?<![/-])(?<!\bsuite )(?<!\bin (?=20\d\d ))(?<!\bsince (?=20\d\d ))(?<!\bby (?=20\d\d ))"
    rf"(?P<count>{DIGITS}(?: ?(?:k|thousand|million)\b)?)(?P<plus>\+)?"
    rf" (?:(?:{_ADJECTIVES}) ){{0,3}}(?P<noun>{_NOUNS})\b"
)
_LEAST = 100
_SHORT = 70


def read(passage: Passage) -> Iterator[Told]:
    """The founding claims of a block."""
    for statement in passage.statements:
        yield from _founded(statement)
        yield from _record(passage, statement)


def _founded(statement: Statement) -> Iterator[Told]:
    if _WORDS["other_event"].search(statement.text) or "©" in statement.text:
        return
    for number_, pattern in enumerate(_FOUNDED):
        find = pattern.search if number_ < _ANYWHERE else pattern.match
        match = find(statement.text)
        if match is None or not _WORDS["began"].search(match.group()):
            continue
        if statement.is_asserted(*match.span()):
            yield Told(FactKind.FOUNDED, match["year"], *statement.span, "year")
            return


def _record(passage: Passage, statement: Statement) -> Iterator[Told]:
    for match in _MANY.finditer(statement.text):
        if _WORDS["other_count"].search(statement.text) or "$" in statement.text:
            continue
        done = _WORDS["done"].search(statement.text)
        alone = match["plus"] and len(passage.text) <= _SHORT
        if not (done or alone) or not statement.is_asserted(*match.span()):
            continue
        count = number(match["count"].strip())
        if float(count) >= _LEAST and not passage.is_of_other_treatment:
            yield Told(FactKind.TRACK_RECORD, count, *statement.span, match["noun"])


_DIGITS = "0123456789"
READER = Reader(
    read,
    frozenset({"since ", "founded", "established", "est.", "opened", "launched", "incorporated"})
    | {"began in", "started in", "begun in", " thousand", " million"}
    | {f"{mark}{d}" for d in _DIGITS for mark in (",", "0")}
    | {f"{d}{mark}" for d in _DIGITS for mark in ("+", "k ", "k+")},
    shape(
        rf"\b(?:in|since|est\.?|established|founded|opened|launched) {_YEAR}",
        rf"\d(?: ?k| thousand| million)?\+? (?:[\w-]+ ){{0,3}}(?:{_NOUNS})\b",
    ),
)
