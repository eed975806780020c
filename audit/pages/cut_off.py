"""A sentence whose lines are boxes of their own: "Ketamine is not" over "FDA approved"."""

from __future__ import annotations

from collections.abc import Iterator

from audit.pages.figures_apart import are_alike
from audit.pages.layout import Layout, Leaf
from audit.text.left_open import denies

_MOST_WORDS = 40


def cut_off(layout: Layout) -> Iterator[tuple[int, int]]:
    """The places of such lines, as ranges of two leaves."""
    for index in range(len(layout.leaves) - 1):
        begun, rest = layout.leaves[index : index + 2]
        if len(begun.text.split()) > _MOST_WORDS or len(rest.text.split()) > _MOST_WORDS:
            continue
        if begun.kind != rest.kind or not denies(begun.text, rest.text):
            continue
        if are_alike(begun, rest) or _is_opened(begun, rest):
            yield index, index + 2


def _is_opened(begun: Leaf, rest: Leaf) -> bool:
    """Whether a line is seen only once somebody asks for the rest of the one above it."""
    own, other = begun.box.setting, rest.box.setting
    near = (own.item, own.cell, own.asked) == (other.item, other.cell, other.asked)
    return near and rest.hidden and not begun.hidden and other.region in (own.region, "hidden")
