"""On a page of several ways of giving ketamine, a section that names one tells of that one."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
TITLE = "Ketamine shots and take-home troches"
ALONE = "<p>You take it alone, and no nurse or doctor is with you while you do.</p>"
PRESSURE = "<p>Take your blood pressure first, and skip it if the top number is over 150.</p>"


def lines_of(section: str, rule: str) -> set[str]:
    body = f"<h1>{TITLE}</h1><h2>IM shots, in the clinic</h2><p>It is over sooner.</p>{section}"
    read = site.read_site(ENGINE, [captured(body, "/maintenance", TITLE)])
    found = [c for c in read.claims if c.rule_id == rule and c.status == "asserted"]
    assert found
    return {line for claim in found for line in claim.lines.split(";")}


@pytest.mark.parametrize(
    ("rule", "text"), [("supervision.live-monitoring", ALONE), ("supervision.vitals", PRESSURE)]
)
def test_of_the_one_way_that_its_text_names(rule: str, text: str) -> None:
    head = "<h2>The evening you take one</h2>"
    assert lines_of(f"{head}<p>Let the troche melt for a while.</p>{text}", rule) == {
        "at-home-oral"
    }


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Let the troche melt; a shot takes a minute.</p>",
        "<p>Let the troche melt for a while.</p><p>A shot in the hip takes a minute.</p>",
        "<p>Pick a night with nothing after it.</p>",
    ],
)
def test_of_all_that_the_page_is_about(beside: str) -> None:
    said = lines_of(f"<h2>The evening of a dose</h2>{beside}{PRESSURE}", "supervision.vitals")
    assert {"at-home-oral", "in-clinic-im"} <= said


def test_what_is_no_supervision_counts_for_all() -> None:
    harm = "<p>It can be misused, and it is habit-forming.</p>"
    head = "<h2>The evening you take one</h2>"
    said = lines_of(f"{head}<p>Let the troche melt.</p>{harm}", "risk.abuse-potential")
    assert {"at-home-oral", "in-clinic-im"} <= said
