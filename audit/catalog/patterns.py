"""Patterns: how concepts follow each other, written as a policy researcher can read it.

``{name}`` is a mention of a concept, ``{a|b}`` of either, ``..`` allows up to ``gap`` words between
(``..4`` up to four). The concept marked with ``!`` (else the last one) is the head: a negation that
reaches it turns the claim round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DEFAULT_GAP = 12
_ADJACENT = 2
_TOKEN = re.compile(r"\{([a-z0-9|-]+)\}(!?)|\.\.(\d*)")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a frame: any of these concepts, at most ``gap`` words after the one before."""

    concepts: frozenset[str]
    gap: int
    head: bool


def in_order(pattern: str, default: int = DEFAULT_GAP) -> tuple[Slot, ...]:
    """The slots of a pattern.

    Raises:
        ValueError: it holds something that is neither a concept nor a gap.
    """
    if _TOKEN.sub("", pattern).strip():
        raise ValueError(f"{_TOKEN.sub('', pattern).strip()!r} is neither {{concept}} nor '..'")
    slots: list[Slot] = []
    gap = _ADJACENT
    for name, head, words in _TOKEN.findall(pattern):
        if name:
            slots.append(Slot(frozenset(name.split("|")), gap, bool(head)))
            gap = _ADJACENT
        else:
            gap = int(words) if words else default
    return _with_head(slots)


def in_any_order(names: list[str], gap: int) -> tuple[Slot, ...]:
    """Slots that may be filled in any order, each at most ``gap`` words from the next."""
    slots = [Slot(frozenset(n.rstrip("!").split("|")), gap, n.endswith("!")) for n in names]
    return _with_head(slots)


def _with_head(slots: list[Slot]) -> tuple[Slot, ...]:
    if not slots:
        raise ValueError("no {concept} in it")
    if not any(slot.head for slot in slots):
        last = slots[-1]
        slots[-1] = Slot(last.concepts, last.gap, True)
    return tuple(slots)
