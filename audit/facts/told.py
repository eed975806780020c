"""What readers of facts take and give: a block in its page, and facts with their places in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import re2

from audit.pages.pages import Block

if TYPE_CHECKING:
    from audit.facts.passage import Passage

Shape = Any  # re2 has no types


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in a block; offsets are code points of the block's text, end exclusive.

    ``block`` is another one than the reader was given, where a fact stands beside it.
    """

    kind: str
    value: str
    start: int
    end: int
    unit: str | None = None
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the facts of one kind, or of a few that belong together.

    Attributes:
        read: gives the facts of a block.
        words: lower-case texts of which one stands in every block that can hold such a fact (a line
            break counts as a blank).
        shape: something like this stands there too, in plain text; or the plain heading is like
            ``head``.
    """

    read: Callable[[Passage], Iterator[Told]]
    words: frozenset[str]
    shape: Shape | None = None
    head: re.Pattern[str] | None = None

    def may_read(self, passage: Passage) -> bool:
        """Whether a block that has one of the words is worth a look."""
        if self.shape is None or self.shape.search(passage.plain) is not None:
            return True
        return self.head is not None and self.head.search(passage.heading) is not None


def shape(*expressions: str) -> Shape:
    """RE2 finds whether one of several long expressions matches, in one pass."""
    options = re2.Options()
    options.never_capture = True
    made: Shape = re2.compile("|".join(f"(?:{e})" for e in expressions), options)
    return made
