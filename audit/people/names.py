"""Names of people with letters after them, in text as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.concepts import word_lists

CREDENTIALS = word_lists.words(Path(__file__).with_name("credentials.yml"))
# Latin letters of all who write so: "Łukasz", "Đặng".
_FURTHER = [chr(code) for code in (*range(0x100, 0x250), *range(0x1E00, 0x1F00))]
_UP = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, _FURTHER))
_LOW = "a-zß-öø-ÿ" + "".join(filter(str.islower, _FURTHER))
PART = (
    rf"(?!(?:Jr|Sr)\b)(?:[{_UP}][{_LOW}]+(?:[{_UP}][{_LOW}]+)?|[{_UP}]['’][{_UP}][{_LOW}]+)"
    rf"(?:[-‑'’][{_UP}]?[{_LOW}]+(?:[{_UP}][{_LOW}]+)?){{0,2}}"
)
_INITIAL = rf"[{_UP}](?:\.(?:[{_UP}]\.)?|(?=\s))"
_MIXED = {"phd": r"Ph\.? ?D", "psyd": r"Psy\.? ?D", "pharmd": r"Pharm\.? ?D", "edd": r"Ed\.? ?D"}


def _spelled(text: str) -> str:
    """How letters are written: capitals, with or without points."""
    capitals = text.upper()
    if not text.isalpha():
        return re.escape(capitals)
    dotted = r"\.?".join(capitals)
    apart = r"\. ?".join(capitals) + r"(?=\.)"
    return f"{_MIXED[text]}|{dotted}" if text in _MIXED else f"{dotted}|{apart}"


_LONGEST_FIRST = sorted(CREDENTIALS.texts, key=len, reverse=True)
_ONE = rf"(?:{'|'.join(map(_spelled, _LONGEST_FIRST))})(?![\w-])"
_BY_NAME = rf"[\"“('’]{PART}[\"”)'’]"
_LINK = r"(?:(?:de|da|del|della|di|van|von|der|den|la|le|el|al|bin|ter)\s){0,2}"
NAME = rf"(?:{PART}|{_INITIAL})(?:\s(?:{PART}|{_INITIAL}|{_BY_NAME})){{0,2}}\s{_LINK}{PART}"
# In capitals throughout, where letters follow that are none of the name's.
_SHOUTED = rf"(?!{_ONE})(?:[{_UP}]['’])?[{_UP}]{{2,}}(?:[-'’][{_UP}]{{2,}})?"
_IN_CAPITALS = rf"{_SHOUTED}(?:\s(?:{_SHOUTED}|{_INITIAL})){{0,2}}\s{_SHOUTED}(?=,?\s\(?{_ONE})"
LETTERS = rf"{_ONE}\.?(?:(?:,\s?|\s|/|\s?&\s?){_ONE}\.?){{0,6}}"
_NAMED = re.compile(
    rf"(?<![\w.'’-])(?P<title>Drs?\.?\s)?(?P<name>{NAME}|{_IN_CAPITALS})"
    rf"(?:,? (?:Jr|Sr|II|III|IV)\b\.?)?"
    rf"(?:(?:,?\s(?:[–—|-]\s)?|,)\(?(?P<letters>{LETTERS}))?"
)
_BLANK = re.compile(r"\s")
_EACH = re.compile(_ONE)
# Letters that also stand for a state, or for much else: "Ellicott City, MD".
_NO_CLINICIANS = frozenset({"JD", "MBA", "MPH", "MS", "MA", "EdD", "DMD"})
_STATES_TOO = frozenset({"MD", "PA", "MA", "MS", "ND"})
_WORDS = word_lists.expressions(Path(__file__).with_name("names.yml"))
NO_NAME, BROUGHT_IN = _WORDS["no_name"], _WORDS["brought_in"]


@dataclass(frozen=True, slots=True)
class Named:
    """A person in a text: ``credentials`` is empty where only a title stands before the name.

    ``is_doubtful``: the letters alone could be a state's.
    """

    name: str
    credentials: str
    start: int
    end: int
    is_doubtful: bool


def named(text: str) -> Iterator[Named]:
    """The people whom a text names with credentials or as "Dr.", from the left."""
    position = 0
    while (match := _NAMED.search(text, position)) is not None:
        position = match.end()
        if match["letters"] is None and match["title"] is None:
            position = _next_word(text, match.start())
            continue
        person = _person(match)
        if person is not None:
            yield person
        else:
            position = _next_word(text, match.start("name"))


def _next_word(text: str, start: int) -> int:
    blank = _BLANK.search(text, start)
    return blank.end() if blank else len(text)


def _person(match: re.Match[str]) -> Named | None:
    """Who is named, if it is a person, and one who treats people."""
    if any(NO_NAME.fullmatch(part) for part in match["name"].lower().split()):
        return None
    letters = [m.group() for m in _EACH.finditer(match["letters"] or "")]
    known = [CREDENTIALS.value(w.replace(".", "").replace(" ", "").lower()) for w in letters]
    values = list(dict.fromkeys(v for v in known if v))
    if values and _NO_CLINICIANS.issuperset(values):
        return None
    dotted = bool(letters) and "." in letters[-1]
    end = match.end() if dotted or not match.group().endswith(".") else match.end() - 1
    return Named(
        name=" ".join(match["name"].split()),
        credentials=", ".join(values),
        start=match.start(),
        end=end,
        is_doubtful=match["title"] is None and _STATES_TOO.issuperset(values),
    )
