"""Numbers as pages write them, and as a table holds them: ``2,400``, ``six`` and ``10k`` alike."""

from __future__ import annotations

import re
from decimal import Decimal

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16,
    "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}

# Digits, with or without commas and decimals; never a part of a longer number.
DIGITS = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,7})(?:\.\d{1,2})?(?!\d|[.,]\d|o+\b|o\d)"
# A small count, in digits or as a word.
_SMALL_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))
COUNT = rf"(?:(?<!\w)(?:{_SMALL_WORDS})|(?<![\w.,/$-])\d{{1,3}}(?![\d.,]\d))"
# The same without looking around, for RE2.
SMALL = rf"(?:{_SMALL_WORDS}|\d{{1,3}})"
_MULTIPLE = re.compile(r"(?P<number>[\d,.]+) ?(?P<times>k|m|thousand|million)")


def number(said: str) -> str:
    """The number that a plain text such as those above stands for, in digits.

    Raises:
        ValueError: it stands for none.
    """
    if said in _WORDS:
        return str(_WORDS[said])
    multiple = _MULTIPLE.fullmatch(said)
    digits = (multiple["number"] if multiple else said).replace(",", "")
    try:
        value = Decimal(digits) * (_TIMES[multiple["times"]] if multiple else 1)
    except ArithmeticError as error:
        raise ValueError(f"{said!r} is no number") from error
    return f"{value.normalize():f}"
