"""The formats of an export: every module ``publish/<format>_file.py`` is one, by being there."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publish.cells import Writer

_ENDING = "_file"


@dataclass(frozen=True, slots=True)
class Format:
    """How a table is written, its twin for spreadsheets, and whether a terminal can show it."""

    write: Writer
    twin: Writer | None = None
    text: bool = True


def names() -> list[str]:
    """All formats, without loading the libraries that they need."""
    files = Path(__file__).parent.glob(f"*{_ENDING}.py")
    return sorted(file.stem.removesuffix(_ENDING) for file in files)


def load(name: str) -> Format:
    """The ``FORMAT`` of a format's module."""
    found: Format = import_module(f"publish.{name}{_ENDING}").FORMAT
    return found
