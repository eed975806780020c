"""Facts of whole sites: who speaks, each once, and of which line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit import facts
from audit.claims.passages import readable
from audit.site import site
from data.fact_kinds import FactKind
from data.models import Fact
from tests.audit.fact_pages import ENGINE, captured, facts_of, told

PRICE = "<p>Each infusion costs $450.</p>"


def as_said(found: tuple[Fact, ...], *kinds: str) -> list[tuple[str, str | None]]:
    return [(f.value, f.service_line) for f in found if f.kind in kinds]


@pytest.mark.parametrize(
    ("path", "body", "heard"),
    [
        ("/", PRICE, True),
        ("/legal/terms", PRICE, True),
        ("/blog/costs", PRICE, False),
        ("/blog/costs", f"<footer>{PRICE}</footer>", True),
        ("/reviews", PRICE, False),
        ("/", f"<blockquote class='testimonial'>{PRICE}</blockquote>", False),
        ("/consent", PRICE, False),
    ],
)
def test_only_the_provider_speaks_of_itself(path: str, body: str, heard: bool) -> None:
    assert bool(told(body, "price", path=path)) is heard


def test_json_ld_is_the_providers_voice() -> None:
    data = '{"@type": "MedicalClinic", "description": "We treat depression in a quiet house."}'
    body = f'<script type="application/ld+json">{data}</script><p>Welcome to our house.</p>'
    assert told(body, "condition") == {"depression"}


@pytest.mark.parametrize(
    "body",
    [
        "<p>“Each infusion cost me $450, and it was worth it.” Dana</p>",
        """<script type="application/ld+json">{"@type": "Review",
        "reviewBody": "Each infusion cost me $450, and it was worth it."}</script>""",
    ],
)
def test_a_patients_words_are_not_the_providers(body: str) -> None:
    assert told(body, "price") == set()


def test_a_fact_is_there_once_and_quoted_from_its_first_page() -> None:
    footer = "<footer><p>(208) 555-0142</p></footer>"
    home, team = captured(footer), captured(footer + "<p>Call 208.555.0142.</p>", "/team")
    (fact,) = facts_of([home, team])
    assert (fact.kind, fact.value) == (FactKind.TELEPHONE, "+12085550142")
    assert (fact.capture_id, fact.quote) == ("/", "(208) 555-0142")


def test_the_same_price_for_another_line_is_another_fact() -> None:
    body = "<p>Ketamine lozenges are $99 per month.</p><p>Spravato visits are $99 per month.</p>"
    found = facts_of([captured(body)])
    assert as_said(found, "price") == [("99", "at-home-oral"), ("99", "spravato")]


def test_a_heading_names_the_line_where_the_words_do_not() -> None:
    body = "<h2>IV ketamine infusions</h2><p>The fee is $450 for each visit.</p>"
    assert as_said(facts_of([captured(body)]), "price") == [("450", "in-clinic-iv")]
    two = "<p>Infusions or lozenges: the fee is $450 for each visit.</p>"
    assert as_said(facts_of([captured(two)]), "price") == [("450", None)]


def test_a_page_that_never_names_ketamine_has_no_prices_of_ours() -> None:
    body = "<h1>Sleep school</h1><p>Each session costs $80.</p><p>(208) 555-0142</p>"
    bare = captured(body)
    without = replace(bare.text, blocks=tuple(b for b in bare.text.blocks if b.region != "footer"))
    found = facts.of_site(ENGINE, [replace(bare, text=without)], site.SiteReading())
    assert [f.kind for f in found] == ["telephone"]
    assert told(body, "price") == {"80 | USD per session"}


def test_lines_and_dose_forms_come_from_offers() -> None:
    body = """<p>A hospital nearby offers Spravato.</p>
    <p>We prescribe ketamine lozenges and troches that you take at home.</p>"""
    found = facts_of([captured(body)])
    assert as_said(found, "service-line") == [("at-home-oral", None)]
    assert as_said(found, "dose-form") == [("lozenge", "at-home-oral"), ("troche", "at-home-oral")]
    (line,) = (f for f in found if f.kind == "service-line")
    assert line.quote == "We prescribe ketamine lozenges and troches that you take at home."


def test_an_offer_is_quoted_before_an_entry_of_the_menu() -> None:
    menu = "<nav><ul><li>About</li><li>Spravato</li></ul></nav>"
    found = facts_of([captured(menu + "<p>We offer Spravato to adults.</p>")])
    assert [f.quote for f in found if f.kind == "service-line"] == ["We offer Spravato to adults."]
    only = [captured(menu), captured(menu + "<h1>Spravato</h1>", "/services/spravato")]
    assert [f.quote for f in facts_of(only) if f.kind == "service-line"] == ["Spravato"]


def test_a_line_that_is_not_offered_is_no_fact() -> None:
    assert not facts_of([captured("<p>We no longer offer Spravato.</p>")])


def test_credentials_win_over_a_bare_title() -> None:
    body = "<p>Dr. Ruth Abend is our medical director.</p><p>Ruth Abend, DO</p>"
    found = facts_of([captured(body)])
    assert [(f.value, f.unit) for f in found if f.kind == "clinician"] == [("Ruth Abend", "DO")]


def test_lists_are_read_inside_their_list() -> None:
    read = captured("<h2>Conditions we treat</h2><ul><li>PTSD</li></ul>")
    (block,) = (b for b in readable(read.text.blocks) if b.kind == "list")
    (fact,) = facts_of([read])
    assert (fact.css_path, fact.quote) == (block.css_path, "PTSD")
