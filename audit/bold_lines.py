"""Lines in bold within a run of text: a question over its answer, with a mere break between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.headings import MAX_BOLD
from audit.runs import BREAK

_BLANK = f"{BREAK} \t\n\r\f"


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
        cut = 0
        for start, end in self._spans if asks else ():
            if cut <= start and _asks("".join(buffer[start:end])) and _goes_on(buffer, end):
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
    written = next((piece for piece in reversed(buffer) if piece.strip(" \t\n\r\f")), BREAK)
    return written.rstrip(" \t\n\r\f").endswith(BREAK)


def _asks(text: str) -> bool:
    asked = text.strip(_BLANK)
    return asked.endswith("?") and len(asked) <= MAX_BOLD


def _goes_on(buffer: Sequence[str], end: int) -> bool:
    """Whether a break comes next, or came last, and then a text."""
    below = "".join(buffer[end:])
    broken = below.lstrip(" \t\n\r\f").startswith(BREAK)
    last = "".join(buffer[:end]).rstrip(" \t\n\r\f").endswith(BREAK)
    return (broken or last) and below.strip(_BLANK) != ""
