"""Whose words stand in quotation marks: a patient's are no assertion of the provider."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.audit.captured_page import captured


def kinds(body: str) -> list[str]:
    return [block.kind for block in captured(body).text.blocks if block.region == "main"]


def said_by(body: str) -> dict[str, str]:
    blocks = captured(body).text.blocks
    return {block.text: block.kind for block in blocks if block.region == "main"}


@pytest.mark.parametrize("before", ["Consent form:", "Patient Agreement –", "Safety Promise:"])
def test_what_is_signed_or_vowed_is_no_patients_story(before: str) -> None:
    assert kinds(f"<p>{before} “I will not drive until the next day.”</p>") == ["paragraph"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>“I slept for the first time in years.”</p>",
        "<p>“The rain stopped in my head.” — Ana R., member since 2023</p>",
        "<p>“The rain in the head just stopped.”</p><p>— Ana R.</p>",
        "<p>“The rain in the head just stopped.”</p><p>Ana R., Ohio</p>",
        "<p>“The rain in the head just stopped,” says Ana, a teacher.</p>",
        '<p>"The rain in the head just stopped," Ana Ruiz told us.</p>',
        '<p>"I slept, and slept again."</p>',
        "<p>«I slept, and slept again.»</p>",
        "<p>»I slept, and slept again.«</p>",
        "<p>❝I slept, and slept again.❞</p>",
        "<p>‘I slept, and it’s good to sleep.’ – Ana R.</p>",
        "<p>★★★★★ “I slept, and slept again.”</p>",
        "<p>Ana R.: “I slept, and slept again.”</p>",
        "<p>One patient told us, “I slept, and slept again.”</p>",
        "<p>“The rain in the head just stopped.” via Google</p>",
        "<div>“</div><p>I slept, and slept again.</p><p>Ana R.</p>",
        "<div>★★★★★</div><p>I slept, and slept again.</p><p>Ana R.</p>",
    ],
)
def test_a_patient_is_quoted(body: str) -> None:
    assert kinds(body)[0] == "testimonial"


@pytest.mark.parametrize(
    "body",
    [
        "<p>“I examine everybody who asks for a box.” — Dr. Ana Ruiz</p>",
        "<p>“I examine everybody who asks for a box.”</p><p>Ana Ruiz, MD, Medical Director</p>",
        "<p>“We turn one in five away,” says our founder.</p>",
        "<p>“A nurse stays on screen throughout.”</p>",
        "<p>“A nurse stays on screen throughout.”</p><p>That is our promise.</p>",
        "<p>“Off-label” means that nobody asked the regulator about this use.</p>",
        f"<p>“May I drive home on my own?” No, {'not before the next morning ' * 4}.</p>",
        "<p>We hear it every week: “I slept for the first time in years.”</p>",
        "<p>“Yes, I do.”</p>",
        "<p>“We treat you with care, every day.” – The Fennel Team</p>",
        "<p>Ana Ruiz, MD: “I examine everybody who asks for a box.”</p>",
        "<p>‘Tis the season, and it’s my favorite.</p>",
        "<div>“</div><p>A nurse stays on screen throughout.</p>",
    ],
)
def test_the_provider_speaks(body: str) -> None:
    assert kinds(body)[0] == "paragraph"


def test_a_quotation_over_several_paragraphs() -> None:
    said = said_by(
        "<p>“It began as a quiet week.</p><p>“Then the colours came back.</p>"
        "<p>“I would do it again.”</p><p>— Ana R.</p><p>We mail lozenges.</p>"
    )
    assert list(said.values()) == ["testimonial"] * 3 + ["paragraph"] * 2


def test_a_mark_that_is_never_closed_hides_nothing() -> None:
    said = said_by(
        "<p>“I slept for the first time in years.</p><p>A nurse stays on screen.</p>"
        "<p>My pressure is taken twice.</p>"
    )
    assert set(said.values()) == {"paragraph"}


def test_paragraphs_of_another_region_end_it() -> None:
    page = captured("<p>“I slept well.</p><footer><p>“I slept for years.”</p></footer>")
    assert [b.kind for b in page.text.blocks if b.text == "“I slept well."] == ["paragraph"]


@given(st.lists(st.text('“”"I a.-—', max_size=12), max_size=6))
def test_no_text_is_lost(paragraphs: list[str]) -> None:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    expected = [text.strip() for text in paragraphs if text.strip()]
    found = [b.text for b in captured(body).text.blocks if b.region == "main" and b.kind != "alt"]
    assert [" ".join(t.split()) for t in expected] == found
