"""How many sessions a course has, as the provider plans it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.numbers import COUNT, SMALL, number
from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from audit.facts.words import expressions, written
from data.fact_kinds import FactKind

_CUES, _SAID = expressions("session_cues"), written("session_cues")
_NOUNS = "infusion|session|treatment|injection|dose|journey"
_RANGE = (
    rf"(?P<low>{COUNT})(?:(?: ?- ?| to | or | and )(?P<high>{SMALL})(?!\d))?(?: \(\d{{1,2}}\))?"
)
_MANY = rf"{_RANGE}[ -](?:(?:{_SAID['kind']})[ -]){{0,3}}(?P<noun>{_NOUNS})s?\b"
_TIME = rf"{COUNT}(?:(?: ?- ?| to | or ){SMALL})?[ -](?:weeks?|days|months?)\b"
_PATTERNS = (
    # "a series of six infusions", "the first course includes 4-6 sessions"
    re.compile(rf"\b(?:{_SAID['course']})(?: (?:{_SAID['consists']})){{1,4}} {_MANY}"),
    # "six infusions over two to three weeks"
    re.compile(rf"{_MANY} (?:{_SAID['spread']}) {_TIME}"),
    # "our six-session program"
    re.compile(rf"{_MANY} (?:{_SAID['course']})\b"),
    # "most patients need six infusions"
    re.compile(rf"\b(?:{_SAID['needed']}) {_MANY}"),
)
_BEFORE = 25


def read(passage: Passage) -> Iterator[Told]:
    """The numbers of sessions in a block."""
    for statement in passage.statements:
        for pattern in _PATTERNS:
            match = pattern.search(statement.text)
            if match and _is_course(statement, match):
                yield from _told(statement, match)
                break


def _is_course(statement: Statement, match: re.Match[str]) -> bool:
    around = statement.text[max(0, match.start() - _BEFORE) : match.end()]
    return (
        not _CUES["no_course"].search(around)
        and statement.is_asserted(*match.span())
        and not statement.passage.is_of_other_treatment
    )


def _told(statement: Statement, match: re.Match[str]) -> Iterator[Told]:
    unit = f"{match['noun']}s"
    low, high = number(match["low"]), match["high"]
    if high is None:
        if int(low) > 1:
            yield Told(FactKind.SESSIONS, low, *statement.span, unit)
    elif int(low) < int(number(high)):
        yield Told(FactKind.SESSIONS_FROM, low, *statement.span, unit)
        yield Told(FactKind.SESSIONS_TO, number(high), *statement.span, unit)


READER = Reader(
    read,
    frozenset(
        {"series", "course", "protocol", "program", "package", "induction", "bundle", "phase"}
        | {"plan ", "plans ", " weeks", " days", " months"}
        | {"patients need", "people need", "patients receive", "start with", "begin with"}
        | {"we recommend", "we suggest", "we usually", "we typically"}
    ),
    shape(rf"\b{SMALL}(?: \(\d{{1,2}}\))?[ -](?:[\w-]+[ -]){{0,3}}(?:{_NOUNS})"),
)
