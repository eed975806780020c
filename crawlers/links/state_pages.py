"""Pages that repeat one another for each US state: what their addresses have in common. Pure."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from crawlers.identity.states import us_states

_STATE = "{state}"
_APART = re.compile(r"[-_ +]+")
_ENDING = re.compile(r"\.(?:html?|php|aspx?)$")


def pattern(url: str) -> str | None:
    """An address with the state's name left open; None where none stands in it.

    It is a whole step of the path, a value in the query, or a name at either end of a step
    (``/texas-ketamine``, ``/ketamine-in-new-york``); two letters count only as the former two.
    """
    parts = urlsplit(url)
    steps = unquote(parts.path).lower().rstrip("/").split("/")
    fields = parse_qsl(parts.query, keep_blank_values=True)
    steps = [_open(_ENDING.sub("", step)) for step in steps]
    asked = [(key, _STATE if _is_state(value) else value) for key, value in fields]
    if not any(_STATE in step for step in steps) and all(v != _STATE for _, v in asked):
        return None
    return f"{parts.netloc}{'/'.join(steps)}?{urlencode(asked)}"


def _open(step: str) -> str:
    if _is_state(step):
        return _STATE
    plain = _APART.sub("-", step)
    ends = _ends().fullmatch(plain)
    if ends is None:
        return step
    return f"{_STATE}-{ends['after']}" if ends["after"] else f"{ends['before']}-{_STATE}"


def _is_state(text: str) -> bool:
    return _APART.sub(" ", text.lower()) in us_states()


@cache
def _ends() -> re.Pattern[str]:
    long = (name.replace(" ", "-") for name in us_states() if len(name) > 2)
    # "west-virginia" before "virginia".
    names = "|".join(sorted(map(re.escape, long), key=len, reverse=True))
    return re.compile(rf"(?:{names})-(?P<after>.+)|(?P<before>.+?)-(?:{names})")
