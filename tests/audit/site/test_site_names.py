"""The site's own name in titles and headings: it names no line, whatever words it is made of."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site, site_names
from audit.site.read_page import ReadPage, first_home
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
NURSE = "<p>A nurse checks your blood pressure every ten minutes.</p>"
PATHS = ("/", "/about-us", "/what-we-do", "/prices")


def pages(*titles: str, body: str = NURSE) -> list[ReadPage]:
    paths = (*PATHS, "/more", "/further")
    return [captured(f"{body}<p>Page {p}.</p>", p, t) for p, t in zip(paths, titles, strict=False)]


def names(*titles: str) -> tuple[str, ...]:
    return site_names.names([read.text for read in pages(*titles)])


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (("Home | Alder Infusion", "Fees | Alder Infusion", "Team | Alder Infusion"),
         "alder infusion"),
        (("Alder IV Lounge - Home", "Alder IV Lounge - Fees", "Alder IV Lounge - Team"),
         "alder iv lounge"),
        (("Alder Spravato Center", "Fees – Alder Spravato Center", "Team – Alder Spravato Center"),
         "alder spravato center"),
        (("Alder TMS: Fees", "Alder TMS: Team", "Alder TMS: Home"), "alder tms"),
        (("Alder Infusion", "Alder Infusion", "Alder Infusion"), "alder infusion"),
        (("Home · Alder Drip Bar · Utah", "Fees · Alder Drip Bar · Utah", "Alder Drip Bar · Utah"),
         "alder drip bar"),
    ],
)  # fmt: skip
def test_what_recurs_in_titles_is_the_name(titles: tuple[str, ...], name: str) -> None:
    assert name in names(*titles)


@pytest.mark.parametrize(
    "titles",
    [
        ("IV ketamine", "Fees", "Team"),
        ("IV ketamine | Alder", "Spravato | Alder", "Lozenges | Alder"),
        ("Alder | Home", "IV ketamine - Fees", "IV ketamine - Visits", "Team", "Find us"),
        ("IV ketamine | Alder",),
        ("Ketamine infusions | Fees", "Ketamine infusions | Team", "Ketamine infusions | Visits"),
    ],
)
def test_a_service_is_no_name(titles: tuple[str, ...]) -> None:
    assert not [name for name in names(*titles) if "ketamine" in name]


def test_one_page_tells_its_name_in_its_copyright() -> None:
    footer = "<footer><p>© 2026 Alder Infusion &amp; Wellness. All rights reserved.</p></footer>"
    page = captured(NURSE + footer, "/fees", "Fees | Alder Infusion &amp; Wellness")
    assert site_names.names([page.text]) == ("alder infusion & wellness",)


def lines_of(read: list[ReadPage], rule_id: str = "supervision.vitals") -> set[str]:
    claims = site.read_site(ENGINE, first_home(read)).claims
    return {c.lines for c in claims if c.rule_id == rule_id and c.status == "asserted"}


def test_a_name_gives_no_page_a_line() -> None:
    named = pages("Alder Infusion", "About | Alder Infusion", "Care | Alder Infusion")
    assert lines_of(named) == {""}


def test_a_name_with_another_treatment_sets_no_page_apart() -> None:
    named = pages("Alder TMS", "About | Alder TMS", "Care | Alder TMS")[1:]
    assert lines_of(named) == {""}


def test_a_title_beside_the_name_gives_its_page_a_line() -> None:
    named = pages("Alder Infusion", "Lozenges | Alder Infusion", "Alder Infusion")
    assert lines_of(named) == {"", "at-home-oral"}


def test_a_name_in_heading_and_menu_is_no_offer() -> None:
    body = "<nav><ul><li>Alder Infusion</li><li>Fees</li></ul></nav><h1>Alder Infusion</h1>"
    named = pages("Alder Infusion", "About | Alder Infusion", "Care | Alder Infusion", body=body)
    assert site.read_site(ENGINE, named).offered == frozenset()


def test_a_heading_of_the_name_gives_what_is_below_no_line() -> None:
    body = f"<h1>Alder Infusion</h1><h2>On the day</h2>{NURSE}"
    named = pages("Alder Infusion", "About | Alder Infusion", "Care | Alder Infusion", body=body)
    assert lines_of(named) == {""}


def test_a_title_offers_nothing_by_the_name_in_it() -> None:
    titles = ("Alder Infusion", "Pricing | Alder Infusion", "Book a visit | Alder Infusion")
    assert site.read_site(ENGINE, pages(*titles)).offered == frozenset()
    body = "<p>Alder Infusion offers ketamine infusions.</p>"
    assert site.read_site(ENGINE, pages(*titles, body=body)).offered == {"in-clinic-iv"}
