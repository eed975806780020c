"""Letters that a PDF sets apart for looks: "K E T A M I N E" is one word to a reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from audit.pages.pdf.pdf_rows import Run

# The letters of a run, those after a blank with it, and the gap before each in ems.
Letters = Sequence[tuple[str, float]]
# What is set apart on a line has so many words, so large a share of them single letters.
_FEWEST, _SHARE = 4, 0.8
# In ems: how much wider the gap between two words is than that between two letters.
_WIDER = 0.2


def closed_up(runs: Sequence[Run], letters: Sequence[Letters]) -> list[Run]:
    """The same runs, without the blanks between letters of one word.

    Args:
        runs: the runs of a page.
        letters: what each of them was put together from.
    """
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        lines[round(run.base), round(run.size)].append(number)
    closed = list(runs)
    for line in lines.values():
        apart = [number for number in line if _are_letters(runs[number].text.split())]
        words = [word for number in apart for word in runs[number].text.split()]
        if len(words) >= _FEWEST:
            gap = median(gap for number in apart for _, gap in letters[number][1:] or [("", 0.0)])
            for number in apart:
                closed[number] = runs[number]._replace(text=_joined(letters[number], gap))
    return closed


def _are_letters(words: Sequence[str]) -> bool:
    single = sum(len(word) == 1 for word in words)
    return single >= _SHARE * len(words) and any(map(str.isalpha, words))


def _joined(letters: Letters, gap: float) -> str:
    told = (said if wide > gap + _WIDER else said.strip() for said, wide in letters)
    return "".join(told).strip()
