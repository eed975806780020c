"""Texts made plain for matching, character by character, so that every offset stays the same."""

from __future__ import annotations

import re

# A long dash parts clauses, as a semicolon does; the others join.
_SAME_LENGTH = {
    "\u00a0": " ",
    "\u202f": " ",
    "\u200b": " ",
    "\u2009": " ",
    "\u2019": "'",
    "\u2018": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "-",
    "\u2212": "-",
    "\u2014": ";",
    "\u2022": "|",
    "\u00b7": "|",
}
# "$450—$600": between figures it joins, however long it is.
_RANGE = re.compile(r"(?<=[\d%])\u2014(?=[$£€]?\d)")


def plain(text: str) -> str:
    """Lower case, plain quotes, dashes and blanks; the same length as the text."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals are two characters in lower case
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    if not lowered.isascii():
        lowered = _RANGE.sub("-", lowered)
        for written, meant in _SAME_LENGTH.items():
            lowered = lowered.replace(written, meant)
    return lowered
