"""Word lists of facts, as data: YAML files in this folder, each under a key of the file's name."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from audit.concepts import word_lists
from audit.concepts.word_lists import Word, Words

__all__ = ["FOLDER", "Word", "Words", "expressions", "words", "written"]

FOLDER = Path(__file__).parent


@lru_cache(maxsize=32)
def words(name: str) -> Words:
    """The list in ``name.yml``: value -> texts."""
    return word_lists.words(FOLDER / f"{name}.yml")


@lru_cache(maxsize=32)
def expressions(name: str) -> dict[str, re.Pattern[str]]:
    """The expressions in ``name.yml``, each key's as one, for whole words of plain text."""
    return word_lists.expressions(FOLDER / f"{name}.yml")


@lru_cache(maxsize=32)
def written(name: str) -> dict[str, str]:
    """The same as they are written, without bounds; ``{key}`` stands for another key's terms."""
    return word_lists.written(FOLDER / f"{name}.yml")
