"""Words that were cut at the end of a line."""

from __future__ import annotations

import re
from collections import Counter


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_CUT = re.compile(r"(\w+(?:[-‐]\w+)*)[-‐\u00ad]$")
_NEXT = re.compile(r"\w+(?:[-‐]\w+)*")
# First and second halves of the compounds of this field; ordinary words are hardly ever cut after
# or before them: "of-fice", not "off-ice".
_FIRST = _set(
    "non off self follow long short low high well mail take half one two three four six eight twice"
    " all day week month hour real check telehealth door doctor nurse patient physician therapist"
    " clinician treatment ketamine drug first second third"
)
_SECOND = _set(
    "label home person up term approved based certified free resistant related acting forming"
    " administered guided assisted threatening office clinic risk hour month minute old known"
    " licensed trained prescribed monitored supervised"
)
# ... but for these, which end ordinary words: "short-er", "week-end", "non-sense".
_ENDINGS = _set(
    "able age ages al ally ance ate ed en end ends er ers es est ful ing ings ish ism ist istic ity"
    " ize ized less ly ment ments ness ry s sense"
)
_MIN_KNOWN, _LONGEST_WORD = 4, 60


def words(text: str) -> list[str]:
    """The words of a text, as ``joined`` wants them counted."""
    return [_plain(word) for word in _WORD.findall(text)]


def is_cut(text: str) -> bool:
    """Whether a line seems to end within a word."""
    return _CUT.search(text[-_LONGEST_WORD:]) is not None


def joined(before: str, after: str, known: Counter[str]) -> str:
    """Two lines as one: with a blank, unless the first one ends in a hyphen.

    A soft hyphen goes. So does another one, unless it belongs to the word: what the document
    writes elsewhere decides; then a digit or an upper-case letter beside it; then the compounds of
    this field; then whether both halves are words of the document by themselves.

    Args:
        before: the first line.
        after: the second line.
        known: the words within the document's lines, how often each.
    """
    first, second = _CUT.search(before[-_LONGEST_WORD:]), _NEXT.match(after)
    if first is None or second is None:
        return f"{before} {after}"
    if before.endswith("\u00ad") or not _is_compound(first[1], second[0], known):
        return before[:-1] + after
    return before + after


def _is_compound(first: str, second: str, known: Counter[str]) -> bool:
    one, other = _plain(first), _plain(second)
    whole, compound = known[one + other], known[f"{one}-{other}"]
    if whole or compound:
        return compound > whole
    if first.isupper() or not (first + second).isalpha() or not second[0].islower():
        return True
    if other in _ENDINGS:
        return False
    if one in _FIRST or other in _SECOND:
        return True
    return min(len(one), len(other)) >= _MIN_KNOWN and known[one] > 0 and known[other] > 0


def _plain(word: str) -> str:
    return word.casefold().replace("‐", "-")
