"""A question in bold over its answer, with a break between: a question and an answer."""

from __future__ import annotations

import pytest

from audit.pages.pages import Block, read


def blocks(html: str, kind: str = "") -> list[Block]:
    page = read(html.encode(), url="https://clinic.example/page")
    return [b for b in page.blocks if b.kind == kind or not kind]


ASKED = ["Is it safe?\nMostly.\nAsk us.", "May I drive?\nNot today."]


@pytest.mark.parametrize(
    "html",
    [
        (
            "<p><strong>Is it safe?</strong><br>Mostly.<br>Ask us.</p>"
            "<p><strong>May I drive?</strong><br>Not today.</p>"
        ),
        "<p><b>Is it safe?</b><br>Mostly.<br>Ask us.<br><br><b>May I drive?</b><br>Not today.</p>",
        "<p><b>Is it safe?</b><br>Mostly.<br>Ask us.<br><b>May I drive?</b><br>Not today.",
        (
            "<div><strong>Is it safe?<br></strong>Mostly.<br>Ask us.</div>"
            "<div> <em><strong>May I drive?</strong></em> <br/> Not today.</div>"
        ),
        (
            "<div><b>Is it <i>safe</i>?</b><br/><br/>Mostly.<br>Ask us.<br/><b>May I drive?</b>"
            "<br/>Not today.</div>"
        ),
        (
            "<ul><li><b>Is it safe?</b><br>Mostly.<br>Ask us.</li>"
            "<li><b>May I drive?</b><br>Not today.</li></ul>"
        ),
    ],
)
def test_each_is_a_block_with_its_answer(html: str) -> None:
    found = blocks(f"<h1>Questions</h1>{html}", "faq")
    assert [b.text for b in found] == ASKED
    assert [b.heading for b in found] == ["Is it safe?", "May I drive?"]
    assert [found[1].text[a:b] for a, b in found[1].parts] == ["May I drive?", "Not today."]
    assert len({(b.css_path, b.ordinal) for b in found}) == 2


def test_what_follows_the_last_answer_does_not_answer_it() -> None:
    html = "<h1>Ask</h1><p><b>May I drive?</b><br>Not today.</p><p>Call us for the rest.</p>"
    (_, answer, rest) = blocks(html)
    assert (answer.kind, rest.text, rest.heading) == ("faq", "Call us for the rest.", "Ask")


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>Is it safe?</b> Mostly.</p>",
        "<p><b>Fees.</b><br>We take cards.</p>",
        "<p>We say: <b>is it safe?</b><br>Mostly.</p>",
        "<table><tr><td><b>Is it safe?</b><br>Mostly.</td><td>x</td></tr></table>",
        "<p>Why <b>now?</b><br>Because.</p>",
        f"<p><b>{'Is it very safe, for me and you, ' * 4}or not?</b><br>Mostly.</p>",
    ],
)
def test_what_is_no_question_over_its_answer_stays_one_text(html: str) -> None:
    assert "faq" not in {b.kind for b in blocks(html)}
    assert len(blocks(html)) == 1


def test_a_line_in_bold_is_still_a_heading() -> None:
    assert [b.kind for b in blocks("<p><b>Fees</b></p><p>We take cards.</p>")] == [
        "heading",
        "paragraph",
    ]
