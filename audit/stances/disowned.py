"""What the next sentence takes back: "Ketamine is approved for depression. False!".

It is read as a question and its answer are: what stood before is what the answer says no to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.concepts import expressions
from audit.stances.unit import Unit

_WORDING = expressions.beside(__file__)
# A verdict has few words.
_WORDS = 12
# One on several sentences is on so many at most: "Both statements are false."
_SEVERAL = 3


def is_untrue(said: str) -> bool:
    """Whether a folded sentence begins by calling untrue what was said before it."""
    return _WORDING["untrue"](said) is not None


def heard(read: Sequence[Unit]) -> Iterator[Unit]:
    """The units of a text, those that the next sentence takes back as it takes them back."""
    verdict: Unit | None = None
    left = 0  # of the sentences that a verdict on several takes back
    turned = []
    for unit in reversed(read):
        if unit.asked or unit.question:
            verdict = verdict if unit.asked else None
            turned.append(unit)
            continue
        is_taken_back = verdict is not None and (left or _takes_back(verdict, unit))
        turned.append(_taken_back(unit, verdict) if verdict and is_taken_back else unit)
        left = _SEVERAL if _is_on_several(unit) else max(left - 1, 0)
        verdict = verdict if left and is_taken_back else unit
    return reversed(turned)


def _is_on_several(unit: Unit) -> bool:
    return _WORDING["all_untrue"](unit.folds[-1].text) is not None


def _takes_back(following: Unit, unit: Unit) -> bool:
    said = following.folds[-1].text
    if is_untrue(said):
        return True
    if said.count(" ") > _WORDS:
        return False
    if any(_WORDING[verdict](said) for verdict in ("untrue_after", "unsaid", "not_so")):
        return True
    contrary = "yes_it_is" if _WORDING["negated"](unit.text) else "short_no"
    return _WORDING[contrary](said) is not None


def _taken_back(unit: Unit, verdict: Unit) -> Unit:
    """A statement with the verdict on it, as a question with its answer."""
    return replace(
        unit,
        text=f"{unit.text} {verdict.folds[-1].text}",
        spans=(*unit.spans, verdict.spans[-1]),
        asked=len(unit.text),
        answer="no",
        takes_back=True,
        folds=(*unit.folds, verdict.folds[-1]),
    )
