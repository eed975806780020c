"""Footnotes: a mark after a word leads to the text that begins with the same mark.

"8 in 10 feel better.*" and, at the end of the page, "*In an uncontrolled survey" are one statement
in two places: what the note says stands beside the claim.
"""

from __future__ import annotations

import re

# Raised figures come as such, in brackets, or (where only a style sheet raises them) as plain ones.
_MARK = r"\*{1,3}|[†‡§]|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?"
_FIGURE = r"[1-9]\d?"
_AFTER_A_WORD = re.compile(
    rf"(?<=[\w.,;!?%)”\"])(?:{_MARK})|(?<=[a-z%)][.,;!?])(?:{_FIGURE})(?!\S)"
)
_AT_THE_START = re.compile(rf"\s*(?:({_MARK})\s*|({_FIGURE})[.):]?\s+(?=[A-Z]))(?=\S)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "[]")
# A mark may stand after the full stop that ends the quote of a claim.
_BEYOND = 4


def marks(text: str, start: int, end: int) -> frozenset[str]:
    """The marks in a span of a text, or just after it."""
    found = _AFTER_A_WORD.finditer(text, start, min(end + _BEYOND, len(text)))
    return frozenset(match[0].translate(_RAISED) for match in found)


def mark_of(text: str) -> str | None:
    """The mark that a note begins with; ``None``: it is no note."""
    match = _AT_THE_START.match(text)
    return (match[1] or match[2]).translate(_RAISED) if match else None
