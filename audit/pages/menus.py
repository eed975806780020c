"""Menus that hold running text: accordions that page builders make out of ``<nav>``."""

from __future__ import annotations

from dataclasses import dataclass

from audit.pages.layout import Box, Layout, Leaf

# A sentence of fewer words may be an entry: "Book now."
_SENTENCE_WORDS = 7
_ENDS = (".", "!", '."', ".”", ".)", ":")
_MAX_CLIMB = 30
# What stands over the text and opens it.
_MAX_HEAD_LEAVES, _MAX_HEAD = 3, 200


@dataclass(frozen=True, slots=True)
class Menu:
    """The box in which the region ``nav`` began, its number, and the region it stands in."""

    box: Box
    number: int
    around: str

    def open_up(self, layout: Layout) -> None:
        """Make it a part of the region around it, and what stands just before it its question."""
        for box in layout.boxes[self.number :]:
            if box.region == "nav":
                box.setting = box.setting._replace(region=self.around)
        head = self._head(layout)
        if head is not None:
            for leaf in layout.leaves[head.first : head.last]:
                leaf.box.setting = leaf.box.setting._replace(asked=head)

    def _head(self, layout: Layout) -> Box | None:
        """The short box just before it, under the same parent."""
        first = self.box.first
        if not first:
            return None
        head = layout.leaves[first - 1].box
        for _ in range(_MAX_CLIMB):
            if head.parent is self.box.parent or head.parent is None:
                break
            head = head.parent
        inside = layout.leaves[head.first : first]
        if head.parent is not self.box.parent or head.last != first:
            return None
        is_short = sum(len(leaf.text) for leaf in inside) <= _MAX_HEAD
        return head if is_short and 0 < len(inside) <= _MAX_HEAD_LEAVES else None


def holds_text(layout: Layout, menu: Menu) -> bool:
    """Whether most of what a menu says is running text, rather than entries.

    The line under an entry of a large menu is part of its link; an answer may be of one word.
    """
    first = menu.box.first
    # Called as a menu ends, so that all elements after its own stand inside it.
    has_links = "a" in layout.names[menu.box.element :]
    if first and layout.leaves[first - 1].text.endswith("?") and not has_links:
        return True
    inside = layout.leaves[first : menu.box.last]
    running = sum(len(leaf.text) for leaf in inside if _runs(layout, leaf, menu.box))
    return 2 * running > sum(len(leaf.text) for leaf in inside)


def _runs(layout: Layout, leaf: Leaf, menu: Box) -> bool:
    if leaf.text.count(" ") < _SENTENCE_WORDS - 1 or not leaf.text.endswith(_ENDS):
        return False
    element = leaf.element
    for _ in range(_MAX_CLIMB):
        if element in (menu.element, -1):
            break
        if layout.names[element] == "a":
            return False
        element = layout.parents[element]
    return True
