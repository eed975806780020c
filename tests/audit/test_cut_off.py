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
    ],
)
def test_other_boxes_stay_two(body: str) -> None:
    assert len(said(body)) == 2
