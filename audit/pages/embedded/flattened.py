"""Data that is written as a list of values in which everything else is a place, and Astro's."""

from __future__ import annotations

from typing import Any

_DEEPEST = 80
# A text that is longer than an answer is told once, like an object.
_LONG = 4_000


def unflattened(flat: list[Any]) -> Any:
    """The value that Nuxt (``{"key": 5}``) or Remix (``{"_4": 5}``) flattened into a list.

    What several places share is told at the first of them, so that little data stays little.
    """
    return _Flat(flat).value(0, 0)


class _Flat:
    def __init__(self, flat: list[Any]) -> None:
        self.flat = flat
        self.told: set[int] = set()

    def value(self, at: Any, depth: int) -> Any:
        """What stands at a place; ``None`` for what is no place, or was told before."""
        if type(at) is not int or not 0 <= at < len(self.flat) or depth > _DEEPEST:
            return None
        value = self.flat[at]
        is_short = isinstance(value, str) and len(value) <= _LONG
        if is_short or not isinstance(value, (dict, list, str)):
            return value
        if at in self.told:
            return None
        self.told.add(at)
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return {self.key(key): self.value(item, depth + 1) for key, item in value.items()}
        members = [self.value(item, depth + 1) for item in value if type(item) is int]
        # ``["Ref", 7]``: a wrapper's name, and what it wraps.
        is_wrapper = value and isinstance(value[0], str) and len(members) == 1
        return members[0] if is_wrapper else members

    def key(self, written: str) -> str:
        """A key: Remix writes the place of its name."""
        place = written[1:]
        if written[:1] == "_" and place.isdecimal() and int(place[:9]) < len(self.flat):
            name = self.flat[int(place[:9])]
            return name if isinstance(name, str) else written
        return written


def unpacked(value: Any, depth: int = 0) -> Any:
    """The properties of an Astro island: ``[0, value]``, ``[1, [values]]``, objects of such."""
    if isinstance(value, dict) and depth <= _DEEPEST:
        return {key: unpacked(item, depth + 1) for key, item in value.items()}
    if not isinstance(value, list) or len(value) != 2 or depth > _DEEPEST:
        return None
    kind, held = value
    if kind == 1 and isinstance(held, list):
        return [unpacked(item, depth + 1) for item in held]
    return unpacked(held, depth + 1) if isinstance(held, dict) else held
