"""Leaves that are one block together: question and answer, list, table row, price card."""

from __future__ import annotations

from collections.abc import Iterator

from audit.pages.card_boxes import card_boxes
from audit.pages.cut_off import cut_off
from audit.pages.figures_apart import figures_apart
from audit.pages.group import Group, runs, size
from audit.pages.layout import Layout
from audit.pages.prices_apart import prices_apart
from audit.pages.questions import answered, labelled
from audit.pages.table_rows import only_named, rows_of_boxes, rows_of_cells

_MAX_LIST = 6000
_LEAVES_AN_ITEM = 3
# Nested lists are looked at from each of their levels: a bound keeps that linear.
_MAX_ITEMS = 200


def find_groups(layout: Layout, levels: list[int]) -> dict[int, Group]:
    """The groups of a page by their first leaf; where two begin together, the wider meaning wins.

    Args:
        layout: the page.
        levels: the heading level of each leaf, 0 for none.
    """
    groups: dict[int, Group] = {}
    shapes = _figures, _lists, rows_of_boxes, only_named, rows_of_cells, _cards, labelled, answered
    for found in shapes:
        groups.update((group.first, group) for group in found(layout, levels))
    return groups


def _figures(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """A large figure, a price or a line that is cut off, with the words that go on from it."""
    for first, last in (*figures_apart(layout), *prices_apart(layout), *cut_off(layout)):
        # A headline in small letters is one by its look alone: "81%", "of members feel better".
        if not any(
            levels[i] and not layout.leaves[i].text[0].islower() for i in range(first + 1, last)
        ):
            yield Group("paragraph", first, last, (tuple(range(first, last)),))


def _lists(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Lists of short items; a list of cards or accordions is mere layout."""
    end = 0
    for box in layout.boxes:
        if box.name == "select" and box.last - box.first > 1:
            yield Group(
                "form-label", box.first, box.last, tuple((i,) for i in range(box.first, box.last))
            )
        if (
            box.name not in ("ul", "ol", "menu")
            or box.first < end
            or box.last - box.first > _MAX_ITEMS
        ):
            continue
        indices = [i for i in range(box.first, box.last) if layout.leaves[i].is_written]
        leaves = [layout.leaves[i] for i in indices]
        items = runs(indices, [leaf.box.setting.item for leaf in leaves])
        first = box.first
        if len(items) > 1 and leaves[0].box.setting.item is box.setting.item:
            first, items = items[1][0], items[1:]  # a line that leads in, within the list
        if (
            items
            and len(indices) <= _LEAVES_AN_ITEM * len(items)
            and size(layout, indices) <= _MAX_LIST
            and not any(0 < levels[i] < 7 for i in indices)
            and not any(leaf.box.setting.asked for leaf in leaves)
        ):
            end = box.last
            yield Group("list", first, box.last, items)


def _cards(layout: Layout, levels: list[int]) -> Iterator[Group]:
    for first, last, lines in card_boxes(layout, levels):
        yield Group("price-card", first, last, lines)
