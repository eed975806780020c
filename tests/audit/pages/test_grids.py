"""Comparisons: a cell is its column's, whoever or whatever heads the column."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audit.claims.engines import bundled_engine
from audit.pages.pages import Block, read
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
WATCHED, ALONE = "A nurse stays in the room for the whole session", "Nobody watches your session"
Row = list[str]
Drawn = Callable[[list[Row]], str]
LINES = ["Topic", "Lozenge", "Infusion", "Spravato"]


def cells(rows: list[Row]) -> str:
    lines = ("".join(f"<td>{c}</td>" for c in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def boxes(rows: list[Row]) -> str:
    lines = ("".join(f"<div>{c}</div>" for c in row) for row in rows)
    return "<section>" + "".join(f"<div>{line}</div>" for line in lines) + "</section>"


def flat(rows: list[Row]) -> str:
    """As one grid, where the first cell of a row has a class of its own."""

    def cell(text: str, row: int, column: int) -> str:
        name = "cell head" if row == 0 else "cell" if column else "cell first"
        return f"<div class='{name}'><div>{text}</div></div>"

    drawn = (cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return f"<div class=comparison>{''.join(drawn)}</div>"


def tailwind(rows: list[Row]) -> str:
    """As one grid that says how many columns it has."""
    drawn = (f"<div>{text}</div>" for row in rows for text in row)
    return f"<div class='grid grid-cols-{len(rows[0])} gap-4'>{''.join(drawn)}</div>"


def responsive(rows: list[Row]) -> str:
    """The same, with fewer columns on a telephone."""
    return tailwind(rows).replace("'grid ", "'grid grid-cols-2 md:")


MORE = ["Hours", "Nine to five", "Nine to five", "Nine to five", "Nine to five"]


def asserted(body: str) -> set[tuple[str, str, str]]:
    read = site.read_site(ENGINE, [captured(f"<h2>Compare</h2>{body}")])
    return {(c.rule_id, c.stance, c.lines) for c in read.claims if c.status == "asserted"}


def stances(body: str, rule_id: str) -> set[str]:
    return {stance for rule, stance, _ in asserted(body) if rule == rule_id}


@pytest.mark.parametrize("drawn", [cells, boxes])
@pytest.mark.parametrize(
    "rows",
    [
        [["", "Us", "Other clinics"], ["The session", WATCHED, ALONE]],
        [["Topic", "Other clinics", "Larkfield"], ["The session", ALONE, WATCHED]],
        [["", "Us", "Other clinics"], [WATCHED, "✓", "✗"]],
    ],
)
def test_the_column_of_others_says_nothing_of_us(drawn: Drawn, rows: list[Row]) -> None:
    assert stances(drawn(rows), "supervision.live-monitoring") == {"states"}


@pytest.mark.parametrize("drawn", [flat, tailwind, responsive])
@pytest.mark.parametrize(
    "rows",
    [
        [["", "Larkfield", "Company type A: form only", "Provider B"],
         ["The session", WATCHED, ALONE, "Nobody stays with you"]],
        [["", "Us", "Other clinics"], ["The session", WATCHED, ALONE]],
        [["Topic", "Other clinics", "Larkfield"], ["The session", ALONE, WATCHED]],
        [["", "Our infusions", "Telehealth brands"], [WATCHED, "✓", "✗"]],
        [["", "Larkfield drips", "Spravato clinic", "IV clinic in town"],
         ["The session", WATCHED, "Nobody stays", ALONE]],
    ],
)  # fmt: skip
def test_cells_in_one_grid_are_rows(drawn: Drawn, rows: list[Row]) -> None:
    width = len(rows[0])
    body = drawn([*rows, MORE[:width], ["Rooms", *["Quiet"] * (width - 1)]])
    assert stances(body, "supervision.live-monitoring") == {"states"}


def test_the_heads_of_a_grid_claim_nothing_for_us() -> None:
    heads = ["", "Larkfield", "Company type A: a nurse stays in the room for the session"]
    body = flat([heads, *([f"Row {n}", "Quiet", "Loud"] for n in range(3))])
    assert stances(body, "supervision.live-monitoring") == set()


def test_columns_of_our_own_treatments_are_read_beside_those_of_others() -> None:
    checked = "A nurse checks your blood pressure every ten minutes"
    heads = ["", "Larkfield lozenges", "Larkfield infusions", "Spravato clinic"]
    rows = [heads, ["Monitoring", "Your blood pressure is not checked", checked, checked]]
    found = {(s, of) for rule, s, of in asserted(cells(rows)) if rule == "supervision.vitals"}
    assert found == {("denies", "at-home-oral"), ("states", "in-clinic-iv")}


@pytest.mark.parametrize(
    "body",
    [
        # Cards with an empty box for a picture are no rows.
        "<div class=g>" + "".join(
            f"<div class=icon></div><div class=name>{n}</div><div class=text>{t}</div>"
            for n, t in (("Us", WATCHED), ("Hours", "Nine"), ("Rooms", "Quiet"))
        ) + "</div>",
        "<div class='grid grid-cols-3'>" + f"<div>Step</div><div>{WATCHED}</div><div>Soup</div>" * 3
        + "</div>",
    ],
)  # fmt: skip
def test_cards_in_a_grid_are_no_rows(body: str) -> None:
    assert stances(body, "supervision.live-monitoring") == {"states"}


@pytest.mark.parametrize("drawn", [cells, boxes])
def test_a_cell_speaks_of_the_line_over_its_column(drawn: Drawn) -> None:
    checked = "A nurse checks your blood pressure every ten minutes"
    rows = [LINES, ["Monitoring", "Your blood pressure is not checked", checked, "Two hours"]]
    found = {(s, of) for rule, s, of in asserted(drawn(rows)) if rule == "supervision.vitals"}
    assert found == {("denies", "at-home-oral"), ("states", "in-clinic-iv")}


def test_ticks_under_three_treatments_are_all_read() -> None:
    rows = [LINES, ["A nurse checks your blood pressure every ten minutes", "✗", "✓", "✓"]]
    found = {(s, of) for rule, s, of in asserted(cells(rows)) if rule == "supervision.vitals"}
    assert ("states", "in-clinic-iv") in found and ("states", "at-home-oral") not in found


def test_a_column_of_another_treatment_claims_nothing() -> None:
    rows = [["Topic", "Infusion", "TMS"], ["Result", "Calm", "Lasting relief within hours"]]
    assert "claim.rapid-lasting" not in {rule for rule, _, _ in asserted(cells(rows))}


@pytest.mark.parametrize(
    "body",
    [
        boxes([["Infusion", "Given in our suite"], ["The nurse", WATCHED]]),
        boxes([["Our rooms", "Our nurses"], ["Quiet and warm", WATCHED]]),
        f"<div><div>Us</div><div>You</div></div><p>{WATCHED}.</p>",
    ],
)
def test_boxes_side_by_side_are_still_heard(body: str) -> None:
    assert stances(body, "supervision.live-monitoring") == {"states"}


OTHERS = f"<h4>Other clinics</h4><ul><li>{ALONE}</li></ul>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<div><h4>Us</h4><ul><li>{WATCHED}</li></ul></div><div>{OTHERS}</div>", {"states"}),
        (f"<h4>With us</h4><p>{WATCHED}.</p><h4>Most clinics:</h4><p>{ALONE}.</p>", {"states"}),
        (f"<h4>Our other clinics</h4><p>{WATCHED}.</p><h4>Our aim</h4><p>Calm.</p>", {"states"}),
        (f"<h4>Other clinics of the group</h4><p>{WATCHED}.</p><h4>Us</h4>", {"states"}),
        (f"<h4>Sessions</h4><p>Quiet.</p><h4>Other clinics</h4><p>{WATCHED}.</p>", {"states"}),
    ],
)
def test_a_column_under_the_heading_of_others(body: str, expected: set[str]) -> None:
    assert stances(body, "supervision.live-monitoring") == expected


CHECK, CROSS = "<i class='fas fa-check'></i>", "<i class='fas fa-times'></i>"


@pytest.mark.parametrize(
    ("cell", "icon"),
    [
        ("<div class=col>{}</div>", "{}"),
        ("<p class=table-cell><b>{}</b></p>", "{}"),
        ("<div class=compare__column>{}</div>", "<div class=w>{}</div>"),
    ],
)
def test_an_icon_alone_is_what_a_cell_of_boxes_says(cell: str, icon: str) -> None:
    yes, no = icon.format(CHECK), icon.format(CROSS)
    lines = [["", "Us", "Others"], [WATCHED, yes, no], ["Sleep", no, yes]]
    drawn = ("".join(map(cell.format, line)) for line in lines)
    body = "".join(f"<div class=line>{line}</div>" for line in drawn)
    rows = [b for b in blocks(f"<section>{body}</section>") if b.kind == "table-row"]
    assert [b.text for b in rows] == [f"{WATCHED} ✓ ✗", "Sleep ✗ ✓"]
    assert {b.lead_in for b in rows} == {"Us | Others"}


def test_an_icon_over_a_text_in_a_column_is_no_cell() -> None:
    body = f"<div class=col><div>{CHECK}</div><p>{WATCHED}.</p></div>"
    assert [b.text for b in blocks(f"<div class=row>{body}{body}</div>")] == [f"{WATCHED}."] * 2


def blocks(body: str) -> list[Block]:
    return list(read(f"<main>{body}</main>".encode(), url="https://clinic.example/x").blocks)


def test_what_a_cross_denies_is_held_against_nobody() -> None:
    lines = [["", "Us", "Other clinics"], ["Unlimited refills without a visit", CROSS, CHECK]]
    drawn = ("".join(f"<div class=col>{text}</div>" for text in line) for line in lines)
    body = "".join(f"<div class=row>{line}</div>" for line in drawn)
    assert "denies" not in stances(body, "followup.dependence-monitoring")
