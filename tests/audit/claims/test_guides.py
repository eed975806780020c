"""A guide to read is nobody who does something for patients."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances.found import Passage

GUIDES = "supervision.guide-role"


def told(text: str) -> set[str]:
    found = patterns().find(Passage(text=text, lines=frozenset({"in-clinic-iv"})))
    return {claim.stance for claim in found if claim.rule_id == GUIDES}


@pytest.mark.parametrize(
    "text", ["Start Guide", "Beginner's guide", "A ketamine guide and workbook come with it."]
)
def test_a_guide_to_read_is_none(text: str) -> None:
    assert not told(text)


def test_a_guide_who_sits_there_is_one() -> None:
    assert told("Your guide starts the session with you.") == {"states"}
