"""Comparisons: a cell is its column's, whoever or whatever heads the column."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audit import site
from audit.claims import bundled_engine
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
