"""Panels behind tabs: what is written on a tab heads the panel that it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from audit.pages.layout import Box, Layout
from audit.pages.traits import attributes

_TAB = re.compile(r' (?:role="tab"|data-(?:bs-)?toggle="(?:tab|pill)"|data-w-tab=")')
_PANEL = re.compile(r' (?:role="tabpanel"|class="[^"]*\btab-pane\b|data-w-tab=")')
# So long is no tab's text, and so deep in the tab it stands.
_LONGEST, _MAX_WRAPPED = 80, 4


class Label(NamedTuple):
    """What heads the leaves ``first`` to ``last`` (exclusive)."""

    text: str
    first: int
    last: int


def is_tab(written: str) -> bool:
    """Whether attributes, as they are written, may be those of a tab."""
    return "tab" in written and _TAB.search(written) is not None


def is_panel(box: Box) -> bool:
    """Whether a box is shown by a tab, and its neighbours are then not."""
    return "tab" in box.looks and _PANEL.search(box.looks) is not None


def labels(layout: Layout) -> list[Label]:
    """What is written on the tabs of a page, over their panels; outer panels come first."""
    panels = {key: box for box in layout.boxes if box.first < box.last for key in _shown_by(box)}
    if not panels:
        return []
    written = _first_leaves(layout)
    found: dict[Box, Label] = {}
    for element, given in layout.attributes.items():
        if not is_tab(given):
            continue
        text = written.get(element, "")
        for key in _shows(attributes(given)):
            panel = panels.get(key)
            if panel is not None and panel.element != element and 0 < len(text) <= _LONGEST:
                found.setdefault(panel, Label(text, panel.first, panel.last))
    return sorted(found.values(), key=lambda label: (label.first, -label.last))


def _shown_by(box: Box) -> Iterator[str]:
    """What tabs call a panel."""
    if is_panel(box):
        given = attributes(box.looks)
        if "id" in given:
            yield f"#{given['id']}"
        if "data-w-tab" in given and "w-tab-pane" in given.get("class", ""):
            yield f"={given['data-w-tab']}"


def _shows(given: dict[str, str]) -> Iterator[str]:
    """What a tab calls its panel."""
    if "aria-controls" in given:
        yield f"#{given['aria-controls']}"
    for key in ("href", "data-target", "data-bs-target"):
        if given.get(key, "").startswith("#"):
            yield given[key]
    if "data-w-tab" in given:
        yield f"={given['data-w-tab']}"


def _first_leaves(layout: Layout) -> dict[int, str]:
    """The first text within each tab; of one that stands alone in its box, the box's."""
    tabs = {e for e, given in layout.attributes.items() if is_tab(given)}
    found: dict[int, str] = {}
    for leaf in layout.leaves:
        element = leaf.element
        for _ in range(_MAX_WRAPPED):
            if element in tabs and leaf.text:
                found.setdefault(element, leaf.text)
            element = layout.parents[element] if element >= 0 else -1
    holders = Counter(layout.parents[tab] for tab in tabs)
    alone = {layout.parents[tab]: tab for tab in tabs if holders[layout.parents[tab]] == 1}
    for leaf in layout.leaves:
        if leaf.element in alone and leaf.text:
            found.setdefault(alone[leaf.element], leaf.text)
    return found
