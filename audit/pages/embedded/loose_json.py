"""JSON as people put it into pages: with comments, commas too many, and something before it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

_JSON = json.JSONDecoder(strict=False)
# What some publishers put before it, and never where it belongs.
_BEFORE_JSON = re.compile(r"[\s\ufeff]*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?\s*")
_BETWEEN = re.compile(r"[\s,;]*")
# A text in quotes; the last may be cut off, so that no quote is looked at twice.
_TEXT = r'"(?>(?:[^"\\]|\\(?:.|\Z))*)(?:"|\Z)'
_STRING = re.compile(_TEXT, re.S)
_MAX_STRINGS = 20_000
# What JavaScript allows and JSON does not: comments, a comma before a bracket, escapes of its own.
_LOOSE = re.compile(_TEXT + r"|(?P<out>//[^\n]*+|/\*.*?(?:\*/|\Z)|,(?=\s*[\]}]))", re.S)
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


def quoted(content: str) -> Iterator[Any]:
    """All that stands in double quotes in what is no JSON; ``None`` for what cannot be read."""
    for found in islice(_STRING.finditer(content), _MAX_STRINGS):
        yield first_value(found.group())
