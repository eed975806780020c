"""Who speaks under a heading, and in a box that is made for quotations."""

from __future__ import annotations

import pytest

from tests.audit.captured_page import captured


def kind_of(body: str, text: str) -> str:
    return next(b.kind for b in captured(body).text.blocks if b.text.endswith(text))


@pytest.mark.parametrize("head", ["What our patients say", "Testimonials", "Reviews"])
def test_under_such_a_heading_a_patient_speaks(head: str) -> None:
    body = f"<h2>{head}</h2><p>I slept for a night.</p><p>We reply to each.</p>"
    assert kind_of(body, "a night.") == "testimonial"
    assert kind_of(body, "each.") == "paragraph"


def test_under_any_other_heading_nobody_else_speaks() -> None:
    body = "<h2>How we work</h2><p>I see you on video first.</p>"
    assert kind_of(body, "first.") == "paragraph"


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("Do not drive until the next day.", "paragraph"),
        ("<p>Do not drive until the next day.</p>", "paragraph"),
        ("Please try it, I did, until the next day.", "testimonial"),
        ("“You must try it,” until the next day.", "testimonial"),
        ("It was calm until the next day.", "testimonial"),
    ],
)
def test_a_notice_that_looks_like_a_quotation_is_the_providers(inside: str, kind: str) -> None:
    assert kind_of(f"<blockquote>{inside}</blockquote>", "the next day.") == kind


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Medical review", "No ketamine if you have bipolar I disorder."),
        ("Reviews", "We cannot treat uncontrolled bipolar I disorder."),
        ("Our physician reviews your history", "Before I prescribe, I take your blood pressure."),
        ("Reviews your doctor and I do", "I take your blood pressure."),
    ],
)
def test_a_review_by_a_clinician_is_the_providers(head: str, said: str) -> None:
    assert kind_of(f"<h2>{head}</h2><p>{said}</p>", said) == "paragraph"


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Reviews</h2><blockquote>You must try it. It is safe.</blockquote>",
        "<blockquote>Anyone should try this. Ketamine cured her, and it is safe.</blockquote>",
        "<blockquote>You must try it. It is safe. — Ana R.</blockquote>",
    ],
)
def test_praise_that_says_must_is_no_notice(body: str) -> None:
    blocks = captured(body).text.blocks
    assert next(b.kind for b in blocks if "is safe." in b.text) == "testimonial"


def test_with_a_name_below_it_is_a_quotation() -> None:
    body = "<blockquote><p>You should try it.</p><cite>Ana R.</cite></blockquote>"
    assert kind_of(body, "try it.") == "testimonial"
