"""What the blocks of a page say together, and none of them alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise

from audit.concepts.mentions import Mentions
from audit.pages.blocks import Block
from audit.site.contact_boxes import contacts
from audit.site.fragments import lists
from audit.site.joined import DISCLOSED, PROMISED, Joined, around
from audit.site.people_boxes import people
from audit.site.series import series

_UNREAD = frozenset({"alt", "button", "form-label", "meta", "json-ld", "hydration", "list-item"})
_NUMBER_ALONE = re.compile(r"\W*(?:step\s)?\d{1,2}\W*$", re.IGNORECASE)
_MOST_HEADING, _MOST_TEXT, _MOST_JOINED = 120, 400, 200


def together(blocks: Sequence[Block], mentions: Callable[[str], Mentions]) -> Iterator[Joined]:
    """What the blocks of a page make together; linear in their number.

    Args:
        blocks: all blocks of the page, in order.
        mentions: the concepts of a text.
    """
    told = [b for b in blocks if b.kind not in _UNREAD and not _NUMBER_ALONE.match(b.text)]
    counts: dict[int, int] = {}  # the next ordinal of each element
    for block in blocks:
        counts[block.element] = max(counts.get(block.element, 0), block.ordinal + 1)
    found_all = chain(
        contacts(told, mentions),
        people(told, mentions),
        _statements(told),
        series(told),
        lists(told),
    )
    for found in islice(found_all, _MOST_JOINED):
        element = found.block.element
        ordinal, counts[element] = counts.get(element, 0), counts.get(element, 0) + 1
        yield replace(found, block=replace(found.block, ordinal=ordinal))


def _statements(told: Sequence[Block]) -> Iterator[Joined]:
    """Headings that are sentences, each with the text that goes on from it."""
    for heading, text in pairwise(told):
        is_said = heading.kind == "heading" and heading.text.endswith((".", "!"))
        goes_on = text.kind == "paragraph" and text.heading == heading.text
        short = len(heading.text) <= _MOST_HEADING and len(text.text) <= _MOST_TEXT
        if is_said and goes_on and short and heading.region == text.region == "main":
            members = heading, text
            said = f"{heading.text}\n{text.text}"
            block = replace(heading, text=said, kind="paragraph", element=around(members))
            yield Joined(block, members, (DISCLOSED, PROMISED))
