"""Statements of a block: what stands together, and what it has to be read with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.pages.pages import Block
from audit.stances import rows
from audit.text.sentences import Span, lines, sentences

# A sentence is never longer; what is comes from machines, and is not read.
_LONGEST = 1500
_MARK = re.compile(r"\s*[·•|●▪]\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A statement's span in its block, and the spans or texts that it is read with.

    Attributes:
        lead: what leads in to it: a list's first line or a row's head, in the block's text.
        asked: the question that it answers, in the block's text; only for an answer's beginning.
        heads: the heads of its column, from outside the block's text.
    """

    span: Span
    lead: Span | None = None
    asked: Span | None = None
    heads: str = ""


def places(block: Block) -> Iterator[Place]:
    """The statements of a block, in order, without those that are too long to be one."""
    for place in _places(block):
        if place.span.end - place.span.start <= _LONGEST:
            yield place


def _places(block: Block) -> Iterator[Place]:
    parts = [Span(start, end) for start, end in block.parts]
    if block.kind == "table-row" and len(parts) > 1:
        yield from _cells(block, parts)
    elif block.kind == "list" and parts:
        yield from _items(block, parts)
    elif block.kind == "faq" and len(parts) == 2:
        yield from _answer(block, parts[0], parts[1])
    else:
        yield from _prose(block.text, 0, len(block.text))


def _prose(text: str, start: int, end: int) -> Iterator[Place]:
    for line in lines(text[start:end]):
        asked = None
        for span in sentences(text, start + line.start, start + line.end):
            for part in _parts(text, span):
                yield Place(part, asked=asked)
            asked = span if text[span.end - 1] == "?" else None


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The pieces of a line such as "New visit $250 · Superbill provided", which are no sentence."""
    start = span.start
    for mark in _MARK.finditer(text, span.start, span.end):
        if mark.start() > start:
            yield Span(start, mark.start())
        start = mark.end()
    if span.end > start:
        yield Span(start, span.end)


def _items(block: Block, items: list[Span]) -> Iterator[Place]:
    lead = Span(0, items[0].start) if items[0].start else None
    if lead is not None:
        yield from _prose(block.text, lead.start, lead.end)
    for item in items:
        for place in _prose(block.text, item.start, item.end):
            yield Place(place.span, lead)


def _cells(block: Block, cells: list[Span]) -> Iterator[Place]:
    """The cells that speak of the provider, each with its row's head."""
    said = [block.text[c.start : c.end] for c in cells]
    for cell in rows.own_cells(said, rows.column_heads(block.lead_in)):
        yield Place(cells[cell.index], lead=cells[0], heads=cell.head)


def _answer(block: Block, question: Span, answer: Span) -> Iterator[Place]:
    for number, place in enumerate(_prose(block.text, answer.start, answer.end)):
        yield Place(place.span, asked=question) if number == 0 else place
