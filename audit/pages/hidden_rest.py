"""The rest of a text that is shown when somebody asks for more: "not ... [approved by the FDA]".

It stands in the midst of a sentence, hidden, and nothing but "Read more" follows it. Read apart, it
could say the opposite of the whole.
"""

from __future__ import annotations

import re

from audit.pages.runs import BREAK, collapse, is_open, unescape
from audit.text.left_open import denies, without_dots

_MORE = re.compile(
    r"[\W_]*(?:(?:read|see|show|view|learn|click|tap|for|the|full|me|here|to|more|less|text|story"
    r"|continue|reading|expand|collapse)[\W_]*)*",
    re.IGNORECASE,
)


# So many pieces of a run tell whether its sentence goes on; what follows "Read more" is more.
_FEW, _LONGEST_MORE = 20, 200


class HiddenRest:
    """The last hidden inline element of a run that may be the rest of what is written before it."""

    def __init__(self) -> None:
        self._held: tuple[int, int, int] | None = None

    def hold(self, element: int, start: int, buffer: list[str]) -> bool:
        """Leave the text from ``start`` on where it is, if it goes on from what stands before.

        One that is held already has to be settled first.
        """
        before = without_dots(
            collapse(unescape("".join(buffer[max(0, start - _FEW) : start]).replace(BREAK, " ")))
        )
        said = collapse(unescape("".join(buffer[start:]).replace(BREAK, " ")))
        if not before or not said or not is_open(before):
            return False
        if not (said[0].islower() or denies(before, said)):
            return False
        self._held = element, start, len(buffer)
        return True

    def forget(self, start: int) -> None:
        """Hold nothing of what is taken out of the run from ``start`` on."""
        if self._held is not None and self._held[1] >= start:
            self._held = None

    def settle(self, buffer: list[str]) -> tuple[int, str] | None:
        """Give up what is held where more is written after it: its element and text, taken out."""
        if self._held is None:
            return None
        element, start, end = self._held
        self._held = None
        follows = "".join(buffer[end:])
        if len(follows) <= _LONGEST_MORE and _MORE.fullmatch(follows):
            buffer[start] = f" {buffer[start]}"
            return None
        raw = "".join(buffer[start:end]).replace(BREAK, " ")
        buffer[start:end] = [""] * (end - start)  # the places of other pieces stay
        return element, collapse(unescape(raw))
