"""A unit: one statement of a block, with the way back to the block's text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from audit.text.folding import Folded
from audit.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement: folded text, and the way back to the block's text.

    ``context`` is folded text that belongs to the statement without being part of the block's text
    at hand (a heading, column heads). ``asked`` is the length of the question before the sentence
    in ``text``, 0 where there is none; ``answer`` is ``yes`` or ``no`` where the sentence answers
    so; ``told``: it does so in one sentence, "Nurse in the room: no.", whose words may also be read
    as they stand. ``takes_back``: the answer is the next sentence's verdict
    (``audit.stances.disowned``). A heading that asks has an empty span: its words are not in the
    block's text. ``lead`` is the length of an item's lead-in in ``text``, 0 where there is none;
    ``under`` is then the heading of its list, or the line under a label that leaves it open.
    """

    text: str
    spans: tuple[Span, ...]
    context: str = ""
    question: bool = False
    asked: int = 0
    answer: str | None = None
    told: bool = False
    takes_back: bool = False
    lead: int = 0
    under: str = ""
    folds: tuple[Folded, ...] = field(default=(), repr=False, compare=False)

    @property
    def place(self) -> Span:
        """The smallest span of the block's text that holds all of it: an answer may come first."""
        return Span(min(s.start for s in self.spans), max(s.end for s in self.spans))

    def original(self, start: int, end: int) -> Span:
        """The smallest span of the block's text that holds ``[start, end)`` of ``text``."""
        offsets, offset = [], 0
        for folded in self.folds:
            offsets.append(offset)
            offset += len(folded.text) + 1
        first = bisect_right(offsets, start) - 1
        last = bisect_right(offsets, end - 1) - 1
        begin, _ = self._in_part(first, start - offsets[first])
        _, finish = self._in_part(last, end - 1 - offsets[last])
        return Span(
            min(self.spans[first].start + begin, self.spans[first].end),
            min(self.spans[last].start + finish, self.spans[last].end),
        )

    def _in_part(self, part: int, at: int) -> tuple[int, int]:
        """Where one character of a part stands; the space that joins two counts to the first."""
        folded = self.folds[part]
        if not folded.text:  # nothing but soft hyphens, say
            return 0, 0
        at = min(at, len(folded.text) - 1)
        return folded.original_span(at, at + 1)

    def says(self, start: int, end: int) -> bool:
        """Whether words at ``[start, end)`` make a statement, given the question before them.

        With a yes or no, what was asked is said. Without, only words on both sides of the question
        mark are new: the sentence has a unit of its own, and the question asserts nothing.
        """
        if not self.asked:
            return True
        if self.told and start < self.asked:
            return True
        return end <= self.asked if self.answer else start < self.asked < end
