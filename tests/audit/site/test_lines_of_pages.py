"""Of which lines a page speaks: a general consent, a description, one injection and not two."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from audit.site.sections import Sections
from audit.stances import lines
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
HARMS = (
    "Possible harms include drowsiness and sedation, dissociation, a rise in blood pressure and "
    "heart rate, slowed breathing, and bladder pain; ketamine can be misused."
)
HARM_RULE = "risk.core-adverse-effects"


def claim_lines(body: str, path: str, title: str, rule: str) -> set[str]:
    read = site.read_site(ENGINE, [captured(body, path, title)])
    found = [c for c in read.claims if c.rule_id == rule and c.status == "asserted"]
    assert found
    return {line for claim in found for line in claim.lines.split(";")}


@pytest.mark.parametrize(
    "routes",
    [
        "before any dose, by lozenge at home or by intramuscular injection",
        "whether you take lozenges at home or have IM sessions",
        "for sessions with at-home troches and for intramuscular ketamine",
        "whichever way I have it: sublingual tablets at home, or a shot in the upper arm",
        "with lozenges at home first and an injection into the muscle later",
    ],
)
def test_a_consent_to_the_therapy_is_one_to_the_routes_that_it_names(routes: str) -> None:
    head = "Consent to ketamine-assisted psychotherapy"
    body = f"<h1>{head}</h1><p>You sign this {routes}.</p><h2>What it may do</h2><p>{HARMS}</p>"
    said = claim_lines(body, "/consent", "Informed consent", HARM_RULE)
    assert {"therapy", "at-home-oral", "in-clinic-im"} <= said
    assert "in-clinic-iv" not in said


@pytest.mark.parametrize(
    "routes",
    [
        "You sign this before the first visit.",
        "Infusions have a separate consent.",
        "Infusions have a form of their own.",
        "This form does not cover infusions.",
        "Other treatments exist, among them infusions and Spravato.",
    ],
)
def test_a_consent_to_the_therapy_alone(routes: str) -> None:
    head = "Consent to ketamine-assisted psychotherapy"
    body = f"<h1>{head}</h1><p>{routes}</p><h2>What it may do</h2><p>{HARMS}</p>"
    assert claim_lines(body, "/consent", "Informed consent", HARM_RULE) == {"therapy"}


def test_what_a_general_consent_says_of_the_clinic_is_said_of_its_lines() -> None:
    body = """<h1>Consent to ketamine-assisted psychotherapy</h1>
    <p>You sign this before any dose, by lozenge at home or by intramuscular injection.</p>
    <h2>What I agree to</h2><p>After a clinic session I will not drive until the next day.</p>"""
    said = claim_lines(body, "/consent", "Consent", "supervision.no-driving-discharge")
    assert said == {"therapy", "in-clinic-im"}


@pytest.mark.parametrize(
    ("title", "description", "about"),
    [
        ("Therapy add-on", "Ketamine-assisted psychotherapy by video", {"therapy"}),
        ("The K-Hour", "Intramuscular ketamine in our lounge", {"in-clinic-im"}),
        ("Float", "Ketamine lozenges, made for you", {"at-home-oral"}),
        ("How we treat", "Ketamine infusions, one to one", {"in-clinic-iv"}),
        ("Your two hours", "Spravato at Mill Lane", {"spravato"}),
        # A title that speaks of one of ours, two lines, and none at all.
        ("Ketamine lozenges", "Better than infusions, we think", {"at-home-oral"}),
        ("Ketamine", "Ketamine infusions and more", set()),
        ("What we do", "Infusions, lozenges and Spravato", set()),
        ("What we do", "Care that takes its time", set()),
    ],
)
def test_what_a_page_is_about_by_its_description(
    title: str, description: str, about: set[str]
) -> None:
    page = captured(
        f'<meta name="description" content="{description}"><p>Come and see us here.</p>',
        "/treatments/x",
        title,
    )
    assert Sections(ENGINE, page.text).page == about


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("An intramuscular injection in our rooms", {"in-clinic-im"}),
        ("IM shots twice a week", {"in-clinic-im"}),
        ("An intramuscular shot, and lozenges", {"in-clinic-im", "at-home-oral"}),
        ("In-lounge ketamine injection", {"in-clinic-im"}),
        ("Self-injection of ketamine", {"at-home-injection"}),
        ("An injection of ketamine", {"in-clinic-im", "at-home-injection"}),
        ("An intramuscular dose or another injection", {"in-clinic-im", "at-home-injection"}),
    ],
)
def test_one_injection_is_one_line(text: str, named: set[str]) -> None:
    assert lines.named(ENGINE.mentions(text)) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The same drug that is behind the famous brand-name nasal spray", set()),
        ("The very same molecule which lies behind Spravato, in a lozenge", {"at-home-oral"}),
        ("The same active ingredient inside the branded nasal spray", set()),
        ("This same medicine sold as Spravato", set()),
        ("That same substance is known as Spravato", set()),
        ("We stand behind our nasal spray", {"at-home-nasal", "spravato"}),
    ],
)
def test_what_a_medicine_is_the_same_as_is_not_spoken_of(text: str, named: set[str]) -> None:
    assert lines.named(ENGINE.mentions(text)) == named


def test_where_a_form_is_read_says_nothing_of_where_the_dose_is_taken() -> None:
    body = """<h1>Questions</h1><h2>Do I sign anything?</h2><p>Yes, and we would like you to read it
    at home before you come. It says what we do, that the use is off-label, what can go wrong, what
    else you could try, and that you may stop at any time.</p>"""
    assert claim_lines(body, "/faq", "Questions", "disclosure.off-label") == {""}


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Elmford vs. clinics, sprays and pills", set()),
        ("Our lozenges compared with infusions", {"at-home-oral"}),
        ("Ketamine infusions versus Spravato", {"in-clinic-iv"}),
        ("Ketamine infusions", {"in-clinic-iv"}),
    ],
)
def test_what_a_title_compares_with_is_not_what_the_page_is_about(
    title: str, about: set[str]
) -> None:
    page = captured("<p>It works within days for many.</p>", "/compare", title)
    assert Sections(ENGINE, page.text).page == about


WHEEL = (
    "<p>Someone has to drive you home afterwards, and you stay off the road until you slept.</p>"
)
SHOT = "<p>You get an injection into your upper arm.</p>"
BESIDE = "<p>A therapist sits with you from the injection until you stand up.</p>"


@pytest.mark.parametrize(
    ("path", "title", "told", "lines_"),
    [
        ("/how-it-works", "How it works", SHOT + BESIDE, {"in-clinic-im"}),
        ("/safety", "Safety", SHOT + BESIDE, {"in-clinic-im"}),
        # One text may name a way in passing, and two ways are not one.
        ("/how-it-works", "How it works", SHOT, {""}),
        ("/how-it-works", "How it works", f"{SHOT}<p>Lozenges melt in your mouth.</p>", {""}),
        # A page of questions is about all that there is.
        ("/faq", "Questions", SHOT + BESIDE, {""}),
    ],
)
def test_supervision_on_a_page_that_tells_of_one_way_is_of_that_one(
    path: str, title: str, told: str, lines_: set[str]
) -> None:
    found = claim_lines(
        f"<main>{told}{WHEEL}</main>", path, title, "supervision.no-driving-discharge"
    )
    assert found == lines_


def test_what_is_no_supervision_is_said_of_all_ways() -> None:
    body = f"<main>{SHOT}{BESIDE}<p>We do not treat you if you are pregnant.</p></main>"
    assert claim_lines(body, "/how-it-works", "How it works", "screening.pregnancy") == {""}


def test_a_page_about_the_therapy_speaks_of_the_route_that_it_tells_of() -> None:
    title = "Ketamine-assisted therapy"
    told = "<p>You get an intramuscular injection of ketamine, with a therapist beside you.</p>"
    body = f"<main><h1>{title}</h1>{told}<h2>What it may do</h2><p>{HARMS}</p></main>"
    assert claim_lines(body, "/ketamine-therapy", title, HARM_RULE) >= {"therapy", "in-clinic-im"}
    alone = body.replace(told, "")
    assert claim_lines(alone, "/ketamine-therapy", title, HARM_RULE) == {"therapy"}


def test_a_count_speaks_of_the_lines_of_its_own_sentences() -> None:
    body = """<h1>Safety</h1><p>Lozenges melt slowly. Preparation with a licensed counselor. Dosing
    with our nurse. Integration in the following week.</p>"""
    assert claim_lines(body, "/safety", "Safety", "followup.preparation-integration") == {""}


@pytest.mark.parametrize("title", ["Home tablets", "Rules for tablets you take at home"])
def test_tablets_for_the_home_are_that_line(title: str) -> None:
    body = "<h1>Safety</h1><p>A sober adult stays with you at every dose until you are steady.</p>"
    assert claim_lines(body, "/safety", title, "supervision.adult-sitter") == {"at-home-oral"}
