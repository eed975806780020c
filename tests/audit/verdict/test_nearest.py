"""The nearest miss: it speaks of the rule's subject, in running text, or there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.claims.engines import bundled_engine
from audit.verdict import nearest
from data.models import Claim
from tests.audit.captured_page import captured
from tests.audit.tiny_reader import tiny_reader

ENGINE = bundled_engine()


def found(body: str, rule_id: str, path: str = "/faq") -> Claim | None:
    read = captured(body, path, "Blood pressure and pregnancy")
    found = nearest.nearest(ENGINE, [read], [ENGINE.catalog.rules[rule_id]]).get(rule_id)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("rule_id", "body", "quote"),
    [
        ("supervision.vitals", "<ul><li>Eye mask</li><li>Blood pressure monitor</li></ul>",
         "Blood pressure monitor"),
        ("supervision.live-monitoring", "<p>Our nurses prepare each session. Wear wool.</p>",
         "Our nurses prepare each session."),
        ("screening.pregnancy", "<p>She treats mood disorders in pregnancy.</p>",
         "She treats mood disorders in pregnancy."),
        ("screening.psychosis-mania", "<p>Certain medical conditions rule you out.</p>",
         "Certain medical conditions rule you out."),
        ("disclosure.compounded", "<p>A pharmacy in the next town fills your order.</p>",
         "A pharmacy in the next town fills your order."),
        ("supervision.live-monitoring",
         """<h2>Botox</h2><p>Our nurses watch each session.</p>
         <h2>Rooms</h2><p>Our nurses prepare each session.</p>""",
         "Our nurses prepare each session."),
        ("supervision.emergency-plan", "<p>If this is an emergency, call 911 or 988.</p>",
         "If this is an emergency, call 911 or 988."),
    ],
)  # fmt: skip
def test_the_nearest_miss_is_about_the_subject(rule_id: str, body: str, quote: str) -> None:
    near = found(body, rule_id)
    assert near is not None and near.quote == quote
    assert near.set_aside_reason == "near_miss"


@pytest.mark.parametrize(
    ("rule_id", "body"),
    [
        ("screening.pregnancy", "<p>We offer weekend hours, parking and tea.</p>"),
        ("screening.pregnancy", "<p>May I come if I am pregnant?</p>"),
        ("screening.pregnancy", "<h2>Pregnancy and lactation</h2><p>Ask at the desk.</p>"),
        ("screening.pregnancy", "<nav><ul><li>Mood care in pregnancy</li><li>Fees</li></ul></nav>"),
        ("screening.pregnancy", "<footer><a href='/x'>Pregnancy</a></footer>"),
        ("screening.pregnancy", "<button>Treatment in pregnancy explained</button>"),
        ("supervision.emergency-plan", "<p>We will adjust the plan at your consultation.</p>"),
        ("disclosure.compounded", "<p>Clinician-guided ketamine treatment for low mood.</p>"),
        ("disclosure.off-label", "<p>Ketamine-assisted therapy: ask for our current fees.</p>"),
    ],
)
def test_without_a_word_on_the_subject_there_is_none(rule_id: str, body: str) -> None:
    assert found(body, rule_id) is None


@pytest.mark.parametrize("path", ["/blog/on-pregnancy", "/reviews"])
def test_it_is_the_providers_own_words(path: str) -> None:
    assert (
        found("<p>She treats mood disorders in pregnancy.</p>", "screening.pregnancy", path) is None
    )


def test_the_closer_subject_wins_over_the_earlier_page() -> None:
    body = "<p>Certain medical conditions rule you out.</p><p>She treats mothers in pregnancy.</p>"
    near = found(body, "screening.pregnancy")
    assert near is not None and near.quote == "She treats mothers in pregnancy."


def test_of_two_with_one_subject_the_reader_says_which_is_nearer(tmp_path: Path) -> None:
    weights = {"gladly": {("supervision.vitals", "states"): 50}}
    told = ENGINE.with_reader(tiny_reader(tmp_path, weights))
    rule = ENGINE.catalog.rules["supervision.vitals"]
    body = "<p>Blood pressure monitor.</p><p>Blood pressure monitor, gladly sent.</p>"
    ((claim, passage),) = nearest.nearest(told, [captured(body, "/faq")], [rule]).values()
    assert claim.quote == passage.text == "Blood pressure monitor, gladly sent."
    assert (claim.decided_by, claim.score) == ("reader", 50.0)


def test_a_prohibited_claim_has_no_nearest_miss() -> None:
    assert found("<p>The FDA approved ketamine in 1970.</p>", "claim.fda-approved") is None


def test_the_quote_of_a_table_row_is_the_row() -> None:
    table = (
        "<table><tr><th>In the box</th><th>For</th></tr>"
        "<tr><td>Blood pressure cuff</td><td>Lozenge patients alone</td></tr></table>"
    )
    near = found(table, "supervision.vitals")
    assert near is not None and near.quote == "Blood pressure cuff Lozenge patients alone"


def test_a_link_in_a_footer_is_no_statement() -> None:
    link = "<p>Mood care in pregnancy</p>"
    near = found(link, "screening.pregnancy")
    assert near is not None and near.quote == "Mood care in pregnancy"
    assert found(f"<footer>{link}</footer>", "screening.pregnancy") is None
