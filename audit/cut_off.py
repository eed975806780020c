"""A sentence whose lines are boxes of their own: "Ketamine is not" over "FDA approved".

Read alone, the second line would say the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.figures_apart import are_alike
from audit.layout import Layout

_LEFT_OPEN = re.compile(
    r"(?<!\bor )(?<!\bwhy )\b(?:not|never|cannot|without|neither|nor|[a-z]+n['’]t)$", re.IGNORECASE
)
# "We do what others don't" over "A nurse stays" is whole; and so is "Now or never" over "You ...".
_WHOLE = re.compile(
    r"(?:We|You|Your|Our|My|I|It|This|That|These|They|There|Here|The|She|He|Every|Each|All|No"
    r"|Ketamine|Esketamine|Spravato)\b"
)
_IS_NOT = re.compile(r"\b(?:is|are|was|were) not$|\b(?:is|are|was|were)n['’]t$", re.IGNORECASE)
_ONE = re.compile(r"An?\b")
_MOST_WORDS = 40


def cut_off(layout: Layout) -> Iterator[tuple[int, int]]:
    """The places of such lines, as ranges of two leaves."""
    for index in range(len(layout.leaves) - 1):
        begun, rest = layout.leaves[index : index + 2]
        if len(begun.text.split()) > _MOST_WORDS or len(rest.text.split()) > _MOST_WORDS:
            continue
        if begun.kind == rest.kind and _goes_on(begun.text, rest.text) and are_alike(begun, rest):
            yield index, index + 2


def _goes_on(begun: str, rest: str) -> bool:
    """Whether a line ends in what denies, and the next does not begin a sentence of its own."""
    if not _LEFT_OPEN.search(begun) or _WHOLE.match(rest):
        return False
    return not _ONE.match(rest) or _IS_NOT.search(begun) is not None
