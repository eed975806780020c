"""Houses of many services: each has a page of its own, and is heard as that where it is named."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import services, site
from audit.site.read_page import ReadPage
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
CARDS = "".join(
    f"<h3>{name}</h3><p>Read more.</p>"
    for name in ("Quellafin", "Tendon waves", "At-home ketamine lozenges")
)
HOME = captured(f"<h1>Care that fits</h1>{CARDS}")
KETAMINE = captured(
    "<h1>At-home ketamine lozenges</h1><p>We mail ketamine lozenges to your home.</p>",
    "/lozenges",
    "At-home ketamine lozenges",
)
HEART = "<p>Anyone with uncontrolled high blood pressure or heart failure cannot take it.</p>"
HEART_RULE = "screening.cardiovascular"
DRUG = "<h1>Quellafin</h1><p>Quellafin is a film. Quellafin is taken daily. On Quellafin, eat.</p>"


def stated(*pages: ReadPage) -> set[str]:
    """The pages on which the rule is stated of this house."""
    read = site.read_site(ENGINE, [HOME, KETAMINE, *pages])
    return {c.capture_id for c in read.claims if c.rule_id == HEART_RULE and c.status == "asserted"}


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"{DRUG}<h2>Not for everybody</h2>{HEART}", "Quellafin"),
        (f"<h1>Tendon waves</h1><h2>Heart first</h2>{HEART}", "Tendon waves"),
        (f"<h1>Tendon waves, calmly</h1><h2>Heart first</h2>{HEART}", "Tendon waves"),
    ],
)
def test_a_page_on_what_stands_beside_ketamine_says_nothing_of_it(body: str, title: str) -> None:
    assert stated(captured(body, "/another", title)) == set()


@pytest.mark.parametrize(
    ("body", "title"),
    [
        # Ketamine is named on it.
        (f"<h1>Tendon waves</h1><p>We never give ketamine for it.</p>{HEART}", "Tendon waves"),
        # It stands beside nothing.
        (f"<h1>Hearts</h1>{HEART}", "Hearts"),
        # It is called by what every house has.
        (f"<h1>Safety first</h1>{HEART}", "Safety first"),
    ],
)
def test_any_other_page_is_about_the_house(body: str, title: str) -> None:
    assert stated(captured(body, "/another", title)) == {"/another"}


@pytest.mark.parametrize(
    ("name", "title", "is_apart"),
    [
        ("Migraine drips", "Migraine drips", True),
        ("Anxiety", "Anxiety medication", True),
        # What ketamine is given for is no service: nothing else is said to be given.
        ("PTSD", "PTSD", False),
        ("Anxiety", "Anxiety treatment", False),
        ("IV drips", "IV drips", False),
    ],
)
def test_an_illness_is_another_service_where_something_else_is_given(
    name: str, title: str, is_apart: bool
) -> None:
    home = captured(f"<h1>Care</h1><h3>{name}</h3><p>More.</p><h3>Ketamine</h3><p>More.</p>")
    page = captured(f"<h1>{title}</h1>{HEART}", "/another", title)
    house = services.of_house(ENGINE, [p.text for p in (home, KETAMINE, page)])
    assert (page.text.url in house.pages) == is_apart


def test_where_no_page_is_called_by_ketamine_nothing_stands_beside_it() -> None:
    page = captured(f"<h1>Tendon waves</h1>{HEART}", "/another", "Tendon waves")
    read = site.read_site(ENGINE, [HOME, page])
    assert HEART_RULE in {c.rule_id for c in read.claims if c.status == "asserted"}


OTHERS = (
    captured(DRUG, "/quellafin", "Quellafin"),
    captured("<h1>Tendon waves</h1><p>Pulses.</p>", "/waves", "Tendon waves"),
)


@pytest.mark.parametrize(
    ("heads", "path", "title"),
    [
        (("Quellafin", "Ketamine lozenges"), "/faq", "Questions"),
        (("Quellafin &amp; waves", "Ketamine"), "/faq", "Questions"),
        (("Quellafin treatment agreement", "Ketamine consent"), "/consents", "Consents"),
        (("Stimulant agreement", "Ketamine consent"), "/consents", "Consents"),
        (("Sildenafil and tadalafil", "Ketamine lozenges"), "/safety", "Safety"),
    ],
)
def test_a_page_ordered_by_service_says_under_each_what_is_said_of_it(
    heads: tuple[str, str], path: str, title: str
) -> None:
    theirs, ours = heads
    body = f"<h1>{title}</h1><h2>{theirs}</h2>{HEART}<h2>{ours}</h2><p>By mail.</p>"
    assert stated(*OTHERS, captured(body, path, title)) == set()
    body = f"<h1>{title}</h1><h2>{theirs}</h2><p>By mail.</p><h2>{ours}</h2>{HEART}"
    assert stated(*OTHERS, captured(body, path, title)) == {path}


@pytest.mark.parametrize(
    ("heads", "path"),
    [
        (("Quellafin", "Billing"), "/faq"),  # not ordered by service
        (("General", "Ketamine lozenges"), "/faq"),
        (("Telehealth consent", "Ketamine consent"), "/consents"),
        (("Therapy agreement", "Ketamine consent"), "/consents"),
        (("Lithium", "Ketamine"), "/safety"),
    ],
)
def test_under_any_other_heading_the_house_speaks(heads: tuple[str, str], path: str) -> None:
    first, second = heads
    body = f"<h1>All of it</h1><h2>{first}</h2>{HEART}<h2>{second}</h2><p>By mail.</p>"
    assert stated(*OTHERS, captured(body, path, "All of it")) == {path}


def test_a_patients_words_are_of_the_service_that_stands_beside_them() -> None:
    said = "“It gave me my life back and I sleep through the night now.”"
    box = "<div class='testimonial'><span>{}</span><div>{}</div><div>Ana R.</div></div>"
    rule = "testimonial.atypical-results"
    for tag, counts in (("Quellafin", False), ("Ketamine lozenges", True)):
        page = captured(f"<h1>Reviews</h1>{box.format(tag, said)}", "/reviews", "Reviews")
        read = site.read_site(ENGINE, [HOME, KETAMINE, *OTHERS, page])
        assert counts == any(c.rule_id == rule and c.status == "asserted" for c in read.claims)


def test_a_post_that_names_no_ketamine_is_of_another_service_only_where_there_are_some() -> None:
    post = captured(f"<h1>Who should wait</h1>{HEART}", "/blog/who-should-wait", "Who should wait")
    alone = services.of_house(ENGINE, [p.text for p in (HOME, KETAMINE, post)])
    among = services.of_house(ENGINE, [p.text for p in (HOME, KETAMINE, *OTHERS, post)])
    assert post.text.page_type == "blog"
    assert post.text.url not in alone.pages
    assert post.text.url in among.pages


def test_words_that_tell_services_apart() -> None:
    house = services.of_house(ENGINE, [p.text for p in (HOME, KETAMINE, *OTHERS)])
    assert house.words == {"quellafin", "tendon", "wave"}
    assert house.are_named("Quellafin treatment agreement")
    assert not house.are_named("Home program")


def test_a_sentence_on_another_service_accuses_nobody() -> None:
    said = "7 in 10 patients still have relief a year after {}."
    rule = "claim.efficacy-statistics"
    for what, counts in (("radiofrequency ablation", False), ("ketamine", True)):
        read = site.read_site(ENGINE, [HOME, captured(f"<p>{said.format(what)}</p>", "/figures")])
        assert counts == any(c.rule_id == rule and c.status == "asserted" for c in read.claims)


@pytest.mark.parametrize(
    ("name", "body", "is_apart"),
    [
        ("Tendon waves", "", True),
        # It is called by what every house has, or tells of a way in which ketamine is given.
        ("Monitoring", "", False),
        ("Bluewell", "<p>Your infusion takes forty minutes.</p>", False),
    ],
)
def test_a_card_beside_ketamine_is_not_always_a_service(
    name: str, body: str, is_apart: bool
) -> None:
    home = captured(f"<h1>Care</h1><h3>{name}</h3><p>More.</p><h3>Ketamine</h3><p>More.</p>")
    page = captured(f"<h1>{name}</h1>{body}{HEART}", "/another", name)
    house = services.of_house(ENGINE, [p.text for p in (home, KETAMINE, page)])
    assert (page.text.url in house.pages) == is_apart


def test_what_ketamine_s_own_page_is_called_tells_of_no_other_service() -> None:
    home = captured("<h1>Care</h1><h3>Sleep medication</h3><p>A.</p><h3>Ketamine</h3><p>B.</p>")
    own = captured("<h1>Ketamine for sleep</h1><p>By mail.</p>", "/own", "Ketamine for sleep")
    page = captured("<h1>Sleep medication</h1><p>Pills.</p>", "/pills", "Sleep medication")
    house = services.of_house(ENGINE, [p.text for p in (home, own, page)])
    assert house.words == {"medication"}


def test_a_shot_under_another_services_name_is_that_services() -> None:
    page = captured(
        f"<h1>Quellafin (a monthly shot)</h1><h2>Before a shot</h2>{HEART}", "/q", "Quellafin"
    )
    assert stated(page) == set()


def test_a_drip_in_a_group_of_questions_on_drips_is_none_of_ketamine() -> None:
    drips = captured("<h1>Vitamin drips</h1><p>Fluids.</p>", "/drips", "Vitamin drips")
    asked = f"<h3>Who shouldn't have a drip?</h3>{HEART}"
    for head, pages in (("Drips", set()), ("All of it", {"/faq"})):
        body = f"<h1>Questions</h1><h2>{head}</h2>{asked}<h2>Ketamine</h2><p>By mail.</p>"
        assert stated(drips, captured(body, "/faq", "Questions")) == pages


def test_two_papers_on_other_services_are_no_consent_to_ketamine() -> None:
    harms = "Liver injury, low mood, overdose risk if you go back to opioids. Other choices."
    body = (
        f"<h1>Consents</h1><h2>Quellafin consent</h2><p>{harms}</p>"
        "<h2>Tendon waves consent</h2><p>Seizure (rare), headache, hearing. Other choices.</p>"
        "<h2>Ketamine consent</h2><p>By mail.</p>"
    )
    page = captured(body, "/consents", "Consents")
    read = site.read_site(ENGINE, [HOME, KETAMINE, *OTHERS, page])
    rule = "risk.informed-consent"
    assert not any(c.rule_id == rule and c.status == "asserted" for c in read.claims)
