"""A street address and a telephone number in neighbouring boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from audit.concepts.mentions import Mentions
from audit.pages.blocks import Block
from audit.site.joined import Joined, around

ADDRESS, NUMBER = "street-address", "telephone-number"
# How far they may stand apart, how long each may be, and in how large a box.
_MOST_APART, _MOST_LETTERS, _MOST_CLIMBS = 6, 400, 3


def contacts(told: Sequence[Block], mentions: Callable[[str], Mentions]) -> Iterator[Joined]:
    """A street address and the nearest telephone number in the box around it."""
    names: dict[int, frozenset[str]] = {}

    def named(number: int) -> frozenset[str]:
        if number not in names:
            block = told[number]
            long = len(block.text) > _MOST_LETTERS or not any(map(str.isdecimal, block.text))
            said = () if long else mentions(block.text).among((ADDRESS, NUMBER))
            names[number] = frozenset(said)
        return names[number]

    for number, block in enumerate(told):
        if named(number) != {ADDRESS}:
            continue
        near = range(max(number - _MOST_APART, 0), min(number + _MOST_APART + 1, len(told)))
        others = [n for n in near if NUMBER in named(n) and _in_one_box(block, told[n])]
        if others:
            other = min(others, key=lambda n: (abs(n - number), -n))
            members = tuple(told[min(number, other) : max(number, other) + 1])
            yield _contact(members)


def _contact(members: tuple[Block, ...]) -> Joined:
    text, element = "\n".join(b.text for b in members), around(members)
    whole = replace(members[0], text=text, kind="paragraph", parts=(), element=element)
    return Joined(whole, members, about=ADDRESS)


def _in_one_box(one: Block, other: Block) -> bool:
    """Whether a small box, or the page's footer, holds both."""
    if one.region != other.region:
        return False
    if one.region == "footer" or one.heading_path == other.heading_path:
        return True
    near = set(one.outline.around(one.element, _MOST_CLIMBS))
    return any(e in near for e in other.outline.around(other.element, _MOST_CLIMBS))
