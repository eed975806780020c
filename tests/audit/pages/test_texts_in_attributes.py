"""Texts that stand in attributes: a document in ``srcdoc``, microdata in ``<meta>``."""

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
