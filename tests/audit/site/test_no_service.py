"""What stands under a title or heading that weighs, warns or tells of others is no service."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.concepts import expressions
from audit.site import no_service, site
from tests.audit.captured_page import captured

ENGINE = patterns()
GROUPS = expressions.read(no_service.FILE)
HOME = "<h1>Lozenges for low mood</h1><p>We mail ketamine lozenges to adults in Utah.</p>"


def offered(body: str, title: str, home: str = HOME, path: str = "/treatments/more") -> set[str]:
    pages = [captured(home, "/", "Tolverne"), captured(body, path, title)]
    return set(site.read_site(ENGINE, pages).offered)


@pytest.mark.parametrize(
    ("text", "stands", "name"),
    [(text, stands, name) for name, g in GROUPS.items() for text, stands in g.examples],
)
def test_the_examples(text: str, stands: bool, name: str) -> None:
    assert (GROUPS[name].find(text) is not None) == stands


WAYS = (
    "<h2>IV infusions</h2><p>Ketamine infusions: $450. The drip runs into your vein.</p>"
    "<h2>IM injection</h2><p>IM ketamine: $350. You get it as a shot in the upper arm.</p>"
    "<h2>Spravato</h2><p>Spravato: $700. You spray it and stay for two hours.</p>"
)


@pytest.mark.parametrize(
    "title",
    [
        "Lozenges vs. infusions",
        "At home or in a clinic?",
        "Compare treatments",
        "Infusions or lozenges?",
        "What's the difference between the ways to take ketamine?",
        "The dangers of ketamine in clinics",
        "Ketamine addiction",
        "At-home ketamine lawsuits",
    ],
)
def test_ways_that_are_weighed_or_warned_of_are_no_services(title: str) -> None:
    assert offered(f"<h1>{title}</h1>{WAYS}", title) == {"at-home-oral"}
    assert offered(f"<h1>{title}</h1>{WAYS}", "More") == {"at-home-oral"}


@pytest.mark.parametrize("title", ["Our services", "Compare our plans", "Ketamine for addiction"])
def test_other_titles_leave_services_what_they_are(title: str) -> None:
    found = offered(f"<h1>{title}</h1>{WAYS}", title)
    assert {"in-clinic-iv", "in-clinic-im", "spravato"} <= found


def test_what_is_our_own_among_what_is_weighed_is_offered() -> None:
    body = "<h1>IV vs. IM ketamine</h1><p>In our clinic we give ketamine infusions.</p>" + WAYS
    assert offered(body, "IV vs. IM ketamine") == {"at-home-oral", "in-clinic-iv"}


@pytest.mark.parametrize("asked", ["Ketamine addiction?", "Worried about ketamine addiction?"])
def test_what_answers_a_question_about_the_harm_may_be_an_offer(asked: str) -> None:
    page = f"<h1>Larkspur</h1><h2>{asked}</h2><p>{{}}</p>"
    ours = "We mail ketamine lozenges to your home, few at a time."
    assert offered(page.format(ours), "Larkspur", "<h1>Hello</h1>") == {"at-home-oral"}
    told = "Ketamine lozenges by mail: people take more than they should."
    assert offered(page.format(told), "Larkspur", "<h1>Hello</h1>") == set()


def test_a_heading_that_says_whose_it_is_names_a_service() -> None:
    menu = "<nav><ul><li>IV ketamine</li><li>Fees</li></ul></nav>"
    body = menu + "<h1>Drip or lozenge?</h1><h2>Ketamine infusions{}</h2><p>Two hours.</p>"
    assert "in-clinic-iv" in offered(body.format(" with us"), "Drips vs. lozenges")
    assert "in-clinic-iv" not in offered(body.format(""), "Drips vs. lozenges")


def test_what_is_disowned_under_such_a_heading_is_disowned() -> None:
    home = "<h1>Infusions</h1><p>We give ketamine infusions and mail ketamine lozenges.</p>"
    body = "<h1>The dangers of at-home ketamine</h1><p>We no longer mail lozenges.</p>"
    assert offered(body, "The dangers of at-home ketamine", home) == {"in-clinic-iv"}


@pytest.mark.parametrize(
    "said",
    [
        "At-home programs mail you troches, nasal sprays or even syringes.",
        "Telehealth companies prescribe ketamine troches and self-injection kits at home.",
        "Companies now mail ketamine lozenges to your home after one video call.",
    ],
)
def test_what_companies_do_is_no_offer(said: str) -> None:
    home = "<h1>Infusions</h1><p>We give ketamine infusions in our clinic.</p>"
    assert offered(f"<h1>Ketamine</h1><p>{said}</p>", "Ketamine", home) == {"in-clinic-iv"}


def test_our_own_programs_at_home_are() -> None:
    said = "<p>Our at-home programs send ketamine troches to you, by mail to your door.</p>"
    assert offered(f"<h1>Ketamine</h1>{said}", "Ketamine", "<h1>Hello</h1>") == {"at-home-oral"}


@pytest.mark.parametrize(
    "said",
    [
        "We offer rehab from ketamine for adults.",
        "We provide detox from ketamine and alcohol.",
        "Our clinic treats ketamine addiction in private rooms.",
    ],
)
def test_a_house_that_treats_the_habit_offers_no_ketamine(said: str) -> None:
    pages = [captured(f"<h1>Get well</h1><p>{said}</p>", "/", "Tolverne")]
    assert not site.read_site(ENGINE, pages).offers_ketamine
