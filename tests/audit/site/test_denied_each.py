"""A denial of one condition does not stand against a claim for another."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from data.vocabulary import ClaimStatus
from tests.audit.captured_page import captured

RULE = "claim.unsupported-conditions"
HOME = "<main><h1>Ketamine</h1><p>We give ketamine infusions. Ketamine relieves PTSD.</p></main>"


@pytest.mark.parametrize(
    ("said", "stances"),
    [
        ("<h2>Do you treat OCD?</h2><p>We do not treat OCD.</p>", {"states"}),
        ("<h2>Do you treat PTSD?</h2><p>We do not treat PTSD.</p>", {"states", "denies"}),
        # By another name of it, or with all else.
        ("<p>We do not treat post-traumatic stress disorder.</p>", {"states", "denies"}),
        ("<p>We only treat depression, not OCD.</p>", {"states", "denies"}),
    ],
)
def test_only_what_is_named_is_taken_back(said: str, stances: set[str]) -> None:
    pages = [captured(HOME), captured(f"<main><h1>Questions</h1>{said}</main>", "/faq")]
    found = site.read_site(bundled_engine(), pages).claims
    made = {c.stance for c in found if c.rule_id == RULE and c.status == ClaimStatus.ASSERTED}
    assert made == stances


def test_a_claim_names_what_its_own_words_name_and_not_its_heading() -> None:
    asked = "<h2>Do you treat OCD?</h2><p>We do not treat OCD.</p><p>Ketamine relieves PTSD.</p>"
    found = site.read_site(bundled_engine(), [captured(f"<main>{asked}</main>", "/faq")]).claims
    made = {c.stance for c in found if c.rule_id == RULE and c.status == ClaimStatus.ASSERTED}
    assert made == {"states"}


def test_alone_it_stands() -> None:
    home = captured("<main><h1>Ketamine</h1><p>We give ketamine infusions.</p></main>")
    asked = captured("<main><h2>Do you treat OCD?</h2><p>We do not treat OCD.</p></main>", "/faq")
    found = site.read_site(bundled_engine(), [home, asked]).claims
    assert [c.status for c in found if c.rule_id == RULE] == [ClaimStatus.ASSERTED]
