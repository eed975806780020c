"""Texts that stand in attributes: documents, microdata, and what shows when it is pointed at."""

from __future__ import annotations

from html import escape

import pytest

from audit.pages.pages import Block, read

NURSE = "A nurse stays with you until you are alert."


def blocks(html: str) -> list[Block]:
    return list(read(html.encode(), url="https://clinic.example/x").blocks)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_document_in_an_iframe_is_read(quote: str) -> None:
    inner = f"<title>T</title><h2>May I drive?</h2><p>Not today.</p><p>{NURSE}</p>"
    source = escape(inner, quote=True)
    html = f"<body><h1>Questions</h1><iframe srcdoc={quote}{source}{quote}></iframe><p>Call us.</p>"
    found = {b.text: b for b in blocks(html)}
    answer = found[f"May I drive?\nNot today.\n{NURSE}"]
    assert (answer.kind, answer.hidden) == ("faq", False)
    assert answer.css_path == "body > iframe:nth-of-type(1)"
    assert set(found) == {"Questions", answer.text, "Call us."}


@pytest.mark.parametrize(
    "source", ["", " ", escape("<div>" * 12_000), escape("<iframe srcdoc='<p>x</p>'></iframe>")]
)
def test_what_holds_no_text_of_its_own_says_nothing(source: str) -> None:
    assert blocks(f'<body><iframe srcdoc="{source}"></iframe>') == []


def test_what_a_document_within_shows_is_not_said_again() -> None:
    script = f'<script id=__NEXT_DATA__ type=application/json>{{"a": "{NURSE}"}}</script>'
    within = f'<iframe srcdoc="{escape(f"<p>{NURSE}</p>")}"></iframe>'
    assert [b.kind for b in blocks(f"<body>{within}{script}")] == ["paragraph"]


def test_frames_without_a_document_do_not_count() -> None:
    within = f'<iframe srcdoc="{escape(f"<p>{NURSE}</p>")}"></iframe>'
    frames = "<iframe src=https://video.example/1></iframe>" * 30
    assert [b.text for b in blocks(f"<body>{frames}{within}")] == [NURSE]


def test_microdata_that_nobody_sees_is_read_once() -> None:
    html = (
        "<body><div itemscope itemtype='https://schema.org/Question'>"
        "<meta itemprop=name content='May I drive?'>"
        "<div itemprop=acceptedAnswer><meta itemprop=text content='&lt;p>Not today.&lt;/p>'></div>"
        f"</div><meta itemprop=description content='{NURSE}'>"
        "<meta itemprop=reviewBody content='I slept again.'><meta itemprop=price content='90'>"
    )
    assert [(b.kind, b.text, b.region) for b in blocks(html)] == [
        ("faq", "May I drive?\nNot today.", "head"),
        ("json-ld", NURSE, "head"),
        ("testimonial", "I slept again.", "head"),
    ]
    assert len({b.css_path for b in blocks(html)}) == 3
    assert [b.kind for b in blocks(f"{html}<p>{NURSE}</p>")].count("json-ld") == 0


@pytest.mark.parametrize(
    "element",
    [
        "<a data-bs-toggle=popover data-bs-content='{}'>?</a>",
        "<a data-toggle=popover data-content='&lt;p>{}&lt;/p>'>?</a>",
        "<span data-tippy-content='{}'>?</span>",
        "<button aria-label=More data-tooltip='{}'>?</button>",
        "<i data-tooltip-content='{}'></i>",
        "<i data-state=TX data-message='{}'></i>",
    ],
)
def test_what_shows_when_it_is_pointed_at_is_read(element: str) -> None:
    found = blocks(f"<body><p>Price list {element.format(NURSE)} of today</p>")
    assert [b.text for b in found if b.text == NURSE] == [NURSE]
    assert [b.kind for b in found if "Price list" in b.text] == ["paragraph"]


def test_a_short_word_there_is_no_text() -> None:
    assert [b.text for b in blocks("<p>Hello <i data-tip='Read more'>you</i></p>")] == ["Hello you"]


def test_what_a_script_shows_of_a_choice_is_read_with_it() -> None:
    html = f"<select><option value=TX data-text='{NURSE}'>Texas<option>Ohio</select>"
    assert [b.text for b in blocks(html)] == [f"Texas\n{NURSE}\nOhio"]
    # Elsewhere it repeats a headline for its looks.
    assert [b.text for b in blocks(f"<h1 data-text='{NURSE}'>{NURSE}</h1>")] == [NURSE]
