"""Questions that open their answers when they are pressed, however the page is built."""

from __future__ import annotations

import pytest

from audit.pages.pages import Block, read
from audit.stances.units import units
from tests.audit.plain_passage import stances


def blocks(body: str) -> list[Block]:
    return list(read(f"<main>{body}</main>".encode(), url="https://clinic.example/x").blocks)


@pytest.mark.parametrize(
    "body",
    [
        "<div><button aria-expanded=false>Is it safe?</button><div><p>Mostly.</p></div></div>",
        "<input type=checkbox id=a><label for=a>Is it safe?</label><div><p>Mostly.</p></div>",
        "<input type=radio id=a><label for=a>Is it safe?</label><p>Mostly.</p>",
    ],
)
def test_a_question_that_is_pressed_has_its_answer(body: str) -> None:
    (block,) = blocks(f"<div>{body}</div>")
    assert (block.kind, block.text, block.heading) == ("faq", "Is it safe?\nMostly.", "Is it safe?")


@pytest.mark.parametrize(
    "body",
    [
        "<a class=btn href=/start>Ready to start?</a><p>Mostly.</p>",
        "<button>Ready to start?</button><p>Mostly.</p>",
        "<button aria-expanded=false>Sort by</button><p>Mostly.</p>",
        "<form><label>Are you pregnant?</label><label>Yes</label><label>No</label></form>",
        "<form><div><label>Are you pregnant?</label></div><div>We keep this.</div></form>",
    ],
)
def test_other_buttons_and_labels_have_none(body: str) -> None:
    assert "faq" not in {b.kind for b in blocks(body)}


@pytest.mark.parametrize("sign", [" +", " ▾", " ›", "+", " (-)"])
def test_a_sign_may_stand_behind_the_question(sign: str) -> None:
    (block,) = blocks(f"<div><h3>May I drive?{sign}</h3><p>No.</p></div>")
    assert (block.kind, block.text) == ("faq", f"May I drive?{sign}\nNo.")
    text = f"Is ketamine FDA-approved for depression?{sign}\nNo."
    assert stances("claim.fda-approved", text, "at-home-oral") == {"denies"}


def test_a_number_may_stand_before_it() -> None:
    assert [b.text for b in blocks("<p>1. May I drive?</p><p>No.</p>")] == ["1. May I drive?\nNo."]


def test_an_item_may_ask_and_answer() -> None:
    (whole, *_) = blocks("<ol><li>Is it safe?<br>No.</li><li>May I drive?<br>Yes.</li></ol>")
    read_so = units(whole.text, parts=whole.parts, kind="list")
    assert [(u.text, u.answer) for u in read_so if u.answer] == [
        ("is it safe? no.", "no"),
        ("may i drive? yes.", "yes"),
    ]


TABLE = "<table><tr><th>Feature<th>Us{0}<tr><td>A coach<td>✓</table>"


def test_a_row_with_nothing_in_its_cells_says_nothing() -> None:
    (_, row, _) = blocks(TABLE.format("<tr><td>A nurse on video<td>"))
    assert (row.kind, row.text, row.parts) == ("table-row", "A nurse on video", ((0, 16),))
    assert units(row.text, parts=row.parts, kind=row.kind) == []


@pytest.mark.parametrize(
    "row", ["<tr><td colspan=2>A nurse on video", "<tr><td><td>A nurse on video"]
)
def test_a_row_of_one_cell_does(row: str) -> None:
    assert blocks(TABLE.format(row))[1].kind == "paragraph"
    plain = "<table><tr><td>A nurse on video<td><tr><td>A coach<td>On Mondays</table>"
    assert blocks(plain)[0].kind == "paragraph"
