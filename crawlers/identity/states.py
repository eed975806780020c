"""Which US states a list's cell names, in any of the ways in which people write them.

``Texas``, ``TX``, ``Tex.``, ``TX 78701``, ``US-TX``, ``Austin, TX``, ``TX & NM``, ``Washington,
D.C.``. What names no state may still be in the US (``Nationwide``, ``Dallas/Fort Worth``): what is
abroad is told by ``crawlers.identity.countries``.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

import data
from crawlers.identity.countries import is_foreign

_REFERENCE = Path(data.__file__).parent / "reference"
_STATES_FILE = _REFERENCE / "us_states.csv"
_SHORT_FILE = _REFERENCE / "us_state_short.csv"
# "OR" in capitals is Oregon.
_APART = re.compile(r"[;/|&+]|\b(?:[Aa]nd|AND|or)\b")
_CAPITAL = re.compile(r"\bwashington,?\s+d\.?\s?c\b\.?", re.IGNORECASE)
# A town may be called like a state: "Washington, PA".
_TOWN = re.compile(r"\s*[A-Za-z .]*[A-Za-z]{3}[A-Za-z .]*,\s*([A-Z]{2})\b[\s\d-]*")
# "WA, Australia", "CA (Canada)", "Toronto, ON, CA".
_ABROAD = re.compile(
    r"\b(?:australia|canada|germany|india|england|united kingdom|uk|(?<!new )mexico)\b"
    r"|\b(?:ab|bc|mb|nb|nl|ns|on|qc|sk),? ca\b"
)
_ASIDE = re.compile(
    r"\([^()]*\)|\b\d{5}(?:-\d{4})?\b|^\s*us-|\b(?:state|commonwealth) of\b| state\b"
)
# "Telehealth: CA, TX".
_LABEL = re.compile(r"^[A-Za-z ]+:\s*")
# Codes at an end of a cell, where no word of an address ("100 NE Oak St") looks like one.
_CODE_AT_AN_END = re.compile(
    r"^\s*([A-Z]{2})(?=\s*[-\u2013\u2014(/]|\s+only\b|\s*\d{5})"
    r"|\b([A-Z]{2})\s*(?:\d{5}(?:-\d{4})?)?\W*$"
)
_NOT_THE_STATE = re.compile(r"\bkansas city\b|\bbaja california\b")
_ALIKE = 85  # of 100: of seven letters two may stand the other way round
_EVERYWHERE = re.compile(
    r"(?:all|any|every|most|many|multiple|several|various)\b.*|nation-?wide|national(?:ly)?"
    r"|virtual(?:ly)?|online|remote|tele-?(?:health|medicine)|\d+ states|us|usa|united states"
)


def is_everywhere(cell: str) -> bool:
    """Whether a cell for a state says "in all of them", or that it does not matter."""
    return _EVERYWHERE.fullmatch(_plain(cell)) is not None


def states(cell: str | None) -> str | None:
    """Postal codes, several joined by ``;``; what names no state is left as it stands."""
    if not cell or is_everywhere(cell):
        return None
    if (whole := _code(cell)) and not _ABROAD.search(cell.lower()):
        return whole
    places = _APART.split(_CAPITAL.sub("DC", _LABEL.sub("", cell)))
    found = [code for place in places for code in _codes(place)]
    return ";".join(dict.fromkeys(found)) or _misspelt(cell) or cell


def is_state(cell: str | None) -> bool:
    """Whether ``states`` found any."""
    return bool(cell) and all(code in us_states().values() for code in str(cell).split(";"))


def _codes(place: str) -> list[str]:
    town = _TOWN.fullmatch(place)
    if town and (code := _code(town[1])):
        return [code]
    if _ABROAD.search(place.lower()):
        return []
    if whole := _code(place):
        return [whole]
    return [code for part in place.split(",") if (code := _code(part))] or _mentioned(place)


def _mentioned(place: str) -> list[str]:
    """States that stand among other words: ``Austin TX 78701``, ``FL - Florida``, ``CA only``."""
    named = _names().findall(_NOT_THE_STATE.sub(" ", place.lower()))
    codes = [next(filter(None, found)).lower() for found in _CODE_AT_AN_END.findall(place)]
    return [us_states()[told] for told in (*named, *codes) if told in us_states()]


def _misspelt(cell: str) -> str | None:
    """The state whose name a cell nearly is: ``Flordia``."""
    near = process.extractOne(_plain(cell), _long_names(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return us_states()[near[0]] if near and not is_foreign(cell) else None


@cache
def _names() -> re.Pattern[str]:
    names = sorted((name for name in us_states() if len(name) > 2), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in us_states() if len(name) > 5)


def _code(text: str) -> str | None:
    known = us_states() | _short()
    told = _plain(text)
    return known.get(told) or known.get(" ".join(_ASIDE.sub(" ", text.lower()).split()).strip(". "))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[.,]", "", text.lower()).split())


@cache
def us_states() -> dict[str, str]:
    """Postal code by lower-case code and by lower-case name, territories included."""
    with _STATES_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row[key].lower(): row["code"] for row in rows for key in ("code", "name")}


@cache
def _short() -> dict[str, str]:
    """Postal code by what else people write, lower-case and without points."""
    with _SHORT_FILE.open(encoding="utf-8", newline="") as file:
        return {row["short"]: row["code"] for row in csv.DictReader(file)}
