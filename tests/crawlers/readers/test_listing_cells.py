"""Cells of a list as people write them: places, numbers, words for nothing, websites."""

from __future__ import annotations

import pytest

from crawlers.identity.provider_ids import clean_url
from crawlers.readers.row import Frame
from data.models import Listing

FRAME = Frame("invented", "https://list.example/", "2026-11-24")


@pytest.mark.parametrize(
    ("cells", "excluded"),
    [
        ({"country": "Canada", "state": "ON"}, "non-US"),
        ({"state": "British Columbia"}, "non-US"),
        ({"country": "United States", "state": "Tex."}, None),
        ({"website": "vale.co.uk"}, "non-US"),
        ({"website": "vale.com", "page": "https://vale.com/testosterone-therapy"}, "not-ketamine"),
        ({"website": "vale.com", "page": "https://vale.com/testosterone-or-ketamine"}, None),
        ({"treatments": "Spravato (esketamine)"}, None),
        ({"state": "Somewhere", "website": "vale.de"}, "non-US"),
        ({"state": "Somewhere", "website": "vale.health"}, None),
        ({"state": "Somewhere", "website": "vale.io"}, None),
        ({"website": "http://169.254.169.254/latest"}, "private address"),
        ({"website": "http://intranet/"}, "private address"),
        ({"website": "http://clinic.localhost:8000/"}, "private address"),
    ],
)
def test_rows_outside_the_frame_say_why(cells: dict[str, str], excluded: str | None) -> None:
    frame = Frame("invented", "", "", foreign_suffixes=("uk",), other_treatments=("testosterone",))
    row = frame.listing({"name": "Vale", **cells}, "row 1")
    assert getattr(row, "excluded", "issue") == excluded


@pytest.mark.parametrize(
    "cells", [{"npi": "12"}, {"status": "open"}, {"last_verified": "May"}, {"provider_id": "../x"}]
)
def test_cells_that_mean_nothing_leave_the_row_out(cells: dict[str, str]) -> None:
    (field,) = cells
    issue = FRAME.listing({"name": "Vale", **cells}, "row 1")
    assert str(issue).startswith(f"invented: row 1: {field}: ")


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("Tex.", "TX"),
        ("N.Y.", "NY"),
        ("TX 78701", "TX"),
        ("US-TX", "TX"),
        ("Austin, TX", "TX"),
        ("CA, OR, WA", "CA;OR;WA"),
        ("WA/OR", "WA;OR"),
        ("Portland, OR 97201", "OR"),
        ("Washington, PA", "PA"),
        ("Washington, DC, Maryland", "DC;MD"),
        ("Texas (TX)", "TX"),
        ("State of Texas", "TX"),
        ("Washington, D.C.", "DC"),
        ("TX, OK", "TX;OK"),
        ("TX / OK and New Mexico", "TX;OK;NM"),
        ("Ontario;Texas", "TX"),
        ("Washington, PA; Toronto, ON, CA", "PA"),
        ("or", "OR"),
        ("Austin TX", "TX"),
        ("Austin TX 78701", "TX"),
        ("TX78701", "TX"),
        ("TX-Texas", "TX"),
        ("FL - Florida", "FL"),
        ("NC-SC", "NC;SC"),
        ("CA only", "CA"),
        ("Northern California", "CA"),
        ("Telehealth: CA, TX", "CA;TX"),
        ("Texas\nWest Virginia", "TX;WV"),
        ("Mexico, MO", "MO"),
        ("100 NE Oak St, Portland, OR", "OR"),
        ("Flordia", "FL"),
        ("Massachusets", "MA"),
        ("NYC", "NY"),
        # A place in the US that is no state, and what is no place: left in, under no state.
        *((cell, cell) for cell in ("78701", "Los Angeles", "New England", "See website", "50")),
        ("Nationwide", None),
        ("All 50 states", None),
        ("nan", None),
        ("N/A", None),
    ],
)
def test_a_state_in_any_form_is_no_reason_to_leave_a_row_out(state: str, codes: str | None) -> None:
    row = FRAME.listing({"name": "Vale", "state": state}, "row 1")
    assert isinstance(row, Listing)
    assert (row.state, row.excluded) == (codes, None)


@pytest.mark.parametrize(
    "state",
    [
        *("WA, Australia", "CA (Canada)", "Toronto, ON, CA", "BC, CA"),
        *("Ontario", "ON", "Qu\u00e9bec", "NSW", "Baja California", "Bavaria, Germany"),
    ],
)
def test_a_code_that_is_another_countrys_is_no_state(state: str) -> None:
    row = FRAME.listing({"name": "Vale", "state": state}, "row 1")
    assert isinstance(row, Listing) and row.excluded == "non-US"


@pytest.mark.parametrize(
    ("country", "excluded"),
    [
        *((us, None) for us in ("U.S", "the United States", "United States (US)", "US, USA")),
        *((us, None) for us in ("US - United States", "U S A", "en-US", "US,CA", "Unites States")),
        *((none, None) for none in ("Global", "Worldwide", "840", "Estados Unidos")),
        *((none, None) for none in ("nan", "None", "null", "N/A", "PR")),
        *((other, "non-US") for other in ("CA", "Canada", "Georgia", "United Kingdom")),
        *((other, "non-US") for other in ("United Arab Emirates", "fr-CA", "Mexico", "MX")),
    ],
)
def test_countries(country: str, excluded: str | None) -> None:
    row = FRAME.listing({"name": "Vale", "country": country, "state": "TX"}, "row 1")
    assert isinstance(row, Listing) and row.excluded == excluded


@pytest.mark.parametrize(
    ("npi", "kept"),
    [
        ("1234567890.0", "1234567890"),
        ("'1234567890", "1234567890"),
        ("nan", None),
        ("0000000000", None),
    ],
)
def test_a_number_that_a_program_wrote_its_way(npi: str, kept: str | None) -> None:
    row = FRAME.listing({"name": "Vale", "npi": npi}, "row 1")
    assert isinstance(row, Listing) and row.npi == kept


def test_what_means_missing_may_be_a_name() -> None:
    row = FRAME.listing({"name": "None", "city": "None", "phone": "-"}, "row 1")
    assert isinstance(row, Listing) and (row.name, row.city, row.phone) == ("None", None, None)
    row = FRAME.listing({"name": "Vale &amp; Dale&#8217;s &copy"}, "row 1")
    assert isinstance(row, Listing) and row.name == "Vale & Dale\u2019s &copy"


@pytest.mark.parametrize(
    "cell",
    [
        "https://vale.com; https://dale.com",
        "https://vale.com/ https://dale.com/",
        "https://vale.com, www.dale.com",
        "<https://vale.com>",
        '"https://vale.com"',
        "[site](https://vale.com)",
        '<a href="https://vale.com">Vale</a>',
        '=HYPERLINK("https://vale.com","Vale")',
        "https://vale.com,",
        "https://vale.com/%20",
        "https:\\\\vale.com",
        "https;//vale.com",
        "https//:vale.com",
        "htps://vale.com",
        "https://www.google.com/url?q=https://vale.com/&sa=U",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fvale.com%2F&h=AT0",
        "/url?q=https://vale.com/&opi=79508299",
        "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fvale.com%2F&rut=9",
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fvale.com%2F&data=05",
        "https://urldefense.com/v3/__https://vale.com/__;!!AbC!x$",
        "\u201chttps://vale.com\u201d",
        "\u2039https://vale.com\u203a",
        "https://vale.com)",
        "URL: https://vale.com",
        "Website: vale.com",
        "https:// vale.com",
        "vale.com, dale.com",
        "vale.com;dale.com",
        "vale.com dale.com",
        "vale.com / dale.com",
        "vale.com and dale.com",
        "vale.com (closed in May)",
        "vale.com - see our page",
    ],
)
def test_a_website_in_whatever_a_cell_wraps_it(cell: str) -> None:
    row = FRAME.listing({"name": "Vale", "website": cell}, "row 1")
    assert isinstance(row, Listing) and clean_url(row.website or "") == "https://vale.com/"


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("https://vale.com/a,b;c", "https://vale.com/a,b;c"),
        ("https://vale.com/tms_(nyc)", "https://vale.com/tms_(nyc)"),
        ("https://vale.com/our clinic/", "https://vale.com/our%20clinic/"),
        ("https://vale-and-dale.com/or/", "https://vale-and-dale.com/or/"),
        *(
            (none, None)
            for none in ("info@vale.com", "n.a.", "No website", "vale.con", "http://www.")
        ),
    ],
)
def test_what_belongs_to_an_address_stays_and_what_is_none_is_none(
    cell: str, address: str | None
) -> None:
    row = FRAME.listing({"name": "Vale", "website": cell}, "row 1")
    assert isinstance(row, Listing) and row.excluded is None
    assert clean_url(row.website or "") == address


def test_control_characters_and_direction_marks_do_not_survive() -> None:
    row = FRAME.listing({"name": "Vale\x1b[31m\u202e  Clinic\n"}, "row 1")
    assert getattr(row, "name", "") == "Vale [31m Clinic"
