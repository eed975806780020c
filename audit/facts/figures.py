"""Response figures: which share of people a page says gets better."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.numbers import COUNT, SMALL, number
from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from data.fact_kinds import FactKind

_PERCENT = re.compile(
    r"(?P<upto>\bup to )?(?<![\d.,$])(?P<low>\d{1,3}(?:\.\d)?) ?(?:%|percent|per cent)?"
    r"(?: ?(?:-|to|and) ?(?P<high>\d{1,3}(?:\.\d)?))? ?(?:%|percent\b|per cent\b)"
)
_OF_TEN = re.compile(rf"\b(?P<part>{COUNT}) (?:out of|in|of)(?: every)? (?P<whole>{COUNT})\b")
# "a 60 % drop in scores" is no share of people.
_CHANGE = re.compile(
    r" (?:\w+ )?(?:reductions?|decreases?|drops?|improvements?|lower|less|fewer)\b"
)
_PEOPLE = re.compile(
    r"\b(?:patients|people|clients|members|participants|individuals|adults|users|sufferers|those"
    r"|of us|veterans|success rate|response rate|remission rate|success|efficacy|effective)\b"
)
_BETTER = re.compile(
    r"\b(?:improv\w+|respon(?:d|ds|ded|se|ding|ders?)|reliefs?|relieved|remission|reduc\w+|decreas\w+|drop(?:s|ped)?|better"
    r"|benefit\w*|success\w*|effective(?:ness)?|efficacy|recover\w*|symptom-free|lessen\w*|eas(?:ed|es)"
    r"|works? for|helps?|helped|positive (?:results|outcomes|response))\b"
)
# Other things that shares of people are said to do, or other treatments' figures.
_ELSE = re.compile(
    r"\b(?:satisf\w+|recommend\w*|side effects?|nausea|drop(?:ped)?[ -]?outs?|discontinu\w+|relaps\w+|insur\w+|cost"
    r"|price|discount|savings?|reimburs\w+|approved|bookings?|stars?|bioavailab\w+|absor\w+|oxygen"
    r"|prescriptions?|fail\w*|turned (?:down|away)|declin\w+|placebo)\b|\boff\b"
)
_OTHERS_DRUG = re.compile(
    r"\b(?:antidepressants?|ssris?|snris?|medications?|talk therapy|psychotherapy|ect|tms|prozac|traditional|conventional|standard)\b"
)
_COMPARED = re.compile(r"\b(?:against|versus|vs|compared|than|while|whereas|but|only|barely)\b")
_CONTROLS = re.compile(r" (?:of|in|for|on) (?:the )?(?:controls?|placebo|comparison|those on)\b")
_OURS = re.compile(r"\b(?:ketamine|our|we|spravato|infusions?|lozenges?|treatments? here)\b")
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research\w*|literature|meta-analys[ei]s|published|journal|scientists|evidence|data)\b"
)


def read(passage: Passage) -> Iterator[Told]:
    """The response figures in a block."""
    for statement in passage.statements:
        for match in _figures(_PERCENT, statement.text):
            if _is_response(statement, match):
                yield from _percent(statement, match)
        for match in _figures(_OF_TEN, statement.text):
            if _is_response(statement, match):
                yield from _of_ten(statement, match)


def _figures(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The figures of a statement up to the first that is there for comparison."""
    end = None
    for match in pattern.finditer(text):
        if end is not None and _COMPARED.search(text, end, match.start()):
            return
        yield match
        end = match.end()


def _is_response(statement: Statement, match: re.Match[str]) -> bool:
    text, (start, end) = statement.text, match.span()
    if not statement.is_real or _ELSE.search(text) or not _PEOPLE.search(text):
        return False
    if _OTHERS_DRUG.search(text, 0, start) and not _OURS.search(text, 0, start):
        return False
    if _CONTROLS.match(text, end):
        return False
    better = _BETTER.search(text, end) or _BETTER.search(text, 0, start)
    if better is None or statement.is_negated(*better.span()):
        return False
    return not statement.passage.is_of_other_treatment


def _percent(statement: Statement, match: re.Match[str]) -> Iterator[Told]:
    low, high = match["low"], match["high"]
    if not 0 < float(high or low) <= 100:
        return
    change = _CHANGE.match(statement.text, match.end()) is not None
    if high is not None and float(low) < float(high):
        yield _told(statement, FactKind.RESPONSE_FIGURE_FROM, low, change)
        yield _told(statement, FactKind.RESPONSE_FIGURE_TO, high, change)
    elif high is None:
        upto = match["upto"] is not None
        kind = FactKind.RESPONSE_FIGURE_TO if upto else FactKind.RESPONSE_FIGURE
        yield _told(statement, kind, low, change)


def _of_ten(statement: Statement, match: re.Match[str]) -> Iterator[Told]:
    part, whole = int(number(match["part"])), int(number(match["whole"]))
    if 0 < part < whole <= 100:
        share = f"{100 * part / whole:.1f}".removesuffix(".0")
        yield _told(statement, FactKind.RESPONSE_FIGURE, share, change=False)


def _told(statement: Statement, kind: FactKind, value: str, change: bool) -> Told:
    """Quoted as a whole sentence, since what it is a share of stands anywhere in it."""
    unit = "percent change" if change else "percent"
    unit += ", in studies" if _STUDY.search(statement.text) else ""
    return Told(kind, number(value), *statement.span, unit)


READER = Reader(
    read,
    frozenset({"%", "percent", "per cent", "out of", "in ten", "in 10", "of ten", "of 10"})
    | {"in every", "of every", "in five", "in four", "in three", "in 5", "in 4", "in 3"},
    shape(r"\d ?(?:%|percent|per cent)", rf"\b{SMALL} (?:out of|in|of)(?: every)? {SMALL}\b"),
)
