"""What a row of a PDF begins with, or leaves open: bullets, numbers, lines to be filled in."""

from __future__ import annotations

import re

from audit.pages.pdf.pdf_rows import Row

_MARK = re.compile(
    r"(?:[•●○▪■□◦‣·∙➢➤❖▶►✓✔✗✘☐☑☒*–—-]|\[ ?[xX]?\])\s*"
    r"|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+"
)
# What may also stand at the beginning of a line without beginning an item.
_DASHES = frozenset("-–—*·")
_BLANK = re.compile(r"_{3,}|\.{6,}|…{3,}")
# "Infusion ........ $400" is a price, or a line of contents.
_LED = re.compile(r"[._…]\s*[$£€]?\s?\d[\d,.]*(?:\s?/\s?\w+)?\s*$")
_MAX_LABEL, _MAX_CAPTION = 80, 25


def mark_of(row: Row) -> str:
    """The bullet or number that a row begins with, and the blanks after it."""
    first = row.parts[0].text
    # Word processors take a letter "o" for a second bullet, and symbol fonts any sign at all.
    if len(row.parts) > 1 and len(first) == 1 and (first == "o" or not first.isalnum()):
        return first
    found = _MARK.match(row.text)
    return found.group() if found else ""


def is_dash(mark: str) -> bool:
    """Whether a mark may be a dash within a sentence."""
    return mark.strip() in _DASHES


def is_number(mark: str) -> bool:
    """Whether a mark counts, as those of headings do."""
    return any(map(str.isalnum, mark))


def is_label(text: str) -> bool:
    """Whether a line is there to be filled in: little else, or a blank at its end."""
    blanks = [] if _LED.search(text) else list(_BLANK.finditer(text))
    rest = len(_BLANK.sub("", text))
    ends = bool(blanks) and blanks[-1].end() >= len(text.rstrip(" .)"))
    return bool(blanks) and rest <= (_MAX_LABEL if ends else _MAX_CAPTION)
