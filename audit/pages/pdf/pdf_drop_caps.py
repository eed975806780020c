"""Drop caps: a paragraph's first letter, as high as several of its lines, put back to its word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit.pages.pdf.pdf_rows import Run

# How much larger such a letter is than its text, and how far from it at most, in the text's ems.
_LARGE, _NEAR = 1.8, 1.5
# Of its own size: where the top of the letter is, and how far off the top of its line may be.
_CAP, _OFF = 0.7, 0.25
# Letters that are words: what follows them in capitals or small letters is most often another.
_WORDS = "AI"


def put_back(runs: Sequence[Run]) -> list[Run]:
    """The runs of a page, each drop cap in the line that it begins."""
    caps = [run for run in runs if len(run.text) == 1 and run.text.isupper()]
    placed = {id(cap): _first_line(cap, runs) for cap in caps}
    return [_in_line(run, line) if (line := placed.get(id(run))) else run for run in runs]


def _in_line(cap: Run, line: Run) -> Run:
    said = f"{cap.text} " if cap.text in _WORDS else cap.text
    return Run(said, cap.left, line.left, line.base, line.size, line.bold)


def _first_line(cap: Run, runs: Iterable[Run]) -> Run | None:
    """The run beside the top of a large letter, where another one stands beside its foot."""
    beside = [
        run
        for run in runs
        if cap.size >= _LARGE * run.size
        and -_NEAR * run.size < run.left - cap.right < _NEAR * run.size
        and cap.base - run.size < run.base < cap.base + cap.size
    ]
    top = max(beside, key=lambda run: run.base, default=None)
    if top is None or len({round(run.base) for run in beside}) == 1:
        return None
    high = top.base + _CAP * top.size - (cap.base + _CAP * cap.size)
    return top if abs(high) <= _OFF * cap.size and top.text[0].isalpha() else None
