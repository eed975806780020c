"""Leaves that the page's looks part, and that are read as one."""

from __future__ import annotations

from itertools import pairwise

from audit.pages.layout import Box, Leaf
from audit.pages.runs import is_open, key
from audit.text.left_open import denies

_PUSHED = ("button", "form-label")
_CLOSING = ",.;:!?)]”’"


def rejoin(leaves: list[Leaf]) -> None:
    """Put together what is one; what stood in the other leaves is then empty."""
    _drop_copies(leaves)
    _take_in_pushed(leaves)
    _join_headings(leaves)


def around(box: Box, first: int, last: int) -> Box:
    """The nearest box at or above ``box`` that holds the leaves ``first`` to ``last``."""
    while box.parent is not None and (box.first > first or box.last < last):
        box = box.parent
    return box


def _drop_copies(leaves: list[Leaf]) -> None:
    """Of two neighbours that say the same, one hidden and one not, keep what is seen."""
    for one, other in pairwise(leaves):
        if one.hidden != other.hidden and key(one.text) == key(other.text):
            (one if one.hidden else other).text = ""


def _take_in_pushed(leaves: list[Leaf]) -> None:
    """A word of a sentence that can be pressed: "We prescribe it [off-label], which means ..."."""
    begun: Leaf | None = None
    for index, leaf in enumerate(leaves[:-1]):
        rest = leaves[index + 1]
        if leaf.kind not in _PUSHED:
            begun = leaf if leaf.text else begun
        elif begun is not None and _is_within(leaf, begun, rest):
            blank = "" if rest.text[0] in _CLOSING else " "
            begun.text = f"{begun.text} {leaf.text}{blank}{rest.text}"
            leaf.text = rest.text = ""


def _is_within(leaf: Leaf, begun: Leaf, rest: Leaf) -> bool:
    """Whether a leaf stands in the midst of a sentence."""
    same = begun.kind == rest.kind and begun.box is rest.box is leaf.box.parent
    goes_on = rest.text[:1].islower() or rest.text.startswith(tuple(_CLOSING))
    return same and goes_on and is_open(begun.text)


def _join_headings(leaves: list[Leaf]) -> None:
    """The lines of a heading in boxes of their own: "Ketamine is not" over "FDA approved"."""
    for index in range(len(leaves) - 1, 0, -1):
        begun, rest = leaves[index - 1 : index + 1]
        is_heading = begun.kind.startswith("heading") and begun.kind == rest.kind
        if is_heading and begun.hidden == rest.hidden and denies(begun.text, rest.text):
            box = around(begun.box, index - 1, index + 1)
            if box.region == begun.box.region:
                begun.text, begun.box, begun.element = f"{begun.text} {rest.text}", box, box.element
                rest.text, rest.kind = "", "paragraph"
