"""The lines of a house that gives ketamine one way and drips of vitamins another."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from audit.stances import lines
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
MENU = "<nav><ul><li>Ketamine</li><li>IV Drips</li><li>Skin</li></ul></nav>"
VITAMINS = "<h1>Pick your drip</h1><p>Our nurses mix vitamins, minerals and fluids for you.</p>"


def read(*pages: tuple[str, str, str]) -> site.SiteReading:
    return site.read_site(ENGINE, [captured(MENU + body, path, name) for body, path, name in pages])


@pytest.mark.parametrize(
    "words",
    [
        "A ketamine shot in the upper arm, given in our lounge.",
        "Intramuscular ketamine in our studio.",
        "In our spa you get a ketamine injection into the thigh.",
        "In-lounge ketamine injections: now available at our two spas.",
        "We give ketamine as a jab in the shoulder.",
    ],
)
def test_an_injection_that_is_given_at_a_lounge(words: str) -> None:
    said = read((f"<h1>Ketamine</h1><p>{words}</p>", "/treatments/ketamine", "Ketamine"))
    assert "in-clinic-im" in said.offered


@pytest.mark.parametrize(
    "words",
    [
        "Ketamine was a shot in the arm for our studio.",
        "A B12 shot in the upper arm, given in our lounge.",
        "Book a vitamin injection into the thigh at our spa.",
        "Elsewhere ketamine is given as a shot in the shoulder, not in our spa.",
        "Inject yourself at home: a shot in your thigh, not in our lounge.",
    ],
)
def test_other_shots_are_no_injection_of_ketamine(words: str) -> None:
    said = read((f"<h1>Ketamine</h1><p>{words}</p>", "/treatments/ketamine", "Ketamine"))
    assert "in-clinic-im" not in said.offered


@pytest.mark.parametrize(
    ("path", "title", "body"),
    [
        ("/treatments/iv", "IV Vitamin Drips", VITAMINS),
        ("/treatments/drips", "Vitamin drips", VITAMINS),
        ("/treatments/bar", "Hydration drips", "<h2>The drip menu</h2><p>Salts and fluids.</p>"),
        ("/faq", "Questions", "<p>We do not give ketamine by IV.</p>"),
        ("/treatments/k", "Ketamine", "<p>We never offer ketamine infusions.</p>"),
    ],
)
def test_a_menu_of_drips_that_hold_no_ketamine(path: str, title: str, body: str) -> None:
    home = "<h1>Feel better</h1><p>We prescribe ketamine lozenges that you take at home.</p>"
    shot = "<h1>Lozenges</h1><p>We mail ketamine lozenges to adults.</p>"
    pages = [(home, "/", "Home"), (body, path, title), (shot, "/treatments/l", "Lozenges")]
    assert read(*pages).offered == {"at-home-oral"}


@pytest.mark.parametrize(
    ("path", "title", "body"),
    [
        ("/treatments/iv", "Vitamin drips", VITAMINS),
        ("/faq", "Questions", "<p>We do not give ketamine by IV to minors.</p>"),
    ],
)
def test_a_house_that_gives_drips_of_ketamine_too(path: str, title: str, body: str) -> None:
    home = "<h1>Feel better</h1><p>We give ketamine infusions in our lounge.</p>"
    assert "in-clinic-iv" in read((home, "/", "Home"), (body, path, title)).offered


def test_a_menu_that_names_infusions_of_ketamine_means_them() -> None:
    menu = "<nav><ul><li>Ketamine infusions</li><li>Vitamin drips</li></ul></nav>"
    pages = [
        captured(f"{menu}<h1>Ketamine infusions</h1>", "/treatments/k", "Ketamine infusions"),
        captured(menu + VITAMINS, "/treatments/iv", "Vitamin drips"),
    ]
    assert "in-clinic-iv" in site.read_site(ENGINE, pages).offered


def test_a_menu_of_drips_counts_where_no_other_drips_are_told_of() -> None:
    heading = "<h1>IV drips</h1><p>For low mood.</p>"
    assert "in-clinic-iv" in read((heading, "/treatments/iv", "Ketamine")).offered


INFUSIONS = "<nav><ul><li>Infusions</li></ul></nav>"
CHAIR = "<p>Forty minutes in a chair.</p>"


@pytest.mark.parametrize(
    ("told", "path", "title", "body"),
    [
        ("<p>A ketamine infusion takes 40 minutes.</p>", "/treatments/h", "Hydration infusions",
         "<h1>Hydration infusions</h1><p>Salts and fluids.</p>"),
        (CHAIR, "/faq", "FAQ", "<p>We do not offer ketamine infusions for chronic pain.</p>"),
    ],
)  # fmt: skip
def test_a_page_of_infusions_counts_beside_other_drips_and_limits(
    told: str, path: str, title: str, body: str
) -> None:
    pages = [
        captured(f"{INFUSIONS}<h1>Ketamine for low mood</h1><p>Ketamine helps.</p>", "/", "Home"),
        captured(f"{INFUSIONS}<h1>Infusions</h1>{told}", "/treatments/infusions", "Infusions"),
        captured(body, path, title),
    ]
    assert "in-clinic-iv" in site.read_site(ENGINE, pages).offered


@pytest.mark.parametrize(
    ("entry", "is_line"),
    [
        ("IV Drips & Weight Loss", False),
        ("IV Therapy and Aesthetics", False),
        ("Wellness & IV", False),
        ("IV Infusions & TMS", True),
        ("Infusions & Boosters", True),
    ],
)
def test_drips_that_the_menu_names_beside_wellness(entry: str, is_line: bool) -> None:
    assert ("in-clinic-iv" in lines.on_the_menu(entry, ENGINE.mentions(entry))) == is_line


@pytest.mark.parametrize(
    ("said", "spoken_of"),
    [
        ("Unlike your infusions, no nurse sits with you for a take-home dose.", ""),
        ("She asks how you responded to the infusions and picks a lozenge dose.", "at-home-oral"),
        ("Lozenges have more of a taste than what you had in the suite.", "at-home-oral"),
        ("Infusions are given in the suite.", "in-clinic-iv"),
        ("Your response to our infusions is scored.", ""),
    ],
)
def test_what_was_had_before_is_not_what_is_spoken_of(said: str, spoken_of: str) -> None:
    assert lines.named(ENGINE.mentions(said)) == ({spoken_of} if spoken_of else set())
