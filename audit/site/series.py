"""Rows of cards, sections of one level and entries of a list: one list under one heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.pages.blocks import Block
from audit.site.joined import Joined, around

_BODY = frozenset({"paragraph", "list"})
# Bounds of an item, and of all of them together.
_MOST_BODY, _MOST_TITLE, _MOST_ITEM = 4, 100, 500
_MOST_ITEMS, _MOST_LETTERS, _MOST_LEAD, _MOST_CLIMBS = 16, 2500, 250, 6
_LEADS = re.compile(r":$|\b(?:these|following|below|any of|one of)\b", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", ";", ",")
_CARDS = frozenset({"div", "li", "article", "section", "a"})


@dataclass(frozen=True, slots=True)
class _Item:
    """One of several alike: its blocks, its lines, and the headings over it and its like."""

    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    like: tuple[object, ...]
    over: tuple[str, ...]


def series(told: Sequence[Block]) -> Iterator[Joined]:
    """The items alike that follow each other, together; linear in the number of blocks."""
    main = [b for b in told if b.region == "main"]
    cards = _cards(main)
    run: list[_Item] = []
    number, size = 0, 0
    lead: Block | None = None
    while number < len(main):
        item = _item(main, number, cards)
        if item is None or (run and item.like != run[-1].like):
            yield from _whole(run, lead)
            run, size = [], 0
        if item is None:
            number += 1
            continue
        letters = sum(map(len, item.lines))
        if len(run) == _MOST_ITEMS or size + letters > _MOST_LETTERS:
            yield from _whole(run, lead)
            run, size = [], 0
        if not run:
            lead = _lead(main, number, item)
        run.append(item)
        size += letters
        number += len(item.blocks)
    yield from _whole(run, lead)


def _item(main: Sequence[Block], number: int, cards: dict[int, _Item]) -> _Item | None:
    """The item that begins with a block, if one does."""
    first = main[number]
    if number in cards:
        return cards[number]
    if not first.heading_path:
        return None
    if first.kind == "faq" and len(first.parts) == 2:
        lines = tuple(first.text[a:b] for a, b in first.parts)
        alike: tuple[object, ...] = (first.heading_path, "faq")
        return _bounded(_Item((first,), lines, alike, first.heading_path))
    if first.kind != "heading":
        return None
    inside = (*first.heading_path, first.text)
    end = number + 1
    while end < len(main) and main[end].heading_path == inside and main[end].kind in _BODY:
        end += 1
    if end < len(main) and main[end].heading_path[: len(inside)] == inside:
        return None  # a section with sections of its own, a table or a form
    texts = tuple(line for b in main[number:end] for line in b.text.split("\n"))
    name = first.outline.names[first.element] if _is_html(first) else ""
    alike = (first.heading_path, name)
    return _bounded(_Item(tuple(main[number:end]), texts, alike, first.heading_path))


def _is_html(block: Block) -> bool:
    """Whether a block stands in an element: those of a PDF stand on its pages."""
    return block.element < len(block.outline.parents)


def _bounded(item: _Item) -> _Item | None:
    title, letters = item.lines[0], sum(map(len, item.lines))
    if len(title) > _MOST_TITLE or title.rstrip().endswith("?") or letters > _MOST_ITEM:
        return None
    return item if len(item.blocks) <= _MOST_BODY + 1 else None


def _cards(main: Sequence[Block]) -> dict[int, _Item]:
    """Cards whose titles are no headings, by the number of their first block."""
    inside: dict[int, dict[int, list[int]]] = {}
    for number, block in enumerate(main):
        chain = [block.element, *block.outline.around(block.element, _MOST_CLIMBS)]
        if not _is_html(block):
            continue
        for child in chain:
            holder = block.outline.parents[child]
            inside.setdefault(holder, {}).setdefault(child, []).append(number)
    found: dict[int, _Item] = {}
    for holder in sorted(inside, reverse=True):  # the innermost first: elements are numbered so
        made = {n[0]: _card(main, child, n) for child, n in inside[holder].items()}
        cards = {first: item for first, item in made.items() if item is not None}
        if len(cards) > 1:
            for first, item in cards.items():
                found.setdefault(first, item)
    return found


def _card(main: Sequence[Block], child: int, numbers: list[int]) -> _Item | None:
    """A box that holds a short title and a text, if it does."""
    blocks = tuple(main[n] for n in numbers[: _MOST_BODY + 2])
    first, names = blocks[0], blocks[0].outline.names
    if names[child] not in _CARDS or not 1 < len(blocks) <= _MOST_BODY + 1:
        return None
    plain = all(b.kind in _BODY and b.heading_path == first.heading_path for b in blocks)
    if not plain or not first.heading_path or first.text.endswith(_ENDS):
        return None
    texts = tuple(line for b in blocks for line in b.text.split("\n"))
    return _bounded(_Item(blocks, texts, (first.heading_path, names[child]), first.heading_path))


def _lead(main: Sequence[Block], number: int, item: _Item) -> Block | None:
    """The line that leads in to what follows, just above its first item."""
    above = main[number - 1] if number else None
    if above is None or above.kind != "paragraph" or above.heading_path != item.over:
        return None
    return above if len(above.text) <= _MOST_LEAD and _LEADS.search(above.text) else None


def _whole(run: Sequence[_Item], lead: Block | None) -> Iterator[Joined]:
    if len(run) < 2:
        return
    members = tuple(b for item in run for b in item.blocks)
    told = ([lead.text] if lead else []) + [line for item in run for line in item.lines]
    spans, start = [], 0
    for line in told:
        spans.append((start, start + len(line)))
        start += len(line) + 1
    over = run[0].over
    block = replace(
        members[0],
        text="\n".join(told),
        kind="list",
        heading=over[-1],
        heading_path=over,
        parts=tuple(spans[1:] if lead else spans),
        element=around((lead, *members) if lead else members),
    )
    yield Joined(block, (lead, *members) if lead else members)
