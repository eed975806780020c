"""Heads of columns that only name what the rows below answer, and the rows that answer them."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.pages.pages import Block, read
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
APPROVED, CURES = "FDA-approved for depression", "Cures depression"
NURSE = "A nurse stays in the room for the whole session"


def table(*rows: tuple[str, ...]) -> str:
    names = ["th", *["td"] * (len(rows) - 1)]
    lines = (
        "".join(f"<{name}>{cell}</{name}>" for cell in row)
        for name, row in zip(names, rows, strict=True)
    )
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def stances(body: str, rule_id: str) -> set[str]:
    claims = site.read_site(ENGINE, [captured(body)]).claims
    return {c.stance for c in claims if c.rule_id == rule_id and c.status == "asserted"}


def blocks(body: str) -> list[Block]:
    return list(read(f"<main>{body}</main>".encode(), url="https://clinic.example/x").blocks)


@pytest.mark.parametrize("no", ["No", "✗", "Not yet", "Varies"])
def test_a_head_that_a_row_of_ours_denies_is_no_claim(no: str) -> None:
    rows = (("Drug", APPROVED), ("Ketamine", no), ("Spravato", "Yes"))
    assert "states" not in stances(table(*rows), "claim.fda-approved")


def test_what_a_row_says_no_to_is_denied() -> None:
    rows = (("Drug", APPROVED, CURES), ("Ketamine", "No", "No"), ("Spravato", "Yes", "No"))
    assert stances(table(*rows), "claim.fda-approved") == {"denies"}
    assert stances(table(*rows), "disclosure.off-label") == {"states"}
    assert "states" not in stances(table(*rows), "claim.cure-guarantee")


def test_heads_may_be_told_by_their_weight() -> None:
    bold = table(("Drug", APPROVED), ("Ketamine", "No")).replace("th>", "td>")
    bold = bold.replace(APPROVED, f"<b>{APPROVED}</b>").replace("Drug", "<b>Drug</b>")
    assert stances(bold, "claim.fda-approved") == {"denies"}


def test_a_head_alone_is_answered_too() -> None:
    rows = (("", NURSE), ("Ketamine infusion", "Yes"), ("Ketamine lozenge", "No"))
    head, infusion, _ = blocks(table(*rows))
    assert (head.kind, infusion.lead_in) == ("table-row", NURSE)
    assert stances(table(*rows), "supervision.live-monitoring") == {"states"}


def test_a_head_that_every_row_affirms_says_what_it_says() -> None:
    rows = (("Drug", APPROVED), ("Ketamine", "Yes"), ("Ketamine lozenge", "✓"))
    assert stances(table(*rows), "claim.fda-approved") == {"states"}
    assert len(blocks(table(*rows))[0].parts) == 2


def test_rows_of_others_leave_nothing_open() -> None:
    rows = (("Who", NURSE), ("Our clinic", "Yes"), ("Other clinics", "No"))
    assert stances(table(*rows), "supervision.live-monitoring") == {"states"}


@pytest.mark.parametrize(
    "rows",
    [
        (("Topic", "Our clinic", "Other clinics"), (NURSE, "Yes", "No")),  # heads of parties
        (("Visit", "Price"), ("Intake", "$300"), ("Follow-up", "$100")),
        (("Before", "What we do"), ("Psychosis", "We do not treat you"), ("Mania", "Nor then")),
    ],
)
def test_other_heads_keep_their_cells(rows: tuple[tuple[str, ...], ...]) -> None:
    assert len(blocks(table(*rows))[0].parts) == len(rows[0])


def test_heads_may_be_told_by_the_rows_below() -> None:
    plain = table(("Drug", APPROVED), ("Ketamine", "No"), ("Spravato", "Yes"))
    plain = plain.replace("th>", "td>")
    assert "states" not in stances(plain, "claim.fda-approved")
    once = plain.replace("<tr><td>Spravato</td><td>Yes</td></tr>", "")
    assert [len(block.parts) for block in blocks(once)] == [2, 2]


def test_a_row_of_data_is_no_head() -> None:
    body = "<table><tr><td>Psychosis<td>We do not treat it<tr><td>Mania<td>No</table>"
    assert [len(block.parts) for block in blocks(body)] == [2, 2]


def test_a_title_over_a_whole_table_is_none_of_its_heads() -> None:
    body = "<table><tr><th colspan=2>Prices<tr><td>Intake<td>No<tr><td>Visit<td>Yes</table>"
    title, intake, _ = blocks(body)
    assert (title.kind, intake.lead_in) == ("paragraph", "")
