"""The states of the USA, as pages write them, and their codes."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import data

FILE = Path(data.__file__).parent / "reference" / "us_states.csv"


@lru_cache(maxsize=1)
def codes() -> dict[str, str]:
    """Lower-case name -> two-letter code, of states, the capital's district and territories."""
    with FILE.open(encoding="utf-8", newline="") as file:
        known = {row["name"].lower(): row["code"] for row in csv.DictReader(file)}
    district = known["district of columbia"]
    return known | dict.fromkeys(
        ("washington, dc", "washington dc", "washington d.c.", "washington, d.c."), district
    )
