"""JSON as people's programs write it, read so that nothing in it is dropped in silence."""

from __future__ import annotations

import json
from typing import Any


def parsed(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: it is no JSON, it is nested too deeply, or an object has a key twice, of which
            Python would keep the last one.
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"{next(k for k in keys if keys.count(k) > 1)!r} stands twice")
    return made
