"""Figures that count up once they come into view: a visitor reads where they end.

Until its script runs ``<span data-to-value="85">0</span>`` holds nothing, a nought, or a figure on
the way. Elementor, Divi, Bricks, WPBakery, CountUp, PureCounter, Odometer and Finsweet each keep
the end in an attribute of the figure, or of a box around it.
"""

from __future__ import annotations

import re

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,4})?"
# Attributes that say where a count ends, and those that may hold any figure.
_ENDS = (
    r"data-(?:count(?:er)?-?_?up(?:-(?:to|end|value|number|target))?|count(?:er)?"
    r"|(?:count|counter|number|animate|odometer)[-_]?(?:to|end|value|final|number|target|stop)"
    r"|purecounter-end|to(?:-value|-number)?|value-to|final(?:-(?:number|value))?|stop"
    r"|end(?:-?val(?:ue)?|-number)?|target(?:-(?:number|value))?)|fs-(?:numbercount|counter)-end"
)
_MAY_END = r"data-(?:number|num|value|val|percent(?:age)?|stat|figure|limit|max)"
_END = re.compile(rf' ({_ENDS}|{_MAY_END})="\s?({_NUMBER})\s?([%+]?)"')
_SURELY = re.compile(_ENDS)
_STARTS = re.compile(rf' (?:data-(?:[a-z]+-)?(?:from|start)(?:-value)?)="({_NUMBER})"')
_COUNTS = re.compile(
    r' (?:class|id)="[^"]*?(?<![a-z])(?:count(?:er|up|ing)?|odometer|numbers?|stats?|statistics?'
    r"|percent(?:age)?|figures?|digits?|milestone|animate[ds]?)(?![a-z])",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r' data-[a-z-]*(?:delimiter|separator)=","')
# A figure alone in its element, or an element that waits for one.
_ALONE = re.compile(
    r"<([a-z][a-z0-9-]*)( [^<>]*)>(\s*[$£€~≈&]?\s*)(\d[\d.,]{0,14}|)(\s*[%+kKmMx]{0,2}\s*)(?=</\1>)"
)
# A box that says where the count in it ends, the few tags between, and the figure.
_WITHIN = re.compile(
    r'( (?:data-(?:number|pie|counter|count)-value="'
    r'|data-bricks-counter-options="[^"]*?&quot;countTo&quot;:\s?(?:&quot;)?)'
    rf'({_NUMBER})(?:"|&quot;|[,}}])[^<>]*>(?:\s*(?:</?[^<>]*>)){{0,8}}?'
    r'\s*<span [^<>]*class="(?:[^"]*[\s_-])?(?:value|count)(?=["\s])[^<>]*>)0*(?=</span>)'
)
_UNITS = re.compile(r' data-pie-units="([%+]?)"')


def counted(html: str) -> str:
    """Canonical markup with the figures that a visitor reads."""
    if not _END.search(html) and "counter" not in html and "data-pie-value" not in html:
        return html
    return _ALONE.sub(_ended, _WITHIN.sub(_filled, html))


def _ended(found: re.Match[str]) -> str:
    name, given, before, figure, after = found.groups()
    end = _END.search(given)
    if end is None or not _is_on_its_way(figure, given, end):
        return found[0]
    unit = end[3] if not after.strip() else ""
    return f"<{name}{given}>{before}{_written(end[2], given)}{unit}{after}"


def _is_on_its_way(figure: str, given: str, end: re.Match[str]) -> bool:
    """Whether a figure is the one that a count begins with, or passes."""
    surely, counts = _SURELY.fullmatch(end[1]), _COUNTS.search(given)
    if not figure:
        return bool(surely and counts)
    if not figure.strip("0.,"):
        return bool(surely or counts) and _value(end[2]) > 0
    begins = _STARTS.search(given)
    return bool(surely and (counts or begins)) and (
        (_value(begins[1]) if begins else 0) <= _value(figure) < _value(end[2])
    )


def _filled(found: re.Match[str]) -> str:
    units = _UNITS.search(found[1])
    return f"{found[1]}{_written(found[2], found[1])}{units[1] if units else ''}"


def _written(number: str, given: str) -> str:
    """A number as its script writes it."""
    is_plain = number.isdecimal() and _THOUSANDS.search(given) is not None
    return f"{int(number):,}" if is_plain else number


def _value(number: str) -> float:
    try:
        return float(number.replace(",", ""))
    except ValueError:
        return 0.0
