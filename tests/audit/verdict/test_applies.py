"""Whether a rule applies: a price of one service is no price of another."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.verdict import applies
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
PRICE = ("price-amount",)


def priced(body: str, *lines: str) -> list[bool]:
    said = applies.spoken_of(
        ENGINE, [captured(f"<h1>Fernhill</h1>{body}")], ENGINE.catalog.rules.values()
    )
    return [applies.at(line, PRICE, said) for line in lines]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>Fees</h2><p>An infusion costs $650.</p>", [True, False]),
        ("<h2>Infusions</h2><h3>Fees</h3><p>You pay $650 each time.</p>", [True, False]),
        ("<h2>Fees</h2><p>You pay $650 each time.</p>", [True, True]),
        ("<h2>Fees</h2><p>A session costs $650. Spravato is $40 a visit.</p>", [True, True]),
        ("<h2>Spravato</h2><p>Your share is $40 a visit.</p>", [False, True]),
        ("<h2>Botox</h2><p>From $300.</p>", [False, False]),
        ("<h2>Fees</h2><p>We bill your insurer.</p>", [False, False]),
        ("<blockquote>I paid $650 for an infusion.</blockquote>", [False, False]),
    ],
)
def test_a_price_is_its_services(body: str, expected: list[bool]) -> None:
    assert priced(body, "in-clinic-iv", "spravato") == expected


def test_where_no_line_is_told_any_price_counts() -> None:
    assert priced("<p>An infusion costs $650.</p>", "all", "unknown") == [True, True]
