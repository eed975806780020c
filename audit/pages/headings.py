"""Which heading stands over a piece of text."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit.pages.layout import Box, Layout, Leaf
from audit.pages.tabs import Label, labels

# A short line in bold stands as a heading where page builders leave no better one.
BOLD_LEVEL = 7
MAX_BOLD = 90
# What is only styled like a heading may be a paragraph in large letters.
_LOOKS_ALIKE, _MAX_LOOKING = ("div", "p"), 120
_MAX_CLIMB = 100
# Regions in which a heading from elsewhere counts: a page's title often stands in its header.
_OPEN = ("main", "hidden")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the leaves it stands over, up to ``last`` (exclusive)."""

    text: str
    level: float
    region: str
    last: int


def level_of(leaf: Leaf) -> int:
    """1 to 6, 7 for a line in bold, 0 for what is no heading."""
    if leaf.kind.startswith("heading"):
        if leaf.box.name in _LOOKS_ALIKE and len(leaf.text) > _MAX_LOOKING:
            return 0
        return int(leaf.kind[-1]) if leaf.kind[-1].isdecimal() else 2
    if leaf.box.name == "caption" and 0 < len(leaf.text) <= MAX_BOLD:
        return BOLD_LEVEL
    if leaf.bold and leaf.kind == "paragraph" and 0 < len(leaf.text) <= MAX_BOLD:
        return BOLD_LEVEL if leaf.text[-1] not in '.!;,"”' and leaf.box.setting.cell is None else 0
    return 0


@dataclass(slots=True)
class Headings:
    """The headings over the leaf at hand, while leaves are walked in order.

    A heading reaches to the next one of its level or above, and not beyond the box that it shares
    with such a neighbour: what follows a row of cards does not belong to the last card.
    """

    leaves: list[Leaf]
    levels: list[int]
    tabs: list[Label] = field(default_factory=list)
    over: list[Heading] = field(default_factory=list)
    _paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _neighbours: dict[int, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, layout: Layout) -> Headings:
        """The headings of a page, and what is written on its tabs over their panels."""
        leaves = layout.leaves
        found = cls(leaves, [level_of(leaf) for leaf in leaves], labels(layout)[::-1])
        found._neighbours = _neighbours(found.levels)
        return found

    def path(self, index: int) -> tuple[str, ...]:
        """The headings over a leaf, outermost first; indices must not go down between calls."""
        while self.over and self.over[-1].last <= index:
            self.over.pop()
            self._paths.clear()
        while self.tabs and self.tabs[-1].first <= index:
            self._turn_to(self.tabs.pop(), index)
        region = self.leaves[index].box.setting.region
        if region not in self._paths:
            counted = (h for h in self.over if h.region == region or region in _OPEN)
            self._paths[region] = tuple(h.text for h in counted)
        return self._paths[region]

    def _turn_to(self, tab: Label, index: int) -> None:
        """Note a tab for the leaves of its panel: below the headings around, above those inside."""
        above = self.over[-1].text if self.over else ""
        if tab.last > index and tab.text not in (above, self.leaves[tab.first].text):
            level = (self.over[-1].level if self.over else 0) + 0.5
            region = self.leaves[tab.first].box.region
            self.over.append(Heading(tab.text, level, region, tab.last))
            self._paths.clear()

    def enter(self, index: int) -> tuple[str, ...]:
        """Note that a leaf is a heading, for the leaves that follow it; the headings over it."""
        level = self.levels[index]
        self.path(index)
        while self.over and self.over[-1].level >= level:
            self.over.pop()
        self._paths.clear()
        path = self.path(index)
        last = self._reach(index)
        if self.over:
            last = min(last, self.over[-1].last)
        leaf = self.leaves[index]
        self._paths.clear()
        self.over.append(Heading(leaf.text, level, leaf.box.region, last))
        return path

    def _reach(self, index: int) -> int:
        before, after = self._neighbours[index]
        box: Box = self.leaves[index].box
        region = box.region
        if box.name == "caption" and box.parent is not None:
            return box.parent.last
        if self.levels[index] == BOLD_LEVEL and box.last > index + 1:
            return box.last  # what it heads follows in its own paragraph
        for _ in range(_MAX_CLIMB):
            if box.parent is None or box.parent.region != region:
                break
            if box.first <= before or box.last > after:
                break
            box = box.parent
        return box.last


def _neighbours(levels: list[int]) -> dict[int, tuple[int, int]]:
    """For each heading the nearest one before and after it of its level or above."""
    before: dict[int, int] = {}
    after = dict.fromkeys((i for i, level in enumerate(levels) if level), len(levels))
    stack: list[int] = []
    for index in after:
        while stack and levels[stack[-1]] > levels[index]:
            after[stack.pop()] = index
        if stack and levels[stack[-1]] == levels[index]:
            after[stack[-1]] = index
            before[index] = stack.pop()
        else:
            before[index] = stack[-1] if stack else -1
        stack.append(index)
    return {index: (before[index], after[index]) for index in after}
