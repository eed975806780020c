"""How pages really say it: lists after a "not", no apostrophes, others named by their place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()


def asserted(said: str) -> set[tuple[str, str]]:
    body = f"<h1>Fernhill</h1><h2>Ketamine infusions</h2><p>{said}</p>"
    read = site.read_site(ENGINE, [captured(body, "/how-it-works", "How it works")])
    return {(c.rule_id, c.stance) for c in read.claims if c.status == "asserted"}


@pytest.mark.parametrize(
    ("said", "rule_id", "stance"),
    [
        ("We do not employ sitters, coaches or guides.", "supervision.guide-role", "denies"),
        ("We do not employ sitters, drummers, dancers, monks or guides.",
         "supervision.guide-role", "denies"),
        ("We do not hurry, and we employ guides.", "supervision.guide-role", "denies?"),
        ("We never hurry, and each member works with a guide.", "supervision.guide-role", "states"),
        ("We do not rush anybody, and our guides help you choose the music.",
         "supervision.guide-role", "states"),
        ("Never think that you will feel better in a day, or that ketamine is FDA approved for it.",
         "claim.fda-approved", "denies"),
        ("Do not think that ketamine cures, that it is safe for all, or that it is FDA approved.",
         "claim.fda-approved", "denies"),
        ("We do not rush you, nor do we hide it: ketamine is FDA approved for depression.",
         "claim.fda-approved", "states"),
        ("Ketamine isnt FDA approved for depression.", "claim.fda-approved", "denies"),
        ("FDA approval for depression: none.", "claim.fda-approved", "denies"),
        ("Ketamine has yet to be FDA approved for depression.", "claim.fda-approved", "denies"),
        ("The FDA declined to approve ketamine for depression.", "claim.fda-approved", "denies"),
        ("Ketamine is FDA approved for anesthesia, not for depression.",
         "claim.fda-approved", "denies"),
        ("Ketamine is not - and has never been - FDA approved for depression.",
         "claim.fda-approved", "denies"),
        ("Myth: Ketamine is FDA approved for depression. Fact: It is not.",
         "claim.fda-approved", "denies"),
        ("Ketamine is an FDA-approved anesthetic used off-label for depression.",
         "claim.fda-approved", "states?"),
        ("Ketamine is FDA-approved for anesthesia since 1970; for depression it is off-label.",
         "claim.fda-approved", "states?"),
        ("Ketamine is a non-FDA-approved treatment for depression.",
         "claim.fda-approved", "states?"),
        ("Ketamine is not only FDA approved for depression but covered.",
         "claim.fda-approved", "states"),
        ("There is no doubt that ketamine is FDA approved for depression.",
         "claim.fda-approved", "states"),
        ("No nurse stays with you during the session.",
         "supervision.live-monitoring", "denies"),
        ("A nurse is not present during your session.", "supervision.live-monitoring", "denies"),
        # Heard as a near miss only: the second reader is not sure of this denial.
        ("A nurse no longer stays with you during the session.",
         "supervision.live-monitoring", "states?"),
        ("A nurse, not a robot, monitors you during the session.",
         "supervision.live-monitoring", "states"),
        ("There are no needles, a nurse stays with you during the session.",
         "supervision.live-monitoring", "states"),
        ("Without needles, nurses monitor you during the session.",
         "supervision.live-monitoring", "states"),
        ("Ketamine doesnt cure depression.", "claim.cure-guarantee", "denies"),
        ("A nurse sits in the room with you and does not leave the room during the session.",
         "supervision.live-monitoring", "states"),
        ("Our clinic across the river says that ketamine is not addictive.",
         "claim.non-addictive", "states"),
        ("The pain center across the river says that ketamine is not addictive.",
         "claim.non-addictive", "states?"),
        ("A spa in the next town says that ketamine is FDA approved for depression.",
         "claim.fda-approved", "states?"),
        ("At the clinic across from the station, a nurse checks your blood pressure each time.",
         "supervision.vitals", "states"),
    ],
)  # fmt: skip
def test_what_a_sentence_says(said: str, rule_id: str, stance: str) -> None:
    """``states?``: is not stated."""
    found = asserted(said)
    if stance.endswith("?"):
        assert (rule_id, stance[:-1]) not in found
    else:
        assert {s for r, s in found if r == rule_id} == {stance}


@pytest.mark.parametrize(
    "body",
    [
        "<h3>Myth</h3><p>Ketamine cures depression.</p><h3>Fact</h3><p>It helps many.</p>",
        "<h3>Myth #2</h3><p>Ketamine cures depression.</p>",
        "<table><tr><th>Myth<th>Fact<tr><td>Ketamine cures depression.<td>It helps many.</table>",
    ],
)
def test_a_myth_is_nobodys_claim(body: str) -> None:
    assert ("claim.cure-guarantee", "states") not in asserted(f"</p>{body}<p>")


FAST = "You may feel better within a day."
RAPID = "claim.rapid-lasting"


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        (f"{FAST} The effect fades, and maintenance infusions are needed.", "qualifies"),
        (f"{FAST} It can wear off within two weeks.", "qualifies"),
        (f"{FAST} We offer maintenance infusions.", "states"),
        (f"{FAST} Maintenance infusions from $400.", "states"),
        (f"{FAST} Our maintenance plan includes two infusions.", "states"),
    ],
)
def test_maintenance_on_offer_is_no_limit(said: str, stance: str) -> None:
    assert {s for r, s in asserted(said) if r == RAPID} == {stance}


def test_what_keeps_an_effect_up_is_no_claim_that_it_lasts() -> None:
    said = "In order for the benefits to last, a maintenance regimen is needed."
    assert RAPID not in {rule for rule, _ in asserted(said)}


STREET = {"streetAddress": "12 Mill Lane", "addressLocality": "Elmford", "addressRegion": "OR",
          "postalCode": 97001}  # fmt: skip
PHONE = "(555) 010-7788"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"telephone": PHONE, "address": STREET}, True),
        ({"telephone": [PHONE, "(555) 010-7789"], "address": [STREET]}, True),
        ({"contactPoint": [{"telephone": PHONE}], "address": STREET}, True),
        ({"location": {"telephone": PHONE, "address": STREET}}, True),
        ({"telephone": PHONE, "address": {**STREET, "addressRegion": {"name": "OR"}}}, True),
        ({"author": {"@type": "Person", "telephone": PHONE, "address": STREET}}, False),
        ({"address": STREET}, False),
        ({"telephone": PHONE}, False),
    ],
)
def test_an_address_that_only_data_gives(data: dict[str, Any], told: bool) -> None:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script><p>Welcome.</p>'
    read = site.read_site(ENGINE, [captured(script)])
    assert ("identity.contact" in {c.rule_id for c in read.claims}) is told
