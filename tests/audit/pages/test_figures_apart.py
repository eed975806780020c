"""A large figure and its sentence are one statement, wherever a builder puts them."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.pages.pages import Block, read
from audit.site import site
from tests.audit.captured_page import captured


def blocks(body: str) -> list[Block]:
    html = f"<html><head><title>T</title></head><body>{body}</body></html>"
    return [
        b for b in read(html.encode(), url="https://clinic.example/").blocks if b.kind != "meta"
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h3>9 out of 10</h3><p>of our members feel better within a month</p>",
         "9 out of 10 of our members feel better within a month"),
        ("<div><div>89%</div><div>of patients report relief</div></div>",
         "89% of patients report relief"),
        ("<div><h2>4 in 5</h2></div><div><p>noticed a change after two visits.</p></div>",
         "4 in 5 noticed a change after two visits."),
        ("<div class=stat><span style='display:block'>Over 70 %</span><p>Response rate</p></div>",
         "Over 70 % Response rate"),
        ("<section><div>60–70%*</div><div>Of people feel lighter</div></section>",
         "60–70%* Of people feel lighter"),
        ("<div><div>85</div><div>%</div><div>of members feel better</div></div>",
         "85 % of members feel better"),
        ("<div><strong>Two thirds</strong></div><div>of all clients sleep better</div>",
         "Two thirds of all clients sleep better"),
        ("<div><div>81%</div><h2>of members feel better after a month</h2></div>",
         "81% of members feel better after a month"),
    ],
)  # fmt: skip
def test_a_figure_and_the_words_that_go_on_from_it(body: str, text: str) -> None:
    (block,) = blocks(body)
    assert (block.text, block.kind) == (text, "paragraph")


@pytest.mark.parametrize(
    "body",
    [
        "<h3>9 out of 10</h3><p>Our members come from all walks of life.</p><p>They stay.</p>",
        "<div>6</div><div>sessions in a course</div>",
        "<div>6</div><div>%</div><div>Sessions in a course</div>",
        "<div>6 of us</div><div>%</div><div>of members feel better</div>",
        "<div>$450</div><div>for you and a friend</div>",
        "<h3>100%</h3><ul><li>of our nurses</li><li>all of our rooms</li></ul>",
        "<div>80% of us</div><div>of patients report relief</div>",
        "<div>89%</div><div><h4>Our patients</h4></div><p>They stay.</p>",
    ],
)
def test_a_figure_that_stands_by_itself(body: str) -> None:
    assert len(blocks(body)) > 1


def test_a_figure_apart_is_heard_with_its_claim() -> None:
    body = "<p>We offer ketamine lozenges.</p><h2>9 out of 10</h2><p>of our members feel better</p>"
    claims = site.read_site(bundled_engine(), [captured(body, "/ketamine")]).claims
    (quote,) = (c.quote for c in claims if c.rule_id == "claim.efficacy-statistics")
    assert quote == "9 out of 10 of our members feel better"
