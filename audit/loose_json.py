"""JSON as people put it into pages: with comments, commas too many, and something before it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_JSON = json.JSONDecoder(strict=False)
# What some publishers put before it, and never where it belongs.
_BEFORE_JSON = re.compile(r"[\s\ufeff]*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?\s*")
_BETWEEN = re.compile(r"[\s,;]*")
# What JavaScript allows and JSON does not: comments, a comma before a bracket, escapes of its own.
_LOOSE = re.compile(
    r'"(?:[^"\\]|\\.)*+"|(?P<out>//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|,(?=\s*[\]}]))', re.S
)
_ESCAPE = re.compile(r'(\\["\\/bfnrtu])|\\(.)', re.S)


def values(content: str) -> list[Any]:
    """The JSON values of a script, as leniently as search engines and tools read them."""
    return list(_decoded(content)) or list(_decoded(_mended(content)))


def _decoded(content: str, start: int = 0) -> Iterator[Any]:
    before = _BEFORE_JSON.match(content, start)
    at = before.end() if before else start
    while at < len(content):
        try:
            value, at = _JSON.raw_decode(content, at)
        except (ValueError, RecursionError):
            return
        yield value
        between = _BETWEEN.match(content, at)
        at = between.end() if between else len(content)


def _mended(content: str) -> str:
    if '"' not in content:
        content = content.replace("&quot;", '"')
    # A comment may stand between a comma and its bracket: once more without it.
    return _LOOSE.sub(_as_json, _LOOSE.sub(_as_json, content))


def _as_json(found: re.Match[str]) -> str:
    return "" if found["out"] else _ESCAPE.sub(r"\1\2", found[0])


def first_value(content: str, start: int = 0) -> Any:
    """The JSON value at ``start``, else ``None``."""
    return next(_decoded(content, start), None)
