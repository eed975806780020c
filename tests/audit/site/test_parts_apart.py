"""A price that leaves a part out does not contradict that this part is billed apart."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from data.vocabulary import ClaimStatus
from tests.audit.captured_page import captured

RULE = "price.total-cost"
HOME = "<main><h1>Ketamine at home</h1><p>We mail ketamine lozenges to your home.</p>{}</main>"
CARD = "<p>Membership costs $149 per month: one evaluation, follow-up visits{}.</p>"
APART = "<p>Medication is billed separately by the pharmacy, and its price varies by dose.</p>"


def stances(body: str) -> set[str]:
    found = site.read_site(bundled_engine(), [captured(HOME.format(body), "/pricing")]).claims
    asserted = [c for c in found if c.rule_id == RULE and c.status == ClaimStatus.ASSERTED]
    return {c.stance for c in asserted}


def test_what_is_billed_apart_of_another_service_is_in_its_own_price() -> None:
    spravato = (
        "<p>For Spravato the medication is billed separately by the pharmacy, and varies.</p>"
    )
    lozenges = CARD.format(" and coaching").replace("Membership", "The lozenge membership")
    assert stances(lozenges + spravato) == {"states", "denies"}


@pytest.mark.parametrize(
    ("included", "said", "expected"),
    [
        (" and coaching", APART, {"denies"}),
        (" and coaching", "", {"states"}),
        (", lozenges and shipping", APART, {"states", "denies"}),
        (" and coaching, all in", APART, {"states", "denies"}),
    ],
)
def test_what_is_billed_apart_is_in_no_price_that_leaves_it_out(
    included: str, said: str, expected: set[str]
) -> None:
    assert stances(CARD.format(included) + said) == expected
