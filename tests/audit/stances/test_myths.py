"""What a heading, a column or a label calls a myth is nobody's claim; the fact beside it is."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine, patterns
from audit.site import site
from audit.stances import myths
from audit.stances.found import Passage
from tests.audit.captured_page import captured

CURE, SAFE = "claim.cure-guarantee", "claim.absolute-safety"
CURES, MANY = "Ketamine cures depression.", "Many people relapse."
HARMLESS = "Ketamine is completely safe."
ROOM = "<h1>Ketamine</h1><p>We give ketamine infusions in a quiet room in town.</p>"


def claimed(text: str, heading: str = "") -> set[str]:
    found = patterns().find(Passage(text=text, heading=heading))
    return {c.rule_id for c in found if c.stance == "states" and c.set_aside is None}


def claimed_on_page(body: str) -> set[str]:
    read = site.read_site(bundled_engine(), [captured(f"<main>{ROOM}{body}</main>")])
    return {c.rule_id for c in read.claims if c.stance == "states" and c.status == "asserted"}


@pytest.mark.parametrize(
    "heading",
    [
        "Myth", "Myth #4", "Common myths about ketamine", "7 misconceptions", "MISCONCEPTION",
        "What most people get wrong", "Things we never promise",
        "Red flags", "What you may have heard", "Ketamine myths, debunked", "What ketamine is not",
        "False promises", "Three things ketamine is not",
    ],
)  # fmt: skip
def test_a_claim_under_such_a_heading_is_not_meant(heading: str) -> None:
    assert CURE not in claimed(CURES, heading)
    assert CURE not in claimed(f"{CURES} {MANY}", heading)


@pytest.mark.parametrize("heading", ["Ketamine is not", "Ketamine isn’t..."])
def test_what_a_heading_begins_to_deny_is_not_claimed_below_it(heading: str) -> None:
    below = "A cure for depression for good."
    assert CURE in claimed(below)
    assert CURE not in claimed(below, heading)
    assert CURE in claimed(CURES, heading)


@pytest.mark.parametrize(
    "label", ["Myth: “{}”", "Myth #2 – “{}”", "MYTH 3: '{}'", 'Misconception: "{}"']
)
def test_a_label_may_stand_before_a_quotation(label: str) -> None:
    assert CURE in claimed(f"“{CURES}”")
    assert CURE not in claimed(label.format(CURES))


@pytest.mark.parametrize(
    "heading",
    ["Myths and facts", "Fact", "Why ketamine", "What people say about us", "A mythical place",
     "What we never skip", "What you get", "The truth about ketamine", ""],
)  # fmt: skip
def test_under_other_headings_it_is(heading: str) -> None:
    assert CURE in claimed(CURES, heading)


def test_what_is_labelled_as_the_fact_is_claimed_under_any_heading() -> None:
    text = f"Myth: Ketamine is risky. Fact: {HARMLESS}"
    assert SAFE in claimed(text, "Common myths")
    assert SAFE in claimed(text)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Common misconceptions", f"It is risky. Not true. {HARMLESS}"),
        ("Common misconceptions", f"It is risky. It isn’t: {HARMLESS}"),
        ("Common misconceptions", f"Contrary to rumor, {HARMLESS}"),
        ("What other clinics get wrong", "With us ketamine is completely safe."),
        ("What ketamine is not", "It has no side effects."),
        ("What you have heard is true", HARMLESS),
    ],
)
def test_an_answer_and_the_own_house_are_meant(heading: str, text: str) -> None:
    assert SAFE in claimed(text, heading)


def test_a_quoted_myth_of_the_own_house_is_not_meant() -> None:
    assert CURE not in claimed('"We guarantee a cure."', "Common misconceptions")
    assert CURE not in claimed("We guarantee a cure.", "Things we never promise")


@pytest.mark.parametrize(
    "table",
    [
        "<tr><th>Question<th>Answer<tr><td>Do you check my blood pressure during a session?<td>Yes",
        "<tr><th>Step<th>What is true<tr><td>We check blood pressure before each dose<td>Always",
        "<tr><th>What you hear<th>The truth<tr><td>We check blood pressure before each dose<td>Yes",
    ],
)
def test_a_yes_in_a_column_of_truth_answers_its_row(table: str) -> None:
    assert "supervision.vitals" in claimed_on_page(f"<table>{table}</table>")


@pytest.mark.parametrize(
    "next_one", ["It is misleading, and unfair, to say otherwise.", "A myth, however, is the rest."]
)
def test_a_disclosure_before_what_is_untrue_of_others_stands(next_one: str) -> None:
    said = "<p>Ketamine is used off-label for depression.</p>"
    assert "disclosure.off-label" in claimed_on_page(f"{said}<p>{next_one}</p>")


def test_a_disclosure_under_myths_is_a_disclosure() -> None:
    said = "Ketamine is not FDA approved for depression; this use is off-label."
    assert "disclosure.off-label" in claimed(said, "Common myths")


@pytest.mark.parametrize(
    ("text", "is_claimed"),
    [
        (f"MYTH {CURES}", False),
        (f"Myth {CURES}", False),
        (f"MYTH\n{CURES}\nFACT\n{MANY}", False),
        (f"FACT {CURES}", True),
        (f"FACT\n{CURES}", True),
        (f"Mythical {CURES}", True),
    ],
)
def test_a_label_without_a_mark(text: str, is_claimed: bool) -> None:
    assert (CURE in claimed(text)) is is_claimed


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><th>The myth<th>The reality<tr><td>{CURES}<td>{MANY}</table>",
        f"<table><tr><td>What ads say<td>What is true<tr><td>{CURES}<td>{MANY}</table>",
        f"<table><tr><th>Statement<th>True or false?<tr><td>{CURES}<td>False</table>",
        f"<table><tr><td><b>Myth</b><td>{CURES}<tr><td><b>Fact</b><td>{MANY}</table>",
        f"<dl><dt>Myth</dt><dd>{CURES}</dd><dt>Fact</dt><dd>{MANY}</dd></dl>",
        f"<dl><dt>{CURES}</dt><dd>Not true. {MANY}</dd></dl>",
        f"<details><summary>{CURES}</summary><p>A myth. {MANY}</p></details>",
        f"<h2>Common misconceptions</h2><h3>{CURES}</h3><p>{MANY}</p>",
        f"<h2>Common misconceptions</h2><ul><li>{CURES}<li>{HARMLESS}</ul>",
        f"<div><div>MYTH</div><div>{CURES}</div></div><div><div>FACT</div><div>{MANY}</div></div>",
        f"<p><strong>MYTH</strong> {CURES}</p><p><strong>FACT</strong> {MANY}</p>",
        f"<p>{CURES}</p><p>False! {MANY}</p>",
        f"<h3>Myth</h3><p>{CURES} No. {MANY}</p>",
        f"<h3>{CURES}</h3><p>That is not true. {MANY}</p>",
    ],
)
def test_a_myth_on_a_page_is_nobodys_claim(body: str) -> None:
    assert claimed_on_page(body) & {CURE, SAFE} == set()


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><th>Myth<th>Fact<tr><td>Ketamine is risky.<td>{HARMLESS}</table>",
        f"<table><tr><th>Claim<th>Reality<tr><td>Ketamine is risky.<td>{HARMLESS}</table>",
        f"<h3>Myth</h3><p>Ketamine is risky.</p><h3>Fact</h3><p>{HARMLESS}</p>",
        f"<h2>Common myths</h2><p>Myth: Ketamine is risky.</p><p>Fact: {HARMLESS}</p>",
        f"<h2>Common myths</h2><p>It is for horses.</p><h2>Why us</h2><p>{HARMLESS}</p>",
        f"<p>{HARMLESS}</p><p>Wrong doses do harm elsewhere.</p>",
        f"<p>{HARMLESS}</p><p>True! Call us.</p>",
    ],
)
def test_the_fact_beside_it_is_claimed(body: str) -> None:
    assert SAFE in claimed_on_page(body)


def test_heads_of_truth() -> None:
    assert myths.are_truths("What is true") and not myths.are_truths("What it costs")
