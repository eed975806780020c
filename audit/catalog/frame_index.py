"""Which frames can stand in a text at all, by the concepts that may be mentioned there.

Sets of concepts are whole numbers with a bit for each concept: thousands of frames are looked
through for every page, and almost none can stand in a given sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from audit.catalog.frames import Frame
from audit.catalog.rule import Rule
from audit.concepts.lexicon import Lexicon

# Every so many of the examples; the order in which slots are looked for changes no result.
_SAMPLED = 6


@dataclass(frozen=True, slots=True)
class _Entry:
    """A frame with the concepts that it needs: one of each mask, in the text or around it.

    ``slots``: those after its rarest, by which it is found; the rarer ones first.
    """

    order: int
    rule: Rule
    frame: Frame
    slots: tuple[int, ...]
    heading: int
    context: int
    nearby: int


class FrameIndex:
    """All frames of a catalogue, found by the rarest concept that each of them needs."""

    def __init__(self, rules: Iterable[Rule], words: Lexicon) -> None:
        known = sorted(rules, key=lambda rule: rule.id)
        common = _commonness(known, words)
        self._by_bit: dict[int, list[_Entry]] = {}
        self._rarest = 0
        self._counting: list[tuple[Rule, Frame, int, list[list[int]]]] = []
        order = 0
        for rule in known:
            for frame in rule.frames:
                order += 1
                if frame.count:
                    things = [[words.mask(s.concepts) for s in thing] for thing in frame.count.of]
                    heads = _union(slot for thing in things for slot in thing)
                    self._counting.append((rule, frame, heads, things))
                else:
                    ranked = replace(frame, by_rarity=_by_rarity(frame, common))
                    self._add(_entry(order, rule, ranked, words), words)

    def _add(self, entry: _Entry, words: Lexicon) -> None:
        for concept in entry.frame.slots[entry.frame.by_rarity[0]].concepts:
            self._by_bit.setdefault(words.bit(concept), []).append(entry)
            self._rarest |= words.bit(concept)

    def possible(self, here: int, around: int, passage: int) -> list[tuple[Rule, Frame]]:
        """The frames whose every slot can be filled, in the catalogue's order.

        Args:
            here: concepts that the statement may mention.
            around: those of its heading or column heads.
            passage: those of the whole passage.
        """
        found: dict[int, _Entry] = {}
        rest = here & self._rarest
        while rest:
            bit = rest & -rest
            rest ^= bit
            for entry in self._by_bit[bit]:
                if entry.order not in found and _fits(entry, here, around, passage):
                    found[entry.order] = entry
        return [(found[n].rule, found[n].frame) for n in sorted(found)]

    def counting(self, passage: int) -> Iterator[tuple[Rule, Frame]]:
        """The counting frames of which enough things can stand in the passage."""
        for rule, frame, heads, things in self._counting:
            least = frame.count.at_least if frame.count else 0
            if passage & heads and sum(_stands(passage, thing) for thing in things) >= least:
                yield rule, frame


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


def _stands(passage: int, thing: list[int]) -> bool:
    return all(passage & slot for slot in thing) if len(thing) > 1 else passage & thing[0] != 0


def _entry(order: int, rule: Rule, frame: Frame, words: Lexicon) -> _Entry:
    return _Entry(
        order=order,
        rule=rule,
        frame=frame,
        slots=tuple(words.mask(frame.slots[n].concepts) for n in frame.by_rarity[1:]),
        heading=words.mask(frame.needs_heading),
        context=words.mask(frame.needs_context),
        nearby=words.mask(frame.needs_nearby),
    )


def _by_rarity(frame: Frame, common: Counter[str]) -> tuple[int, ...]:
    """The frame's slots by number, those first whose concepts are seen least often."""

    def seen(number: int) -> tuple[int, int]:
        return sum(common[c] for c in frame.slots[number].concepts), number

    return tuple(sorted(range(len(frame.slots)), key=seen))


def _fits(entry: _Entry, here: int, around: int, passage: int) -> bool:
    for slot in entry.slots:
        if not here & slot:
            return False
    if entry.heading and not entry.heading & around:
        return False
    if entry.context and not entry.context & (here | around):
        return False
    return not entry.nearby or bool(entry.nearby & (here | around | passage))


def _commonness(rules: Iterable[Rule], words: Lexicon) -> Counter[str]:
    """How many of the catalogue's own examples may mention each concept: a sample of them tells."""
    seen: Counter[str] = Counter()
    for rule in rules:
        for example in rule.examples[::_SAMPLED]:
            seen.update(words.named(words.mentions(example.text.lower()).possible))
    return seen
