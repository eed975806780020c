"""A sentence that only goes on from the one before it: "You will feel better. Guaranteed."."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.concepts import expressions
from audit.text.folding import Folded, fold
from audit.text.sentences import Span

_WORDING = expressions.beside(__file__)
# The longest such sentence.
_LONGEST = 60
# What stands before it is a statement: a question it would answer.
_STATED = (".", "!")
_STOPS = ".!"


def taken_up(text: str, said: Iterable[Span]) -> Iterator[Span]:
    """Sentences in their order, each with those that only go on from it."""
    before: Span | None = None
    for sentence in said:
        if before and _goes_on(text, before, sentence):
            before = Span(before.start, sentence.end)
            continue
        if before:
            yield before
        before = sentence
    if before:
        yield before


def as_one(folded: Folded) -> Folded:
    """A statement without the stops before what only goes on from it."""
    text, end = folded.text, len(folded.text)
    while (stop := _last_stop(text, end)) > 0 and _is_afterthought(text[stop + 1 : end]):
        folded = _without(folded, stop)
        text, end = folded.text, stop
    return folded


def _last_stop(text: str, end: int) -> int:
    """Where the last sentence but one of ``text[:end]`` stops; -1 if there is only one."""
    return max(text.rfind(f"{mark} ", max(0, end - _LONGEST), end) for mark in _STOPS)


def _goes_on(text: str, before: Span, sentence: Span) -> bool:
    short = sentence.end - sentence.start <= _LONGEST
    if not short or not text[slice(*before)].endswith(_STATED):
        return False
    # One word may be an answer or a heading of its own.
    if " " not in text[slice(*before)] or "\n" in text[before.end : sentence.start]:
        return False
    return _is_afterthought(fold(text[slice(*sentence)]).text)


def _is_afterthought(folded: str) -> bool:
    return _WORDING["goes_on"](folded.strip()) is not None


def _without(folded: Folded, at: int) -> Folded:
    """A folded text without one of its characters."""
    starts = folded.starts or tuple(range(len(folded.text)))
    ends = folded.ends or tuple(n + 1 for n in range(len(folded.text)))
    text = folded.text[:at] + folded.text[at + 1 :]
    return Folded(text, starts[:at] + starts[at + 1 :], ends[:at] + ends[at + 1 :])
