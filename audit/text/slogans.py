"""Short sentences without a verb, in a row, are one statement: "No clinic. No queue. Just you."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit.text.folding import Folded
from audit.text.sentences import Span

_BEGINS = r"(?:no|nobody|no-one|no one|none|zero|nothing|without|just|only)"
_PART = re.compile(rf"{_BEGINS}\b(?!\s(?:but|if|when)\b)(?:\s[^\s.!?]+){{1,6}}\.", re.IGNORECASE)
_ROW = re.compile(rf"{_BEGINS}\b[^.!?]+\.(?: {_BEGINS}\b[^.!?]+\.)+")


def in_rows(text: str, said: Iterable[Span]) -> Iterator[Span]:
    """Sentences in their order; those of a slogan as one."""
    row: list[Span] = []
    for sentence in said:
        if _PART.fullmatch(text, *sentence):
            row.append(sentence)
            continue
        if row:
            yield Span(row[0].start, row[-1].end)
            row = []
        yield sentence
    if row:
        yield Span(row[0].start, row[-1].end)


def as_one(folded: Folded) -> Folded:
    """A slogan with commas where its sentences end; any other text as it is."""
    if not _ROW.fullmatch(folded.text):
        return folded
    return folded._replace(text=folded.text.replace(". ", ", "))
