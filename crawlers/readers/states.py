"""Which US states a list's cell names, in any of the ways in which people write them.

``Texas``, ``TX``, ``Tex.``, ``TX 78701``, ``US-TX``, ``Austin, TX``, ``TX & NM``, ``Washington,
D.C.``. What names no state at all may still be in the US (``Nationwide``), or abroad (``Ontario``).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import data

_REFERENCE = Path(data.__file__).parent / "reference"
_STATES_FILE = _REFERENCE / "us_states.csv"
_SHORT_FILE = _REFERENCE / "us_state_short.csv"
# "OR" in capitals is Oregon.
_APART = re.compile(r"[;/|&+]|\b(?:[Aa]nd|AND|or)\b")
_CAPITAL = re.compile(r"\bwashington,?\s+d\.?\s?c\b\.?", re.IGNORECASE)
# A town may be called like a state: "Washington, PA".
_TOWN = re.compile(r"\s*[A-Za-z .]{3,},\s*([A-Z]{2})\b[\s\d-]*")
# "WA, Australia", "CA (Canada)", "Toronto, ON, CA".
_ABROAD = re.compile(
    r"\b(?:australia|canada|germany|india|england|united kingdom|uk|(?<!new )mexico)\b"
    r"|\b(?:ab|bc|mb|nb|nl|ns|on|qc|sk),? ca\b"
)
_ASIDE = re.compile(
    r"\([^()]*\)|\b\d{5}(?:-\d{4})?\b|^\s*us-|\b(?:state|commonwealth) of\b| state\b"
)
_EVERYWHERE = re.compile(
    r"(?:all|any|every|most|many|multiple|several|various)\b.*|nation-?wide|national(?:ly)?"
    r"|virtual(?:ly)?|online|remote|tele-?(?:health|medicine)|\d+ states|us|usa|united states"
)
_COUNTRY = frozenset(
    {"us", "usa", "united states", "united states of america", "america", "us of a"}
    | {"us usa", "usa us", "united states us", "united states usa", "united states of america usa"}
    # Territories have codes of countries, too. California's, say, is Canada's.
    | {"pr", "puerto rico", "gu", "guam", "vi", "us virgin islands", "as", "american samoa"}
    | {"mp", "northern mariana islands"}
)


def is_us(country: str) -> bool:
    """Whether a country's name or code is that of the US."""
    words = re.findall(r"[^\W\d_]+", country.lower().replace(".", ""))
    return " ".join(words).removeprefix("the ") in _COUNTRY


def is_everywhere(cell: str) -> bool:
    """Whether a cell for a state says "in all of them", or that it does not matter."""
    return _EVERYWHERE.fullmatch(_plain(cell)) is not None


def states(cell: str | None) -> str | None:
    """Postal codes, several joined by ``;``; what names no state is left as it stands."""
    if not cell or is_everywhere(cell):
        return None
    places = _APART.split(_CAPITAL.sub("DC", cell))
    found = [code for p in places if not _ABROAD.search(p.lower()) for code in _codes(p)]
    return ";".join(dict.fromkeys(found)) or cell


def is_state(cell: str | None) -> bool:
    """Whether ``states`` found any."""
    return bool(cell) and all(code in us_states().values() for code in str(cell).split(";"))


def _codes(place: str) -> list[str]:
    town = _TOWN.fullmatch(place)
    whole = _code(town[1] if town else place)
    return [whole] if whole else [code for part in place.split(",") if (code := _code(part))]


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
