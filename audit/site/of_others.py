"""What stands on a page and is not the provider's own word: of other providers, or untrue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.pages.pages import Block, PageText
from audit.stances import disowned, myths, rows
from audit.text.folding import fold

# Headings in a header, footer or menu stand over nothing that is said of a treatment.
SAID_UNDER = {"main", "hidden", "modal"}
# The longest block that is one claim, on which the next one can be the verdict.
_CLAIM_WORDS = 25


class OfOthers:
    """Asked of a block: whether it stands in the column of other providers, beside one of this one.

    Alone, "Other clinics" may head a list of the provider's own. Nor is it the provider's own word
    what stands under "Myth", or what the next block says to be untrue.
    """

    def __init__(self, page: PageText) -> None:
        self._untrue = set(_said_to_be_untrue(page.blocks))
        headings = [b.text for b in page.blocks if b.kind == "heading" and b.region in SAID_UNDER]
        self._compares = any(map(rows.are_others, headings)) and any(
            rows.are_ours(heading) or heading in page.title for heading in headings
        )

    def __call__(self, block: Block) -> bool:
        """Whether a block is not the provider's own word."""
        if any(map(myths.are_myths, block.heading_path[-1:])) and not myths.names_fact(block.text):
            return True
        if (block.element, block.ordinal) in self._untrue:
            return True
        return self._compares and any(map(rows.are_others, block.heading_path[-1:]))


def _said_to_be_untrue(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Blocks below a line that is nothing but "Myth", or above one that begins with "False!"."""
    for above, below in pairwise(blocks):
        if above.kind == "paragraph" and myths.are_myths(above.text):
            yield below.element, below.ordinal
        short = len(above.text.split()) <= _CLAIM_WORDS
        if short and below.kind == "paragraph" and disowned.is_untrue(fold(below.text).text):
            yield above.element, above.ordinal
