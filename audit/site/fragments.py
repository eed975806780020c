"""A line that leads in, and fragments below it in boxes of their own: a list without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.pages.blocks import Block
from audit.site.joined import Joined, around

_MOST_ITEMS, _MOST_WORDS, _MOST_LINES, _MOST_LEAD = 16, 30, 24, 250
_ENDS = (".", "!", "?", ":")
# Several in one box, in one line: "glaucoma, an aneurysm, liver disease".
_SERIES = re.compile(r"[^.!?:]*,[^.!?:]*(?:,|\b(?:and|or)\b)[^.!?:]*\.?")


def lists(told: Sequence[Block]) -> Iterator[Joined]:
    """Each line that ends in a colon with the fragments that follow it; linear in the blocks."""
    number = 0
    while number < len(told):
        lead, end = told[number], number + 1
        if _leads(lead):
            while end < len(told) and end - number <= _MOST_ITEMS and _is_item(told[end], lead):
                end += 1
            if end - number > 2 or (end - number == 2 and _holds_several(told[number + 1])):
                yield _whole(told[number:end])
        number = end


def _leads(block: Block) -> bool:
    is_line = block.kind == "paragraph" and block.region == "main"
    return is_line and block.text.endswith(":") and len(block.text) <= _MOST_LEAD


def _is_item(block: Block, lead: Block) -> bool:
    """Whether each line of a block goes on from a lead."""
    alike = block.kind == "paragraph" and block.heading_path == lead.heading_path
    lines = block.text.split("\n")
    if not alike or block.region != "main" or len(lines) > _MOST_LINES:
        return False
    return all(map(_is_fragment, lines))


def _is_fragment(line: str) -> bool:
    """Whether a line goes on from a lead: "an aneurysm", "- Glaucoma"; no sentence of its own."""
    if len(line.split()) > _MOST_WORDS:
        return False
    return line[:1].islower() or not line.endswith(_ENDS)


def _holds_several(block: Block) -> bool:
    """Whether one box holds a list: a line for each, or words set apart by commas."""
    return "\n" in block.text or _SERIES.fullmatch(block.text) is not None


def _lines(block: Block, start: int) -> Iterator[tuple[int, int]]:
    """The places of a block's lines, as it stands from ``start`` on."""
    for line in block.text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _whole(members: Sequence[Block]) -> Joined:
    spans, start = list[tuple[int, int]](), 0
    for number, block in enumerate(members):
        spans += _lines(block, start) if number else [(start, start + len(block.text))]
        start += len(block.text) + 1
    block = replace(
        members[0],
        text="\n".join(block.text for block in members),
        kind="list",
        parts=tuple(spans[1:]),
        element=around(members),
    )
    return Joined(block, tuple(members))
