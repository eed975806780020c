"""The states in which a provider says that it treats people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts import us_states
from audit.facts.numbers import COUNT, number
from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from audit.facts.words import expressions, written
from audit.people.names import named
from data.fact_kinds import FactKind
from data.vocabulary import PageType

_CODE_OF = us_states.codes()
_CODES = frozenset(_CODE_OF.values())
_CUES = expressions("state_cues")
_BY_NAME = "|".join(sorted(map(re.escape, _CODE_OF), key=len, reverse=True))
_BY_CODE = "|".join(sorted(code.lower() for code in _CODES))
# A name, not of a city or a river; or a code, which has to be in capitals on the page.
_STATE = re.compile(
    rf"(?<![\w-])(?:(?P<name>{_BY_NAME})|(?P<code>{_BY_CODE}))(?![\w-])"
    rf"(?! (?:{written('state_cues')['no_state']})\b)"
)
_TOKEN = re.compile(r"[a-z'.-]*[a-z]")
_COUNT = re.compile(
    r"\b(?:in|across|serving|serve|to|cover)(?: over| more than| about)? "
    rf"(?P<count>{COUNT})\+? (?:u\.?s\.? )?states\b"
)
_ANSWER = re.compile(
    r"\W*(?:we (?:are|practice|see patients|serve patients) )?(?:currently )?(?:in )?"
)
# On a page about people it is one of them who is licensed there.
_LICENSED = re.compile(r"(?:currently |now )?licensed\b")
_SHORT = 60


def read(passage: Passage) -> Iterator[Told]:
    """The states served, as a block tells them."""
    if passage.denied or passage.is_of_other_treatment:
        return
    listed = _CUES["list_head"].search(passage.heading) is not None
    of_a_person = passage.page.page_type == PageType.TEAM or any(named(passage.block.heading))
    for statement in passage.statements:
        if statement.lead_denies or (of_a_person and _LICENSED.match(statement.text)):
            continue
        headed = listed or _CUES["list_head"].search(statement.lead) is not None
        if headed and len(statement.text) <= _SHORT:
            yield from _run(statement, 0) if statement.is_real else ()
            continue
        yield from _served(statement)
        yield from _counted(statement)


def _served(statement: Statement) -> Iterator[Told]:
    if _CUES["asked"].search(statement.asked) and statement.is_real:
        begins = _ANSWER.match(statement.text)
        yield from _run(statement, begins.end() if begins else 0)
    for match in (
        _CUES["served"].search(statement.text),
        _CUES["served_first"].match(statement.text),
        _CUES["people_of"].search(statement.text),
    ):
        if match is None or not statement.is_asserted(match.start(), match.end()):
            continue
        everywhere = _CUES["all_states"].search(statement.text, match.start(), match.end() + _SHORT)
        if everywhere and not _CUES["but"].search(statement.text):
            yield Told(FactKind.STATE_SERVED, "all", *statement.span)
        else:
            yield from _run(statement, match.end())


def _run(statement: Statement, start: int) -> Iterator[Told]:
    """The states of an enumeration that begins at a place."""
    text, position = statement.text, start
    for found in _STATE.finditer(text, start):
        between = _TOKEN.findall(text[position : found.start()])
        if not all(_CUES["links"].fullmatch(word) for word in between):
            return
        code = _code(statement, found)
        if code is None:
            continue
        if _CUES["not_yet"].match(text, found.end() + 1):
            return
        position = found.end()
        yield Told(FactKind.STATE_SERVED, code, *statement.span)


def _code(statement: Statement, found: re.Match[str]) -> str | None:
    """The state's code; two letters count only where the page has them in capitals."""
    if found["name"]:
        return _CODE_OF[found["name"]]
    start = statement.start + found.start()
    said = statement.passage.text[start : start + 2]
    return said if said.isupper() else None


def _counted(statement: Statement) -> Iterator[Told]:
    match = _COUNT.search(statement.text)
    if match is None or "pharmac" in statement.text or not _CUES["own"].search(statement.text):
        return
    if statement.is_asserted(*match.span()):
        yield Told(FactKind.STATE_COUNT, number(match["count"]), *statement.span, "states")


_SHAPES = (
    written("state_cues")[c] for c in ("served", "served_first", "people_of", "asked", "list_head")
)
READER = Reader(
    read,
    frozenset(_CODE_OF)
    | {"states"}
    | frozenset(f" {c.lower()}{mark}" for c in _CODES for mark in (", ", " and ", " & ")),
    shape(*_SHAPES, r"\w\+? (?:u\.?s\.? )?states\b"),
    _CUES["list_head"],
)
