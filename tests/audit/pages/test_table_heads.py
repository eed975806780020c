"""Which rows head a table, and what its caption stands over."""

from __future__ import annotations

import pytest

from audit.pages.pages import Block, read

TWO_ROWS = (
    "<table><thead><tr><th rowspan=2>What<th colspan=2>Ours<tr><th>At home<th>In clinic</thead>"
    "<tr><td>A nurse<td>No<td>Yes<tr><th>A driver<th>Yes<th>Yes</table>"
)

ROWS = (("Driving", "The next day"), ("Work", "The same day"))


def rows(body: str) -> list[Block]:
    return list(read(f"<main>{body}</main>".encode(), url="https://clinic.example/x").blocks)


def test_a_second_row_of_heads_goes_on_from_the_first() -> None:
    *_, nurse, driver = rows(TWO_ROWS)
    heads = "What | Ours At home | Ours In clinic"
    assert (nurse.lead_in, driver.lead_in) == (heads, heads)


@pytest.mark.parametrize(
    ("first", "lead_in"),
    [
        ("<thead><tr><td>What<td>Included</thead>", "What | Included"),
        ("<tr><td><b>What</b><td><strong>Where</strong>", "What | Where"),
        ("<tr><td><b>What</b><td>Where", ""),
        ("<tr><td><b>A visit</b><td><b>$400</b>", ""),
        ("<tr><td><b>A doctor</b><td><b>Yes</b>", ""),
        ("<tr><td><b>Mania</b><td><b>We do not treat people with it</b>", ""),
    ],
)
def test_a_row_set_apart_heads_a_table(first: str, lead_in: str) -> None:
    assert rows(f"<table>{first}<tr><td>A nurse<td>here</table>")[-1].lead_in == lead_in


def test_a_table_of_nothing_but_bold_cells_or_of_heads_has_few() -> None:
    strong = "".join(f"<tr><td><b>{what}</b><td><b>{when}</b>" for what, when in ROWS)
    assert {row.lead_in for row in rows(f"<table>{strong}</table>")} == {""}
    heads = "".join(f"<tr><th>{what} {n}<th>{n}" for n in range(50) for what, _ in ROWS)
    assert max(len(row.lead_in) for row in rows(f"<table>{heads}</table>")) < 40


def test_a_caption_stands_over_its_table_and_no_further() -> None:
    table = "<table><caption>Not for you</caption><tr><td>Mania<tr><td>Psychosis</table>"
    found = rows(f"<h1>Care</h1>{table}<p>Call us.</p>")
    assert [(b.heading, b.text) for b in found[2:]] == [
        ("Not for you", "Mania"),
        ("Not for you", "Psychosis"),
        ("Care", "Call us."),
    ]
