"""Whether a list's cell names the US, or a place elsewhere, as people and programs write it."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

import data

_PLACES_FILE = Path(data.__file__).parent / "reference" / "foreign_places.csv"
_NAMES = ("united states", "united states of america")
_COUNTRY = frozenset(
    {*_NAMES, "us", "usa", "america", "us of a", "the states", "840"}
    | {"estados unidos", "etats unis", "vereinigte staaten", "stati uniti", "eeuu", "ee uu"}
    # Territories have codes of countries, too. California's, say, is Canada's.
    | {"pr", "puerto rico", "gu", "guam", "vi", "us virgin islands", "as", "american samoa"}
    | {"mp", "northern mariana islands"}
)
# Not in that country alone, or nothing that tells of one.
_ANYWHERE = frozenset({"global", "worldwide", "international", "north america", "other"})
_PARTS = re.compile(r"[^\w\s.]+|\s+-\s+")
_LANGUAGE = re.compile(r"^[a-z]{2}[-_](?=us$)", re.IGNORECASE)
# One letter too many, too few, or two that changed places; never another "United ...".
_ALIKE = 92
# Endings of hosts that a country has, and that anybody takes for a short or a telling name.
_TAKEN_BY_ANYBODY = re.compile(
    "a[cgimst]|bz|c[cmox]|fm|g[glsu]|i[mos]|l[aiy]|m[denps]|n[fu]|p[rw]|s[hot]|t[kov]|us|v[cgiu]|ws"
)


def is_us(country: str) -> bool:
    """Whether a country's name or code is that of the US, alone or among others."""
    told = _LANGUAGE.sub("", country.strip())
    return any(_is_us(part) for part in (told, *_PARTS.split(told)))


def _is_us(country: str) -> bool:
    words = re.findall(r"\w+", _plain(country).replace(".", ""))
    letters = words and all(len(word) == 1 for word in words)
    name = ("" if letters else " ").join(words).removeprefix("the ")
    return name in _COUNTRY or any(fuzz.ratio(name, known) >= _ALIKE for known in _NAMES)


def is_anywhere(country: str) -> bool:
    """Whether a cell for a country names none."""
    return _plain(country) in _ANYWHERE


def is_foreign(place: str) -> bool:
    """Whether a cell for a state names another country, or a state or province of one."""
    names, codes = _places()
    plain = _plain(place)
    return (
        plain in codes
        or names.search(plain) is not None
        or any(word.lower() in codes for word in re.findall(r"\b[A-Z]{2,3}\b", place))
    )


def is_foreign_host(host: str) -> bool:
    """Whether a host's ending is a country's that nobody else takes."""
    ending = host.rpartition(".")[2]
    return len(ending) == 2 and ending.isalpha() and not _TAKEN_BY_ANYBODY.fullmatch(ending)


@cache
def _places() -> tuple[re.Pattern[str], frozenset[str]]:
    """Names of places as one expression, and their codes."""
    with _PLACES_FILE.open(encoding="utf-8", newline="") as file:
        places = [row["place"] for row in csv.DictReader(file)]
    names = "|".join(re.escape(place) for place in places if len(place) > 3)
    codes = frozenset(place for place in places if len(place) <= 3)
    return re.compile(rf"(?<!new )\b(?:{names})\b"), codes


def _plain(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(c for c in parted if not unicodedata.combining(c)).split())
