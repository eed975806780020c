"""Lines in bold within a run of text: a question over its answer, with a mere break between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.pages.headings import MAX_BOLD
from audit.pages.runs import BREAK

_SPACES = " \t\n\r\f"
_BLANK = f"{BREAK}{_SPACES}"
# How many pieces, and how much of each, are looked at for the end of a line: a run may have any
# number of bold words and of blanks.
_PIECES, _LETTERS = 20, 500


class BoldLines:
    """The elements in bold that begin a line of a run, as places in its buffer."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []
        self._open = (-1, 0)

    def open(self, element: int, buffer: Sequence[str]) -> None:
        """Note an element in bold, where a line begins."""
        if _ended(buffer):
            self._open = (element, len(buffer))

    def close(self, element: int, buffer: Sequence[str]) -> None:
        """Note where it ends."""
        if element == self._open[0]:
            self._spans.append((self._open[1], len(buffer)))
            self._open = (-1, 0)

    def runs(self, buffer: Sequence[str], *, asks: bool) -> Iterator[tuple[str, bool]]:
        """The run's parts, and whether each is in bold.

        Args:
            buffer: the pieces of the run.
            asks: a question in bold is parted from the text below it.
        """
        cut, last = 0, _last_written(buffer) if asks else 0
        for start, end in self._spans if asks else ():
            if cut <= start and end <= last and _asks(buffer[start:end]) and _breaks(buffer, end):
                if start > cut:
                    yield "".join(buffer[cut:start]), False
                yield "".join(buffer[start:end]), True
                cut = end
        rest = "".join(buffer[cut:])
        yield rest, not cut and self._is_whole(buffer)

    def _is_whole(self, buffer: Sequence[str]) -> bool:
        start, end = self._spans[0] if self._spans else (-1, 0)
        return start == 0 and not "".join(buffer[end:]).strip(_BLANK)


def _ended(buffer: Sequence[str]) -> bool:
    """Whether nothing stands in the last line."""
    tail = "".join(piece[-_LETTERS:] for piece in buffer[-_PIECES:]).rstrip(_SPACES)
    return tail.endswith(BREAK) or (tail == "" and len(buffer) <= _PIECES)


def _last_written(buffer: Sequence[str]) -> int:
    """The place of the last piece with a text, -1 if there is none."""
    places = range(len(buffer) - 1, -1, -1)
    return next((place for place in places if buffer[place].strip(_BLANK)), -1)


def _asks(pieces: Sequence[str]) -> bool:
    asked = "".join(pieces).strip(_BLANK)
    return asked.endswith("?") and len(asked) <= MAX_BOLD


def _breaks(buffer: Sequence[str], end: int) -> bool:
    """Whether a break comes next, or came last."""
    below = "".join(piece[:_LETTERS] for piece in buffer[end : end + _PIECES])
    before = buffer[max(end - _PIECES, 0) : end]
    return below.lstrip(_SPACES).startswith(BREAK) or _ended(before)
