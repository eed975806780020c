"""A price in one block and what it covers in the next: what they say together.

Page builders set a card's title, amount and contents in boxes of their own, so that no block says
what the card says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from audit.concepts.mentions import Mentions
from audit.pages.pages import Block

_AMOUNT = re.compile(r"[$£€]\s?\d|\b\d[\d,.]* ?dollars\b", re.IGNORECASE)
# In running text, outside a box of its own, the price has to be taken up again.
_COVERS = re.compile(
    r"\b(?:includ(?:es?|ed|ing)|covers?|covered|comes? with|what you (?:get|pay)|all[- ]in)\b",
    re.IGNORECASE,
)
# What a price can cover; the first ones are words for the same visit.
_VISITS = {"part-evaluation", "part-visits", "part-follow-up", "part-staff-time"}
_PARTS = (*sorted(_VISITS), "part-medicine", "part-shipping", "part-therapy", "part-other")
_TEXTS = {"paragraph", "heading", "list", "price-card", "table-row"}
_MOST_BLOCKS, _MOST_LETTERS, _MOST_CLIMBS = 14, 1200, 8
_AFTER, _BEFORE = 3, 2
# A page with more prices is a list of them.
_MOST_CARDS = 100


@dataclass(frozen=True, slots=True)
class Card:
    """Blocks that follow each other and belong to one price, and their text, a line each."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def heading(self) -> str:
        """The heading that it stands under, or begins with."""
        first = self.blocks[0]
        return first.text if first.kind == "heading" else first.heading

    def covers(self, mentions: Callable[[str], Mentions]) -> bool:
        """Whether it lists two parts of a treatment: "video visit with a clinician" is only one."""
        parts = 0
        for line in self.text.split("\n"):
            named = set(mentions(line).among(_PARTS))
            parts += len(named - _VISITS) + bool(named & _VISITS)
        return parts > 1

    def place(self, start: int, end: int) -> tuple[Block, int, int]:
        """The block that has most of ``[start, end)``, and the place in it."""
        shared, offset = [], 0
        for block in self.blocks:
            begin, finish = max(start - offset, 0), min(end - offset, len(block.text))
            if begin < finish:
                shared.append((block, begin, finish))
            offset += len(block.text) + 1
        return max(shared, key=lambda place: (place[0].kind != "heading", place[2] - place[1]))


def cards(blocks: Sequence[Block]) -> Iterator[Card]:
    """The prices of a page, each with the blocks around it that belong to it.

    Args:
        blocks: all blocks of the page that are read, in order.
    """
    told = [b for b in blocks if b.kind in _TEXTS and b.region == "main"]
    end = 0
    amounts = [n for n, block in enumerate(told) if _AMOUNT.search(block.text)]
    for number in amounts[:_MOST_CARDS]:
        if number < end:
            continue
        first, end = _around(told, number)
        card = Card(tuple(told[first:end]))
        if len(card.blocks) > 1 and len(card.text) <= _MOST_LETTERS:
            yield card


def _around(told: Sequence[Block], number: int) -> tuple[int, int]:
    """The numbers of the blocks that belong to an amount's block."""
    box = _box(told, number)
    own = told[number]
    over = (*own.heading_path, own.text) if own.kind == "heading" else own.heading_path
    first, end = number, number + 1
    while first and number - first < _BEFORE and _belongs(told[first - 1], over, box):
        first -= 1
    reach = _MOST_BLOCKS if box >= 0 or own.kind == "heading" else _AFTER
    while end < len(told) and end - number <= reach and _belongs(told[end], over, box):
        end += 1
    if box < 0 and not any(_COVERS.search(block.text) for block in told[number:end]):
        return number, number + 1
    return first, end


def _belongs(block: Block, over: tuple[str, ...], box: int) -> bool:
    path = (*block.heading_path, block.text) if block.kind == "heading" else block.heading_path
    inside = box < 0 or box in _chain(block)
    return inside and path[: len(over)] == over and not (box < 0 and _AMOUNT.search(block.text))


def _box(told: Sequence[Block], number: int) -> int:
    """The element that holds an amount and what belongs to it, -1 if there is none.

    The widest one around the amount that says little enough and holds no second card. A card that
    is one block has all that belongs to it, but for words that take its price up again.
    """
    found = -1
    if told[number].kind == "price-card":
        return found
    near = told[max(number - _MOST_BLOCKS, 0) : number + _MOST_BLOCKS + 1]
    chains = [_chain(block) for block in near]
    for element in _chain(told[number])[1 : _MOST_CLIMBS + 1]:
        held = [(b, c) for b, c in zip(near, chains, strict=True) if element in c]
        if len(held) > _MOST_BLOCKS or sum(len(b.text) for b, _ in held) > _MOST_LETTERS:
            break
        if _is_row_of_cards(told[number], element, [c for _, c in held]):
            break
        if len(held) > 1:
            found = element
    return found


def _is_row_of_cards(block: Block, element: int, chains: list[list[int]]) -> bool:
    """Whether several children of an element hold several blocks each."""
    counts: dict[int, int] = {}
    for chain in chains:
        at = chain.index(element)
        if at:
            counts[chain[at - 1]] = counts.get(chain[at - 1], 0) + 1
    several = [block.outline.names[child] for child, count in counts.items() if count > 1]
    return len(several) > len(set(several))


def _chain(block: Block) -> list[int]:
    """A block's element and those around it, innermost first."""
    return [block.element, *block.outline.around(block.element)]
