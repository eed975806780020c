"""Ticks and crosses that a page draws itself: nothing but their strokes tells what they are.

Tailwind and React pages hold the icons of Heroicons, Lucide, Feather, Material or Phosphor so, with
no name and no label: in a table that compares, and before what a plan has or has not.
"""

from __future__ import annotations

import re

# How the first stroke begins, without blanks and commas; each set draws its icons alike for years.
_TICKS = (
    *("M513l44L197", "M4.512.75l669-13.5", "m4.512.75669-13.5", "M206917l-5-5", "206917412"),
    *(
        "M16.7075.293a11001.414l-88a1101-1.4140l-4-4",
        "M16.7044.153a.75.75001.143",
        "m9122",
        "M912l22",
    ),
    *(
        "M916.17L4.8312l-1.421.41L91921",
        "M916.2L4.812l-1.41.4L91921",
        "M912.75L11.251515",
        "M2011.08V12",
    ),
    *("M1018a880100-16880000016zm3.707-9.293a", "M2211.08V12a101011", "M216912.55"),
)
_CROSSES = (
    *("M618L186M66l1212", "M618186M66l1212", "M186618", "M186L618", "m9.759.754.54.5", "m159-66"),
    *("M9.759.75l4.54.5", "M4.2934.293a110011.4140L108.586l4.293", "M1014l2-2m002-2", "M1014l2-2"),
    *("M19641L17.59", "M196.41L17.5951210.596.415", "M6.285.22a.75.75", "M159l-66", "M66l1212"),
)
_STROKE = re.compile(r' (?:d|points)="([^"]{5,60})')
_LINE = re.compile(r' (x1|x2|y1|y2)="(\d{1,2}(?:\.\d)?)"')
_BLANKS = re.compile(r"[\s,]+")


def sign_of(name: str, written: str) -> str:
    """``✓`` or ``✗`` for the first stroke of such an icon; empty for any other.

    Args:
        name: the element's name: ``path``, ``polyline`` or ``line``.
        written: its attributes.
    """
    if name == "line":
        at = {key: float(value) for key, value in _LINE.findall(written)}
        slants = (
            len(at) == 4 and at["x1"] + at["x2"] == at["y1"] + at["y2"] and at["y1"] != at["y2"]
        )
        return "✗" if slants and {at["x1"], at["x2"]} == {at["y1"], at["y2"]} else ""
    stroke = _STROKE.search(written) if name in ("path", "polyline") else None
    drawn = _BLANKS.sub("", stroke[1]) if stroke else ""
    if drawn.startswith(_CROSSES):
        return "✗"
    return "✓" if drawn.startswith(_TICKS) else ""
