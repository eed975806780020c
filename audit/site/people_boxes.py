"""A person's name and what is told of them, in neighbouring boxes of one card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from audit.concepts.mentions import Mentions
from audit.pages.blocks import Block
from audit.site import biographies
from audit.site.joined import Joined, around

NAMED, ADVISES = "named-clinician", "adviser-word"
# The longest line that is a name with its degrees; how much may follow it in the card.
_MOST_NAME, _MOST_FOLLOWING, _MOST_TEXT = 80, 3, 900


def people(told: Sequence[Block], mentions: Callable[[str], Mentions]) -> Iterator[Joined]:
    """Each name with the boxes after it that tell of the same person."""
    names = [n for n, b in enumerate(told) if _is_name(b, mentions)]
    for place, number in enumerate(names):
        end = min([*names[place + 1 : place + 2], number + 1 + _MOST_FOLLOWING, len(told)])
        following = [b for b in told[number + 1 : end] if _goes_on(told[number], b)]
        if not biographies.tells_of(told[number].text, [b.text for b in following]):
            continue
        card = (told[number], *following)
        # "Ada Orr, MD", "Ben Orr, MD", and a text about something else.
        if names[max(place - 1, 0)] == number - 1 and _in_one_box(told[number - 1], card):
            continue
        text, element = "\n".join(b.text for b in card), around(card)
        whole = replace(card[0], text=text, kind="paragraph", parts=(), element=element)
        yield Joined(whole, card, about=NAMED)


def _is_name(block: Block, mentions: Callable[[str], Mentions]) -> bool:
    is_line = block.kind == "paragraph" and len(block.text) <= _MOST_NAME
    if not is_line or block.region != "main" or not biographies.is_named(block.text):
        return False
    return NAMED in mentions(block.text) and ADVISES not in mentions(" ".join(block.heading_path))


def _goes_on(name: Block, block: Block) -> bool:
    beside = block.kind in ("paragraph", "list") and block.region == name.region
    return beside and block.heading_path == name.heading_path and len(block.text) <= _MOST_TEXT


def _in_one_box(other: Block, card: Sequence[Block]) -> bool:
    """Whether the box around a card holds another block too; without one the page does."""
    box = around(card)
    is_page = any(box not in b.outline.around(b.element) for b in card if b.element != box)
    return is_page or box in other.outline.around(other.element)
