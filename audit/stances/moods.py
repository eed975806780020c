"""How a statement says what it says: asked, answered, on a condition; and what of it is denied."""

from __future__ import annotations

from dataclasses import dataclass

from audit.concepts.mentions import Mentions
from audit.stances import assertion, context
from audit.stances.unit import Unit


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concepts of a statement, as numbers with a bit for each.

    ``suspected`` may stand there, ``said`` and ``denied`` do; of these every mention is negated.
    """

    suspected: int = 0
    said: int = 0
    denied: int = 0

    @property
    def bare(self) -> tuple[int, int]:
        """Without their mood: what may stand there, and what does."""
        return self.suspected, self.said | self.denied

    def __or__(self, other: Concepts) -> Concepts:
        return Concepts(
            self.suspected | other.suspected, self.said | other.said, self.denied | other.denied
        )


def mood(unit: Unit, cues: list[context.Cue]) -> str:
    """A question is ``Q``, an answer ``Ayes``, what another party says ends in ``other`` ..."""
    asked = f"A{unit.answer}" if unit.answer else "a" if unit.asked else ""
    aside = assertion.set_aside(cues, 0, len(unit.text)) or ""
    return f"{'Q' if unit.question else ''}{asked}{aside[:5]}"


def concepts(mentions: Mentions, cues: list[context.Cue]) -> Concepts:
    """What a statement mentions, and what it denies of that."""
    plain = mentions.plain
    for name, bit in mentions.each(mentions.excepted):
        if name not in mentions:
            plain ^= bit
    denied = 0
    if any(cue.kind in assertion.TURNS for cue in cues):
        for name, bit in mentions.each(plain):
            if all(assertion.negated(cues, *place) for place in mentions.places(name)):
                denied |= bit
    return Concepts(mentions.suspected, plain & ~denied, denied)
