"""Texts of strangers on a terminal: what would steer it, or hide, is shown by its code point.

A provider's name or a quote can hold escape codes that clear the screen, retitle the window or turn
the direction of text around. Shown as ``\\u001b`` they do nothing, and JSON stays the same JSON.
"""

from __future__ import annotations

import re

# Control codes but for tab and line feed, and the marks that turn the direction of text around.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile("\\s*[\n\u2028\u2029]\\s*")


def printable(text: str) -> str:
    """The text with every steering character as ``\\uXXXX``; lines stay lines."""
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """The same for a message, which is a single line."""
    return printable(_LINE_END.sub(" ", text))
