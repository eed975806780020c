"""Texts in which people are spoken of by name, in other words: by what they do.

"Marta meets you first" becomes "Our nurse practitioner meets you first" at a house whose pages tell
that Marta is one. Only what is certain is said so; offsets lead back to the text as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from audit.concepts import expressions, word_lists
from audit.people.names import LETTERS
from audit.people.staff import Staff
from audit.people.trades import bundled

_ORDINARY = word_lists.expressions(Path(__file__).with_name("first_names.yml"))
_TRADES = bundled()
_WORDING = expressions.beside(__file__)
# So much of a text before a name tells how it is meant, and whether it stands in a quotation.
_NEAR, _LONGEST_QUOTE = 60, 400
_TITLE = r"(?:Dr|Mrs?|Ms|Mx|Prof)\.?\s"
# What makes it somebody else, something else, or tells the trade already.
_NO_MORE = r"(?![\w@/&-]|['’]\w|\.\w|\s&|\s?[™®])"
_LETTERS_NEXT = re.compile(rf"(?:,?\s\(?|\s?[(–—|:-]\s?|,)(?:{LETTERS})")
_TRADE_BEFORE = re.compile(rf"(?:{_TRADES.one_of})(?:,| is| –|:)? \Z", re.IGNORECASE)
_BEGINS = re.compile(r"(?:\A|[.!?:…]['\"’”)]*|\n|[•–—*✓-])\s*(?:\d+[.)]\s*)?\Z")
_CAPITAL_NEXT = re.compile(r"\s(?:[A-Z][a-z]|[A-Z]{2,})")
_CAPITAL_BEFORE = re.compile(r"[a-z,;]\s[A-Z][\w'’-]+\s\Z")
_LOWER_BEFORE = re.compile(r"[a-z,;]\s\Z")
_LOWER_NEXT = re.compile(r"[,.;:!?)]|\s[a-z(–—]|\Z")


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text in other words; ``places``: where each other word stands, in both texts."""

    text: str
    places: tuple[tuple[int, int, int, int], ...]

    def start(self, at: int) -> int:
        """The place in the text as it stands of something that starts at a place of this one."""
        return self._back(at, 0)

    def end(self, at: int) -> int:
        """The same for an end."""
        return self._back(at, 1)

    def _back(self, at: int, side: int) -> int:
        number = bisect_right([new for _, _, new, _ in self.places], at - side) - 1
        if number < 0:
            return at
        old_start, old_end, _, new_end = self.places[number]
        if at < new_end + side:
            return old_end if side else old_start
        return at - new_end + old_end

    def forth(self, at: int) -> int:
        """The place in this text of a place in the text as it stands, outside the other words."""
        number = bisect_right([end for _, end, _, _ in self.places], at) - 1
        return at if number < 0 else at - self.places[number][1] + self.places[number][3]


class ByName:
    """Rewords what is said of the people of one house."""

    def __init__(self, people: Staff) -> None:
        self._names, self._titled = dict(people.names), dict(people.titled)
        self._words = people.words

    @cached_property
    def _any(self) -> re.Pattern[str] | None:
        names = sorted({*self._names, *self._titled}, key=lambda name: (-len(name), name))
        if not names:
            return None
        either = "|".join(re.escape(name).replace(r"\ ", "[ \u00a0]") for name in names)
        return re.compile(rf"(?<![\w.'’@/&-])(?P<title>{_TITLE})?(?P<name>{either}){_NO_MORE}")

    def reworded(self, text: str) -> Reworded | None:
        """A text in other words, or nothing where nobody of the house is named for certain."""
        pieces, places, last, length = [], [], 0, 0
        for start, end, said in self._certain(text):
            begins = _BEGINS.search(text[max(0, start - _NEAR) : start])
            spoken = said[0].upper() + said[1:] if begins else said
            pieces += [text[last:start], spoken]
            length += start - last + len(spoken)
            places.append((start, end, length - len(spoken), length))
            last = end
        return Reworded("".join((*pieces, text[last:])), tuple(places)) if places else None

    def _certain(self, text: str) -> Iterator[tuple[int, int, str]]:
        if self._any is None:
            return
        found = list(self._any.finditer(text))
        patients = {m["name"] for m in found if _is_patient(text, m)}
        for match in found:
            name = " ".join(match["name"].split())
            said = self._said(match["title"] or "", name)
            if said and match["name"] not in patients and self._is_certain(text, match, name):
                yield match.start(), match.end(), said

    def _said(self, title: str, name: str) -> str:
        if not title:
            return self._names.get(name, "")
        said = self._titled.get(name) or self._names.get(name, "")
        return said if not title.startswith("Dr") or _TRADES.minds(said) else ""

    def _is_certain(self, text: str, match: re.Match[str], name: str) -> bool:
        """Whether a name is its bearer's, and the text does not tell of the trade itself."""
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if _WORDING["introduced"](before) or _WORDING["related"](before):
            return False
        if _TRADE_BEFORE.search(before):
            return False
        if _CAPITAL_NEXT.match(text, match.end()) or _CAPITAL_BEFORE.search(before):
            return False
        if _is_quoted(text, match.start()) or _is_told_there(text, match.end()):
            return False
        if _WORDING["denied"](text, match.end()) or _WORDING["animal"](text, match.end()):
            return False
        if match["title"] or " " in name:
            return True
        return self._is_no_other_word(text, match, before, name.lower())

    def _is_no_other_word(self, text: str, match: re.Match[str], before: str, low: str) -> bool:
        if _ORDINARY["places"].fullmatch(low) and _WORDING["placed"](before):
            return False
        if match["name"] not in self._words and not _ORDINARY["words"].fullmatch(low):
            return True
        if _BEGINS.search(before):
            return _WORDING["does"](text, match.end()) is not None
        lower = _LOWER_BEFORE.search(before) and _LOWER_NEXT.match(text, match.end())
        return lower is not None and text != text.title()


def _is_patient(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    told = _WORDING["a_patient"](text, match.end()) or _WORDING["patient_called"](before)
    return told is not None


def _is_told_there(text: str, end: int) -> bool:
    """Whether letters or a trade follow a name: the text needs no other words."""
    if _LETTERS_NEXT.match(text, end):
        return True
    told = _WORDING["told"](text, end)
    return told is not None and bool(_TRADES.of_phrase(text, told.end()))


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place lies within quotation marks: others may speak there, of anybody."""
    line = text[max(0, at - _LONGEST_QUOTE) : at].rpartition("\n")[2]
    return line.count("“") > line.count("”") or line.count('"') % 2 == 1
