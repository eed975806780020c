"""What readers of facts take and give: a block in its page, and facts with their places in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.pages import Block

if TYPE_CHECKING:
    from audit.facts.passage import Passage


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

    ``words``: lower-case texts of which one stands in every block that can hold such a fact (a line
    break counts as a blank).
    """

    read: Callable[[Passage], Iterator[Told]]
    words: frozenset[str]
