"""Texts side by side: parts of one word or sentence, or what a style sheet sets apart."""

from __future__ import annotations

import re

from audit.pages.elements import WITHDRAWN

# Elements within a word or a formula.
_IN_WORDS = frozenset({"sub", "sup", "wbr"})
# Numbers of notes: "approved" with "1, 2" raised.
_NOTES = re.compile(r"\s*\d{1,2}(?:\s?[,–-]\s?\d{1,2}){0,5}\s*")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|s)\b")
_PRICE = re.compile(r"[$£€]\s?[\d.,]*\d\Z")
# "$49" with "99" raised: the cents.
_WHOLE_PRICE, _CENTS = re.compile(r"[$£€]\s?[\d,]*\d\Z"), re.compile(r"\s*\d\d(?!\d)")
_WORD, _ENDS_WORD = re.compile(r"[^\W\d_]{3}"), re.compile(r"[^\W\d_]{3}\Z")
# What denies or answers is no end of a word, nor does a word begin with it that is written so.
_SAYS_NO = re.compile(r"(?:[Nn]ot|NOT|[Nn]ever|NEVER|No|NO|Nobody|None|Yes|YES)(?![^\W\d_])")
_OPENS = re.compile(r"(?:We|You|Our|Your|An?|The|There|Every|Each|All|It|They) ")
_NO_BEFORE = re.compile(r"(?:^|[\s(>])(?:[Nn]ot|NOT|[Nn]ever|NEVER)\Z")
_SHORT_BEFORE = re.compile(r"(?:^|\s)(?:is|are|was|do|am|be)\Z", re.IGNORECASE)
# "Notice", "nothing", "nevertheless", with their beginning in bold.
_ENDS_OF_WORDS = re.compile(
    r"(?:ic(?:e|ing)|if[yi]|hing|abl[ey]|abilit|s\b|e[drs]?\b|ar[yi]|at(?:e|ion)|orious|ch(?:e[ds])?\b"
    r"|ions?\b|withstanding|theless|more\b)",
    re.IGNORECASE,
)
# Fewer words are a name, a price or a label.
_STATEMENT_WORDS = 4
_LEADS_ON = re.compile(
    r"(?:[:,;–—-]|\b(?:and|or|the|an?|of|to|with|for|by|in|on|has|have|is|are|if|who|that|your"
    r"|any))\W*$"
)
_LABEL = re.compile(
    r"(?:before|after|during|at|in|on|for|when|if|while|until|what|how|who|where|why|your|our|the"
    r"|\w+ing)\b",
    re.IGNORECASE,
)
# What follows "Other clinics" or "We cannot treat" is said under it.
_OVER_NEXT = re.compile(
    r"\b(?:not|never|cannot|no|without|nobody|none|[a-z]+n['’]t|others?|most|many|some"
    r"|excluded|exclusions|myths?|false)\b",
    re.IGNORECASE,
)
# "But only as an anesthetic", "Psychosis or mania" go on from what stands before.
_BEGINS = re.compile(r"(?:No|Nobody|Never|We|You|Our|Your|A|An|The|There|Every|Each|All)\b")
# What came since the last text: nothing, the end of an element, the beginning of another, or what
# is struck out.
_WRITTEN, _CLOSED, _OPENED, _STRUCK = range(4)


def raised(text: str) -> str:
    """Numbers of notes as raised figures; any other text as it is."""
    return text.translate(_RAISED_DIGITS) if _NOTES.fullmatch(text) else text


class Joint:
    """What stands between the last text and the next, as tags come."""

    def __init__(self) -> None:
        self._text, self._came, self._raised, self._is_within = "", _WRITTEN, False, False
        self._is_styled = False

    def pass_tag(self, closing: str, name: str) -> None:
        """Take note of a tag after the last text."""
        self._raised = name == "sup" and not closing
        if name == "sup":
            self._is_within = not closing
        self._is_styled = name not in _IN_WORDS
        if name in _IN_WORDS:
            self._came = _WRITTEN
        elif closing and name in WITHDRAWN:
            self._came = _STRUCK
        elif closing:
            self._came = self._came or _CLOSED
        elif self._came:
            self._came = max(self._came, _OPENED)

    def raised(self, text: str) -> str:
        """The next text; numbers that are raised stay so, and are no part of the word before."""
        is_price = _WHOLE_PRICE.search(self._text) is not None and _CENTS.match(text) is not None
        return raised(text) if self._is_within and not is_price else text

    def parts_from(self, text: str) -> bool:
        """Take note of the next text: whether a gap is seen before it."""
        before, came, raised = self._text, self._came, self._raised
        is_styled, self._is_styled = self._is_styled, False
        self._text, self._came, self._raised = text, _WRITTEN, False
        if is_styled and are_two_words(before, text):
            return True
        if raised and _WHOLE_PRICE.search(before):
            return _CENTS.match(text) is not None
        if came == _STRUCK and _ENDS_WORD.search(before) and _WORD.match(text):
            return True  # "not", "safe"; not "Cure", "s"
        return came >= _OPENED and before != "" and are_two(before, text)


def are_two_words(before: str, after: str) -> bool:
    """Whether a denial or the beginning of a statement stands glued to a word, at a border.

    "FDA status" "Not approved", "is not" "FDA approved": one word of both would say the opposite.
    """
    if _NO_BEFORE.search(before):
        return after[:1].isalpha() and not _ENDS_OF_WORDS.match(after)
    if _ENDS_WORD.search(before):
        return _SAYS_NO.match(after) is not None or _OPENS.match(after) is not None
    return _SHORT_BEFORE.search(before) is not None and _SAYS_NO.match(after) is not None


def are_two_statements(before: str, after: str) -> bool:
    """Whether two boxes of one list item say each their own, where no mark tells it.

    "A nurse stays in the room" "No driving until the next day": a name and its price, or words
    that lead in, are read together.
    """
    if not _BEGINS.match(after) or _LABEL.match(before):
        return False
    if _LEADS_ON.search(before) or _OVER_NEXT.search(before):
        return False
    return min(len(before.split()), len(after.split())) >= _STATEMENT_WORDS


def are_two(before: str, after: str) -> bool:
    """Whether the texts of two inline elements side by side are set apart by a style sheet.

    That is so where no writer would join them: "84%" "of members", "for each visit" "Call us now".
    Parts of one word, of a number or a formula stay together: "K" "etamine", "$" "450", "1" "st".
    """
    last, first = before[-1:], after[:1]
    several, both = " " in after.strip(), " " in before.strip() and " " in after.strip()
    if first in ("$", "£", "€"):
        return last.islower() or last in ("%", ".", ":", ";", "!", "?", ")")
    if not first.isalpha():
        return both and first.isdigit() and last.islower()
    if last == "%":
        return True
    if last.isdigit():
        is_priced = _PRICE.search(before) is not None and _WORD.match(after) is not None
        return (several or is_priced) and not _ORDINAL.match(after)
    if last in (".", ",", ":", ";", "!", "?", ")"):
        return both or (several and first.isupper())
    return both and last.islower() and first.isupper()
