"""Table rows: whose column is read, and what a "yes" in it answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import examples
from audit.claims.engines import patterns
from audit.stances import rows
from audit.stances.found import Passage

ENGINE = patterns()


def read(cells: list[str], heads: list[str]) -> list[tuple[int, str | None]]:
    return [(cell.index, cell.answer) for cell in rows.own_cells(cells, heads)]


def stance(rule_id: str, cells: list[str], lead_in: str = "", heading: str = "") -> str:
    parts, at = [], 0
    for cell in cells:
        parts.append((at, at + len(cell)))
        at += len(cell) + 1
    passage = Passage(
        text=" ".join(cells), heading=heading, lead_in=lead_in, parts=tuple(parts), kind="table-row"
    )
    found = {f.stance for f in ENGINE.find(passage) if f.rule_id == rule_id and not f.set_aside}
    return "+".join(sorted(found)) or examples.SILENT


@pytest.mark.parametrize(
    ("cells", "heads", "expected"),
    [
        (["Nurse", "Yes", "No"], ["Us", "Clinics"], [(1, "yes")]),
        (["Nurse", "Yes", "No"], ["Feature", "Other companies", "Us"], [(2, "no")]),
        (["Nurse", "✓", "✗"], ["Lozenges", "Drips"], [(1, "yes")]),
        (["Nurse", "No", "Yes"], ["Typical clinic", "Fernhill"], [(2, "yes")]),
        (["Nurse", "Not included", "Included"], [], [(1, "no")]),
        (["Pregnancy", "No", "At any stage"], ["Condition", "Treated?", "Note"],
         [(1, "no"), (2, None)]),
        (["Sitter", "Always there"], [], [(1, None)]),
        (["It cures", "It helps many"], ["Myth", "Fact"], [(1, None)]),
        (["Nurse", "🚫", "✅"], ["Feature", "Us", "Others"], [(1, "no")]),
        (["Nurse", "N/A", "Yes"], ["Feature", "Us", "Others"], []),
        (["Nurse", "—"], ["Feature", "Us"], []),
        (["FDA approved", "✓"], ["Feature", "Us", "Them"], []),
        (["FDA approved", "✓"], ["Us", "Them"], []),
        (["A nurse stays", "Nobody stays"], ["Us", "Them"], [(0, None)]),
        (["Nobody stays", "A nurse stays"], ["Other clinics", "Us"], [(1, None)]),
        (["Nurse", "✓", "✗", "✓"], ["Lozenges", "Drips", "Spravato"],
         [(1, "yes"), (2, "no"), (3, "yes")]),
        (["Most common side effects", "Drowsiness"], [], [(1, None)]),
        (["A typical clinic", "A nurse stays", "$600"], ["Option", "Care", "Price"], []),
    ],
)  # fmt: skip
def test_own_cells(
    cells: list[str], heads: list[str], expected: list[tuple[int, str | None]]
) -> None:
    assert read(cells, heads) == expected


@pytest.mark.parametrize(
    ("rule_id", "cells", "lead_in", "expected"),
    [
        ("screening.pregnancy", ["Pregnancy or nursing", "No", "At any stage"],
         "Condition | Ketamine at home? | Remarks", "states"),
        ("screening.pregnancy", ["Pregnancy or nursing", "Yes"], "Condition | Accepted?", "denies"),
        ("disclosure.off-label", ["FDA approved for depression", "Included", "Not included"],
         "Our lozenges | Clinic drips", "silent"),
        ("claim.fda-approved", ["FDA approved for depression", "✓", "✗"],
         "Our lozenges | Clinic drips", "states"),
        ("claim.fda-approved", ["FDA approved for depression", "✗", "✓"],
         "Our lozenges | Daily pills", "denies"),
        ("claim.non-addictive", ["Non-addictive", "No", "Yes"], "Other pills | Us", "states"),
        ("supervision.vitals", ["Blood pressure", "Checked before every dose"], "", "states"),
        ("supervision.vitals", ["Blood pressure", "At home", "Checked before every dose"],
         "Ours | Other clinics", "silent"),
        ("disclosure.compounded", ["Are the tablets compounded?", "Yes, by a 503A pharmacy"], "",
         "states"),
    ],
)  # fmt: skip
def test_what_a_row_says(rule_id: str, cells: list[str], lead_in: str, expected: str) -> None:
    assert stance(rule_id, cells, lead_in) == expected


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6), st.lists(st.text(max_size=9)))
def test_any_row_can_be_read(cells: list[str], heads: list[str]) -> None:
    for cell in rows.own_cells(cells, heads):
        assert 1 <= cell.index < len(cells)
