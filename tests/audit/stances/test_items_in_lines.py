"""Items of a list that hold several boxes: statements of their own, or one in pieces."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from audit.stances.units import units
from tests.audit.captured_page import captured


def lines_of(*boxes: str) -> list[str]:
    """The lines of a list's first item that holds these boxes."""
    item = "".join(f"<p>{box}</p>" for box in boxes)
    body = f"<main><ul><li>{item}</li><li>Bring water</li></ul></main>"
    (found,) = (b for b in captured(body).text.blocks if b.kind == "list")
    return found.text.split("\n")[:-1]


def test_two_statements_in_one_item_are_two_lines() -> None:
    said = ("A nurse stays with you", "No driving until the next day")
    assert lines_of(*said) == [*said]


@pytest.mark.parametrize(
    "boxes",
    [
        ("Ketamine by slow infusion", "$450"),
        ("Not for anyone who has", "Psychosis or an aneurysm in the past"),
        ("Before the first visit", "We ask about psychosis and mania"),
        ("No driving until you have slept", "unless a friend takes you home"),
        ("Never take it alone,", "Or with a drink in your hand"),
        ("Ketamine is approved by the FDA", "But only as an anesthetic, not for depression"),
        ("Approved in less than five minutes", "Only after a clinician sees you on video"),
        ("Other ketamine providers you know", "Nobody stays with you during the session"),
        ("We cannot treat these conditions here", "Schizophrenia, psychosis, mania and pregnancy"),
        ("Eight out of every ten people", "Report less depression after six infusions"),
    ],
)
def test_what_goes_on_is_one_line(boxes: tuple[str, str]) -> None:
    assert lines_of(*boxes) == [" ".join(boxes)]


def test_a_line_of_an_item_is_read_by_itself() -> None:
    text = "Never for:\nA nurse stays with you\nNo driving until tomorrow"
    found = units(text, parts=((11, len(text)),), kind="list")
    assert [u.text for u in found] == [
        "never for:",
        "never for: a nurse stays with you",
        "never for: no driving until tomorrow",
    ]


def test_an_item_may_lead_in_to_lines_of_its_own() -> None:
    text = "Before it:\nNot for:\n- psychosis\nmania\nCall us. We answer.\nfits"
    found = units(text, parts=((11, len(text)),), kind="list")
    assert [u.text for u in found] == [
        "before it:",
        "before it: not for:",
        "before it: not for: psychosis",
        "before it: not for: mania",
        "before it: call us.",
        "before it: we answer.",
        "before it: fits",
    ]


NOT_FOR = "We do not treat people with:"
ASKED = ("screening.pregnancy", "screening.psychosis-mania")


@pytest.mark.parametrize(
    ("items", "stated"),
    [
        (f"<li>A nurse calls</li><li>{NOT_FOR}<ul><li>pregnancy<li>psychosis</ul></li>", ASKED),
        (f"<li>{NOT_FOR}<br>- Pregnancy<br>- Psychosis</li><li>Bring water</li>", ASKED),
        (f"<li>{NOT_FOR}</li><ul><li>pregnancy<li>psychosis</ul>", ASKED),
        (f"<li>{NOT_FOR}<ul><li>gout<li>fits</ul></li><li>Psychosis, pregnancy</li>", ()),
        ("<li>What other clinics do:<ul><li>Exclude pregnancy<li>Ask about psychosis</ul>", ()),
    ],
)
def test_a_list_within_an_item_is_said_under_it_and_no_other(
    items: str, stated: tuple[str, ...]
) -> None:
    read = captured(f"<p>We offer ketamine lozenges for use at home.</p><ul>{items}</ul>")
    claims = site.read_site(bundled_engine(), [read]).claims
    told = {c.rule_id for c in claims if c.status == "asserted" and c.stance == "states"}
    assert told.intersection(ASKED) == set(stated)


def test_what_is_not_to_be_had_is_so_in_a_list_within_a_list() -> None:
    inner = "<ul><li>Not included:<ul><li>A nurse on video for the whole session</ul></li>"
    body = f"<p>We offer ketamine lozenges for use at home.</p>{inner}<li>Water to drink</ul>"
    claims = site.read_site(bundled_engine(), [captured(body)]).claims
    assert [c.stance for c in claims if c.rule_id == "supervision.live-monitoring"] == ["denies"]
