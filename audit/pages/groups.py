"""Leaves that are one block together: question and answer, list, table row, price card."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from audit.pages import columns
from audit.pages.card_boxes import card_boxes
from audit.pages.cut_off import cut_off
from audit.pages.elements import FRAME
from audit.pages.figures_apart import are_alike, figures_apart
from audit.pages.grids import grid_rows
from audit.pages.layout import Box, Layout, Leaf
from audit.pages.prices_apart import prices_apart
from audit.stances import answers, leads, rows
from audit.text.folding import fold

_QUESTION = re.compile(r"Q(?:uestion)?\s?(?:#?\d{1,3})?\s?[:.)].*\?\s*$", re.DOTALL)
_ANSWER = re.compile(r"A(?:nswer)?\s?(?:#?\d{1,3})?\s?[:.)]\s*\w")
_ASKS = re.compile(r"(?:\d{1,2}[.)]\s*)?[A-Z][^.!?]*\?\W{0,4}")
# What opens an answer may stand behind the question: "May I drive? +".
_ASKED = re.compile(r"\?\W{0,4}\Z")
_YES_NO = re.compile(r"(?:yes|no|not at all|absolutely(?: not)?|never)[.,!;:—–]", re.IGNORECASE)
_LABEL = re.compile(r"[A-Z][^.!?;|]{9,149}[^.!?;|,]")
_MORE = re.compile(
    r"(?:\W*(?:read|learn|see|show|view|expand|click|tap|load|for|here|to|me|the|full|all|list|more"
    r"|less|details|continue|reading))+\W*",
    re.IGNORECASE,
)
_MAX_QUESTION, _MAX_OPEN = 200, 60
_MAX_CLIMB = 100
_MAX_ROW, _MAX_LIST = 1500, 6000
_LEAVES_AN_ITEM = 3
# Nested lists and tables are looked at from each of their levels: bounds keep that linear.
_MAX_ITEMS, _MAX_CELLS = 200, 60


@dataclass(frozen=True, slots=True)
class Group:
    """Leaves ``first`` to ``last`` (exclusive) that make one block.

    ``parts`` are the leaves of its question and answer, items, cells or lines.
    """

    kind: str
    first: int
    last: int
    parts: tuple[tuple[int, ...], ...]
    lead_in: str = ""


def find_groups(layout: Layout, levels: list[int]) -> dict[int, Group]:
    """The groups of a page by their first leaf; where two begin together, the wider meaning wins.

    Args:
        layout: the page.
        levels: the heading level of each leaf, 0 for none.
    """
    groups: dict[int, Group] = {}
    for found in (_figures, _lists, _grids, _only_named, _rows, _cards, _labelled, _answers):
        groups.update((group.first, group) for group in found(layout, levels))
    return groups


def _written(layout: Layout, first: int, last: int) -> list[int]:
    return [i for i in range(first, last) if layout.leaves[i].is_written]


def _size(layout: Layout, indices: list[int]) -> int:
    return sum(len(layout.leaves[i].text) for i in indices)


def _runs(indices: list[int], owners: list[Box | None]) -> tuple[tuple[int, ...], ...]:
    """Indices that follow each other with the same owner, together."""
    runs: list[list[int]] = []
    last: Box | None = None
    for index, owner in zip(indices, owners, strict=True):
        if not runs or owner is not last:
            runs.append([])
        runs[-1].append(index)
        last = owner
    return tuple(map(tuple, runs))


def _figures(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """A large figure, a price or a line that is cut off, with the words that go on from it."""
    for first, last in (*figures_apart(layout), *prices_apart(layout), *cut_off(layout)):
        if not any(levels[i] for i in range(first + 1, last)):
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
        indices = _written(layout, box.first, box.last)
        leaves = [layout.leaves[i] for i in indices]
        items = _runs(indices, [leaf.box.setting.item for leaf in leaves])
        first = box.first
        if len(items) > 1 and leaves[0].box.setting.item is box.setting.item:
            first, items = items[1][0], items[1:]  # a line that leads in, within the list
        if (
            items
            and len(indices) <= _LEAVES_AN_ITEM * len(items)
            and _size(layout, indices) <= _MAX_LIST
            and not any(0 < levels[i] < 7 for i in indices)
            and not any(leaf.box.setting.asked for leaf in leaves)
        ):
            end = box.last
            yield Group("list", first, box.last, items)


def _rows(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Table rows of plain cells, each with its column heads; tables for layout are passed over."""
    heads: dict[Box, columns.Heads] = defaultdict(columns.Heads)
    for row, table, placed in columns.of_rows(layout):
        if not 2 <= row.last - row.first <= _MAX_CELLS:
            continue
        indices = [
            i
            for i in range(row.first, row.last)
            if layout.leaves[i].is_written or _alone(layout, i)
        ]
        cells = [layout.leaves[i].box.setting.cell for i in indices]
        parts = _runs(indices, cells)
        if (
            len(parts) < 2
            or any(cell not in placed for cell in cells)
            or any(0 < levels[i] < 7 for i in indices)
            or _size(layout, indices) > _MAX_ROW
        ):
            continue
        own = [cell for part in parts if (cell := layout.leaves[part[0]].box.setting.cell)]
        over = heads[table]
        lead_in = over.above([placed[cell] for cell in own])
        texts = [" ".join(layout.leaves[i].text for i in part) for part in parts]
        if over.is_open:
            strong = over.is_new and _is_set_apart(layout, indices, table)
            gives = _is_headed(row, own) or (over.is_new and rows.are_heads(texts, strong=strong))
            over.take(zip((placed[cell] for cell in own), texts, strict=True) if gives else ())
        yield Group("table-row", row.first, row.last, parts, lead_in)


def _only_named(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Rows that name a thing and leave their other cells empty, where other rows say yes or no."""
    cells = (box for box in layout.boxes if box.name in ("td", "th") and box.last == box.first + 1)
    answered = {
        columns.table(cell.parent)
        for cell in cells
        if cell.parent is not None and rows.answer(layout.leaves[cell.first].text)
    }
    for row, table, placed in columns.of_rows(layout) if answered else ():
        alone = row.last == row.first + 1 and layout.leaves[row.first].is_written
        if table in answered and alone and len(placed) > 1 and next(iter(placed)).last == row.last:
            yield Group("table-row", row.first, row.last, ((row.first,),))


def _is_set_apart(layout: Layout, row: list[int], table: Box) -> bool:
    """Whether a row is bold in a table that is not."""
    bold = all(layout.leaves[i].bold for i in row)
    return bold and not all(leaf.bold for leaf in layout.leaves[table.first : table.last])


def _is_headed(row: Box, cells: list[Box]) -> bool:
    """Whether the markup says that a row heads the columns of its table."""
    in_head = row.parent is not None and row.parent.name == "thead"
    return in_head or all(cell.name == "th" for cell in cells)


def _grids(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Rows of tables that are built of plain boxes."""
    for row in grid_rows(layout):
        written = (tuple(i for i in cell if layout.leaves[i].text) for cell in row.cells)
        parts = tuple(filter(None, written))
        if len(parts) > 1 and not any(0 < levels[i] < 7 for cell in parts for i in cell):
            yield Group("table-row", row.first, row.last, parts, row.heads)


def _alone(layout: Layout, index: int) -> bool:
    """Whether a leaf is all that its cell holds: an icon that says yes or no."""
    leaf = layout.leaves[index]
    cell = leaf.box.setting.cell
    return leaf.kind == "alt" and cell is not None and cell.last - cell.first == 1


def _cards(layout: Layout, levels: list[int]) -> Iterator[Group]:
    for first, last, lines in card_boxes(layout, levels):
        yield Group("price-card", first, last, lines)


def _labelled(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Paragraphs that plainly ask, and answer: "Q: ...?", "A: ..."; "Is it safe?", "No."."""
    for index, (asked, answer) in enumerate(pairwise(layout.leaves)):
        if levels[index + 1] or asked.box.region != answer.box.region:
            continue
        labelled = _QUESTION.match(asked.text) and _ANSWER.match(answer.text)
        plain = not levels[index] and (labelled or _is_answered(asked, answer))
        if plain or _is_label(layout, index):
            yield Group("faq", index, index + 2, ((index,), (index + 1,)))


def _is_answered(asked: Leaf, answer: Leaf) -> bool:
    """Whether a paragraph is one question, and the next begins with a yes or no to it."""
    if not (asked.is_written and answer.is_written and len(asked.text) <= _MAX_QUESTION):
        return False
    return bool(_ASKS.fullmatch(asked.text) and _YES_NO.match(answer.text))


def _is_label(layout: Layout, index: int) -> bool:
    """Whether a leaf is a label, and the next one, alone in a box beside it, says yes or no.

    So do "optional" and "at extra cost". Where a second one follows, it is a row of a table or a
    choice.
    """
    label, answer, *more = layout.leaves[index : index + 3]
    if not are_alike(label, answer) or not _LABEL.fullmatch(label.text):
        return False
    answers_it = rows.answer(answer.text) is not None or answers.is_plain(answer.text)
    answers_it = answers_it or _leaves_open(answer)
    if not answers_it or answer.box is label.box or answer.text.endswith(":"):
        return False
    near = label.box.parent in (answer.box.parent, answer.box.parent and answer.box.parent.parent)
    return near and not (more and rows.answer(more[0].text))


def _leaves_open(answer: Leaf) -> bool:
    return len(answer.text) <= _MAX_OPEN and leads.leaves_open(fold(answer.text).text)


def _answers(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Questions with what follows them, up to the next question or heading."""
    leaves = layout.leaves
    asks = [_asks(leaf, level) for leaf, level in zip(leaves, levels, strict=True)]
    for label, below in pairwise(range(len(leaves))):
        if _opens(leaves[label], leaves[below]):
            asks[label] = leaves[label].box
    index = 0
    while index < len(leaves):
        group = _answer(layout, levels, asks, index) if asks[index] else None
        if group is not None:
            yield group
        index = group.last if group else index + 1


def _asks(leaf: Leaf, level: int) -> Box | None:
    """The box of the question that a leaf belongs to, if it is one."""
    box = leaf.box.setting.asked
    if box is not None and _MORE.fullmatch(leaf.text):
        return None  # what it opens goes on below the same heading
    asks = _ASKED.search(leaf.text) is not None
    if box is not None and (leaf.box.region not in FRAME or asks):
        return box
    opens = level or (leaf.kind == "button" and "aria-expanded=" in leaf.box.looks)
    return leaf.box if asks and opens else None


def _opens(label: Leaf, below: Leaf) -> bool:
    """Whether a label asks what stands in the box beside it: an accordion made without scripts."""
    asks = label.box.name == "label" and _ASKED.search(label.text) is not None
    near = label.box.parent in (below.box.parent, below.box.parent and below.box.parent.parent)
    return asks and near and below.is_written


def _is_asked_too(box: Box, below: Box | None) -> bool:
    """Whether a term comes right after another one: then one description is for both."""
    terms = below is not None and box.name == below.name == "dt" and below is not box
    return terms and below is not None and below.parent is box.parent


def _answer(layout: Layout, levels: list[int], asks: list[Box | None], index: int) -> Group | None:
    leaves, box = layout.leaves, asks[index] or layout.leaves[index].box
    start = index + 1
    if not _ASKED.search(leaves[index].text):
        while start < box.last and asks[start] is box:
            start += 1
    while start < len(leaves) and _is_asked_too(box, asks[start]):
        start += 1
    holder = box
    for _ in range(_MAX_CLIMB):
        if holder.last > start or holder.parent is None:
            break
        holder = holder.parent
    last, whole = start, holder.name == "details"
    regions = (leaves[index].box.region, "hidden")
    while last < holder.last and leaves[last].box.region in regions:
        asked = asks[last] is not None and (asks[last] is not box or levels[last] > 0)
        if asked or (0 < levels[last] < 7 and not whole):
            break
        last += 1
    question = tuple(i for i in range(index, start) if leaves[i].kind != "alt")
    answer = tuple(i for i in range(start, last) if leaves[i].is_written)
    return Group("faq", index, last, (question, answer)) if question and answer else None
