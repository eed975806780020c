"""Conditions under a heading that says what the treatment is for, in whatever markup."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
BEYOND, SUICIDE = "claim.unsupported-conditions", "claim.suicide-benefit"
LISTS = {
    "list": "<ul><li>Low mood</li><li>Chronic pain</li><li>Suicidal thoughts</li></ul>",
    "icons": """<ul><li><i class="icon"></i><span>Chronic pain</span></li>
    <li><i class="icon"></i><span>Suicidal thoughts</span></li></ul>""",
    "headed cards": """<div><div><h3>Chronic pain</h3><p>Of nerves and joints.</p></div>
    <div><h3>Suicidal thoughts</h3><p>With your own doctor.</p></div></div>""",
    "plain cards": "<div><div><p>Chronic pain</p></div><div><p>Suicidal thoughts</p></div></div>",
    "links": """<ul><li><a href="/pain">Chronic pain</a></li>
    <li><a href="/dark">Suicidal thoughts</a></li></ul>""",
}
HEADINGS = (
    "What our infusions are for",
    "What we give ketamine for",
    "What brings people to us",
    "What these lozenges can be used for",
)


def asserted(heading: str, listed: str) -> set[str]:
    body = f"<h1>Ketamine in Fern Valley</h1><h2>{heading}</h2>{listed}"
    read = site.read_site(ENGINE, [captured(body)])
    return {c.rule_id for c in read.claims if c.status == "asserted"}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("heading", HEADINGS)
def test_what_it_is_for_is_said_to_be_treated(heading: str, listed: str) -> None:
    assert asserted(heading, listed) >= {BEYOND, SUICIDE}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize(
    "heading",
    ["What our magnet is for", "What the helpline is for", "What the intake form asks", "Library"],
)
def test_of_other_things_and_without_a_word_nothing_is_claimed(heading: str, listed: str) -> None:
    assert not asserted(heading, listed) & {BEYOND, SUICIDE}
