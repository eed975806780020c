"""Where a block stands: CSS paths of elements, worked out only when somebody asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The elements of a page by number: their names, and the numbers of their parents."""

    names: list[str]
    parents: list[int]

    def css_path(self, element: int) -> str:
        """The path that selects this element alone, e.g. ``body > main > p:nth-of-type(2)``."""
        steps: list[str] = []
        while element >= 0 and self.names[element] != "html":
            steps.append(self._step(element))
            element = self.parents[element]
        return " > ".join(reversed(steps)) or "html"

    def _step(self, element: int) -> str:
        name, parent = self.names[element], self.parents[element]
        shown = name if _PLAIN.fullmatch(name) else "".join(map(_escape, name))
        if name in ("head", "body"):
            return shown
        siblings = zip(
            self.names[parent + 1 : element], self.parents[parent + 1 : element], strict=True
        )
        return f"{shown}:nth-of-type({1 + sum(s == (name, parent) for s in siblings)})"


def _escape(character: str) -> str:
    """CSS escape of a character of an odd element name, such as the colon of ``o:p``."""
    if character.isascii() and not character.isalnum() and character not in "-_":
        return f"\\{ord(character):x} "
    return character
