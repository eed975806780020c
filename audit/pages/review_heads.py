"""The heading of a section of reviews, where its box makes it look like a review's own title.

"What our clients say" stands over the words below it; what stood over the section does not: under a
doctor's name, in a box of their own, patients still speak for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.pages import voices
from audit.pages.blocks import Block

_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def headed(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same blocks, where such a title is the heading of the reviews that follow it."""
    head: Block | None = None
    for block in blocks:
        if block.kind != "testimonial":
            head = None
            yield block
        elif block.outline.names[block.element] in _HEADS and voices.heads_reviews(block.text):
            head = block
            yield replace(block, kind="heading")
        elif head is not None and block.heading_path == head.heading_path:
            path = (*block.heading_path, head.text)
            yield replace(block, heading=head.text, heading_path=path)
        else:
            yield block
