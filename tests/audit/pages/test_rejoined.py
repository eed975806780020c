"""What a page's looks part, and a reader reads as one."""

from __future__ import annotations

import pytest

from audit.pages.pages import Block, read


def blocks(body: str) -> list[Block]:
    return list(read(f"<main>{body}</main>".encode(), url="https://clinic.example/x").blocks)


def said(body: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in blocks(body)]


WHOLE = "A nurse stays on video, for as long as it takes."
LINE = "<{0} class='{1}' style='display: block; text-align: start; {2}'>{3}</{0}>"


@pytest.mark.parametrize(
    "pushed",
    [
        "<button class=term>stays on video</button>",
        "<a class='btn btn-link' href=#>stays on video</a>",
        "<a role=button href=#>stays on video</a>",
        "<label for=x>stays on video</label>",
        "<button>stays</button> on <button>video</button>",
    ],
)
def test_a_word_that_can_be_pressed_stays_in_its_sentence(pushed: str) -> None:
    assert said(f"<p>A nurse {pushed}, for as long as it takes.</p>") == [("paragraph", WHOLE)]


@pytest.mark.parametrize(
    "body",
    [
        "<p>A nurse calls. <button>Book now</button> or write to us.</p>",
        "<p>A nurse calls <button>Book now</button></p><p>or write to us.</p>",
        "<p>A nurse calls <button>Book now</button> Write to us.</p>",
        "<p>A nurse calls</p><button>Book now</button><p>or write to us.</p>",
        "<div>A nurse calls <div><button>Book now</button></div> or write to us.</div>",
    ],
)
def test_other_buttons_stand_for_themselves(body: str) -> None:
    assert ("button", "Book now") in said(body)


@pytest.mark.parametrize("name", ["line", "split-line", "line line2", "lineParent", "line-mask"])
@pytest.mark.parametrize("style", ["position: relative", "overflow:clip", "will-change:transform"])
def test_lines_that_a_script_has_wrapped_are_one_text(name: str, style: str) -> None:
    for tag, outer in (("div", "p"), ("div", "h2"), ("span", "h2")):
        lines = (LINE.format(tag, name, style, t) for t in ("A nurse stays on video,", "for as"))
        ((kind, text),) = said(f"<{outer}>{''.join(lines)} long as it takes.</{outer}>")
        assert (kind, text) == ("heading" if outer == "h2" else "paragraph", WHOLE)


def test_other_boxes_are_no_lines() -> None:
    for name, style in (("line-item", "position:relative"), ("line", "color:red")):
        lines = (LINE.format("div", name, style, text) for text in ("A nurse", "calls"))
        assert [text for _, text in said("".join(lines))] == ["A nurse", "calls"]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Ketamine is not</h2><h2>FDA approved</h2>",
        "<h2><div>Ketamine is not</div><div>FDA approved</div></h2>",
        (
            "<div><h1><span style='display:block'>Ketamine is not</span></h1></div>"
            "<div><h1>FDA approved</h1></div>"
        ),
    ],
)
def test_a_heading_goes_on_in_the_next_line(body: str) -> None:
    heading, below = blocks(f"{body}<p>We say so.</p>")
    assert (heading.kind, heading.text) == ("heading", "Ketamine is not FDA approved")
    assert below.heading_path == ("Ketamine is not FDA approved",)


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Why not</h2><h2>FDA approved</h2>",
        "<h2>Ketamine is not</h2><h3>FDA approved</h3>",
        "<h2>Now or never</h2><h2>FDA approved</h2>",
    ],
)
def test_other_headings_stay_two(body: str) -> None:
    assert [b.kind for b in blocks(body)] == ["heading", "heading"]


def test_a_quotation_has_the_marks_that_a_browser_writes() -> None:
    assert said("<p>Some say <q>it is <b>safe</b></q>.</p>") == [
        ("paragraph", "Some say “it is safe”.")
    ]
