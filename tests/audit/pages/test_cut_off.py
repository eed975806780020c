"""Lines of one sentence in boxes of their own."""

from __future__ import annotations

import pytest

from tests.audit.captured_page import captured


def said(body: str) -> list[str]:
    blocks = captured(f"<main>{body}</main>").text.blocks
    return [b.text for b in blocks if b.kind in ("paragraph", "heading")]


@pytest.mark.parametrize("begun", ["Ketamine is not", "Ketamine isn't", "It was never"])
def test_what_a_denial_denies_may_stand_in_the_next_box(begun: str) -> None:
    assert said(f"<div><p>{begun}</p><p>FDA approved.</p></div>") == [f"{begun} FDA approved."]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Ketamine is not.</p><p>FDA approved.</p>",
        "<h3>Why not</h3><p>FDA approved.</p>",
        "<p>Ketamine is</p><p>FDA approved.</p>",
        "<p>Believe it or not</p><p>85% of us feel calm.</p>",
        "<p>Now or never</p><p>There is no risk.</p>",
        "<p>Why not</p><p>We ask you first.</p>",
        "<p>We do what other clinics don't</p><p>A nurse stays with you.</p>",
        "<p>We bet you can't</p><p>Ketamine is for adults.</p>",
    ],
)
def test_other_boxes_stay_two(body: str) -> None:
    assert len(said(body)) == 2


def test_what_is_named_may_follow_a_denial() -> None:
    assert said("<p>Ketamine is not</p><p>A cure.</p>") == ["Ketamine is not A cure."]
