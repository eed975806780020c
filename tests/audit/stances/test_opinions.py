"""In a post of a house, what somebody thinks that others should do tells nothing of the house."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances.found import Passage
from data.vocabulary import SetAside, Voice

RULE = "screening.suicide-risk"


def asides(text: str, voice: str) -> set[str | None]:
    found = patterns().find(Passage(text=text, voice=voice, page_type="blog"))
    return {c.set_aside for c in found if c.rule_id == RULE}


@pytest.mark.parametrize(
    "text",
    [
        "Doctors ought to screen everyone for suicide risk.",
        "A careful clinic would screen everyone for suicide risk.",
        "My sister, who is a nurse, thinks prescribers should screen for suicide risk.",
        "Somebody must screen people for suicide risk, she says.",
    ],
)
def test_what_others_should_do(text: str) -> None:
    assert asides(text, Voice.BLOG) == {SetAside.OTHER_PARTY}


@pytest.mark.parametrize(
    "text",
    [
        "We screen everyone for suicide risk before the first dose.",
        "Doctors ought to ask, and we screen everyone for suicide risk.",
        "We screen everyone for suicide risk, as any clinic should.",
    ],
)
def test_what_the_house_does(text: str) -> None:
    assert asides(text, Voice.BLOG) == {SetAside.BLOG}
    assert asides(text, Voice.PROVIDER) == {None}
