"""A line that leads in, and fragments below it in boxes of their own: a list without markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.pages.blocks import Block
from audit.site.joined import Joined, around

_MOST_ITEMS, _MOST_WORDS, _MOST_LEAD = 16, 30, 250
_ENDS = (".", "!", "?", ":")


def lists(told: Sequence[Block]) -> Iterator[Joined]:
    """Each line that ends in a colon with the fragments that follow it; linear in the blocks."""
    number = 0
    while number < len(told):
        lead, end = told[number], number + 1
        if _leads(lead):
            while end < len(told) and end - number <= _MOST_ITEMS and _is_item(told[end], lead):
                end += 1
            if end - number > 2:
                yield _whole(told[number:end])
        number = end


def _leads(block: Block) -> bool:
    is_line = block.kind == "paragraph" and block.region == "main"
    return is_line and block.text.endswith(":") and len(block.text) <= _MOST_LEAD


def _is_item(block: Block, lead: Block) -> bool:
    """Whether a block goes on from a lead: "an aneurysm", "Glaucoma"; no sentence of its own."""
    alike = block.kind == "paragraph" and block.heading_path == lead.heading_path
    if not alike or block.region != "main" or len(block.text.split()) > _MOST_WORDS:
        return False
    return block.text[:1].islower() or not block.text.endswith(_ENDS)


def _whole(members: Sequence[Block]) -> Joined:
    spans, start = [], 0
    for block in members:
        spans.append((start, start + len(block.text)))
        start += len(block.text) + 1
    block = replace(
        members[0],
        text="\n".join(block.text for block in members),
        kind="list",
        parts=tuple(spans[1:]),
        element=around(members),
    )
    return Joined(block, tuple(members))
