"""The stream in which Next.js sends a page to its app router: rows of JSON, or of text.

``7:["$","p",...]`` is a row, ``9:T1f,`` one of 31 bytes of text that others name as ``"$9"``. The
pieces that are pushed end where they will, also inside a row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Any

from audit.pages.embedded.loose_json import first_value, quoted

_PUSHED = re.compile(r"__next_f\.push\(")
_ROW = re.compile(r"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),|([A-Z]{0,2}))")
_NAMED = re.compile(r"\$([0-9a-f]{1,8})")
_MAX_PUSHES, _MAX_ROWS, _DEEPEST = 1_000, 5_000, 200


def pushed(content: str) -> list[str]:
    """What a script adds to the stream."""
    pushes = islice(_PUSHED.finditer(content), _MAX_PUSHES)
    payloads = (first_value(content, push.end()) for push in pushes)
    return [p for payload in payloads if isinstance(payload, list) for p in payload
            if isinstance(p, str)]  # fmt: skip


def rows(pieces: Sequence[tuple[int, str]]) -> Iterator[tuple[int, Any]]:
    """The rows of a stream, each with the number of the piece's script that it begins in.

    Texts stand where they are named first; those that nothing names come last.

    Args:
        pieces: (the number of its script, what it adds), in order.
    """
    ends = list(accumulate(len(piece) for _, piece in pieces))
    texts: dict[str, tuple[int, str]] = {}
    read: list[tuple[int, Any]] = []
    for at, name, value in islice(_rows("".join(p for _, p in pieces)), _MAX_ROWS):
        script = pieces[bisect_right(ends, at)][0]
        if isinstance(value, str) and name:
            texts[name] = (script, value)
        else:
            read.append((script, value))
    for script, value in read:
        yield script, _with_texts(value, texts, 0)
    yield from texts.values()


def _rows(stream: str) -> Iterator[tuple[int, str, Any]]:
    """(place, name of a row of text or none, content) of each row."""
    at = 0
    while at < len(stream):
        row = _ROW.match(stream, at)
        begins = row.end() if row else at
        if row and row[2]:
            size = int(row[2], 16)
            text = stream[begins : begins + size].encode(errors="replace")[:size]
            said = text.decode(errors="ignore")
            yield at, row[1], said
            at = begins + max(len(said), 1)
            continue
        end = stream.find("\n", begins)
        end = len(stream) if end < 0 else end
        if not (row and row[3]):  # those with a letter are for the machine
            value = first_value(stream[begins:end])
            yield at, "", [value] if value is not None else list(quoted(stream[begins:end]))
        at = end + 1


def _with_texts(value: Any, texts: dict[str, tuple[int, str]], depth: int) -> Any:
    """A row with the texts that it names, each where it is named first."""
    if isinstance(value, str):
        named = _NAMED.fullmatch(value)
        return texts.pop(named[1])[1] if named and named[1] in texts else value
    if depth > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_with_texts(item, texts, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _with_texts(item, texts, depth + 1) for key, item in value.items()}
    return value
