"""Whose service it is: a named doctor's, another clinic's, another drug's, or nobody's here."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = patterns()
HOME = "<h1>A practice on Mill Lane</h1><p>We listen.</p>"


def offered(
    body: str, path: str = "/low-mood", title: str = "Low mood", home: str = HOME
) -> set[str]:
    pages = [captured(home, "/", "Tolverne"), captured(body, path, f"{title} | Tolverne")]
    return set(site.read_site(ENGINE, pages).offered)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Dr. Orr gives ketamine as an injection in the shoulder.", "in-clinic-im"),
        ("Dr. Ines Orr prescribes oral ketamine troches, to be taken at home.", "at-home-oral"),
        ("Our nurse practitioners administer ketamine infusions.", "in-clinic-iv"),
        ("We use injections of ketamine, here in the office.", "in-clinic-im"),
        ("I treat depression with low doses of oral ketamine, taken at home.", "at-home-oral"),
        ("Tolverne's clinicians can prescribe ketamine lozenges for use at home.", "at-home-oral"),
        ("Tolverne physicians prescribe ketamine lozenges for use at home.", "at-home-oral"),
    ],
)
def test_one_sentence_on_a_page_of_any_kind_says_it_all(said: str, line: str) -> None:
    assert offered(f"<h1>Low mood</h1><p>{said}</p>") == {line}


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Orr at Elmford gives ketamine as an injection in the shoulder.",
        "Elmford's clinicians can prescribe ketamine lozenges for use at home.",
        "Some doctors prescribe ketamine lozenges for use at home.",
        "Many family doctors prescribe ketamine lozenges for use at home.",
        "Dr. Orr does not prescribe ketamine lozenges for use at home.",
        "Dr. Orr gives B12 as an injection in the shoulder.",
    ],
)
def test_what_others_give_and_what_is_not_given_is_no_line(said: str) -> None:
    assert offered(f"<h1>Low mood</h1><p>{said}</p>") == set()


@pytest.mark.parametrize(
    ("said", "at_home"),
    [
        ("You bring the lozenge that the pharmacy sent you and take it here.", False),
        ("The pharmacy sends you the lozenge, and you use it in our office.", False),
        ("The pharmacy sends the lozenge to you.", True),
    ],
)
def test_what_is_sent_and_then_brought_is_not_taken_at_home(said: str, at_home: bool) -> None:
    body = f"<h1>Ketamine</h1><p>{said}</p>"
    assert ("at-home-oral" in offered(body, "/treatments/ketamine", "Ketamine")) == at_home


def test_a_guide_who_gives_no_ketamine_offers_no_way_of_giving_it() -> None:
    home = "<h1>After ketamine</h1><p>You have had your infusions. {} I help you go on.</p>"
    none = "I don't provide ketamine."
    assert offered("<p>Talks cost $90.</p>", home=home.format(none)) == set()
    spray = "<p>We give Spravato in our office. I don't provide ketamine.</p>"
    assert offered(spray, "/treatments", "Spravato") == {"spravato"}


IV_PAGE = "<h1>IV {}</h1><p>Our drips take an hour in our lounge.</p><p>{} from $299.</p>"


@pytest.mark.parametrize("what", ["NAD+", "nutrition", "and vitamins"])
def test_a_page_of_drips_that_never_names_ketamine_is_apart(what: str) -> None:
    home = "<h1>Restore</h1><p>We give ketamine as an intramuscular injection.</p>"
    body = IV_PAGE.format(what, "NAD+")
    assert offered(body, "/iv", f"IV {what}", home) == {"in-clinic-im"}
    both = body + "<p>Ketamine infusions: $400.</p>"
    assert "in-clinic-iv" in offered(both, "/iv", "IV therapy", home)


def test_infusions_that_are_said_not_to_be_of_ketamine() -> None:
    home = "<h1>Infusions in comfort</h1><p>We hang iron and antibiotics.</p>"
    body = "<h1>Infusion services</h1><p>A nurse starts your IV. {}</p>"
    none = body.format("We do not provide ketamine infusions.")
    assert offered(none, "/treatments/infusions", "Infusion services", home) == set()
    gives = body.format("We provide ketamine infusions.")
    assert offered(gives, "/treatments/infusions", "Infusion services", home) == {"in-clinic-iv"}


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (
            "We offer IV infusion, IM injection and take-home troches of ketamine.",
            {"in-clinic-iv", "in-clinic-im", "at-home-oral"},
        ),
        ("We offer IM ketamine, and troches for use at home.", {"in-clinic-im", "at-home-oral"}),
        ("We offer at-home IM ketamine.", set()),
        ("We offer IM ketamine injections that you give yourself.", set()),
        ("Our hospital-based program offers intravenous ketamine.", {"in-clinic-iv"}),
        ("Our patients tried ketamine infusions or Spravato first.", set()),
    ],
)
def test_what_stands_beside_what_is_taken_home(said: str, lines: set[str]) -> None:
    found = offered(f"<h1>Ketamine</h1><p>{said}</p>", "/treatments", "Ketamine")
    assert found & {"in-clinic-iv", "in-clinic-im", "at-home-oral", "spravato"} == lines


def test_a_bar_whose_page_names_no_ketamine_offers_none() -> None:
    bar = "<h1>Our drips</h1><p>Our infusions take an hour.</p><p>{} boost $399</p>"
    nav = "<nav><ul><li>Drips</li></ul></nav>"
    assert offered(nav + bar.format("NAD+"), "/treatments", "Our drips", nav + HOME) == set()
    ours = nav + bar.format("Ketamine")
    assert offered(ours, "/treatments", "Our drips", nav + HOME) == {"in-clinic-iv"}


def test_a_clinic_of_magnets_that_is_asked_for_ketamine_says_no() -> None:
    asked = "<h3>Do you prescribe ketamine?</h3><p>We don't.</p>"
    home = "<h1>Magnets</h1><p>Our infusions of calm are for everyone.</p>"
    assert offered(asked, "/faq", "Questions", home) == set()
    assert offered("<p>Come in.</p>", "/faq", "Questions", home) == {"in-clinic-iv"}
