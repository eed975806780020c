"""Word lists as data: a YAML file holds one, under a key of the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit.concepts import declarations

_KEY = re.compile(r"\{([a-z_]+)\}")


class Word:
    """A value, and the span of the text that stands for it."""

    __slots__ = ("end", "start", "value")

    def __init__(self, value: str, start: int, end: int) -> None:
        self.value, self.start, self.end = value, start, end


class Words:
    """Values and the plain lower-case texts that stand for each; the longest text wins."""

    def __init__(self, texts: dict[str, list[str]]) -> None:
        self._value = {text: value for value, given in texts.items() for text in given}
        longest_first = sorted(self._value, key=len, reverse=True)
        self.one_of = f"(?:{'|'.join(map(re.escape, longest_first))})"
        self._found = re.compile(rf"(?<![\w-]){self.one_of}(?!\w)")
        self.texts = frozenset(self._value)

    def find(self, plain: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
        """The values that a plain text names between two places, from the left."""
        stop = len(plain) if end is None else end
        for match in self._found.finditer(plain, start, stop):
            yield Word(self._value[match.group()], match.start(), match.end())

    def value(self, plain: str) -> str | None:
        """The value that a plain text is the name of, if it is one."""
        return self._value.get(plain)


def words(path: Path) -> Words:
    """The list in a file: value -> texts.

    Raises:
        UsageError: the file is no mapping of lists of lower-case texts.
    """
    raw = _declared(path)
    texts = {value: declarations.texts(path, raw, value) for value in raw}
    for value, given in texts.items():
        for text in given:
            if text != text.lower():
                raise declarations.wrong(path, value, f"{text!r} is not in lower case")
    return Words(texts)


def expressions(path: Path) -> dict[str, re.Pattern[str]]:
    """The expressions in a file, each key's as one, for whole words of plain text.

    Raises:
        UsageError: the file is no mapping of lists, or one of them is no regular expression.
    """
    return {key: re.compile(rf"(?<![\w-])(?:{said})(?!\w)") for key, said in written(path).items()}


def written(path: Path) -> dict[str, str]:
    """The same as they are written, without bounds; ``{key}`` stands for another key's terms.

    Raises:
        UsageError: as above.
    """
    raw = _declared(path)
    joined: dict[str, str] = {}
    for key in raw:
        said = "|".join(declarations.texts(path, raw, key))
        try:
            joined[key] = _KEY.sub(lambda m: f"(?:{joined[m[1]]})", said)
            re.compile(joined[key])
        except KeyError as error:
            raise declarations.wrong(path, key, f"no key {error} above it") from error
        except re.error as error:
            raise declarations.wrong(path, key, str(error)) from error
    return joined


def _declared(path: Path) -> dict[str, Any]:
    name = path.stem
    raw = declarations.read(path, required={name}, optional=set())[name]
    if not isinstance(raw, dict):
        raise declarations.wrong(path, name, "not a mapping of values to lists of texts")
    return raw
