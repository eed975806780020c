"""A provider's name, as two lists may write it differently: normal form, and what sets it apart.

``Serenity Ketamine & Wellness, LLC`` and ``SERENITY KETAMINE AND WELLNESS`` have one normal form;
what sets them apart from the next clinic is ``serenity`` alone, because the field's own words, the
names of states and the town are in thousands of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from pathlib import Path

import yaml

import data
from crawlers.identity.states import us_states

_WORDS_FILE = Path(data.__file__).parent / "reference" / "name_words.yml"
_WORDS = re.compile(r"[a-z0-9]+")
_ASIDE = re.compile(r"\(([^()]*)\)")
# " - Auburn" and " / Portland": a branch or a second name after a sign that stands alone.
_CUT = re.compile(r"\s+[-–—|/:]+\s+|\s*[|]\s*|,\s")
# Signs that are no part of a word, or part it; and letters that no accent can be taken from.
_SIGNS = str.maketrans(
    dict.fromkeys("\u2122\u2120\u00ae\u00a9")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2022\u00b7", " ")
    | {"\u00f8": "o", "\u00d8": "O", "\u0142": "l", "\u0141": "L", "\u00df": "ss", "\u00e6": "ae"}
)
_SHORTEST = 4


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, lower-case, without accents, apostrophes, legal forms and titles."""
    parted = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    plain = parted.encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"['’`]|(?<=\b[a-z])\.(?=[a-z]\b)", "", plain)
    found = _WORDS.findall(plain)
    return tuple(word for word in found if word not in _listed("left_out")) or tuple(found)


def normal(text: str) -> str:
    """The name's normal form; empty where it has no Latin letter or digit."""
    return " ".join(words(text))


def spellings(text: str) -> Iterator[str]:
    """The name, and the names it holds: ``A (B)`` is A and B, ``A - Branch`` is A as well."""
    yield text
    outside = _ASIDE.sub(" ", text)
    for part in (outside, *_ASIDE.findall(text), _CUT.split(outside)[0]):
        if part.strip() and part != text:
            yield part


def telling(text: str, places: Collection[str] = ()) -> tuple[str, ...]:
    """The words that set a name apart, sorted: no word of the field, no state, no ``places``."""
    common = _listed("common") | _state_words() | set(places)
    return tuple(sorted({w for w in words(text) if w not in common and len(w) > 1}))


def tells(core: Collection[str], name: str) -> bool:
    """Whether such words are enough to know ``name`` again: two, or one that is no stub by itself.

    A stub of three letters is enough beside another word of the same name (``Sol Garden``).
    """
    least = _SHORTEST - 1 if len(words(name)) > 1 else _SHORTEST
    return len(core) > 1 or any(len(word) >= least for word in core)


@lru_cache(maxsize=65536)
def brand(label: str, places: frozenset[str] = frozenset()) -> str:
    """What sets a domain's label apart: no word of the field, state or place at its ends.

    ``ketwellalaska`` gives ``ketwell``; ``omahapainphysicians`` of Omaha gives nothing.
    """
    rest = re.sub(r"[^a-z0-9]", "", label.lower())
    while True:
        ending = next((e for e in _endings(places) if rest.endswith(e)), "")
        lead = next((e for e in _endings(places) if _leads(e) and rest.startswith(e)), "")
        if not (ending or lead):
            return rest if len(rest) >= _SHORTEST else ""
        rest = rest.removesuffix(ending) if ending else rest.removeprefix(lead)


def _leads(word: str) -> bool:
    return len(word) > 3 or word in ("my", "the")


@lru_cache(maxsize=4096)
def _endings(places: frozenset[str]) -> tuple[str, ...]:
    """The longest first; state codes of two letters would eat into words."""
    states = {word for word in _state_words() if len(word) > 2}
    common = _listed("common") | places | states | {"my", "the", "llc", "md"}
    return tuple(sorted((e for e in common if len(e) > 1), key=len, reverse=True))


@cache
def _listed(key: str) -> frozenset[str]:
    """One of the two lists of ``name_words.yml``."""
    lists: dict[str, list[str]] = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    return frozenset(lists[key])


@cache
def _state_words() -> frozenset[str]:
    return frozenset(word for name in us_states() for word in _WORDS.findall(name))
