"""A figure in a box of its own, and the words in the next box that it begins: "9 in 10" "of us"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.pages.layout import Box, Layout, Leaf

_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|half|a|third|thirds|quarters?|most)"
_AMOUNT = rf"(?:\d{{1,3}}(?:\.\d+)?|{_WORD})"
# A share of people or of symptoms; "6" and "$450" are figures of another kind.
_SHARE = re.compile(
    r"\W*(?:(?:over|more than|about|around|roughly|nearly|almost|up to|at least|as many as)\s)?"
    rf"(?:{_AMOUNT}(?:\s?[-–]\s?{_AMOUNT}|\sto\s{_AMOUNT})?\s?(?:%|percent|per cent)"
    rf"|{_AMOUNT}\s(?:out\sof|in|of)\s(?:every\s)?{_AMOUNT}"
    rf"|{_AMOUNT}[\s-](?:thirds?|quarters?)|\d{{1,2}}/\d{{1,2}})\s?[+*†‡]?",
    re.IGNORECASE,
)
_DIGITS, _PER_CENT = re.compile(r"\d{1,3}(?:\.\d+)?"), re.compile(r"%\s?[+*†‡]?")
_GOES_ON = re.compile(r"[a-z]|Of\b")
_MOST_WORDS, _MOST_LABEL = 300, 90
_MAX_CLIMB = 4
_WRITTEN = ("paragraph", "heading")


def figures_apart(layout: Layout) -> Iterator[tuple[int, int]]:
    """The places of such figures and their words, as ranges of two leaves.

    Words in small letters go on from the figure; a label in capitals has to stand with it alone in
    a box: "85%" over "Response rate".
    """
    for index in range(len(layout.leaves) - 1):
        figure, words = layout.leaves[index : index + 2]
        if len(figure.text) < 40 and _SHARE.fullmatch(figure.text) and are_alike(figure, words):
            goes_on = len(words.text) <= _MOST_WORDS and _GOES_ON.match(words.text)
            if goes_on or (len(words.text) <= _MOST_LABEL and _is_alone(figure.box, index)):
                yield index, index + 2
        elif _PER_CENT.fullmatch(words.text) and _DIGITS.fullmatch(figure.text):
            yield from _in_three(layout, index)


def _in_three(layout: Layout, index: int) -> Iterator[tuple[int, int]]:
    """A figure whose sign has a box of its own: "85", "%", "of members"."""
    figure, sign, *words = layout.leaves[index : index + 3]
    if not words or not are_alike(figure, sign) or not are_alike(figure, words[0]):
        return
    if len(words[0].text) <= _MOST_WORDS and _GOES_ON.match(words[0].text):
        yield index, index + 3


def are_alike(figure: Leaf, words: Leaf) -> bool:
    """Whether both are running text, in one item, cell and answer of one region."""
    if not figure.text or not words.text or not words.kind.startswith(_WRITTEN):
        return False
    own, other = figure.box.setting, words.box.setting
    near = (own.region, own.item, own.cell, own.asked) == (
        other.region, other.item, other.cell, other.asked,
    )  # fmt: skip
    return near and figure.kind.startswith(_WRITTEN) and figure.hidden == words.hidden


def _is_alone(box: Box, index: int) -> bool:
    """Whether a box near the figure holds it and the words after it, and nothing else."""
    around: Box | None = box
    for _ in range(_MAX_CLIMB):
        if around is None or around.first < index or around.last > index + 2:
            return False
        if around.last == index + 2:
            return True
        around = around.parent
    return False
