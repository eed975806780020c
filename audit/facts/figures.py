"""Response figures: which share of people a page says gets better."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.numbers import COUNT, SMALL, number
from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from audit.facts.words import expressions
from data.fact_kinds import FactKind

_WORDS = expressions("figures")
_SIGN = r"(?:%|percent\b|per cent\b)"
_PERCENT = re.compile(
    rf"(?P<upto>\bup to )?(?<![\d.,$])(?P<low>\d{{1,3}}(?:\.\d)?) ?{_SIGN}?"
    rf"(?: ?(?:-|to|and) ?(?P<high>\d{{1,3}}(?:\.\d)?))? ?{_SIGN}"
)
_OF_TEN = re.compile(
    rf"\b(?P<part>{COUNT}) (?:out of|in|of)(?: every)? (?P<whole>{COUNT})\b"
    r"(?! (?:minutes|hours|days|weeks|months|years))"
)

# Scores "fell 40 %": a change, and no share of people.
_BY = re.compile(
    r"\b(?:by|fell|fall|dropped|decreased|declined|rose)(?: (?:up to|about|nearly|over))? $"
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
        if end is not None and _WORDS["compared"].search(text, end, match.start()):
            return
        yield match
        end = match.end()


def _is_response(statement: Statement, match: re.Match[str]) -> bool:
    text, (start, end) = statement.text, match.span()
    if not statement.is_real or _WORDS["something_else"].search(text):
        return False
    behind = any(_WORDS[key].match(text, end + 1) for key in ("controls", "prevalence"))
    if not _WORDS["people"].search(text) or behind:
        return False
    if _WORDS["other_drugs"].search(text, 0, start) and not _WORDS["ours"].search(text, 0, start):
        return False
    better = _WORDS["gets_better"].search(text, end) or _WORDS["gets_better"].search(text, 0, start)
    if better is None or statement.is_negated(*better.span()):
        return False
    return not statement.passage.is_of_other_treatment


def _percent(statement: Statement, match: re.Match[str]) -> Iterator[Told]:
    low, high = match["low"], match["high"]
    if not 0 < float(high or low) <= 100:
        return
    change = _WORDS["change"].match(statement.text, match.end() + 1) is not None
    change = change or _BY.search(statement.text, 0, match.start()) is not None
    if high and float(low) < float(high):
        yield _told(statement, FactKind.RESPONSE_FIGURE_FROM, low, change)
        yield _told(statement, FactKind.RESPONSE_FIGURE_TO, high, change)
    elif not high:
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
    unit += ", in studies" if _WORDS["study"].search(statement.text) else ""
    return Told(kind, number(value), *statement.span, unit)


READER = Reader(
    read,
    frozenset({"%", "percent", "per cent", "out of", "in ten", "in 10", "of ten", "of 10"})
    | {"in every", "of every", "in five", "in four", "in three", "in 5", "in 4", "in 3"}
    | {"of five", "of four", "of three", "of 5", "of 4", "of 3"},
    shape(r"\d ?(?:%|percent|per cent)", rf"\b{SMALL} (?:out of|in|of)(?: every)? {SMALL}\b"),
)
