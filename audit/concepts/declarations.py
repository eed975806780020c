"""Reading of the YAML files that declare rules and concepts, with messages for their writers."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Any

import yaml

from data import yaml_text
from data.errors import UsageError


def read(path: Path, *, required: Set[str], optional: Set[str]) -> dict[str, Any]:
    """One file's mapping, with exactly the keys that are known.

    Raises:
        UsageError: the file is no YAML mapping, lacks a key or has an unknown one.
    """
    try:
        raw = yaml_text.parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(
            f"{path}: not readable as YAML: {' '.join(str(error).split())}."
        ) from error
    if not isinstance(raw, dict):
        raise UsageError(f"{path}: not a mapping of keys to values.")
    check_keys(path, raw, required=required, optional=optional)
    return raw


def check_keys(
    path: Path, raw: dict[str, Any], *, required: Set[str], optional: Set[str], where: str = ""
) -> None:
    """Refuse unknown and missing keys; ``where`` names the place inside the file.

    Raises:
        UsageError: naming the file, the place and the key.
    """
    known = required | optional
    for key in raw:
        if key not in known:
            raise UsageError(
                f"{path}: {where}{key}: unknown key.", f"Known: {', '.join(sorted(known))}."
            )
    for key in sorted(required):
        if key not in raw:
            raise UsageError(f"{path}: {where}{key}: missing.", "Add it.")


def wrong(path: Path, key: str, problem: str) -> UsageError:
    """The error for a key whose value is wrong."""
    return UsageError(f"{path}: {key}: {problem}.")


def text(path: Path, raw: dict[str, Any], key: str, default: str | None = None) -> str:
    """A value that has to be a text; folded YAML lines become one line."""
    value = raw.get(key, default)
    if not isinstance(value, str):
        raise wrong(path, key, f"{value!r} is not a text (put it in quotes)")
    return " ".join(value.split())


def texts(path: Path, raw: dict[str, Any], key: str) -> list[str]:
    """A value that has to be a list of texts."""
    value = raw.get(key)
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise wrong(path, key, "not a list of texts")
    return value
