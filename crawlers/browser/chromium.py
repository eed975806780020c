"""Which Chromium this machine has; its name differs from system to system."""

from __future__ import annotations

import os
import shutil

# Where an operator names one.
VARIABLE = "KETAWATCH_CHROMIUM"
# The build without windows comes first: the same engine, for two thirds of the CPU time a page
# (benchmarks/rendering.py, plain pages: 0.25 against 0.37 seconds).
_NAMES = (
    *("chromium-headless-shell", "chrome-headless-shell"),
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)


def find() -> str | None:
    """The path of an installed Chromium; ``None`` where there is none."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return shutil.which(named) if named else None
    return next(filter(None, map(shutil.which, _NAMES)), None)
