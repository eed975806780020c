"""How many sessions a course has, as the provider plans it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.numbers import COUNT, SMALL, number
from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from data.fact_kinds import FactKind

_NOUN = r"(?P<noun>infusion|session|treatment|injection|dose|journey|lozenge session|dosing session)"
_KIND = (
    r"(?:(?:ketamine|iv|im|spravato|medicine|dosing|guided|at-home|in-office|initial|lozenge|treatment"
    r"|infusion|separate|individual|monitored|supervised)[ -]){0,3}"
)
_RANGE = rf"(?P<low>{COUNT})(?:(?: ?- ?| to | or )(?P<high>{COUNT}))?"
_MANY = rf"{_RANGE}(?: \(\d{{1,2}}\))?[ -]{_KIND}{_NOUN}s?\b"
_COURSE = (
    r"\b(?:series|course|protocol|program|programme|package|plan|induction|phase|bundle)\b"
)
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        # "a series of six infusions", "the first course includes 4-6 sessions"
        rf"{_COURSE}(?: (?:of|is|are|has|have|with|includes|consists of|involves|for|typically|usually"
        rf"|treatment|therapy|about|around|roughly|a|an|total|in)){{1,4}} {_MANY}",
        # "six infusions over two to three weeks"
        rf"{_MANY} (?:\w+ )?(?:over|within|across|spread over|in|during) (?:a |the (?:first|course of) )?"
        rf"(?:about |roughly )?(?:a period of )?(?:{COUNT})[ -](?:(?:to|or|-) ?{COUNT} )?(?:weeks?|days|months?)\b",
        # "our six-session program"
        rf"{_MANY} {_COURSE}",
        # "most patients need six infusions"
        r"\b(?:patients|people|you|adults|clients|members)(?: will)?(?: typically| usually| generally)? "
        rf"(?:need|receive|have|complete|require|start with|begin with|come for) {_MANY}",
        # "we recommend six infusions"
        rf"\bwe (?:usually |typically |generally )?(?:recommend|start with|begin with|plan|schedule|advise) (?:an? (?:\w+ )?series of )?{_MANY}",
    )
)
_NO_COURSE = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research\w*|participants?|after|first|per (?:week|month|day)|weekly|twice|missed|remaining|at least one|every"
    r"|one free|extra|up to)\b"
)


def read(passage: Passage) -> Iterator[Told]:
    """The numbers of sessions in a block."""
    for statement in passage.statements:
        for pattern in _PATTERNS:
            match = pattern.search(statement.text)
            if match and _is_course(statement, match):
                yield from _told(statement, match)
                break


def _is_course(statement: Statement, match: re.Match[str]) -> bool:
    around = statement.text[max(0, match.start() - 25) : match.end()]
    return (
        not _NO_COURSE.search(around)
        and statement.is_asserted(*match.span())
        and not statement.passage.is_of_other_treatment
    )


def _told(statement: Statement, match: re.Match[str]) -> Iterator[Told]:
    unit = match["noun"].rpartition(" ")[2] + "s"
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
        {"series", "course", "protocol", "program", "package", "induction", "bundle", " weeks"}
        | {"patients need", "people need", "patients receive", "we recommend", "start with"}
    ),
    shape(rf"\b{SMALL}(?: \(\d{{1,2}}\))?[ -](?:[\w-]+[ -]){{0,3}}(?:infusion|session|treatment|injection|dose|journey)"),
)
