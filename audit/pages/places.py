"""Where a block stands: CSS paths of elements, worked out only when somebody asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_PLAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The elements of a page by number: their names, and the numbers of their parents."""

    names: list[str]
    parents: list[int]
    # The claims of a page share most of their steps.
    _steps: dict[int, str] = field(default_factory=dict, repr=False)

    def css_path(self, element: int) -> str:
        """The path that selects this element alone, e.g. ``body > main > p:nth-of-type(2)``."""
        steps: list[str] = []
        while element >= 0 and self.names[element] != "html":
            if element not in self._steps:
                self._steps[element] = self._step(element)
            steps.append(self._steps[element])
            element = self.parents[element]
        return " > ".join(reversed(steps)) or "html"

    def around(self, element: int, most: int = 100) -> list[int]:
        """The elements around one, innermost first, up to the body; what is no HTML has none."""
        found: list[int] = []
        while len(found) < most and 0 <= element < len(self.parents):
            element = self.parents[element]
            if element < 0 or self.names[element] in ("body", "html"):
                break
            found.append(element)
        return found

    def _step(self, element: int) -> str:
        name, parent = self.names[element], self.parents[element]
        shown = name if _PLAIN.fullmatch(name) else "".join(map(_escape, name))
        if name in ("head", "body"):
            return shown
        siblings = zip(
            self.names[parent + 1 : element], self.parents[parent + 1 : element], strict=True
        )
        return f"{shown}:nth-of-type({1 + list(siblings).count((name, parent))})"


def _escape(character: str) -> str:
    """CSS escape of a character of an odd element name, such as the colon of ``o:p``."""
    if character.isascii() and not character.isalnum() and character not in "-_":
        return f"\\{ord(character):x} "
    return character
