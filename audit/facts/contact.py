"""Telephone numbers and street addresses of the provider itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts import us_states
from audit.facts.passage import Passage
from audit.facts.told import Reader, Told, shape
from audit.facts.words import expressions
from data.fact_kinds import FactKind

_DECLARED = expressions("contact")
_OF_OTHERS, _STREET = _DECLARED["of_others"], _DECLARED["street"]
_NUMBERS_OF_OTHERS = _DECLARED["numbers_of_others"]
# Plan: https://www.nanpa.com/numbering; country code, area code, exchange, line.
_PHONE = re.compile(
    r"(?<![\w.,/$-])(?:\+?1[ .-]{0,2})?"
    r"(?:\((?P<area1>[2-9]\d{2})\) ?[.-]? ?|(?P<area2>[2-9]\d{2})(?:[ .-]|/| - ))"
    r"(?P<exchange>\d{3})(?:[ .-]| - )(?P<line>\d{4})(?!(?!x\d)[\w-]|[.,]\d)"
    # Without any mark only where it is called a telephone's.
    r"|\b(?:call|text|phone|telephone|tel|cell|mobile|ph)\b(?: us)?(?: at| on)?\W{0,3}"
    r"(?P<bare>[2-9]\d{9})(?![\w-]|[.,]\d)"
)
_NO_PHONE = re.compile(
    r"(?:(?<!phone/)fax(?: number)?(?: us)?(?: at| to)?|\bf|npi|license|lic|\bno|\bid|dea|ein"
    r"|case|#)\W{0,3}$"
)
_NO_PHONE_BEHIND = re.compile(r" ?[(\[]e?-?fax")
_EXTENSION = re.compile(r",? ?(?:x|ext\.?|extension) ?(\d{1,6})\b")
# "In a crisis, dial 988. For appointments call (208) ...": a sentence of its own.
_OWN_SENTENCE = re.compile(
    r"(?:.*[.!] )(?P<own>(?:.* )?(?:us|our|appointments?|schedul\w+|book\w*|office) .*)"
)
_BEFORE = 20
_AROUND = 90
_CODES = frozenset(us_states.codes().values())
_END = re.compile(
    r"(?:,\s?|\s)(?P<state>[A-Z]{2}|D\.C|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\.?,?\s{1,2}"
    r"\d{5}(?:-\d{4})?\b(?!-?\d)"
)
# A house number, where what comes before does not run on into it.
_HOUSE = re.compile(
    r"(?<![\w.,$#/©-])(?!\d{3}-\d{4} )(?:\d{1,6}[A-Za-z]?(?:-(?:\d{1,4}|[A-Z]))?|One|Two|Three)"
    r" (?=[A-Z0-9])"
)
_YEAR_BEFORE = re.compile(
    r"(?:©|\(c\)|copyright|since|est\.?|established)\s*(?:(?:19|20)\d\d\s*[–-]\s*)?$", re.I
)
_LONGEST = 140
_LINE = re.compile(r"\s*\n\s*")


def read(passage: Passage) -> Iterator[Told]:
    """The telephone numbers and addresses in a block."""
    yield from _phones(passage)
    yield from _addresses(passage)


def _phones(passage: Passage) -> Iterator[Told]:
    for match in _PHONE.finditer(passage.plain):
        digits = match["bare"] or "".join(
            match[part] or "" for part in ("area1", "area2", "exchange", "line")
        )
        before = passage.plain[max(0, match.start() - _BEFORE) : match.start()]
        if _NUMBERS_OF_OTHERS.search(digits) or _NO_PHONE.search(before):
            continue
        if _NO_PHONE_BEHIND.match(passage.plain, match.end()):
            continue
        if not _is_of_others(passage, match.start(), match.end()):
            extension = _EXTENSION.match(passage.plain, match.end())
            end = extension.end() if extension else match.end()
            said = f";ext={extension[1]}" if extension else ""
            yield Told(FactKind.TELEPHONE, f"+1{digits}{said}", match.start(), end)


def _is_of_others(passage: Passage, start: int, end: int) -> bool:
    """Whether the lines around a place, or the heading, name somebody else."""
    before = passage.plain[max(0, start - _AROUND) : start].rpartition("\n")[2]
    own = _OWN_SENTENCE.fullmatch(before)
    before = own["own"] if own else before
    after = passage.plain[end : end + _AROUND].partition("\n")[0]
    around = f"{before} {after}"
    return bool(_OF_OTHERS.search(around) or _OF_OTHERS.search(passage.heading))


def _addresses(passage: Passage) -> Iterator[Told]:
    last = 0
    for match in _END.finditer(passage.text):
        code = _code(match["state"])
        start = _begins(passage.text, max(last, match.start() - _LONGEST), match.start())
        if code is None or start is None:
            continue
        last = match.end()
        if not _is_of_others(passage, start, match.end()):
            said = _LINE.sub(", ", passage.text[start : match.end()])
            value = re.sub(r",{2,}", ",", " ".join(said.split()))
            yield Told(FactKind.ADDRESS, value, start, match.end(), code)


def _code(state: str) -> str | None:
    said = state.replace(".", "")
    return said if said in _CODES else us_states.codes().get(state.lower())


def _begins(text: str, first: int, last: int) -> int | None:
    """Where the address that ends at ``last`` begins: at the first house number of a street."""
    for house in _HOUSE.finditer(text, first, last):
        if _YEAR_BEFORE.search(text, max(0, house.start() - 20), house.start()):
            continue
        said = text[house.end() : last].lower()
        stops = re.search(r"(?<!\b[a-z])[.!?] [a-z]{3,} [a-z]{3,} |[;:?!@]", said)
        street = _STREET.search(said)
        if street is not None and stops is None:
            return house.start()
    return None


_DIGITS = "0123456789"
_PHONE_WORDS = {
    f"{d}{mark}{e}" for d in _DIGITS for mark in (") ", ")", "-", ".", " ", ". ") for e in _DIGITS
}
_ZIP_WORDS = {f"{state} {d}" for state in us_states.codes() for d in _DIGITS}
_ZIP_WORDS |= {
    f" {c.lower()}{mark}{d}" for c in _CODES for d in _DIGITS for mark in (" ", ", ", ". ")
}
_ZIP_WORDS |= {f"d.c. {d}" for d in _DIGITS}
_PHONE_WORDS |= {f"{w}{d}" for w in ("call ", "text ", "phone ", ": ", " at ") for d in _DIGITS}
READER = Reader(
    read,
    frozenset(_PHONE_WORDS | _ZIP_WORDS),
    shape(r"\d{3}[ .)/-]{1,3}\d{3}[ .-]{1,3}\d{4}|\d{10}|[a-z.]{2}\.?,?\s{1,2}\d{5}"),
)
