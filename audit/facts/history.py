"""What a provider says of its past: since when it works, and how many it has treated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.numbers import DIGITS, number
from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from data.fact_kinds import FactKind

_YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)"
_OURS = r"(?:we|our (?:clinic|practice|center|centre|company|team|doors|program|founders?))"
_FOUNDED = tuple(
    re.compile(p)
    for p in (
        rf"\b(?:founded|established|est\.?|opened(?: (?:our|its) doors)?|launched|incorporated)(?: \w+){{0,3}} (?:in |since )?{_YEAR}\b(?! ?(?:-|to) ?\d)",
        rf"\b{_OURS} (?:have |has )?(?:been )?(?:proudly )?(?:serv\w+|treat\w+|help\w+|in practice|in business|open\w*"
        rf"|operating|caring|around|work\w+|here|doing this|began|begun|started|here)(?: [\w'-]+){{0,5}} (?:since|in) {_YEAR}\b",
        rf"^(?:proudly )?(?:serving|treating|helping|caring|trusted|in practice|in business|open|operating|family[- ]owned|locally owned)(?: [\w']+){{0,6}} since {_YEAR}\b",
        rf"\bsince {_YEAR},? (?:we|our)\b",
        rf"^(?:since|est\.?|established) {_YEAR}\W*$",
    )
)
_BEGAN = re.compile(
    r"\b(?:since|found\w*|establish\w*|est|open\w*|launch\w*|beg[au]n|start(?:ed)?|incorporated)\b"
)
_NOT_FOUNDED = re.compile(
    r"\b(?:fda|approved|stud(?:y|ies)|research\w*|trial|discover\w*|synthesi[sz]ed|anesthetic|patented|dea|licensed|graduated"
    r"|board[- ]certified|residency|fellowship|degree|medical school|trained|university|society|association|journal"
    r"|she|he|dr|his|her|alert|warning|copyright|updated|effective|revised|changed|terms|law|act)\b|©"
)
_NOUNS = (
    "treatments|infusions|sessions|patients|people|clients|members|doses|lives|visits|injections"
    "|journeys|adults"
)
_MANY = re.compile(
    rf"(?P<count>{DIGITS}(?: ?(?:k|thousand|million)\b)?)(?P<plus>\+)? (?:(?:successful|happy|satisfied|real|ketamine|iv|at-home|safe|completed"
    r"|individual|medicine|spravato|unique|therapy|treatment|dosing|our|of our|guided|supervised|lozenge|patient) ){0,3}"
    rf"(?P<noun>{_NOUNS})\b"
)
_DONE = re.compile(
    r"\b(?:performed|delivered|provided|administered|completed|given|treated|helped|served|supported|cared for|guided|trusted by|chosen by|used by|experience of"
    r"|done|overseen|facilitated|safely|changed|joined|with over|of over|have had|under our belt|to date|and counting|so far)\b"
)
_NOT_OURS = re.compile(
    r"\b(?:stud(?:y|ies)|research\w*|trials?|participants?|americans|suffer\w*|worldwide|each year|every year|live with|diagnosed|estimated"
    r"|cost|price|[$]|per|survey\w*|die|deaths?|overdos\w+|united states|nationwide|globally|in the world|goal|aim|review of|sample|who completed|dr|she|he|database|insured)\b"
)
_LEAST = 100
_SHORT = 70


def read(passage: Passage) -> Iterator[Told]:
    """The founding claims of a block."""
    for statement in passage.statements:
        yield from _founded(statement)
        yield from _record(passage, statement)


def _founded(statement: Statement) -> Iterator[Told]:
    for pattern in _FOUNDED:
        match = pattern.search(statement.text)
        if match is None:
            continue
        if not _BEGAN.search(match.group()) or _NOT_FOUNDED.search(statement.text):
            continue
        if statement.is_asserted(*match.span()):
            yield Told(FactKind.FOUNDED, match["year"], *statement.span, "year")
            return


def _record(passage: Passage, statement: Statement) -> Iterator[Told]:
    for match in _MANY.finditer(statement.text):
        if _NOT_OURS.search(statement.text):
            continue
        done = _DONE.search(statement.text)
        alone = match["plus"] and len(passage.text) <= _SHORT
        if not (done or alone) or not statement.is_asserted(*match.span()):
            continue
        count = number(match["count"].strip())
        if int(float(count)) >= _LEAST:
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
