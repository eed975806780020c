"""Menus that hold running text are no menus: accordions that builders make out of them."""

from __future__ import annotations

import pytest

from audit.pages.pages import Block, read

ANSWER = "Yes. A nurse stays in the room until your blood pressure is back to where it began."
MENU = "<a href=/a>Home</a><a href=/b>Ketamine</a><a href=/c>Our team</a>"


ASKED = "Looking for something else?"


def blocks(body: str) -> list[Block]:
    html = f"<html><head><title>T</title></head><body>{body}</body></html>"
    return list(read(html.encode(), url="https://clinic.example/faq").blocks)


@pytest.mark.parametrize(
    "item",
    [
        f"""<div class=w-dropdown><div class='faq w-dropdown-toggle'><div class=icon></div>
        <div>Is somebody with me?</div></div>
        <nav class='w-dropdown-list'><p>{ANSWER}</p></nav></div>""",
        f"<button>Is somebody with me?</button><nav><div>{ANSWER}</div></nav>",
        f"<div><span>Is somebody with me?</span></div><div role=menu><p>{ANSWER}</p></div>",
        f"<div><h3>Is somebody with me?</h3><nav><p>{ANSWER}</p><a href=/x>More</a></nav></div>",
        f"<div class=head>Is somebody with me?</div><div class='nav panel'>{ANSWER}</div>",
    ],
)
def test_a_menu_of_sentences_is_an_answer(item: str) -> None:
    html = f"<nav>{MENU}</nav><h1>Questions</h1>{item}<div><p>Another text.</p></div>"
    (answer,) = (b for b in blocks(html) if ANSWER in b.text)
    assert (answer.kind, answer.region, answer.heading) == ("faq", "main", "Is somebody with me?")


def test_a_menu_of_one_word_below_a_question_is_an_answer() -> None:
    found = blocks("<div><div>Is it covered?</div><nav><div>No.</div></nav></div>")
    assert [b.text for b in found if b.kind == "faq"] == ["Is it covered?\nNo."]


def test_a_toggle_without_a_question_mark_heads_its_text() -> None:
    html = f"<div><div>Our nurses</div><nav><p>{ANSWER}</p></nav></div>"
    (answer,) = (b for b in blocks(html) if ANSWER in b.text)
    assert (answer.kind, answer.heading) == ("faq", "Our nurses")


@pytest.mark.parametrize(
    "menu",
    [
        f"<nav>{MENU}</nav>",
        """<nav><a href=/k><div>Ketamine</div><p>A treatment that may help where pills did not.</p>
        </a><a href=/t><div>TMS</div><p>Magnetic pulses, five days a week for six weeks.</p></a>
        </nav>""",
        f"<nav>{MENU * 6}<p>Call our front desk on weekdays, we are glad to help.</p></nav>",
        f"""<div class=w-dropdown><div class=w-dropdown-toggle>Services</div>
        <nav class=w-dropdown-list>{MENU}</nav></div>""",
        f"<p>{ASKED}</p><nav>{MENU}</nav>",
        "<nav><ul><li>Do you offer Spravato?</li><li>Is ketamine right for me?</li></ul></nav>",
    ],
)
def test_a_menu_of_entries_stays_one(menu: str) -> None:
    found = blocks(f"<main>{menu}<p>Some text of the page.</p></main>")
    inside = [b for b in found if b.kind != "meta" and "Some text" not in b.text]
    assert {b.region for b in inside if b.text not in ("Services", ASKED)} == {"nav"}
    assert not [b for b in inside if b.kind == "faq"]


@pytest.mark.parametrize(
    "caption",
    [
        "<figcaption class='blockquote-footer'>A former member</figcaption>",
        "<div class='blockquote-footer'>A former member</div>",
        "<figcaption class='footer'>A former member</figcaption>",
        "<div class='pullquote__footer'>A former member</div>",
        "<div class='tile-footer'>A former member</div>",
    ],
)
def test_what_stands_under_a_quote_is_no_footer(caption: str) -> None:
    (said,) = (b for b in blocks(f"<div><p>It helped.</p>{caption}</div>") if "former" in b.text)
    assert said.region == "main"


def test_the_footer_of_a_page_stays_one() -> None:
    html = "<p>Text.</p><div class='site-footer'>Clinic</div><div class='footer-wrap'>Hours</div>"
    assert [b.region for b in blocks(html) if b.text in ("Clinic", "Hours")] == ["footer"] * 2
