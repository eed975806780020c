"""Whose words a paragraph in quotation marks is: a patient's are a testimonial in any markup.

A quotation may run over several paragraphs: each begins with a mark and only the last one ends with
one. A paragraph that does not begin with a mark ends it, so that a mark that is never closed cannot
hide the rest of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.blocks import Block

_OPENS, _CLOSES = '“"«„', '”"»“'
# A quotation of one or two words is a name or irony.
_LEAST_WORDS = 4
_MOST_WORDS_AFTER = 16
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|me|my|mine|myself)\b")
_DASH = re.compile(r"\s*[-–—―~]+\s*(?=\w)")
_SAYS = re.compile(
    r"\s*,?\s*(?:(?:says?|said|writes?|wrote|shares?|shared|recalls?|remembers?|adds?|reports?)\b"
    r"|[A-Z][\w.'’-]* (?:[A-Z][\w.'’-]* )?(?:says?|said|writes?|wrote|told)\b)"
)
_NAME = re.compile(r"\s*\(?[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){0,3}\s*(?:[,|(–—-].*)?\)?$")
_STAFF = re.compile(
    r"\b(?:dr|m\.?d|d\.?o|np|pmhnp|aprn|crna|rn|ph\.?d|psy\.?d|lcsw|lmft|lpc|pa-c|dnp|fnp|mbbs)\b"
    r"|\b(?:founder|co-?founder|director|ceo|chief|officer|psychiatrist|physician|doctor|nurse"
    r"|anesthesiologist|anaesthetist|psychologist|therapist|counsell?or|clinician|prescriber|guide"
    r"|coach|our (?!patients?|members?|clients?)\w+|we)\b",
    re.IGNORECASE,
)


def with_speakers(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, where a patient's words in quotation marks are a ``testimonial``."""
    spoken = {n for first, last in _quotations(blocks) for n in range(first, last + 1)}
    return [
        replace(block, kind="testimonial") if number in spoken else block
        for number, block in enumerate(blocks)
    ]


def _quotations(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """First and last block of each quotation that is not the provider's own."""
    number = 0
    while number < len(blocks):
        last = _end_of(blocks, number)
        if last is not None and _is_others(blocks, number, last):
            yield number, last
        number = number + 1 if last is None else last + 1


def _end_of(blocks: Sequence[Block], first: int) -> int | None:
    """The block that ends the quotation which begins in this one, if one does."""
    for number in range(first, len(blocks)):
        block = blocks[number]
        if block.kind != "paragraph" or block.region != blocks[first].region:
            return None
        if not block.text.startswith(tuple(_OPENS)):
            return None
        quoted, after = _parts(block.text)
        if quoted:
            enough = len(quoted.split()) >= _LEAST_WORDS or number > first
            return number if enough and len(after.split()) <= _MOST_WORDS_AFTER else None
    return None


def _parts(text: str) -> tuple[str, str]:
    """The quoted words and what follows them; nothing is quoted where no mark closes."""
    closing = max(text.rfind(mark, 1) for mark in _CLOSES)
    return (text[1:closing], text[closing + 1 :]) if closing > 0 else ("", "")


def _is_others(blocks: Sequence[Block], first: int, last: int) -> bool:
    """Whether the words are somebody's who is not of the provider."""
    said = " ".join(block.text for block in blocks[first : last + 1])
    _, after = _parts(blocks[last].text)
    speaker = after if after.strip(" .,;!?") else _line_below(blocks, last)
    if speaker and _STAFF.search(speaker):
        return False
    return bool(_FIRST_PERSON.search(said)) or bool(speaker and _names_somebody(speaker))


def _line_below(blocks: Sequence[Block], last: int) -> str:
    """A short line under a quotation: whose it is."""
    following = blocks[last + 1 : last + 2]
    below = following[0].text if following and following[0].kind == "paragraph" else ""
    short = len(below.split()) <= _MOST_WORDS_AFTER
    return below if short and (_DASH.match(below) or _NAME.match(below)) else ""


def _names_somebody(speaker: str) -> bool:
    return bool(_DASH.match(speaker) or _SAYS.match(speaker) or _NAME.match(speaker))
