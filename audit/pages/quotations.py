"""Whose words a paragraph in quotation marks is: a patient's are a testimonial in any markup.

A quotation may run over several paragraphs: each begins with a mark and only the last one ends with
one. A paragraph that does not begin with a mark ends it, so that a mark that is never closed cannot
hide the rest of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from audit.concepts import expressions
from audit.pages import voices
from audit.pages.blocks import Block
from audit.pages.review_heads import headed

_WORDING = expressions.beside(__file__)
_OPENS, _CLOSES = '“"«„❝', '”"»“❞'
# Where these open, no other mark closes: each is an apostrophe, or opens elsewhere.
_CLOSED_BY = {"‘": re.compile(r"’(?!\w)"), "»": re.compile("«")}
_STARS = "★☆⭐✩✭\ufe0f "
# A quotation of one or two words is a name or irony.
_LEAST_WORDS = 4
_MOST_WORDS_AFTER = 16
_DASH = re.compile(r"\s*[-–—―~]+\s*(?=\w)")
_NAME = re.compile(r"\s*\(?[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){0,3}\s*(?:[,|(–—-].*)?\)?$")


def with_speakers(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, where a patient's words in quotation marks are a ``testimonial``."""
    blocks = list(headed(blocks))
    spoken = {n for first, last in _quotations(blocks) for n in range(first, last + 1)}
    settled = [
        replace(block, kind="testimonial") if number in spoken else block
        for number, block in enumerate(blocks)
    ]
    return [
        block if kind == block.kind else replace(block, kind=kind)
        for block, below in zip_longest(settled, settled[1:])
        if (kind := voices.kind_of(block, below))
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
    if not blocks[first].text.strip(_STARS + _OPENS):
        return _below_a_mark(blocks, first)
    for number in range(first, len(blocks)):
        block = blocks[number]
        if block.kind != "paragraph" or block.region != blocks[first].region:
            return None
        if not _quoted(block.text).startswith((*_OPENS, *_CLOSED_BY)):
            return None
        quoted, after = _parts(block.text)
        if quoted:
            enough = len(quoted.split()) >= _LEAST_WORDS or number > first
            return number if enough and len(after.split()) <= _MOST_WORDS_AFTER else None
    return None


def _below_a_mark(blocks: Sequence[Block], number: int) -> int | None:
    """What stands below stars or a mark that is a box of its own, as page builders have them."""
    following = blocks[number + 1 : number + 2]
    if not following or blocks[number].kind != "paragraph":
        return None
    said = following[0]
    spoken = said.kind == "paragraph" and voices.in_first_person(said.text)
    return number + 1 if spoken and said.region == blocks[number].region else None


def _parts(text: str) -> tuple[str, str]:
    """The quoted words and what follows them; nothing is quoted where no mark closes."""
    said = _quoted(text)
    own = _CLOSED_BY.get(said[:1])
    if own is None:
        closing = max(said.rfind(mark, 1) for mark in _CLOSES)
    else:
        closing = max((mark.start() for mark in own.finditer(said, 1)), default=0)
    return (said[1:closing], said[closing + 1 :]) if closing > 0 else ("", "")


def _quoted(text: str) -> str:
    """A text from its quotation mark on, without stars or who says so before it."""
    said = text.lstrip(_STARS)
    before = _WORDING["said_before"](said)
    if before is None or any(_WORDING[own](before.group()) for own in ("staff", "document")):
        return said
    return said[before.end() :]


def _is_others(blocks: Sequence[Block], first: int, last: int) -> bool:
    """Whether the words are somebody's who is not of the provider."""
    said = " ".join(block.text for block in blocks[first : last + 1])
    _, after = _parts(blocks[last].text)
    speaker = after if after.strip(" .,;!?") else _line_below(blocks, last)
    if speaker and _WORDING["staff"](speaker):
        return False
    return voices.in_first_person(said) or bool(speaker and _names_somebody(speaker))


def _line_below(blocks: Sequence[Block], last: int) -> str:
    """A short line under a quotation: whose it is."""
    following = blocks[last + 1 : last + 2]
    below = following[0].text if following and following[0].kind == "paragraph" else ""
    short = len(below.split()) <= _MOST_WORDS_AFTER
    return below if short and (_DASH.match(below) or _NAME.match(below)) else ""


def _names_somebody(speaker: str) -> bool:
    return bool(_DASH.match(speaker) or _WORDING["says"](speaker) or _NAME.match(speaker))
