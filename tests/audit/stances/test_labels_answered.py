"""Labels over their answers: "Nurse on video" and, below or beside it, "No"."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from audit.stances.answers import to_label
from audit.stances.units import units
from audit.text.sentences import Span
from tests.audit.captured_page import captured
from tests.audit.plain_passage import stances

ENGINE = bundled_engine()
NURSE = "Nurse on video during your session"
SHAPES = {
    "terms": "<dl><dt>{0}</dt><dd>{1}</dd></dl>",
    "terms in boxes": "<dl><div><dt>{0}:</dt><dd>{1}</dd></div></dl>",
    "details": "<details><summary>{0}</summary><p>{1}</p></details>",
    "boxes": "<div><div>{0}</div><div>{1}</div></div><div><div>Price</div><div>$90</div></div>",
    "heading": "<h3>{0}</h3><p>{1}</p>",
    "heading of a card": "<div><h3>{0}</h3><div><p>{1}</p></div></div>",
    "bold line": "<p><strong>{0}</strong><br>{1}</p>",
    "bold paragraph": "<p><b>{0}</b></p><p>{1}</p>",
    "item": "<ul><li><span>{0}</span> <span>{1}</span></li><li>Price $90</li></ul>",
    "flex": "<div class=flex><span>{0}</span><span>{1}</span></div>",
    "dots": "<p>{0} ........ {1}</p>",
    "row": "<table><tr><td>{0}</td><td>{1}</td></tr></table>",
}


def heard(body: str) -> set[tuple[str, str | None]]:
    page = captured(f"<main><h1>Ketamine at home</h1>{body}</main>")
    claims = site.read_site(ENGINE, [page]).claims
    live = (c for c in claims if c.rule_id == "supervision.live-monitoring")
    return {(c.stance, c.set_aside_reason) for c in live}


def asserted(body: str) -> set[str]:
    return {stance for stance, aside in heard(body) if aside is None}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("answer", "stance"), [("No", "denies"), ("Yes", "states")])
def test_the_answer_is_read_with_its_label(shape: str, answer: str, stance: str) -> None:
    assert asserted(SHAPES[shape].format(NURSE, answer)) == {stance}


@pytest.mark.parametrize("answer", ["No, you take it alone.", "None", "Not included", "✗", "No."])
def test_answers_in_other_words(answer: str) -> None:
    for shape in ("terms", "heading", "boxes"):
        assert asserted(SHAPES[shape].format(NURSE, answer)) == {"denies"}


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{NURSE}<br>Never alone<br>No driver needed</p>",
        f"<div><div>{NURSE}</div><div>No driver needed</div></div>",
        f"<h3>{NURSE}</h3><p>No driving until the next day.</p>",
        f"<p>{NURSE}.</p><p>No.</p>",
        (
            "<div class=row><div>Feature</div><div>Us</div><div>Other clinics</div></div>"
            f"<div class=row><div>{NURSE}</div><div>Yes</div><div>No</div></div>"
        ),
    ],
)
def test_what_stands_below_and_is_no_answer(body: str) -> None:
    assert asserted(body) == {"states"}


def test_a_choice_answers_nothing() -> None:
    choice = "<div><p>You have a history of psychosis or mania</p><p>Yes</p><p>No</p></div>"
    blocks = captured(f"<main>{choice}</main>").text.blocks
    assert [b.kind for b in blocks if b.region == "main"] == ["paragraph"] * 3


@pytest.mark.parametrize("beside", ["You can say No", "Answer Yes or No", "Nurse: Yes No"])
def test_a_word_that_is_part_of_its_line_answers_nothing(beside: str) -> None:
    assert to_label(beside, Span(0, len(beside))) is None


@pytest.mark.parametrize("answer", ["(not included)", "(No)", "Not available", "– not included"])
def test_the_answer_may_stand_beside_its_label(answer: str) -> None:
    assert asserted(f"<ul><li>{NURSE} {answer}</li><li>Parking</li></ul>") == {"denies"}


def test_a_remark_in_parentheses_is_no_answer() -> None:
    for remark in ("(no coach)", "(not included in Plus, but in all others)", "(yes, always)"):
        assert "denies" not in asserted(f"<ul><li>{NURSE} {remark}</li><li>Parking</li></ul>")


@pytest.mark.parametrize("none", ["None", "None for depression", "None, so far"])
def test_no_approval_is_none(none: str) -> None:
    for text in (f"FDA approval: {none}", f"FDA approval\n{none}"):
        assert stances("claim.fda-approved", text, "at-home-oral") == {"denies"}


@pytest.mark.parametrize(
    "answer",
    ["Optional", "Available at extra cost.", "On request", "Coming soon", "$75 extra", "Add-on"],
)
@pytest.mark.parametrize(
    "shape",
    [
        *SHAPES.values(),
        "<ul><li>{0} ({1})</li><li>Parking</li></ul>",
        "<ul><li>{0} - {1}</li><li>Parking</li></ul>",
        "<p>{0}: {1}</p>",
    ],
)
def test_what_may_be_had_on_top_is_not_there(shape: str, answer: str) -> None:
    assert heard(shape.format(NURSE, answer)) == {("states", "conditional")}


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{NURSE}, music optional</p>",
        f"<p>{NURSE} (music optional)</p>",
        f"<p>{NURSE}. Music: optional.</p>",
        f"<h3>{NURSE}</h3><p>Optional music, eye mask and journal.</p>",
        f"<div><div>{NURSE}</div><div>Required</div></div>",
        f"<div><div>{NURSE}</div><div>$75</div></div>",
        "<p>A nurse stays on video during your session and tips are optional</p>",
    ],
)
def test_what_else_may_be_had_takes_nothing_away(body: str) -> None:
    assert asserted(body) == {"states"}


@pytest.mark.parametrize(("answer", "asks"), [("None", True), ("None:", False)])
def test_an_answer_that_leads_on_is_none_to_the_line_above(answer: str, asks: bool) -> None:
    first = units(f"Who sits with you\n{answer}\nAsk at the desk.")[0]
    assert first.question == asks


@pytest.mark.parametrize(
    "body",
    [
        "<p>✗ {0}</p>",
        "<p>{0} – not included</p>",
        "<ul><li class=excluded>{0}</li></ul>",
        "<ul><li>✗ {0}</li><li>✓ Music and a blanket for you</li></ul>",
    ],
)
def test_what_a_clinician_is_said_not_to_do_is_not_credited(body: str) -> None:
    """Though the words may have a "no" of their own, as in "never leaves you"."""
    does = "Licensed nurse with you throughout every session"
    assert asserted(f"<p>{does}</p>") == {"states"}
    assert "states" not in asserted(body.format(does))


def test_a_no_to_what_a_patient_does_forbids_it() -> None:
    driving = "supervision.no-driving-discharge"
    assert "states" in stances(driving, "Driving home: never, until the next day.", "in-clinic-iv")
