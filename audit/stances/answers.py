"""What answers a question: "Yes.", "They do not.", "Nurse in the room: no."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.concepts import expressions
from audit.text.sentences import Span

_WORDING = expressions.beside(__file__)
# "✗ Nurse in the room"; a mark behind needs no colon.
_CROSSES, _TICKS = "✗✘✕✖☒❌❎🚫⛔\uf00d\uf057", "✓✔☑✅\uf00c\uf058"
_CROSSED = re.compile(rf"(?P<answer>[{_CROSSES}])\ufe0f?\s*(?P<label>\w.+)", re.DOTALL)
_MARKED = re.compile(
    rf"(?P<label>[^?!;|]{{3,150}}?)(?:\s*:)?\s+(?P<answer>[{_TICKS}{_CROSSES}])\ufe0f?\W*"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its answer in one sentence; ``said`` is ``yes`` or ``no``.

    ``is_crossed``: the answer is a cross before it, as those of bullets are.
    """

    asked: Span
    answer: Span
    said: str

    @property
    def is_crossed(self) -> bool:
        """Whether the answer comes first."""
        return self.answer.start < self.asked.start


def is_ruled_out(folded: str) -> bool:
    """Whether words speak of what is not to be: then a cross says so once more."""
    return _WORDING["ruled_out"](folded) is not None


def said(folded: str) -> str | None:
    """``yes`` or ``no``, where a folded sentence begins by answering so."""
    label = _WORDING["label"](folded)
    start = label.end() if label else 0
    return (
        "yes" if _WORDING["yes"](folded, start) else "no" if _WORDING["no"](folded, start) else None
    )


def is_plain(text: str) -> bool:
    """Whether a text begins with yes or no, and nothing that these words could belong to."""
    return _WORDING["plain"](text) is not None


def asks_unmarked(folded: str) -> bool:
    """Whether a folded heading asks without a question mark."""
    return _WORDING["asking"](folded) is not None


def to_label(text: str, sentence: Span) -> Label | None:
    """What a sentence says that is nothing but a label and its answer."""
    start, ends = sentence.start, text[: sentence.end]
    found = (
        _WORDING["told"](ends, start)
        or _MARKED.fullmatch(ends, start)
        or _CROSSED.fullmatch(ends, start)
        or _WORDING["beside"](ends, start)
    )
    if found is None:
        return None
    return Label(Span(*found.span("label")), Span(*found.span("answer")), _answer(found["answer"]))


def _answer(words: str) -> str:
    affirms = words[0] in _TICKS or _WORDING["affirms"](words.lstrip("("))
    return "yes" if affirms else "no"
