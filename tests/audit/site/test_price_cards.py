"""A price in one block and what it covers in the next."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from data.models import Claim
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
OURS = "<p>We offer ketamine infusions in our clinic.</p>"
PARTS = """<ul><li>Medical evaluation</li><li>All medication</li><li>Nurse visits</li>
<li>Integration therapy</li></ul>"""


def stated(body: str) -> list[Claim]:
    read = captured(OURS + body, "/pricing", "Pricing")
    found = site.read_site(ENGINE, [read]).claims
    texts = {(b.css_path, b.ordinal): b.text for b in read.text.blocks}
    for claim in found:
        assert texts[claim.css_path, claim.block_ordinal][claim.char_start : claim.char_end] == (
            claim.quote
        )
    return [c for c in found if (c.rule_id, c.stance) == ("price.total-cost", "states")]


@pytest.mark.parametrize(
    "body",
    [
        f"""<div class="card"><div>Starter course</div><div>$1,180</div><div>six infusions</div>
        <div>What you get</div>{PARTS}</div>""",
        f"""<h3>Six-infusion series</h3><div><span>$2,400</span></div>
        <div><p>Included:</p>{PARTS}</div>""",
        """<h2>Pricing</h2><h3>$399 for the first month</h3><p>4 sessions</p><p>No surprises. What
        you pay covers the consultation, the medicine, delivery and clinical support.</p>""",
        """<p>Six infusions cost $2,400.</p><p>The price includes the evaluation, all medication,
        nursing and two integration sessions.</p>""",
        f"""<div><div><h3>One</h3><p>$90 a visit</p><p>Talk.</p></div>
        <div><h3>Course</h3><p>$2,400</p><p>six infusions, included:</p>{PARTS}</div></div>""",
    ],
)
def test_a_card_in_several_blocks_says_one_thing(body: str) -> None:
    (claim,) = stated(body)
    assert "edicat" in claim.quote or "medicine" in claim.quote


@pytest.mark.parametrize(
    "body",
    [
        f"<h3>Six infusions: $2,400</h3><p>We take cards.</p><h3>The first visit</h3>{PARTS}",
        f"""<div><div><h3>Botox</h3><p>$300 per month</p></div>
        <div><h3>Weight program</h3><p>It includes:</p>{PARTS}</div></div>""",
        f"""<div><div><div>Botox</div><div>$300 per month</div></div>
        <div><div>Weight program</div><div>It includes:</div>{PARTS}</div></div>""",
        """<p>A single infusion costs $450.</p><p>Six sessions with an evaluation, medication and
        integration therapy are usual.</p>""",
        """<section><div class=pricing-card><h3>Booster</h3><p>$475</p><p>per visit</p>
        <p>For guests who return</p></div><p>Packages with therapy expire after six months, and can
        be given to somebody who has completed the free consultation.</p></section>""",
        """<h3>$399 for the first month</h3><p>4 sessions</p><p>The fee covers the consultation and
        therapy. Medicine is billed separately by the pharmacy, at prices that vary.</p>""",
        """<h3>Monthly plan: $349/month</h3><p>What's included</p><ul><li>Video visit with a
        clinician</li></ul><h3>Extras</h3><ul><li>Ketamine tablets</li><li>Shipping</li></ul>""",
        """<div><div>Glow</div><div>$199 a month</div><ul><li>Twelve lozenges</li>
        <li>All that is in Glimmer</li><li>A note from your guide</li></ul></div>""",
        "<h3>Six infusions: $2,400</h3><p>Includes a blanket and a soft chair.</p>",
    ],
)
def test_a_price_and_what_is_not_its_own(body: str) -> None:
    assert stated(body) == []


def test_what_one_block_says_is_said_once() -> None:
    body = "<p>Six infusions, $2,400, with evaluation, medicine and nursing.</p><p>Included:</p>"
    assert len(stated(body + PARTS)) == 1


def test_a_card_says_nothing_that_a_block_of_it_has_said() -> None:
    whole = "<p>Six infusions cost $2,400, with evaluation, all medication and nursing.</p>"
    assert len(stated(f"<div><h3>Six infusions</h3>{whole}<p>Included:</p>{PARTS}</div>")) == 1
