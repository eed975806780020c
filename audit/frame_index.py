"""Which frames can stand in a text at all, by the concepts that it mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.frames import Frame
from audit.rule import Rule


class FrameIndex:
    """All frames of a catalogue, found by a concept that each of them needs."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_concept: dict[str, list[tuple[Rule, Frame]]] = {}
        self._counting: list[tuple[Rule, Frame]] = []
        for rule in sorted(rules, key=lambda r: r.id):
            for frame in rule.frames:
                if frame.count:
                    self._counting.append((rule, frame))
                else:
                    self._add(rule, frame)

    def _add(self, rule: Rule, frame: Frame) -> None:
        for concept in min((slot.concepts for slot in frame.slots), key=len):
            self._by_concept.setdefault(concept, []).append((rule, frame))

    def possible(self, present: frozenset[str]) -> list[tuple[Rule, list[Frame]]]:
        """The rules, each with its frames whose every slot can be filled, in a fixed order."""
        found: dict[str, tuple[Rule, list[Frame]]] = {}
        for concept in sorted(present):
            for rule, frame in self._by_concept.get(concept, ()):
                frames = found.setdefault(rule.id, (rule, []))[1]
                if frame not in frames and _fillable(frame, present):
                    frames.append(frame)
        return [found[rule_id] for rule_id in sorted(found) if found[rule_id][1]]

    def counting(self, present: frozenset[str]) -> Iterator[tuple[Rule, Frame]]:
        """The counting frames of which enough entries can stand in the passage."""
        for rule, frame in self._counting:
            assert frame.count is not None  # noqa: S101 - for the type checker
            entries = (all(s.concepts & present for s in entry) for entry in frame.count.of)
            if sum(entries) >= frame.count.at_least:
                yield rule, frame


def _fillable(frame: Frame, present: frozenset[str]) -> bool:
    return not any(slot.concepts.isdisjoint(present) for slot in frame.slots)
