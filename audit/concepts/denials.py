r"""A term's gap never swallows a denial: "are (?:\w+ )?watched" is not said by "are not watched".

A gap is there for the words that change nothing ("are closely watched"). A term that means to reach
over a denial writes one itself: ``(?:\w+|not)``.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

_Pattern = Any  # re2 has no types

# "Not only watched" is watched.
_SAID = re.compile(
    rb"\b(?:not(?! (?:only|just|merely|simply)\b)|never|no|nobody|none|cannot|nor|neither|hardly"
    rb"|rarely|barely|seldom)\b|n't\b"
)
_WRITTEN = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|cannot|nor|neither|without|hardly|rarely|barely|seldom)"
    r"\b|n'\??t"
)


class Match(Protocol):
    """Where an expression stands."""

    def span(self) -> tuple[int, int]: ...


class Undenied:
    """An expression of RE2 over bytes that skips the places where a denial stands in its gaps."""

    def __init__(self, pattern: _Pattern) -> None:
        self._pattern = pattern

    def search(self, text: bytes, start: int = 0) -> Match | None:
        """The first place from ``start`` on without a denial in it."""
        while (match := self._pattern.search(text, start)) is not None:
            begin, end = match.span()
            if not holds_one(text, begin, end):
                found: Match = match
                return found
            start = begin + 1
        return None


def writes_one(term: str) -> bool:
    """Whether a term writes a denial itself, so that one in its place is its own."""
    return _WRITTEN.search(term) is not None


def holds_one(text: bytes, start: int, end: int) -> bool:
    """Whether a denial stands in a place of a folded text."""
    return _SAID.search(text, start, end) is not None
