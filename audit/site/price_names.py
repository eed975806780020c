"""What a price list names: a service in one block and its price in the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.claims.claims import Engine
from audit.pages.pages import Block
from audit.site.price_cards import AMOUNT
from audit.stances import lines
from audit.stances.rows import are_others

_OTHERS = frozenset({"elsewhere", "a-rival-sends", "not-ketamine-iv"})
_NAMED = "ketamine-named"
# A price with what it is for: "$425 each, paid at the visit".
_PRICE_WORDS = 8
# The kinds of block that a price list is made of.
_KINDS = {"paragraph", "heading", "list", "price-card", "faq"}


def priced(engine: Engine, blocks: Sequence[Block]) -> Iterator[tuple[Block, frozenset[str]]]:
    """The blocks that name a service with its price in the next block, and its lines.

    Args:
        engine: knows the words for lines.
        blocks: all blocks of the page that are read, in order.
    """
    for block, name in _names([b for b in blocks if b.kind in _KINDS and b.region == "main"]):
        around = (*block.heading_path, name)
        said = [engine.mentions(over) for over in around]
        if any(map(are_others, around)) or any(mentions.any_of(_OTHERS) for mentions in said):
            continue
        if not any(_NAMED in mentions for mentions in said):
            continue  # an infusion of what?
        if found := lines.on_the_menu(name, engine.mentions(name)):
            yield block, found


def _names(told: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Blocks with a name in them that is followed by a price."""
    for block in told:
        parts = [block.text[start:end] for start, end in block.parts]
        if block.kind == "faq" and len(parts) == 2 and _is_price(parts[1]):
            yield block, parts[0]  # a list of definitions
    for name, price in pairwise(told):
        if not _is_price(price.text) or AMOUNT.search(name.text):
            continue
        if name.kind == "heading" or _are_neighbours(name, price):
            yield name, name.text


def _is_price(text: str) -> bool:
    return bool(AMOUNT.search(text)) and len(text.split()) <= _PRICE_WORDS


def _are_neighbours(name: Block, price: Block) -> bool:
    """Whether two blocks stand in one box, or side by side in it, each in a box of its own."""
    above, beside = name.outline.around(name.element, 2), price.outline.around(price.element, 2)
    return bool(set(above) & set(beside))
