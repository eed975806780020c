"""Frames in plain English, for people who read the catalogue and not its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.catalog.frames import SILENT, Count, Frame
from audit.catalog.patterns import Slot

# Conditions of a frame by the field that holds their concepts.
_CONDITIONS = {
    "needs_heading": "only under a heading with",
    "needs_context": "only beside (in the same statement or its heading)",
    "needs_nearby": "only where the passage also mentions",
    "unless": "not in the same clause as",
    "unless_nearby": "not where the passage also mentions",
}
_FLAGS = {
    "conditional_counts": "counts under a condition too",
    "bold": "where the second reader agrees; else it is no near miss either",
    "plain": "whatever the second reader thinks",
    "even_negated": "things in a negated statement count too",
    "near_miss": "comes close only: shown, never counted",
}


def one_of(concepts: Iterable[str]) -> str:
    """Concepts as alternatives: "`a`, `b` or `c`"."""
    *first, last = (f"`{name}`" for name in sorted(concepts))
    return f"{', '.join(first)} or {last}" if first else last


def what(frame: Frame) -> str:
    """What has to stand there; in bold the part whose negation turns the claim round."""
    if frame.count:
        return f"anywhere in the passage {counted(frame.count)}"
    if frame.ordered or len(frame.slots) == 1:
        return _in_order(frame.slots)
    *first, last = map(_slot, frame.slots)
    gap = frame.slots[-1].gap
    return f"{', '.join(first)} and {last}, in any order, at most {gap} words apart"


def counted(count: Count) -> str:
    """So many of these things; each is one word of the lexicon, or several in order."""
    things = "; ".join(_plain_order(entry) for entry in count.of)
    return f"at least {count.at_least} of these: {things}"


def conditions(frame: Frame) -> Iterator[str]:
    """What else has to hold, and what becomes of the claim under a negation or as a question."""
    for field, words in _CONDITIONS.items():
        if concepts := getattr(frame, field):
            yield f"{words} {one_of(concepts)}"
    for field, words in (("only_lines", "only about"), ("not_lines", "not about")):
        if lines := getattr(frame, field):
            yield f"{words} {', '.join(sorted(lines))}"
    if frame.if_negated:
        yield f"negated: *{frame.if_negated}*"
    if frame.if_yes != frame.stance:
        yield f'as a question answered "yes": *{frame.if_yes or SILENT}*'
    if frame.if_no:
        yield f'as a question answered "no": *{frame.if_no}*'
    yield from (words for field, words in _FLAGS.items() if getattr(frame, field))


def _in_order(slots: Iterable[Slot]) -> str:
    first, *rest = slots
    return _slot(first) + "".join(f", within {s.gap} words {_slot(s)}" for s in rest)


def _plain_order(slots: Iterable[Slot]) -> str:
    first, *rest = slots
    later = "".join(f", within {s.gap} words {one_of(s.concepts)}" for s in rest)
    return one_of(first.concepts) + later


def _slot(slot: Slot) -> str:
    text = one_of(slot.concepts)
    return f"**{text}**" if slot.head else text
