"""Units of a block: the sentences, list items and answers in which a rule's words must stand.

A unit is one or more spans of the block's text, read as one statement. A list item is read with
its lead-in, a one-word answer with its question, a table row with its column heads; the heading
stands beside the unit as context.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from nupunkt import sent_spans

from audit.folding import Folded, fold

_BARE_ANSWER = re.compile(r"^\W*(yes|no|nope|never|not at all|absolutely|of course|definitely)\W*$")
_YES = {"yes", "absolutely", "of course", "definitely"}
_BULLET = re.compile(r"\s*(?:[•●▪◦*\u2013\u2014-]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of a block's text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement: folded text, and the way back to the block's text.

    ``context`` is folded text that belongs to the statement without being part of the block's text
    at hand (a heading, column heads). ``answer`` is ``yes`` or ``no`` where the unit is a question
    with its one-word answer.
    """

    text: str
    spans: tuple[Span, ...]
    context: str = ""
    question: bool = False
    answer: str | None = None
    folds: tuple[Folded, ...] = field(default=(), repr=False, compare=False)

    def original(self, start: int, end: int) -> Span:
        """The smallest span of the block's text that holds ``[start, end)`` of ``text``."""
        offsets, offset = [], 0
        for folded in self.folds:
            offsets.append(offset)
            offset += len(folded.text) + 1
        first = bisect_right(offsets, start) - 1
        last = bisect_right(offsets, end - 1) - 1
        begin = self.folds[first].original_span(start - offsets[first], start - offsets[first] + 1)
        limit = min(end - offsets[last], len(self.folds[last].text))
        finish = self.folds[last].original_span(limit - 1, limit)
        return Span(self.spans[first].start + begin[0], self.spans[last].start + finish[1])


def units(
    text: str,
    *,
    heading: str = "",
    lead_in: str = "",
    parts: tuple[tuple[int, int], ...] = (),
    is_list: bool = False,
) -> list[Unit]:
    """The units of one block's text, in order.

    Args:
        text: the block's text, as its quotes are sliced from it.
        heading: nearest heading or question, which is context and not part of the statement.
        lead_in: column heads, or a lead-in that stands outside the text.
        parts: spans of list items, or of question and answer.
        is_list: whether ``parts`` are items that share the words before the first one.
    """
    context = " ".join(filter(None, (fold(heading).text, fold(lead_in).text)))
    if is_list and parts:
        return list(_list_units(text, parts, context))
    return list(_prose_units(text, context))


def _list_units(text: str, parts: tuple[tuple[int, int], ...], context: str) -> Iterator[Unit]:
    before = _trim(text, 0, parts[0][0])
    lead: tuple[Span, ...] = ()
    if before.end > before.start:
        sentences = list(_sentences(text, before.start, before.end))
        yield from (_unit(text, (s,), context) for s in sentences[:-1])
        lead = sentences[-1:] and (sentences[-1],)
        yield _unit(text, lead, context)
    for start, end in parts:
        for sentence in _sentences(text, start, end):
            yield _unit(text, (*lead, sentence), context)


def _prose_units(text: str, context: str) -> Iterator[Unit]:
    lead: tuple[Span, ...] = ()
    held: Span | None = None
    for line in _lines(text):
        bullet = _BULLET.match(text, line.start, line.end)
        start = bullet.end() if bullet else line.start
        sentences = list(_sentences(text, start, line.end))
        if lead and not bullet and len(sentences) != 1:
            lead = ()
        for sentence in sentences:
            if held is not None:
                answered = _answered(text, held, sentence, context)
                held = None
                if answered is not None:
                    yield answered
                    continue
            unit = _unit(text, (*lead, sentence), context)
            held = sentence if unit.question else None
            yield unit
        if sentences and text[line.start : line.end].rstrip().endswith(":"):
            lead = (sentences[-1],)


def _answered(text: str, question: Span, answer: Span, context: str) -> Unit | None:
    bare = _BARE_ANSWER.match(fold(text[answer.start : answer.end]).text)
    if bare is None:
        return None
    said = "yes" if bare.group(1) in _YES else "no"
    return _unit(text, (question, answer), context, answer=said)


def _unit(text: str, spans: tuple[Span, ...], context: str, answer: str | None = None) -> Unit:
    folds = tuple(fold(text[s.start : s.end]) for s in spans)
    joined = " ".join(f.text for f in folds)
    question = answer is None and joined.rstrip(" \"')").endswith("?")
    return Unit(joined, spans, context, question, answer, folds)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        span = _trim(text, start, start + len(line))
        if span.end > span.start:
            yield span
        start += len(line) + 1


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for first, last in _sentence_spans(text[start:end]):
        span = _trim(text, start + first, start + last)
        if span.end > span.start:
            yield span


@lru_cache(maxsize=4096)
def _sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    # Navigation, footers and repeated notices come on every page of a site: worth remembering.
    return tuple(sent_spans(text)) if text.strip() else ()


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
