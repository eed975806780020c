"""Blocks of a page as passages to be searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.pages.pages import Block, PageText
from audit.stances.found import Passage


def passage_of(
    block: Block, page: PageText, voice: str, about: frozenset[str] = frozenset()
) -> Passage:
    """A block of a page as a passage."""
    return Passage(
        text=block.text,
        heading=block.heading,
        lead_in=block.lead_in,
        parts=block.parts,
        kind=block.kind,
        voice=voice,
        page_type=page.page_type,
        lines=about,
        region=block.region,
    )


def readable(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks to search: a list item is read inside its list, where its lead-in stands."""
    return (block for block in blocks if block.kind != "list-item")
