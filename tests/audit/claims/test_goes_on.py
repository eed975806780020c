"""A safeguard that is denied of one line is denied of that one, in the next sentence too."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances.found import Passage

SPRAY = "The spray itself isn't part of the $179."
BILLED = "The pharmacy bills you for it separately, and what they charge depends on the dose."
ALONE = "You take it at home alone, and nobody watches."


def lines(text: str, rule_id: str) -> list[frozenset[str]]:
    claims = (c for c in patterns().find(Passage(text)) if c.rule_id == rule_id)
    return [c.lines for c in sorted(claims, key=lambda c: c.start) if c.stance == "denies"]


@pytest.mark.parametrize(
    ("text", "rule_id", "expected"),
    [
        (f"{SPRAY} {BILLED}", "price.total-cost", [{"at-home-nasal", "spravato"}] * 2),
        (f"{BILLED} {SPRAY}", "price.total-cost", [set(), {"at-home-nasal", "spravato"}]),
        (f"Ketamine lozenges: {ALONE}", "supervision.live-monitoring", [{"at-home-oral"}]),
    ],
)
def test_the_line_of_a_denial(text: str, rule_id: str, expected: list[set[str]]) -> None:
    assert lines(text, rule_id) == expected
