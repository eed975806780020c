"""A price whose sign, digits and what it buys stand in boxes of their own: "$" "450" "a visit"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit.pages.figures_apart import are_alike
from audit.pages.layout import Layout

_SIGN = r"(?:us|ca?|a)?[$£€]"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d{2})?"
_LEADS = re.compile(r"(?:(?:starts?|starting|plans) )?(?:from|at)|as low as", re.IGNORECASE)
_MAY_BEGIN = re.compile(rf"{_SIGN}|from|at\b|start|plans|as\b", re.IGNORECASE)
_SIGN_ALONE = re.compile(_SIGN, re.IGNORECASE)
_DIGITS_ALONE = re.compile(rf"{_DIGITS}(?:\s?[-–]\s?{_DIGITS})?\+?\*?")
_PRICE_ALONE = re.compile(
    rf"{_SIGN}\s?{_DIGITS}(?:\s?[-–]\s?(?:{_SIGN}\s?)?{_DIGITS})?\+?\*?", re.IGNORECASE
)
_TIMES = (
    r"session|infusion|treatment|visit|injection|consult\w*|evaluation|month|mo|week|wk|year|yr"
    r"|quarter|dose|course|package|program|plan|series|kit|hour|day|person|member"
)
_COUNT = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)"
# What it buys, in small letters: it goes on from the digits.
_BUYS = re.compile(
    rf"(?:/\s?|(?:per|each|every|an?)\s)(?:[\w-]+\s){{0,2}}(?:{_TIMES})s?\b.*|each|monthly"
    rf"|for\s(?:each|every|one|an?|the|all|your|{_COUNT})\b.*"
)
_GLUED = re.compile(r"(?<!\S)([$£€]) (?=\d)|(?<=\d) (?=/\s?[a-z])", re.IGNORECASE)
_LONGEST = 60


def prices_apart(
    layout: Layout, first: int = 0, stop: int | None = None
) -> Iterator[tuple[int, int]]:
    """The leaves of such prices, as ranges, among the leaves ``first`` to ``stop`` (exclusive)."""
    index = first
    while index < (len(layout.leaves) if stop is None else stop):
        last = _end(layout, index)
        if last > index + 1:
            yield index, last
        index = max(last, index + 1)


def joined(texts: Iterable[str]) -> str:
    """The pieces of a price, and others, in one line: no blank after a sign or before a stroke."""
    return _GLUED.sub(lambda found: found[1] or "", " ".join(texts))


def _end(layout: Layout, first: int) -> int:
    """Where the price ends that begins with a leaf, ``first`` if none does."""
    if not _MAY_BEGIN.match(layout.leaves[first].text):
        return first
    digits = first + 1 if _is(_LEADS, layout, first, first) else first
    if _is(_SIGN_ALONE, layout, first, digits) and _is(_DIGITS_ALONE, layout, first, digits + 1):
        end = digits + 2
    elif _is(_PRICE_ALONE, layout, first, digits):
        end = digits + 1
    else:
        return first
    return end + 1 if _is(_BUYS, layout, first, end) else end


def _is(words: re.Pattern[str], layout: Layout, first: int, index: int) -> bool:
    """Whether a leaf says so, and may be read with the first."""
    leaves = layout.leaves
    if index >= len(leaves) or not leaves[index].text or len(leaves[index].text) > _LONGEST:
        return False
    alike = are_alike(leaves[first], leaves[index])
    return alike and words.fullmatch(leaves[index].text) is not None
