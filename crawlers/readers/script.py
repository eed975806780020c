"""A list that a website keeps as a literal in a script: read as text, nothing of it is run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from crawlers.readers.page import ShapeError

_COMMENT = r"//[^\n]*|/\*.*?\*/"
_STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_ASSIGNED = re.compile(rf"{_COMMENT}|{_STRING}|(?P<start>=\s*(?=[\[{{]))", re.DOTALL)
_TOKEN = re.compile(
    rf"""
    (?P<comment> {_COMMENT} )
  | (?P<text> {_STRING} )
  | (?P<key> [A-Za-z_$][\w$]* (?=\s*:) )
  | (?P<word> true\b | false\b | null\b | -?\d+(?:\.\d+)?(?:[eE][+-]?\d+)? )
  | (?P<mark> [\[\]{{}},:] )
  | (?P<space> \s+ )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r'\\x(?P<byte>[0-9A-Fa-f]{2})|\\.|"', re.DOTALL)
_OPENING, _CLOSING = ("{", "["), ("}", "]")


def literal(text: str, place: str) -> Any:
    """The first object or list that the script assigns to a name.

    Comments, unquoted keys, single quotes and commas before a closing bracket may set it apart from
    JSON, and nothing else may.

    Raises:
        ShapeError: nothing is assigned, or it is more than a literal.
    """
    start = next((found for found in _ASSIGNED.finditer(text) if found["start"]), None)
    if start is None:
        raise ShapeError(f"{place}: no list or object is assigned to a name in it.")
    try:
        return json.loads("".join(_json(text, start.end())), strict=False)
    except (ValueError, RecursionError) as error:
        raise ShapeError(f"{place}: its list is no plain literal ({error}).") from error


def _json(text: str, start: int) -> Iterator[str]:
    """The literal's tokens as JSON, up to the bracket that closes it."""
    depth, comma = 0, ""
    for token in _TOKEN.finditer(text, start):
        kind, told = token.lastgroup, token.group()
        if kind in ("space", "comment"):
            continue
        if kind == "other":
            raise ValueError(f"{told!r} at character {token.start()}")
        if told == ",":
            comma = told
            continue
        yield ("" if told in _CLOSING else comma) + _quoted(kind, told)
        comma = ""
        depth += (told in _OPENING) - (told in _CLOSING)
        if depth == 0:
            return


def _quoted(kind: str | None, told: str) -> str:
    if kind == "key":
        return json.dumps(told)
    if kind != "text":
        return told
    # What stands between quotes of one kind needs no escape for the other: JSON has one kind.
    inner = _ESCAPE.sub(_as_json, told[1:-1])
    return f'"{inner}"'


def _as_json(found: re.Match[str]) -> str:
    """An escape, or a quote without one, as JSON has it."""
    if found["byte"]:
        return f"\\u00{found['byte']}"
    plain = {'"': '\\"', "\\'": "'", "\\`": "`", "\\v": "\\u000b", "\\0": "\\u0000", "\\\n": ""}
    return plain.get(found[0], found[0])
