"""Word lists of facts, as data: YAML files in this folder, each under a key of the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from audit.concepts import declarations

FOLDER = Path(__file__).parent
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


@lru_cache(maxsize=32)
def words(name: str) -> Words:
    """The list in ``name.yml``: value -> texts.

    Raises:
        UsageError: the file is no mapping of lists of lower-case texts.
    """
    path, raw = _declared(name)
    texts = {value: declarations.texts(path, raw, value) for value in raw}
    for value, given in texts.items():
        for text in given:
            if text != text.lower():
                raise declarations.wrong(path, value, f"{text!r} is not in lower case")
    return Words(texts)


@lru_cache(maxsize=32)
def expressions(name: str) -> dict[str, re.Pattern[str]]:
    """The expressions in ``name.yml``, each key's as one, for whole words of plain text.

    Raises:
        UsageError: the file is no mapping of lists, or one of them is no regular expression.
    """
    return {key: re.compile(rf"(?<![\w-])(?:{said})(?!\w)") for key, said in written(name).items()}


@lru_cache(maxsize=32)
def written(name: str) -> dict[str, str]:
    """The same as they are written, without bounds; ``{key}`` stands for another key's terms.

    Raises:
        UsageError: as above.
    """
    path, raw = _declared(name)
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


def _declared(name: str) -> tuple[Path, dict[str, Any]]:
    path = FOLDER / f"{name}.yml"
    raw = declarations.read(path, required={name}, optional=set())[name]
    if not isinstance(raw, dict):
        raise declarations.wrong(path, name, "not a mapping of values to lists of texts")
    return path, raw
