"""A site's pages together: who speaks, which lines are offered, and each claim once."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from audit.site.read_page import ReadPage, first_home
from audit.site.speakers import voice_of
from data.vocabulary import Voice
from tests.audit import captured_page

ENGINE = bundled_engine()
MENU = "<nav><ul><li>About</li><li>Spravato</li><li>Contact</li></ul></nav>"


def captured(path: str, body: str, title: str = "Invented Clinic") -> ReadPage:
    return captured_page.captured(body, path, title)


def reading(*read: ReadPage) -> site.SiteReading:
    return site.read_site(ENGINE, first_home(read))


def asserted(read: site.SiteReading, rule_id: str) -> list[str]:
    return [c.quote for c in read.claims if c.rule_id == rule_id and c.status == "asserted"]


@pytest.mark.parametrize(
    ("path", "body", "voice"),
    [
        ("/faq", "<p>We hold a vial up.</p>", Voice.PROVIDER),
        ("/blog/vials", "<p>We hold a vial up.</p>", Voice.BLOG),
        ("/blog/vials", "<footer><p>We hold a vial up.</p></footer>", Voice.PROVIDER),
        ("/faq", "<blockquote class='testimonial'><p>“I was held up.”</p></blockquote>",
         Voice.TESTIMONIAL),
        ("/about", "<h2>Marta Quill, LICSW</h2><p class='review'>I was held up.</p>",
         Voice.PROVIDER),
        ("/about", "<p class='review'>“I gave ketamine for years to people who held on.”</p>",
         Voice.PROVIDER),
        ("/about", "<h2>Marta Quill</h2><p class='review'>I was held up.</p>",
         Voice.TESTIMONIAL),
        ("/about", "<h2>Marta Quill, MD</h2><p class='review'>“I was held up.”</p>",
         Voice.TESTIMONIAL),
        ("/testimonials", "<p>They hold a vial up for you.</p>", Voice.TESTIMONIAL),
        ("/testimonials", "<p>Send us a review, and we hold a vial up for you.</p>",
         Voice.PROVIDER),
        ("/testimonials", "<p>You will see: we hold a vial up, my wife and me.</p>",
         Voice.TESTIMONIAL),
    ],
)  # fmt: skip
def test_who_speaks(path: str, body: str, voice: str) -> None:
    text = captured(path, body).text
    block = next(b for b in text.blocks if " held " in b.text or " hold " in b.text)
    assert voice_of(block, text) == voice


@pytest.mark.parametrize("around", ["nav", "div role=dialog", "footer"])
def test_the_entries_of_a_menu_claim_nothing_together(around: str) -> None:
    menu = "<ul><li>Home</li><li>Ketamine by mail</li><li>Spravato</li><li>Contact</li></ul>"
    said = f"<p>We offer Spravato to adults.</p><{around}>{menu}"
    assert asserted(reading(captured("/", said)), "spravato.no-home-use") == []


def test_a_line_is_offered_on_a_main_page_or_twice() -> None:
    offer = "<p>We offer Spravato to adults.</p>"
    assert reading(captured("/", offer)).offered == {"spravato"}
    once = captured("/faq", offer)
    assert reading(once).offered == frozenset()
    again = captured("/team", "<p>Dr. Elm and Dr. Ash run our Spravato hours.</p>")
    assert reading(once, again).offered == {"spravato"}


def test_a_menu_entry_is_half_an_offer() -> None:
    assert reading(captured("/", MENU)).offered == frozenset()
    page_of_its_own = captured("/services/spravato", MENU + "<h1>Spravato</h1><p>Two hours.</p>")
    assert reading(captured("/", MENU), page_of_its_own).offered == {"spravato"}


def test_a_menu_counts_once_however_many_pages_carry_it() -> None:
    everywhere = [captured(path, MENU) for path in ("/", "/faq", "/team", "/pricing")]
    assert reading(*everywhere).offered == frozenset()


@pytest.mark.parametrize("path", ["/blog/what-we-learned", "/reviews"])
def test_blogs_and_patients_offer_nothing(path: str) -> None:
    assert reading(captured(path, "<p>We offer Spravato and infusions.</p>")).offered == frozenset()


def test_a_line_that_is_not_offered_any_more_is_disowned() -> None:
    read = reading(captured("/", "<p>We no longer offer Spravato. Our infusions go on.</p>"))
    assert read.disowned == {"spravato"} and read.offered == {"in-clinic-iv"}


def test_ketamine_without_a_way_of_giving_it() -> None:
    read = reading(captured("/", "<p>We offer ketamine in a quiet house.</p>"))
    assert read.offers_ketamine and not read.offered


def test_a_notice_on_every_page_is_one_claim() -> None:
    notice = "<footer><p>Ketamine is prescribed off-label here.</p></footer>"
    read = reading(captured("/", notice), captured("/faq", notice))
    assert asserted(read, "disclosure.off-label") == ["Ketamine is prescribed off-label here."]
    assert {c.capture_id for c in read.claims} == {"/"}


def test_a_page_about_one_line_speaks_of_that_line() -> None:
    body = "<p>Your blood pressure is checked every ten minutes during treatment.</p>"
    read = reading(captured("/services/a", body, title="IV ketamine infusions"))
    assert [c.lines for c in read.claims if c.rule_id == "supervision.vitals"] == ["in-clinic-iv"]


def test_quotes_stand_at_their_offsets_in_their_blocks() -> None:
    page = captured("/", "<p>Plain talk. Ketamine is not FDA approved for depression.</p>")
    texts = {(b.css_path, b.ordinal): b.text for b in page.text.blocks}
    for claim in reading(page).claims:
        text = texts[claim.css_path, claim.block_ordinal]
        assert text[claim.char_start : claim.char_end] == claim.quote
    assert asserted(reading(page), "claim.fda-approved")


def test_what_is_said_of_another_treatment_is_no_claim() -> None:
    body = "<h2>Breathwork circles</h2><p>Not suitable in pregnancy.</p>"
    assert not [c for c in reading(captured("/", body)).claims if c.rule_id.startswith("screening")]


INFUSIONS = """<p>Elmford Center provides infusions. A hospital nearby offers Spravato. Unlike
lozenges sent by mail, infusions are dosed by the minute. Some companies ship
tablets to your home.</p>
<h2>NAD+ infusions</h2><h2>Ketamine nasal spray?</h2>"""
LOZENGES = """<p>Once approved, your ketamine tablets are shipped to your door.</p>
<table><tr><th></th><th>Brightling</th><th>Infusion clinic</th></tr>
<tr><td>IV infusion</td><td>No</td><td>Yes</td></tr>
<tr><td>Cost of an infusion</td><td>none</td><td>$600</td></tr></table>
<p>Infusions are given in a clinic over forty minutes, while lozenges dissolve at home.</p>"""
BOTH = """<p>We provide ketamine infusions in our suite.</p>
<p>For maintenance we also prescribe troches for use at home between infusions.</p>"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (INFUSIONS, {"in-clinic-iv"}),
        (LOZENGES, {"at-home-oral"}),
        (BOTH, {"in-clinic-iv", "at-home-oral"}),
        ("<p>Our psychiatrists offer TMS, Spravato and IV ketamine.</p>",
         {"spravato", "in-clinic-iv"}),
        ("<p>I offer ketamine-assisted psychotherapy to adults.</p>", {"therapy"}),
        ("<p>We list clinics. Ketamine comes as infusions, shots or lozenges.</p>", set()),
    ],
)  # fmt: skip
def test_lines_of_whole_pages(body: str, expected: set[str]) -> None:
    assert reading(captured("/", body)).offered == expected


PRICES = """<h2>{}</h2><table><tr><th></th><th>First month</th></tr>
<tr><td>Spravato, uninsured</td><td>$5,000</td></tr><tr><td>Lozenges</td><td>$300</td></tr></table>
<p>Ketamine by mail.</p>"""


@pytest.mark.parametrize(
    "heading",
    ["What you would pay elsewhere", "What others charge", "How our prices compare",
     "Prices at other clinics", "Alternatives to ketamine lozenges"],
)  # fmt: skip
def test_the_prices_of_others_offer_nothing(heading: str) -> None:
    listed = PRICES.format(heading)
    assert "spravato" not in reading(captured("/pricing", listed)).offered
    in_boxes = listed.replace("h2>", "div>")
    assert "spravato" not in reading(captured("/pricing", in_boxes)).offered


@pytest.mark.parametrize("heading", ["Prices", "Other fees", "Compare our plans"])
def test_a_price_list_of_ones_own_offers_what_is_in_it(heading: str) -> None:
    assert "spravato" in reading(captured("/pricing", PRICES.format(heading))).offered


def test_what_is_the_same_as_spravato_is_no_spravato() -> None:
    said = "<p>The spray contains the same active ingredient as Spravato, the clinic spray.</p>"
    read = reading(captured("/spray", f"<h1>Ketamine nasal spray at home</h1>{said}"))
    lines = {c.lines for c in read.claims if c.rule_id == "claim.sameness"}
    assert lines and all("at-home-nasal" in named for named in lines)


def test_a_field_of_a_form_asserts_nothing() -> None:
    said = "A nurse stays with me on video for the whole of every lozenge session."
    rule_id, field = "supervision.live-monitoring", f"<form><label>{said}</label></form>"
    assert asserted(reading(captured("/safety", f"<p>{said}</p>")), rule_id)
    assert not asserted(reading(captured("/safety", field)), rule_id)
