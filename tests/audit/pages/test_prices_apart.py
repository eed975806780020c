"""Prices whose sign, digits and unit a page builder sets in boxes of their own."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.facts import collect
from audit.pages.pages import read
from audit.site import site
from data.fact_kinds import FactKind
from tests.audit.captured_page import captured

PRICES = (FactKind.PRICE, FactKind.PRICE_FROM, FactKind.PRICE_TO)


def texts(body: str, kind: str = "") -> list[str]:
    page = read(f"<body>{body}".encode(), url="https://clinic.example/x")
    return [b.text for b in page.blocks if b.kind == kind or not kind]


def prices(body: str) -> set[tuple[str, str]]:
    """What the facts say, each quoted letter by letter from its block."""
    read_page = captured(f"<h1>Ketamine infusions</h1>{body}", "/pricing", "Pricing")
    engine = bundled_engine()
    facts = collect.of_site(engine, [read_page], site.read_site(engine, [read_page]))
    blocks = {(b.css_path, b.ordinal): b.text for b in read_page.text.blocks}
    for fact in facts:
        said = blocks[fact.css_path, fact.block_ordinal]
        assert said[fact.char_start : fact.char_end] == fact.quote
    return {(f.value, f.unit or "") for f in facts if f.kind in PRICES}


SPLIT = [
    ("<div><div>$</div><div>2,850</div><div>for six infusions</div></div>",
     "$2,850 for six infusions", ("2850", "USD for 6 infusions")),
    ("<div><p>$</p><p>249</p><p>/month</p></div>", "$249/month", ("249", "USD per month")),
    ("<div><h3>$450</h3><p>per session</p></div>", "$450 per session", ("450", "USD per session")),
    ("<div><div>From</div><div>£</div><div>325</div><div>an injection</div></div>",
     "From £325 an injection", ("325", "GBP per injection")),
    ("<div><div>$1,299.50</div><div>for all eight sessions</div></div>",
     "$1,299.50 for all eight sessions", ("1299.5", "USD for 8 sessions")),
    ("<ul><li><div>$</div><div>90</div><div>each visit</div></li></ul>",
     "$90 each visit", ("90", "USD per visit")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text", "fact"), SPLIT)
def test_a_price_in_pieces_is_one_text(body: str, text: str, fact: tuple[str, str]) -> None:
    assert text in texts(body)
    assert prices(body) == {fact}


@pytest.mark.parametrize(("body", "text", "fact"), SPLIT)
def test_a_card_says_its_price_in_one_line(body: str, text: str, fact: tuple[str, str]) -> None:
    card = f"<div class=pricing-card><h3>Six weeks</h3>{body}<ul><li>Nurse<li>Visit</ul></div>"
    (said,) = texts(card, "price-card")
    assert said == f"Six weeks\n{text}\nNurse\nVisit"
    assert prices(card) == {fact}


@pytest.mark.parametrize(
    "body",
    [
        "<p>$</p><p>Our nurses stay.</p>",
        "<p>2,850</p><p>for six infusions</p>",
        "<p>$450</p><p>A visit takes an hour.</p>",
        "<p>$450</p><p>a nurse stays with you</p>",
        "<p>$450</p><p>Per session</p>",
        "<ul><li>$450</li><li>per session</li></ul>",
        "<table><tr><td>$450</td><td>per session</td></tr></table>",
        "<header><p>$450</p></header><main><p>per session</p></main>",
    ],
)
def test_what_is_no_price_in_pieces_stays_apart(body: str) -> None:
    assert "$450 per session" not in texts(body, "paragraph")
    assert len(texts(body)) > 1 or "<table" in body


def test_the_words_around_a_price_stay() -> None:
    body = "<p>IV ketamine</p><p>$</p><p>460</p><p>each</p><p>We take cards.</p>"
    assert texts(body) == ["IV ketamine", "$460 each", "We take cards."]


CARD = "<div class=pricing-card><h3>{}</h3><p>$</p><p>2,950</p><p>for six</p><ul>{}</ul></div>"


def test_a_package_may_come_with_something_else() -> None:
    with_drip = "<li>Six infusions<li>Mood survey<li>One vitamin drip"
    assert prices(CARD.format("Package", with_drip)) == {("2950", "USD for 6 infusions")}
    of_drips = "<li>Six vitamin drips<li>Mood survey"
    page = f"<h2>Wellness</h2>{CARD.format('Package', of_drips)}<p>We offer ketamine.</p>"
    assert prices(page) == set()
    assert prices(CARD.format("Botox", "<li>One visit")) == set()
