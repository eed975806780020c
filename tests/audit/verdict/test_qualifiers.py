"""How near a claim its qualifier stands: beside it, on its page, elsewhere, nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.site import site
from audit.site.read_page import ReadPage
from audit.verdict import qualifiers
from audit.verdict.qualifiers import Near, Place
from data.models import Claim
from tests.audit.captured_page import captured
from tests.audit.small_engine import engine, qualifier, rule, says

CLAIM, LIMIT = "We claim it, and gladly.", "Some limits hold."
MADE = says("{claims-it}", if_negated="denies")
RULE = rule("claim.made", "required-qualifier", MADE, qualifier=qualifier(1, "limits-it"))
ENGINE = engine(RULE)


def places(*pages: ReadPage) -> list[Place]:
    claims = site.read_site(ENGINE, pages).claims
    return qualifiers.places(ENGINE, pages, [RULE], claims)[RULE.id]


def near(*bodies: str) -> list[Near]:
    """How near the qualifier is at each place, on pages with these bodies."""
    return [p.near for p in places(*(captured(b, f"/{n}") for n, b in enumerate(bodies)))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>{CLAIM} {LIMIT}</p>", Near.BESIDE),
        (f"<p>{LIMIT} {CLAIM}</p>", Near.BESIDE),
        (f"<p>{CLAIM}</p><p>{LIMIT}</p>", Near.BESIDE),
        (f"<h2>Results</h2><p>{CLAIM}</p><p>{LIMIT}</p>", Near.BESIDE),
        (f"<h2>Results</h2><p>{CLAIM}</p><h2>Notes</h2><p>{LIMIT}</p>", Near.ON_PAGE),
        (f"<dl><dt>Why?</dt><dd>{CLAIM}</dd><dt>How?</dt><dd>{LIMIT}</dd></dl>", Near.ON_PAGE),
        (f"<p>{CLAIM}</p><p>We like tea.</p><p>{LIMIT}</p>", Near.ON_PAGE),
        (f"<p>{LIMIT}</p><p>{CLAIM}</p>", Near.ON_PAGE),
        (f"<p>{CLAIM}*</p><p>We like tea.</p><p>*{LIMIT}</p>", Near.BESIDE),
        (f"<p>{CLAIM}<sup>1</sup></p><p>Tea.</p><footer>1 {LIMIT}</footer>", Near.BESIDE),
        (f"<p>{CLAIM}*</p><p>We like tea.</p><p>†{LIMIT}</p>", Near.ON_PAGE),
        (f"<p>{CLAIM}</p>", Near.NOWHERE),
        (f"<p>{CLAIM}</p><nav><ul><li>Home<li>{LIMIT}</ul></nav>", Near.NOWHERE),
        (f"<p>{CLAIM}</p><p>Tea.</p><footer><p>{LIMIT}</footer>", Near.ON_PAGE),
        (f"<p>{CLAIM}</p><p>Do some limits hold?</p>", Near.NOWHERE),
    ],
)
def test_on_one_page(body: str, expected: Near) -> None:
    assert near(body) == [expected]


def test_on_another_page() -> None:
    made, *others = places(captured(f"<p>{CLAIM}</p>", "/a"), captured(f"<p>{LIMIT}</p>", "/b"))
    assert not others
    assert made.near == Near.ELSEWHERE
    assert made.qualifier is not None
    assert (made.qualifier.capture_id, made.qualifier.quote) == ("/b", LIMIT)
    assert (made.qualifier.stance, made.qualifier.rule_id) == ("qualifies", RULE.id)


def test_a_page_that_repeats_the_claim_without_its_qualifier_is_a_place_of_its_own() -> None:
    whole, bare = f"<p>{CLAIM}</p><p>{LIMIT}</p>", f"<p>{CLAIM}</p><p>We like tea.</p>"
    found = places(captured(whole, "/a"), captured(bare, "/b"))
    assert [(p.claim.capture_id, p.near) for p in found] == [
        ("/a", Near.BESIDE),
        ("/b", Near.ELSEWHERE),
    ]


def test_what_both_say_on_every_page_is_qualified_on_every_page() -> None:
    assert near(*[f"<p>{CLAIM} {LIMIT}</p>"] * 3) == [Near.BESIDE] * 3


def test_the_claim_is_quoted_where_it_stands() -> None:
    page = captured(f"<p>We like tea.</p><p>{CLAIM}</p>")
    (made,) = places(page)
    block = next(b for b in page.text.blocks if b.text == CLAIM)
    claim = made.claim
    assert (claim.css_path, claim.block_ordinal) == (block.css_path, block.ordinal)
    assert block.text[claim.char_start : claim.char_end] == claim.quote == CLAIM


def test_so_many_qualifiers_as_the_rule_wants() -> None:
    two = replace(RULE, qualifier=qualifier(2, "limits-it", "second-limit"))
    known = engine(two)
    for said, expected in ((LIMIT, Near.NOWHERE), (f"{LIMIT} Another limit holds.", Near.BESIDE)):
        page = captured(f"<p>{CLAIM}</p><p>{said}</p>")
        claims = site.read_site(known, [page]).claims
        (made,) = qualifiers.places(known, [page], [two], claims)[two.id]
        assert made.near == expected


@pytest.mark.parametrize(
    "said", ["Do we claim it?", "If needed, we claim it.", "We do not say it. We disown it."]
)
def test_what_is_not_asserted_has_no_place(said: str) -> None:
    assert near(f"<p>{said}</p><p>{LIMIT}</p>") == []


def test_the_words_of_a_blog_make_no_claim() -> None:
    page = captured(f"<p>{CLAIM}</p>", "/blog/what-we-learned")
    assert page.text.page_type == "blog"
    assert places(page) == []


def test_a_rule_that_others_trigger_takes_their_claims_for_its_own() -> None:
    balance = rule(
        "risk.balance", "required-qualifier", triggered_by=("claim.made",),
        qualifier=qualifier(1, "second-limit"),
    )  # fmt: skip
    known = engine(RULE, balance)
    pages = [captured(f"<p>{CLAIM}</p><p>Another limit holds.</p>", "/a")]
    claims = site.read_site(known, pages).claims
    found = qualifiers.places(known, pages, [balance], claims)
    (made,) = found["risk.balance"]
    assert (made.near, made.claim.rule_id) == (Near.BESIDE, "risk.balance")
    assert made.claim.quote == CLAIM


def test_rules_without_a_qualifier_have_no_places() -> None:
    claim = places(captured(f"<p>{CLAIM}</p>"))[0].claim
    other = replace(RULE, kind="prohibited-claim", qualifier=None)
    assert qualifiers.places(ENGINE, [captured(f"<p>{CLAIM}</p>")], [other], [claim]) == {}


def test_a_claim_whose_block_is_gone_has_no_place() -> None:
    page = captured(f"<p>{CLAIM}</p>")
    lost: Claim = replace(places(page)[0].claim, css_path="html > body > p:nth-child(9)")
    assert qualifiers.places(ENGINE, [page], [RULE], [lost]) == {RULE.id: []}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>{CLAIM}</p><p>{LIMIT}</p>", Near.BESIDE),
        (f"<p>{CLAIM}*</p><p>We like tea.</p><p>*{LIMIT}</p>", Near.BESIDE),
        (f"<p>{CLAIM}</p><p>We like tea.</p><p>{LIMIT}</p>", Near.NOWHERE),
        (f"<p>{CLAIM}</p><h2>Prices</h2><p>{LIMIT}</p>", Near.NOWHERE),
        (f"<p>{CLAIM}</p><h2>Our guides</h2><p>{LIMIT}</p>", Near.ON_PAGE),
        (f"<p>{CLAIM}</p><p>Tea.</p><p>Ask the guides. {LIMIT}</p>", Near.ON_PAGE),
    ],
)
def test_far_from_the_claim_a_qualifier_has_to_be_about_the_same(body: str, expected: Near) -> None:
    about = replace(RULE, qualifier_about=frozenset({"guide-person"}))
    pages = [captured(body, "/")]
    claims = site.read_site(engine(about), pages).claims
    (place,) = qualifiers.places(engine(about), pages, [about], claims)[about.id]
    assert place.near == expected
