"""Services that are named by headings alone: one below the other, or each over its price."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = patterns()
HOME = "<h1>A way out of low mood</h1><p>Ketamine can open a window.</p>"


def offered(
    body: str, path: str = "/treatments", title: str = "Page", home: str = HOME
) -> set[str]:
    pages = [captured(home, "/", "Tolverne"), captured(body, path, title)]
    return set(site.read_site(ENGINE, pages).offered)


PRICED = (
    "<h2>IV infusion</h2><p>The dose is set by the minute.</p><p>Package of six: $2,190</p>"
    "<h2>IM injection</h2><p>Less equipment.</p><p>Single session: $295</p>"
    "<h2>Oral ketamine</h2><p>For the evening at home, with a sitter.</p><p>A month: $140</p>"
)
NAMED = (
    "<h2>IV infusion</h2><p>The dose is set by the minute.</p>"
    "<h2>IM injection</h2><p>Less equipment.</p>"
    "<h2>Oral ketamine</h2><p>For the evening at home, with a sitter.</p>"
)
ALL = {"in-clinic-iv", "in-clinic-im", "at-home-oral"}


def test_headings_over_prices() -> None:
    assert offered(f"<h1>How we help</h1>{PRICED}") == ALL


@pytest.mark.parametrize(
    ("h1", "title"),
    [
        ("Our ketamine treatments", "Page"),
        ("Services", "Page"),
        ("What we offer", "Page"),
        ("Treatment options", "Page"),
        ("Choose with us", "Services and prices"),
    ],
)
@pytest.mark.parametrize("path", ["/treatments", "/what-we-offer"])
def test_headings_on_a_list_of_services(h1: str, title: str, path: str) -> None:
    assert offered(f"<h1>{h1}</h1>{NAMED}", path, title) == ALL


ELSEWHERE = (
    "<h2>IV infusion</h2><p>A drip, in hospitals.</p>"
    "<h2>IM injection</h2><p>A shot in a clinic.</p>"
    "<h2>Spravato</h2><p>A spray; we refer you for it.</p>"
)


@pytest.mark.parametrize(
    ("h1", "body"),
    [
        ("How ketamine is given", NAMED),
        ("Types of ketamine treatment", NAMED),
        ("What clinics charge", PRICED.replace(": $", " is about $")),
        ("IV or oral ketamine?", PRICED),
        ("Ketamine therapies", NAMED),
        ("Treatment options", ELSEWHERE),
        ("What other clinics charge", PRICED),
        ("Compare treatments", PRICED),
        ("How ketamine is given", PRICED.replace("$2,190", "$1,800 to $2,400")
         .replace("$295", "$250-$400").replace("$140", "$120 – $200")),
    ],
)  # fmt: skip
def test_headings_that_explain_list_nothing(h1: str, body: str) -> None:
    assert offered(f"<h1>{h1}</h1>{body}") == set()


def test_other_drips_on_the_list_are_not_ketamine() -> None:
    bar = "<h2>IV infusion</h2><p>Vitamins and salts.</p><p>One bag: $150</p>"
    assert offered(f"<h1>Services</h1>{bar}") == set()
    assert offered(f"<h1>Services</h1>{bar}<h2>Infusions</h2><p>Ketamine. $400</p>") == {
        "in-clinic-iv"
    }


def test_a_house_that_never_names_ketamine_lists_none() -> None:
    unnamed = NAMED.replace("Oral ketamine", "Lozenges")
    assert offered(f"<h1>Services</h1>{unnamed}", home="<h1>Care and more</h1>") == set()
    assert offered(f"<h1>Services</h1>{unnamed}") == ALL


def test_lozenges_that_are_listed_for_the_office_are_not_taken_at_home() -> None:
    body = "<h2>Ketamine lozenges</h2><p>Taken in our office, with your therapist.</p>"
    assert "at-home-oral" not in offered(f"<h1>Services</h1>{body}")


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<h1>Rates</h1><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def test_priced_columns_of_drips_and_shots() -> None:
    body = table(("", "IV infusion", "IM injection"), ("Single session", "$425", "$310"))
    assert offered(body, "/rates", "Rates") == {"in-clinic-iv", "in-clinic-im"}


AT_HOME = "<h1>Ketamine at home</h1><p>We mail ketamine lozenges to adults.</p>"
COMPARED = [
    [("", "Tolverne", "IV ketamine", "IM ketamine"), ("A session", "$59", "$450", "$350"),
     ("Six", "$354", "$2,700", "$2,100")],
    [("", "At-home lozenges", "IV ketamine", "Spravato"), ("A session", "$59", "$450", "$700"),
     ("Six", "$354", "$2,700", "$4,200")],
    [("Option", "A session"), ("Ketamine IV clinic", "$450"), ("Ketamine IM clinic", "$350")],
    [("Treatment", "Average price"), ("IV ketamine", "$450"), ("IM ketamine", "$350")],
    [("", "IV infusion", "IM injection", "Our lozenges"),
     ("Cost", "$450 per ketamine infusion", "$350 per ketamine injection", "$59 each")],
    [("", "IV infusion", "IM injection"), ("Typical cost", "$450", "$350")],
    [("", "IV infusion", "IM injection"), ("A session", "$400-$800", "$300-$500")],
    [("", "Lozenges", "Infusion clinics"), ("Six", "$354", "$2,700 for IV ketamine")],
]  # fmt: skip


@pytest.mark.parametrize("rows", COMPARED)
@pytest.mark.parametrize("heads", ["td", "th"])
def test_a_table_that_compares_prices_with_clinics_makes_no_line(
    rows: list[tuple[str, ...]], heads: str
) -> None:
    body = table(*rows)
    first, rest = body.split("</tr>", 1)
    body = first.replace("td>", f"{heads}>") + "</tr>" + rest
    assert offered(body, "/pricing", "Pricing", AT_HOME) == {"at-home-oral"}
