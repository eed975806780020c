"""Kinds of option that ``click`` lets more through for than anybody can mean."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import click


class NamedPath(click.Path):
    """A path that names something.

    A variable that is not set leaves an empty text, which would be the folder where we are.
    """

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The path, unless the text is empty."""
        if not str(value).strip():
            self.fail("It is empty. Is a variable not set?", param, ctx)
        return super().convert(value, param, ctx)


class Finite(click.FloatRange):
    """A number that can be reckoned with: click takes ``nan`` and ``inf`` for numbers, too."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number, unless it is none."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is no number.", param, ctx)
        return number
