"""The states in which a provider says that it treats people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts import us_states
from audit.facts.names import named
from audit.facts.numbers import COUNT, number
from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from data.fact_kinds import FactKind
from data.models import PageType

_CODE_OF = us_states.codes()
_CODES = frozenset(_CODE_OF.values())
_BY_NAME = "|".join(sorted(map(re.escape, _CODE_OF), key=len, reverse=True))
# A state's name, not of a city or a river; or a code, which has to be in capitals on the page.
_STATE = re.compile(
    rf"(?<![\w-])(?:(?P<name>{_BY_NAME})|(?P<code>{'|'.join(c.lower() for c in sorted(_CODES))}))"
    r"(?! (?:city|river|state university|university|board|law|department|avenue|street|ave|st|road|blvd))(?![\w-])"
)
_WHO = (
    r"(?:we|our (?:\w+ ){0,2}(?:clinicians|providers|prescribers|doctors|physicians|team|services?|program|care|practice|nurses|lozenges|treatments?)"
    r"|(?:ketamine )?(?:treatment|care|therapy|services?|visits) (?:is|are)|all of our \w+|currently|now)"
)
_CUES = tuple(
    re.compile(p)
    for p in (
        rf"\b{_WHO}(?: are| is)?(?: currently| now| also| only| fully| all| proudly)? "
        r"(?:serv(?:e|es|ing)|licensed(?: to practice| to prescribe)?|available|offer(?:ed|s)?|treat(?:s|ing)?|see(?:s|ing)?|operat(?:e|es|ing)"
        r"|accept(?:s|ing)?|practic(?:e|es|ing)|prescrib(?:e|es|ing)|look after|provide(?:s|d)?|work(?:s|ing)?|based)"
        r"(?: (?:new |adult |our )?(?:patients|people|clients|residents|adults|care|treatment|telehealth|ketamine|\w+ therapy|visits|lozenges)){0,3}"
        r" ?(?:who (?:live|are)(?: physically)? |located |living |physically |anywhere )?(?:in|to|across|throughout|within|of)(?: all of| the states? of| the following states)?[ :]",
        r"^(?:now |currently )?(?:serving|available|licensed|treating|practicing)(?: (?:patients|people|clients|residents|adults)){0,2} (?:in|across|throughout|of)(?: the states? of)?[ :]",
        r"\b(?:residents|patients|people|adults) (?:of|in|anywhere in|across) (?:the states? of )?",
    )
)
_LAST_CUE_NEEDS = re.compile(r"\bwe\b|\bour\b|\bavailable\b|\bfor adults\b|\bserv")
_WHERE = re.compile(
    r"\b(?:(?:what|which) states|where (?:do you|are you|is|can i|do we|we) (?:practice|operate|available|treat|serve|offer|work|see|get)|states (?:do you|are you|served|we serve|we are|where))\b"
)
_HEAD = re.compile(
    r"\bstates (?:we (?:serve|treat|cover)|served|where we|we are licensed|we're (?:licensed|in)|available)\b|\bwhere we (?:practice|operate|serve|treat|are licensed|see patients|work|prescribe)\b|\bavailable (?:states|in)\b|\bservice areas?\b|\bstates (?:of|with) (?:operation|service)\b|^now serving\b|^serving\b"
)
_LINKS = frozenset("and or the in of states state as well all both plus".split())
_TOKEN = re.compile(r"[a-z'.-]*[a-z]")
_ALL = re.compile(r"\ball (?:50|fifty) (?:u\.?s\.? )?states\b")
_BUT = re.compile(r"\b(?:except|excluding|but|other than|outside|soon|not)\b|n't\b")
_COUNT = re.compile(
    rf"\b(?:in|across|serving|serve|to|cover)(?: over| more than| about)? (?P<count>(?:over )?{COUNT})\+? (?:u\.?s\.? )?states\b"
)
# On a page about people it is one of them who is licensed there.
_LICENSED = re.compile(r"(?:currently |now )?licensed\b")
_SHORT = 60


def read(passage: Passage) -> Iterator[Told]:
    """The states served, as a block tells them."""
    listed = _HEAD.search(passage.heading) is not None
    if passage.denied or passage.is_of_other_treatment:
        return
    of_a_person = (
        passage.page.page_type == PageType.TEAM or next(named(passage.block.heading), None) is not None
    )
    for statement in passage.statements:
        if statement.lead_denies or (of_a_person and _LICENSED.match(statement.text)):
            continue
        if (listed or _HEAD.search(statement.lead)) and len(statement.text) <= _SHORT:
            yield from _listed(statement)
            continue
        yield from _served(statement)
        yield from _counted(statement)


def _listed(statement: Statement) -> Iterator[Told]:
    """An item that is nothing but states."""
    if statement.is_real:
        yield from _run(statement, 0)


def _served(statement: Statement) -> Iterator[Told]:
    if statement.asked and _WHERE.search(statement.asked) and statement.is_real:
        begins = re.match(r"\W*(?:we (?:are|practice|see patients|serve patients) )?(?:currently )?(?:in )?", statement.text)
        yield from _run(statement, begins.end() if begins else 0)
    for number_, cue in enumerate(_CUES):
        match = cue.search(statement.text)
        if match is None or not statement.is_asserted(match.start(), match.end()):
            continue
        if number_ == len(_CUES) - 1 and not _LAST_CUE_NEEDS.search(statement.text[: match.end()]):
            continue
        everywhere = _ALL.match(statement.text, match.end())
        if everywhere and not _BUT.search(statement.text):
            yield Told(FactKind.STATE_SERVED, "all", *statement.span)
        else:
            yield from _run(statement, match.end())


def _run(statement: Statement, start: int) -> Iterator[Told]:
    """The states of an enumeration that begins at a place."""
    text, position = statement.text, start
    for found in _STATE.finditer(text, start):
        if not _LINKS.issuperset(_TOKEN.findall(text[position : found.start()])):
            return
        code = _code(statement, found)
        if code is None:
            continue
        if re.match(r" (?:soon|is next|next|waitlist|\(coming)", text[found.end() :]):
            return
        position = found.end()
        yield Told(FactKind.STATE_SERVED, code, *statement.span)


def _code(statement: Statement, found: re.Match[str]) -> str | None:
    """The state's code; two letters count only where the page has them in capitals."""
    if found["name"]:
        return _CODE_OF[found["name"]]
    start = statement.start + found.start()
    written = statement.passage.text[start : start + 2]
    return written if written.isupper() else None


def _counted(statement: Statement) -> Iterator[Told]:
    match = _COUNT.search(statement.text)
    if match and not statement.is_of_others and statement.is_asserted(*match.span()):
        if re.search(r"\b(?:we|our|available|licensed|serving|now)\b", statement.text):
            count = number(match["count"].removeprefix("over "))
            yield Told(FactKind.STATE_COUNT, count, *statement.span, "states")


_SHAPES = (*(cue.pattern for cue in _CUES), _HEAD.pattern, _WHERE.pattern, r"\w\+? (?:u\.?s\.? )?states\b")
READER = Reader(
    read,
    frozenset(_CODE_OF)
    | {"states"}
    | frozenset(f" {c.lower()}{mark}" for c in _CODES for mark in (", ", " and ", " & ")),
    shape(*_SHAPES),
    _HEAD,
)
