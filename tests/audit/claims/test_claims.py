"""Claims of a passage: what is set aside and why, and how much is quoted."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.stances.found import Found, Passage
from tests.audit.plain_passage import stances
from tests.audit.small_engine import engine, rule, says

ENGINE = patterns()


def found(rule_id: str, text: str, **around: str) -> list[Found]:
    return [f for f in ENGINE.find(Passage(text=text, **around)) if f.rule_id == rule_id]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule_id", "text"),
    [
        ("claim.non-addictive", "Ketamine is not physically addictive."),
        ("supervision.adult-sitter", "We recommend that a trusted friend is at home with you."),
        (
            "screening.live-evaluation",
            "Your psychiatrist discusses your treatment history on video.",
        ),
    ],
)
def test_a_near_miss_is_shown_and_not_asserted(rule_id: str, text: str) -> None:
    assert {f.set_aside for f in found(rule_id, text)} == {"near_miss"}


@pytest.mark.parametrize(
    ("voice", "text", "reason"),
    [
        ("provider", "Will a nurse sit with you during the whole infusion?", "question"),
        ("provider", "If needed, a nurse stays with you for the whole infusion.", "conditional"),
        ("provider", "At other clinics a nurse stays beside you for the whole infusion.", None),
        ("testimonial", "The nurse stayed, she sat with me for the whole infusion.", "testimonial"),
        ("blog", "A nurse stays beside you for the whole infusion.", "blog"),
    ],
)
def test_set_aside(voice: str, text: str, reason: str | None) -> None:
    reasons = {f.set_aside for f in found("supervision.live-monitoring", text, voice=voice)}
    assert reasons == {reason or "other_party"}


def test_the_quote_is_whole_sentences() -> None:
    text = "Rest. You should not take ketamine if you are pregnant or nursing. Eat well."
    (claim,) = {(f.start, f.end) for f in found("screening.pregnancy", text)}
    assert text[slice(*claim)] == "You should not take ketamine if you are pregnant or nursing."


def test_the_quote_of_a_list_item_begins_with_its_lead_in() -> None:
    text = "We like tea. Please do not book if you have:\nheart failure\nmania\nno time"
    at = text.index("heart")
    parts = ((at, at + 13), (at + 14, at + 19), (at + 20, len(text)))
    said = ENGINE.find(Passage(text=text, parts=parts, kind="list"))
    claim = next(c for c in said if c.rule_id == "screening.psychosis-mania")
    assert text[claim.start : claim.end].startswith("Please do not book if you have:")
    assert text[claim.start : claim.end].endswith("mania")


def test_a_sentence_that_limits_the_one_before_is_quoted_with_it() -> None:
    text = "Parking is free. For your first session you need an adult. After that, it is up to you."
    claim, *_ = sorted(found("supervision.adult-sitter", text), key=lambda c: c.start)
    quote = text[claim.start : claim.end]
    assert quote == "For your first session you need an adult. After that, it is up to you."
    assert claim.stance == "denies"


@pytest.mark.parametrize(
    ("rule_id", "text", "page", "lines"),
    [
        ("claim.sameness", "Our spray is the same as Spravato.", "at-home-nasal", "at-home-nasal"),
        (
            "claim.sameness",
            "It is the same medicine as Spravato.",
            "at-home-nasal",
            "at-home-nasal",
        ),
        ("claim.sameness", "It is not the same as Spravato.", "at-home-oral", "at-home-oral"),
        ("claim.sameness", "Ours is not the same as Spravato.", "", ""),
        ("spravato.no-home-use", "Spravato is never mailed to your home.", "spravato", ""),
        (
            "claim.sameness",
            "It is not the same as Spravato, a nose spray.",
            "at-home-oral",
            "at-home-oral",
        ),
        ("supervision.home-injection", "I do not send injections home.", "", "at-home-oral"),
        ("supervision.guide-role", "Nobody here is a guide or a coach.", "", "at-home-oral"),
        ("spravato.no-home-use", "We mail Spravato to your home.", "spravato", "spravato"),
    ],
)
def test_what_is_likened_to_spravato_is_another_line(
    rule_id: str, text: str, page: str, lines: str
) -> None:
    about = frozenset(filter(None, [page]))
    heard = [f for f in ENGINE.find(Passage(text=text, lines=about)) if f.rule_id == rule_id]
    assert heard
    assert {line for f in heard for line in f.lines} >= set(filter(None, [lines]))
    assert ("spravato" in {line for f in heard for line in f.lines}) == (lines == "spravato")


def test_of_two_frames_the_less_bold_one_counts() -> None:
    bold, plain = says("{claims-it}", bold=True), says("{claims-it|nurse-thing}")
    for frames in ((bold, plain), (plain, bold)):
        (claim,) = engine(rule("claim.made", "prohibited-claim", *frames)).find(
            Passage(text="Here we claim it.")
        )
        assert not claim.bold


def test_the_limit_that_qualifies_a_claim_does_not_deny_it_as_well() -> None:
    text = (
        "Now and then we use Spravato for PTSD. That is outside its label, and the studies are"
        " few and small."
    )
    assert stances("claim.unsupported-conditions", text, "spravato") == {"qualifies"}


@pytest.mark.parametrize(("drug", "heard"), [("ketamine", True), ("TMS", False)])
def test_of_another_treatment_only_the_house_is_heard(drug: str, heard: bool) -> None:
    text = f"A nurse stays in the room with you for the whole of every {drug} session."
    assert bool(found("supervision.live-monitoring", text)) is heard
