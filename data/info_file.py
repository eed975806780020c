"""``run.json`` and ``audit.json``: what a run and an audit say of themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from data.config import STORE_FORMAT
from data.errors import UsageError

_REMEDY = "Bring it back from a copy; nothing was changed."
_KINDS: dict[str, tuple[type, str]] = {
    "scope": (list, "a list"),
    "providers": (list, "a list"),
    "rules": (list, "a list"),
    "counts": (dict, "a set of keys and values"),
    "started_at": (str, "a text"),
    "finished_at": (str, "a text"),
    "store_format": (int, "a whole number"),
}


class Info(dict[str, Any]):
    """The file's keys; one that is not there is a damage that a message names."""

    def __init__(self, path: Path, found: dict[str, Any]) -> None:
        super().__init__(found)
        self._path = path

    def __missing__(self, key: str) -> Any:
        raise UsageError(f"{self._path}: {key}: missing.", _REMEDY)


def read(path: Path) -> Info:
    """Read one of the two.

    Raises:
        UsageError: it is damaged, or a newer version of ketawatch made it.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: unreadable ({error}).", _REMEDY) from error
    if not isinstance(found, dict):
        raise UsageError(f"{path}: unreadable (not a set of keys and values).", _REMEDY)
    for key, (kind, wanted) in _KINDS.items():
        if key in found and not isinstance(found[key], kind):
            raise UsageError(f"{path}: {key}: not {wanted}.", _REMEDY)
    version = found.get("store_format", 0)
    if version > STORE_FORMAT:
        raise UsageError(
            f"{path}: store_format {version} was made by a newer ketawatch (this one reads up to"
            f" {STORE_FORMAT}).",
            "Update ketawatch; nothing was changed.",
        )
    return Info(path, found)
