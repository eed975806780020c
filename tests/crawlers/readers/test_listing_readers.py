"""Each reader on small invented pages: rows, paging, odd rows, and pages of another shape."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawlers.readers.certificates import Certificates
from crawlers.readers.directory import Directory
from crawlers.readers.npi_registry import NpiRegistry
from crawlers.readers.page import Fetched, PageRows, Reader, ShapeError
from crawlers.readers.row import Frame
from crawlers.readers.table import Table

FRAME = Frame("invented", "https://list.example/", "2026-11-24")
NPI = NpiRegistry({"version": "2.1", "organization_name": "ketamine*"}, "https://r.example/{npi}")
CERTIFICATES = Certificates({"q": "%ketamine%", "output": "json"}, "ketamine")
TABLE = Table({"name": "name", "website": "url", "state": "state"})
CARDS = Directory(
    row="article.card",
    fields={"name": "h2", "website": "a.site", "city": ".city", "state": ".place @data-state"},
    next="a[rel=next]",
)


def read(reader: Reader, body: str | bytes, address: str = "https://list.example/") -> PageRows:
    return reader.read(Fetched(address, body if isinstance(body, bytes) else body.encode()), FRAME)


def organization(number: int, **basic: str) -> dict[str, Any]:
    return {
        "number": str(number),
        "basic": {"organization_name": "KETAMINE HARBOUR LLC", **basic},
        "addresses": [
            {
                "address_purpose": "MAILING",
                "city": "ELSEWHERE",
                "state": "NV",
                "country_code": "US",
            },
            {
                "address_purpose": "LOCATION",
                "city": "OAKVALE",
                "state": "TX",
                "country_code": "US",
                "telephone_number": "555-0100",
            },
        ],
    }


def registry(*results: Any) -> str:
    return json.dumps({"result_count": len(results), "results": results})


def test_registry_row_has_number_place_of_practice_and_no_website() -> None:
    (row,) = read(NPI, registry(organization(1234567890))).rows
    assert (row.npi, row.city, row.state, row.phone) == ("1234567890", "OAKVALE", "TX", "555-0100")
    assert row.source_url == "https://r.example/1234567890"
    assert row.website is None


def test_registry_asks_for_200_at_a_time_and_stops_at_the_last_page() -> None:
    first = NPI.first("https://registry.example/api/")
    assert "limit=200&skip=0" in first and "organization_name=ketamine%2A" in first
    full = registry(*(organization(1000000000 + n) for n in range(200)))
    assert "limit=200&skip=200" in str(read(NPI, full, first).following)
    assert read(NPI, registry(organization(1234567890)), first).following is None


def test_registry_says_when_it_hands_out_no_more() -> None:
    full = registry(*(organization(1000000000 + n) for n in range(200)))
    last = read(NPI, full, "https://registry.example/api/?limit=200&skip=1000")
    assert last.following is None
    assert "hands out no more" in str(last.issues[0])


def test_registry_rows_without_a_name_or_a_place_do_not_stop_the_others() -> None:
    nameless = {"number": "1", "basic": {}, "addresses": []}
    found = read(NPI, registry(nameless, "text", organization(1234567890)))
    assert len(found.rows) == 1
    assert [issue.where for issue in found.issues] == ["invented: result 1", "invented: result 2"]


def test_registry_passes_on_what_the_api_complains_of() -> None:
    with pytest.raises(ShapeError, match="at least two characters"):
        read(NPI, json.dumps({"Errors": [{"description": "needs at least two characters"}]}))


def test_certificates_fold_wildcards_www_and_subdomains_into_one_row_a_domain() -> None:
    names = [
        "*.harbourketamine.example.com\nwww.harbourketamine.com",
        "harbourketamine.com",
        "app.harbourketamine.com",
        "KETAMINE.clinicvale.org",
        "mail@ketamine.example",
        "x.com",
    ]
    found = read(CERTIFICATES, json.dumps([{"name_value": n} for n in names]))
    assert {row.name: row.website for row in found.rows} == {
        "example.com": "https://harbourketamine.example.com/",
        "harbourketamine.com": "https://harbourketamine.com/",
        "clinicvale.org": "https://ketamine.clinicvale.org/",
    }


@pytest.mark.parametrize("reader", [NPI, CERTIFICATES, Table({"name": "name"}, "json")])
def test_html_where_json_was_promised_is_named_as_such(reader: Reader) -> None:
    with pytest.raises(ShapeError, match=r"not JSON.*<html>"):
        read(reader, "<html><body>Too many connections</body></html>")


def test_csv_rows_keep_line_numbers_across_quoted_line_ends() -> None:
    body = 'name,url,state\n"Vale\nClinic",vale.example,Texas\nshort,row\n,empty.example,TX\n'
    found = read(TABLE, body, "rows.csv")
    assert [(row.name, row.state) for row in found.rows] == [("Vale Clinic", "TX")]
    assert [issue.where for issue in found.issues] == ["invented: line 4", "invented: line 5"]


@pytest.mark.parametrize(
    "body",
    [
        "name;url;state;more\nVale;vale.example;TX\nDale;dale.example;TX;;;\n;;;\n",
        "sep=;\nname;url;state\nVale;vale.example;TX\nDale;dale.example;TX\n",
        "name,url,state,url\nVale,vale.example,TX,\nDale,dale.example,TX,other.example\n",
        'name,url,state\nVale,vale.example,TX\n"Gone,gone.example,TX\nDale,dale.example,TX\n',
        "name\turl\tstate\nVale\tvale.example\tTX\nDale\tdale.example\tTX\n".encode("utf-16"),
    ],
    ids=["semicolons", "told", "two of one name", "never closed", "Unicode text"],
)
def test_csv_as_spreadsheets_write_it(body: str | bytes) -> None:
    found = read(TABLE, body, "rows.csv")
    assert [(row.name, row.website) for row in found.rows] == [
        ("Vale", "vale.example"),
        ("Dale", "dale.example"),
    ]


def test_a_header_that_stands_twice_is_nobody() -> None:
    """As files look that somebody put one behind the other."""
    body = "name,url,state\nVale,vale.example,TX\nname,url,state\nDale,dale.example,TX\n"
    found = read(TABLE, body, "rows.csv")
    assert [row.name for row in found.rows] == ["Vale", "Dale"] and found.issues == []


def test_a_file_in_another_encoding_is_named_by_its_line_with_what_excel_calls_the_right_one() -> (
    None
):
    body = "name,url,state\nVale,vale.example,TX\nCaf\u00e9,cafe.example,TX\n".encode("cp1252")
    with pytest.raises(ShapeError, match=r"line 3: not UTF-8 \(byte e9\).*CSV UTF-8"):
        read(TABLE, body, "rows.csv")


def test_a_header_that_is_no_csv_fails_the_source_and_no_more() -> None:
    with pytest.raises(ShapeError, match="line 1: not CSV"):
        read(TABLE, '"na"me,url\nVale,vale.example\n', "rows.csv")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ShapeError, match="line 1: column 'state' is missing"):
        read(TABLE, "name,url\nVale,vale.example\n", "rows.csv")


def test_json_rows_follow_dots_and_join_lists() -> None:
    reader = Table({"name": "who.name", "treatments": "offers"}, items="data.rows")
    rows = [
        {"who": {"name": "Vale"}, "offers": ["Psilocybin", "Ketamine"]},
        {"who": {"name": "Dale"}, "offers": ["Psilocybin"]},
        "text",
    ]
    found = read(reader, json.dumps({"data": {"rows": rows}}), "rows.json")
    assert [(r.name, r.excluded) for r in found.rows] == [("Vale", None), ("Dale", "not-ketamine")]
    assert [issue.where for issue in found.issues] == ["invented: row 3"]


def test_geojson_features_are_rows() -> None:
    feature = {"type": "Feature", "properties": {"name": "Vale", "url": "vale.example"}}
    collection = {"type": "FeatureCollection", "features": [feature, None]}
    found = read(TABLE, json.dumps(collection), "map.geojson")
    assert [row.website for row in found.rows] == ["vale.example"]
    assert len(found.issues) == 1


PAGE = """
<article class="card"><h2>Vale <b>Clinic</b></h2><span class="place" data-state="TX"></span>
  <i class="city">Oakvale</i><a class="site" href="https://vale.example/?utm_source=d">Visit</a>
</article>
<article class="card ad"><p>Sponsored</p></article>
<article class="card"><h2>Dale Clinic</h2><a class="site" href="/profile/dale">Visit</a></article>
<a rel="next" href="page/2/">Next</a>
"""


def test_directory_cards_by_selector_with_the_next_page() -> None:
    found = read(CARDS, PAGE, "https://list.example/all/")
    assert [(r.name, r.city, r.state, r.website) for r in found.rows] == [
        ("Vale Clinic", "Oakvale", "TX", "https://vale.example/?utm_source=d"),
        ("Dale Clinic", None, None, None),
    ]
    assert {row.source_url for row in found.rows} == {"https://list.example/all/"}
    assert found.following == "https://list.example/all/page/2/"
    assert "name: empty" in str(found.issues[0])


@pytest.mark.parametrize(
    "target", ["javascript:void(0)", "http://[url]/", "mailto:a@b.example", ""]
)
def test_links_of_a_directory_that_lead_nowhere_stop_nothing(target: str) -> None:
    card = '<article class="card"><h2>{}</h2><a class="site" href="{}">x</a></article>'
    page = card.format("Vale", target) + card.format("Dale", "https://dale.example.com")
    found = read(CARDS, f'{page}<a rel="next" href="{target}">Next</a>')
    assert [(row.name, row.website) for row in found.rows] == [
        ("Vale", None),
        ("Dale", "https://dale.example.com"),
    ]
    assert found.following is None


def test_directory_of_another_shape_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"nothing is selected by 'article\.card'"):
        read(CARDS, "<table><tr><td>Vale</td></tr></table>")
    with pytest.raises(ShapeError, match="not a CSS selector"):
        read(Directory(row="[[", fields={"name": "h2"}), PAGE)
