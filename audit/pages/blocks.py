"""Blocks: the pieces of a page as a visitor reads them, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from audit.pages.group import Group
from audit.pages.groups import find_groups
from audit.pages.headings import Headings
from audit.pages.joints import are_two_statements
from audit.pages.layout import Box, Layout, Leaf
from audit.pages.places import Outline
from audit.pages.prices_apart import joined
from audit.pages.rejoined import around, rejoin

_LEAD_IN_ENDS = (":", "…", "...")
_CROSS = "✗"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page.

    Attributes:
        text: what a visitor reads, white space collapsed, otherwise as it stands on the page;
            items, answers and hard line breaks begin new lines. Offsets are code points into it.
        kind: ``paragraph``, ``heading``, ``list``, ``list-item``, ``table-row``, ``faq``,
            ``testimonial``, ``price-card``, ``form-label``, ``button``, ``alt``, ``meta``,
            ``json-ld`` or ``hydration``; ``request`` in the log of a page's load.
        region: ``main``, ``header``, ``nav``, ``footer``, ``aside``, ``modal``, ``hidden``,
            ``head``, or ``requests`` in that log.
        heading: the nearest heading, or the question of an answer; empty if there is none.
        heading_path: the headings over it, outermost first.
        lead_in: the line over a list, or an item's parent; a table row's column heads.
        ordinal: counts the blocks of one ``css_path``; in a PDF, those of the whole document.
        hidden: not seen until a visitor acts, if ever.
        parts: spans of ``text``: a list's items, a row's cells (but for heads that only name what
            the rows below answer), a question and its answer.
        outline, element: where ``css_path`` is read from.
    """

    text: str
    kind: str
    region: str
    heading: str = ""
    heading_path: tuple[str, ...] = ()
    lead_in: str = ""
    ordinal: int = 0
    hidden: bool = False
    parts: tuple[tuple[int, int], ...] = ()
    outline: Outline = field(default=Outline(["html"], [-1]), repr=False, compare=False)
    element: int = field(default=0, repr=False)

    @property
    def css_path(self) -> str:
        """Selects the element that holds the text (or has it as an attribute), and no other.

        In a PDF, the page that the text begins on: ``page[3]``; in a log, the line: ``line[3]``.
        """
        return self.outline.css_path(self.element)


def compose(layout: Layout) -> list[Block]:
    """The blocks of a page that is laid out, in document order; nothing it says is left out."""
    composer = _Composer(layout)
    return list(composer.blocks())


class _Composer:
    def __init__(self, layout: Layout) -> None:
        rejoin(layout.leaves)
        self.layout = layout
        self.leaves = layout.leaves
        self.headings = Headings.of(layout)
        self.groups = find_groups(layout, self.headings.levels)
        self.outline = Outline(layout.names, layout.parents)
        self.counts: dict[int, int] = {}

    def blocks(self) -> Iterator[Block]:
        index = 0
        while index < len(self.leaves):
            group = self.groups.get(index) or self._list_below(index)
            if group is None:
                if self.leaves[index].text:
                    yield self._single(index)
                index += 1
            else:
                yield from self._group(index, group)
                index = group.last

    def _list_below(self, index: int) -> Group | None:
        """The list that a leaf leads in to: a line that ends in a colon, just above it."""
        below = self.groups.get(index + 1)
        leaf = self.leaves[index]
        if below is None or below.kind != "list" or self.headings.levels[index] in range(1, 7):
            return None
        leads = leaf.is_written and leaf.text.endswith(_LEAD_IN_ENDS)
        return below if leads and leaf.box.region == self._region(below.first) else None

    def _region(self, index: int) -> str:
        return self.leaves[index].box.region

    def _single(self, index: int) -> Block:
        leaf = self.leaves[index]
        kind = "paragraph" if leaf.kind.startswith("heading") else leaf.kind
        if self.headings.levels[index]:
            kind = "heading"
        return self._block(leaf.element, leaf.text, kind, leaf, self._path(index))

    def _path(self, index: int) -> tuple[str, ...]:
        headings = self.headings
        return headings.enter(index) if headings.levels[index] else headings.path(index)

    def _group(self, index: int, group: Group) -> Iterator[Block]:
        led = index < group.first
        parts = ((index,), *group.parts) if led else group.parts
        start = min(part[0] for part in parts)
        yield from self._apart(range(index, start))
        first, path = self.leaves[start], self._path(start)
        text, spans = self._join(parts, group.kind)
        box = around(first.box, index, group.last)
        kind, heading = group.kind, None
        if kind == "faq":
            heading = text[slice(*spans[0])]
        if first.kind == "testimonial":
            kind = "testimonial"
        spans = spans[1:] if led else spans
        if group.asked:
            told = tuple(span for n, span in enumerate(spans) if n not in group.asked)
            spans = told or spans[:1]  # a row of one part says nothing
        hidden = self.leaves[group.parts[-1][-1]].hidden
        whole = self._with_nested(group, text, spans) if group.kind == "list" else spans
        yield self._block(
            box.element, text, kind, first, path, heading, group.lead_in, whole, hidden
        )
        if kind == "list":
            said = [text[start:end] for start, end in spans]
            yield from self._items(group, said, first.text if led else "", path)
        yield from self._rest(start, group)

    def _apart(self, indices: Iterable[int]) -> Iterator[Block]:
        """What stands at these places, each by itself."""
        for index in indices:
            if self.leaves[index].text:
                yield self._single(index)

    def _rest(self, start: int, group: Group) -> Iterator[Block]:
        """What stands among the leaves of a group without being part of its text."""
        taken = {i for part in group.parts for i in part} | {start}
        for i in range(start + 1, group.last):
            if i not in taken:
                yield from self._apart((i,))
            elif self.headings.levels[i]:
                self.headings.enter(i)

    def _items(
        self, group: Group, texts: list[str], lead_in: str, path: tuple[str, ...]
    ) -> Iterator[Block]:
        """Each item of a list, under the line that leads in to it, or its parent item."""
        said: dict[Box, str] = {}
        for part, text in zip(group.parts, texts, strict=True):
            leaf = self.leaves[part[0]]
            item = leaf.box.setting.item
            lead, element = lead_in, leaf.element
            if item is not None:
                above = _item_above(item, said)
                lead = said.get(above, lead_in) if above is not None else lead_in
                said.setdefault(item, text)
                element = item.element
            yield self._block(element, text, "list-item", leaf, path, lead_in=lead)

    def _with_nested(
        self, group: Group, text: str, spans: Sequence[tuple[int, int]]
    ) -> tuple[tuple[int, int], ...]:
        """The items of a list; one that leads in to a list of its own has that within."""
        whole: list[tuple[int, int]] = []
        leading: Box | None = None
        for part, (start, end) in zip(group.parts, spans, strict=True):
            item = self.leaves[part[0]].box.setting.item
            if leading is not None and item is not None and _is_below(item, leading):
                whole[-1] = (whole[-1][0], end)
                continue
            whole.append((start, end))
            leading = item if text[start:end].endswith(_LEAD_IN_ENDS) else None
        return tuple(whole)

    def _join(
        self, parts: tuple[tuple[int, ...], ...], kind: str
    ) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The text of several parts, a line each (a row: in one line), and each part's span."""
        text, spans = "", []
        for part in parts:
            said = self._said(part[0])
            if len(part) > 1:
                said = self._in_lines(part, kind)
            text += (" " if kind == "table-row" else "\n") if text else ""
            spans.append((len(text), len(text) + len(said)))
            text += said
        return text, tuple(spans)

    def _in_lines(self, part: Sequence[int], kind: str) -> str:
        """What one item or cell says: in one line, but for paragraphs that say each their own."""
        runs: list[list[str]] = [[]]
        for index in part:
            said = self._said(index)
            parts = kind == "list" and runs[-1] and are_two_statements(runs[-1][-1], said)
            if parts or kind == "faq":
                runs.append([])
            runs[-1].append(said)
        return "\n".join(joined(run) for run in runs if run)

    def _said(self, index: int) -> str:
        """A leaf's text; the cross before a list item is part of what a visitor reads."""
        leaf = self.leaves[index]
        crossed = (
            leaf.mark == _CROSS and leaf.box.setting.item is not None and leaf.text[0] != _CROSS
        )
        return f"{_CROSS} {leaf.text}" if crossed else leaf.text

    def _block(
        self,
        element: int,
        text: str,
        kind: str,
        leaf: Leaf,
        path: tuple[str, ...],
        heading: str | None = None,
        lead_in: str = "",
        parts: tuple[tuple[int, int], ...] = (),
        hidden: bool | None = None,
    ) -> Block:
        ordinal = self.counts.get(element, 0)
        self.counts[element] = ordinal + 1
        if heading is None:
            heading = path[-1] if path else ""
        return Block(
            text, kind, leaf.box.region, heading, path, lead_in, ordinal,
            leaf.hidden if hidden is None else hidden, parts, self.outline, element,
        )  # fmt: skip


def _item_above(item: Box, said: Iterable[Box]) -> Box | None:
    """The item that another one stands below; a list right within a list belongs to its last."""
    inner = item.parent
    outer = inner.parent if inner is not None else None
    if outer is not None and outer.name in ("ul", "ol"):
        return next((above for above in reversed([*said]) if above.parent is outer), None)
    return inner.setting.item if inner is not None else None


def _is_below(item: Box, leading: Box) -> bool:
    """Whether an item is one of the list that another one leads in to."""
    inner = item.parent
    while inner is not None:
        above = inner.setting.item
        if above is leading or inner.parent is leading.parent:
            return True  # within it, or right within its list
        inner = above.parent if above is not None else None
    return False
