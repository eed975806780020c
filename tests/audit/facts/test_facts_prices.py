"""Prices in all their shapes, what they cover, and sums that are no price of care."""

from __future__ import annotations

import pytest

from tests.audit.fact_pages import listed, paragraph, row, told

PRICES = ("price", "price-from", "price-to")

SAID = [
    ("Membership is $249 per month.", {"249 | USD per month"}),
    ("Plans start at $399.", {"399 | USD"}),
    ("6 sessions for $2,400", {"2400 | USD for 6 sessions"}),
    ("Each infusion costs $450.", {"450 | USD per infusion"}),
    ("Our infusions are $425 each.", {"425 | USD per infusion"}),
    ("Infusions run $400 to $600 each.", {"400 | USD per infusion", "600 | USD per infusion"}),
    ("Initial consultation: $250", {"250 | USD per consultation"}),
    ("We bill $229 every 28 days.", {"229 | USD per 28 days"}),
    ("$189/ every 4 weeks", {"189 | USD per 4 weeks"}),
    ("The course fee is £3,300 for six sessions.", {"3300 | GBP for 6 sessions"}),
    ("A first course comes to roughly 2,900 dollars.", {"2900 | USD"}),
    ("Lozenges cost between 48 and 70 dollars.", {"48 | USD", "70 | USD"}),
    ("New visit $180 · Booster $310", {"180 | USD per visit", "310 | USD per booster"}),
    ("A course of six infusions over three weeks is $3,150.", {"3150 | USD for 6 infusions"}),
    ("From $399* per infusion", {"399 | USD per infusion"}),
    ("Ketamine lozenges: $79", {"79 | USD"}),
    ("The evaluation fee is $199.50.", {"199.5 | USD per consultation"}),
    ("C$390 per infusion, paid on the day.", {"390 | CAD per infusion"}),
    (
        "Six sessions at $425 each, $2,550 in all.",
        {"425 | USD per session", "2550 | USD"},
    ),
    ("Your plan: $179\u202fa month, billed by card.", {"179 | USD per month"}),
    ("A 60-90 minute session costs $290.", {"290 | USD per session"}),
    ("We charge $310 for a 60-minute session.", {"310 | USD per session"}),
    ("Six 90-minute sessions cost $1,900.", {"1900 | USD for 6 sessions"}),
    ("An infusion costs $410—$640.", {"410 | USD per infusion", "640 | USD per infusion"}),
    ("An infusion costs USD 410.", {"410 | USD per infusion"}),
    ("We charge $410 CAD per infusion.", {"410 | CAD per infusion"}),
    ("Sessions start at just $135", {"135 | USD per session"}),
    ("An infusion costs $\u200b410.", {"410 | USD per infusion"}),
    ("The infusion is $410, which is $90 less than in town.", {"410 | USD per infusion"}),
    ("Infusion: regular price $520, now $410", {"410 | USD"}),
    ("An infusion is $399, down from $499.", {"399 | USD per infusion"}),
    ("An infusion is $399 down from $499.", {"399 | USD per infusion"}),
    ("An infusion is $475 with payment plans from $99 a month.", {"475 | USD per infusion"}),
    ("Financing is available for the $2,400 infusion package.", {"2400 | USD per infusion"}),
]


def test_a_sum_with_a_plus_is_the_least() -> None:
    assert told(paragraph("$129+ per session"), "price-from") == {"129 | USD per session"}


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_prices_in_running_text(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), *PRICES) == expected


TRAPS = [
    "An infusion costs $1.250,00.",
    "Each infusion costs $4OO.",
    "Cancel with less than a day's notice and the fee is $75.",
    "Late arrivals pay $40.",
    "Bring a friend and you both save $50 on a session.",
    "Every review enters a draw for a $25 gift card.",
    "$5 from every kit goes to a charity for sailors.",
    "Fresh from raising $12M, we open more rooms.",
    "Most clinics charge $600 per infusion.",
    "There are companies that mail lozenges for $129 a month to anyone.",
    "You can find clinics where an infusion costs $900.",
    "In the United States an infusion costs $400 to $800.",
    "One session ranges from $275 to $1,300, depending on the type of treatment.",
    "Imagine one price of $600 for six sessions.",
    "How would $99 per month sound?",
    "Unlike others, who charge $900 per visit, we keep it simple.",
    "You may owe a $30 copay for the visit.",
    "Financing as low as $89 a month through our lender.",
    "Pay for the program in 4 interest-free payments of $99.",
    "T-shirts from our walk are $20.",
    "Was it worth it? I paid $2,000 for six infusions.",
    "A second clinic would cost $1,000 per month.",
    "We do not charge $50 per visit.",
    "If your bill is $400 above the estimate you may dispute it.",
    "Our weight-loss program with semaglutide is $299 per month.",
    "TMS sessions are $220 each.",
    "Traditional therapy costs $200 per visit.",
    "Ketamine sessions start anywhere from $300 to $900 each.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_other_sums_are_no_prices(text: str) -> None:
    assert told(paragraph(text), *PRICES) == set()


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        (("Service", "Fee"), ("Evaluation", "$280"), {"280 | USD per consultation"}),
        (("Service", "Price per session"), ("Preparation", "$140"), {"140 | USD per session"}),
        (("Item", "How many", "Sum"), ("Sessions with a nurse", "8", "$2,120"), {"2120 | USD"}),
        (("", "With us", "Other clinics"), ("One infusion", "$430", "$900"),
         {"430 | USD per infusion"}),
        (("Service", "Fee"), ("Late cancellation", "$60"), set()),
        (("Service", "Fee"), ("Botox", "$12 per unit"), set()),
        (("Treatment option", "Cost"), ("Hospital visit", "$900"), set()),
        (("Treatment option", "Cost"), ("Our home visit", "$249"), {"249 | USD per visit"}),
    ],
)  # fmt: skip
def test_rows_of_a_table(
    heads: tuple[str, ...], cells: tuple[str, ...], expected: set[str]
) -> None:
    assert told(row(heads, *cells), *PRICES, path="/pricing") == expected


CARD = """<div class="price-card"><h3>Starter</h3><p>$189</p><p>per month</p>
<ul><li>Video visit with a nurse practitioner</li><li>Eight troches</li></ul>
<a class="btn" href="/go">Choose Starter</a><p>Cancel anytime</p></div>"""
BOXES = """<h2>Pricing</h2><h3>One session</h3><div>$</div><div>265</div><div>each</div>
<ul><li>A nurse for two hours</li><li>A call the next morning</li></ul>"""
COVERS = "price-covers"


def test_a_card_is_a_price_and_what_it_covers() -> None:
    assert told(CARD, *PRICES) == {"189 | USD per month"}
    assert told(CARD, COVERS) == {
        "Video visit with a nurse practitioner; Eight troches | 189 USD per month"
    }


def test_a_price_in_boxes_of_its_own_belongs_to_its_heading() -> None:
    assert told(BOXES, *PRICES, path="/pricing") == {"265 | USD per session"}
    assert told(BOXES, COVERS, path="/pricing") == {
        "A nurse for two hours; A call the next morning | 265 USD per session"
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph("$349 a month covers video visits and shipping."),
         {"video visits and shipping | 349 USD per month"}),
        (paragraph("Six sessions at home, $1,450. Includes the visit, needles and a sharps bin."),
         {"the visit, needles and a sharps bin | 1450 USD for 6 sessions"}),
        (listed("What is included", "Two visits", "The medicine"), {"Two visits; The medicine"}),
        (row(("Service", "Fee", "Includes"), "Infusion", "$430", "Nurse and juice"),
         {"Nurse and juice | 430 USD per infusion"}),
        (paragraph("$149 a month does not cover the medicine."), set()),
        (paragraph("The $400 fee covers the drip only; labs are extra."), set()),
        (listed("What is not included", "Labs", "Shipping"), set()),
        (paragraph("This page covers side effects and how we treat them."), set()),
    ],
)  # fmt: skip
def test_what_a_price_covers(body: str, expected: set[str]) -> None:
    assert told(body, COVERS) == expected


def test_wages_are_no_prices() -> None:
    body = paragraph("We pay $50 per session.")
    assert told(body, *PRICES, path="/careers", title="Careers | Invented Clinic") == set()
    assert told(body, *PRICES) == {"50 | USD per session"}


def test_a_page_about_vitamins_has_no_prices_of_ours() -> None:
    body = "<h1>Wellness drips</h1><h2>Morning mist</h2><p>$149 per infusion</p>"
    assert told(body, *PRICES, title="Wellness drips | Invented Ketamine") == set()


def test_a_table_of_prices_elsewhere_tells_only_our_own_row() -> None:
    rows = [["", "First month"], ["IV clinic, city", "$2,400"], ["Spravato, uninsured", "$5,000"],
            ["Larkfield lozenges", "$429"]]  # fmt: skip
    lines = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows)
    table = f"<h3>What you would pay elsewhere</h3><table>{lines}</table>"
    page = {"path": "/pricing", "title": "Prices | Larkfield"}
    assert {p.split()[0] for p in told(table, *PRICES, **page)} == {"429"}
    own = table.replace("elsewhere", "here")
    assert len(told(own, *PRICES, **page)) == 3
