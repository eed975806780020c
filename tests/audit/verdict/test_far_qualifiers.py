"""Far from a claim, single words that could be about anything qualify nothing."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from audit.verdict import qualifiers
from audit.verdict.qualifiers import Near
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
FAST = "<p>Ketamine lifts depression within hours.</p>"
OTHERS = "<p>Ketamine helps people with PTSD and OCD.</p>"
SHARE = "<p>Seven in ten of our patients feel better after ketamine.</p>"
SUICIDE = "<p>Ketamine takes away suicidal thoughts within hours.</p>"


def nearest(rule_id: str, claim: str, far: str) -> set[Near]:
    body = f"<h1>Ketamine infusions</h1>{claim}<h2>Good to know</h2><p>We are here.</p><p>{far}</p>"
    page = captured(body, "/ketamine", "Ketamine infusions")
    claims = site.read_site(ENGINE, [page]).claims
    found = qualifiers.places(ENGINE, [page], [ENGINE.catalog.rules[rule_id]], claims)
    return {place.near for place in found[rule_id]}


@pytest.mark.parametrize(
    ("rule_id", "claim", "far", "near"),
    [
        ("claim.rapid-lasting", FAST, "Many people find that the effect fades after a week or two.",
         Near.ON_PAGE),
        ("claim.rapid-lasting", FAST, "For some it wears off, and they come for a booster session.",
         Near.ON_PAGE),
        ("claim.rapid-lasting", FAST, "Sometimes it is a bag of fluids, and you may come back.",
         Near.NOWHERE),
        ("claim.rapid-lasting", FAST, "You may refer yourself; we return calls within two days.",
         Near.NOWHERE),
        ("claim.rapid-lasting", FAST, "Side effects may occur. Some rules are temporary rules.",
         Near.NOWHERE),
        ("claim.rapid-lasting", FAST, "For some the energy comes back first.", Near.NOWHERE),
        ("claim.unsupported-conditions", OTHERS, "For these uses the evidence is early and thin.",
         Near.ON_PAGE),
        ("claim.unsupported-conditions", OTHERS, "Our charts have no comparison group.",
         Near.NOWHERE),
        ("claim.efficacy-statistics", SHARE,
         "An uncontrolled survey of 400 of our patients; results vary.", Near.ON_PAGE),
        ("claim.efficacy-statistics", SHARE,
         "A handful of our patients found it helps, but the studies on those are small.",
         Near.NOWHERE),
        ("claim.suicide-benefit", SUICIDE, "On suicidal thoughts the help is short-lived.",
         Near.ON_PAGE),
        ("claim.suicide-benefit", SUICIDE, "Your pressure goes up for a while and comes back.",
         Near.NOWHERE),
    ],
)  # fmt: skip
def test_what_qualifies_from_afar(rule_id: str, claim: str, far: str, near: Near) -> None:
    assert max(nearest(rule_id, claim, far)) == near
