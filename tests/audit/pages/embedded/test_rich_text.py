"""Questions and answers whose text is split over the pieces of an editor's document."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

from audit.pages.pages import Block, read
from tests.audit.pages.embedded.editors_documents import (
    ANSWER,
    ASKED,
    CONTENTFUL,
    DOCUMENTS,
    DRAFT_JS,
    FIRST,
    LEXICAL,
    SANITY,
    SECOND,
    SLATE,
    TIPTAP,
    TWO,
)


def blocks(html: str) -> list[Block]:
    return list(read(html.encode(), url="https://clinic.example/x").blocks)


def state(data: Any, tag: str = "id=__NEXT_DATA__ type=application/json") -> str:
    return f"<body><div id=root></div><script {tag}>{json.dumps(data)}</script>"


def flight(*rows: str, size: int = 10_000) -> str:
    stream = "\n".join(rows) + "\n"
    pieces = [stream[i : i + size] for i in range(0, len(stream), size)]
    pushed = (f"<script>self.__next_f.push({json.dumps([1, p])})</script>" for p in pieces)
    return "<body>" + "".join(pushed)


def told(html: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in blocks(html)]


@pytest.mark.parametrize("answer", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("keys", [("question", "answer"), ("title", "content"), ("q", "a")])
def test_a_question_with_a_document_is_one_block(answer: Any, keys: tuple[str, str]) -> None:
    pair = {"_key": "k", keys[0]: ASKED, keys[1]: answer}
    assert told(state({"faq": {"groups": [{"title": "Sessions", "items": [pair]}]}})) == [
        ("faq", f"{ASKED}\n{ANSWER}")
    ]


@pytest.mark.parametrize("body", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_alone_says_whole_paragraphs(body: Any) -> None:
    found = blocks(state({"page": {"title": "Sessions", "body": body}}))
    assert [(b.kind, b.text) for b in found] == [("hydration", FIRST + SECOND), ("hydration", TWO)]
    assert {b.heading for b in found} <= {"Sessions", "Text"}


@pytest.mark.parametrize(
    "heading",
    [
        {"_type": "block", "style": "h3", "children": [{"_type": "span", "text": ASKED}]},
        {"type": "heading", "attrs": {"level": 2}, "children": [{"text": ASKED}]},
        {"type": "heading3", "text": ASKED, "spans": []},
        ["$", "h3", None, {"children": ASKED}],
        ["$", "dt", "x", {"className": "q", "children": [ASKED]}],
    ],
)
def test_a_heading_that_asks_takes_what_follows_it(heading: Any) -> None:
    body = [heading, *SLATE, heading | {} if isinstance(heading, dict) else heading]
    assert ("faq", f"{ASKED}\n{ANSWER}") in told(state({"page": {"sections": body}}))


@pytest.mark.parametrize("size", [10_000, 60])
def test_the_stream_of_next_js(size: int) -> None:
    long = json.dumps(LEXICAL)
    rows = (
        '1:"$Sreact.fragment"',
        '2:I[4711,["static/chunks/app.js"],"default"]',
        f"9:T{len(long):x},{long}a:" + json.dumps({"x": 1}),
        '0:["$","$L2",null,{"items":[' + json.dumps({"question": ASKED, "answer": "$9"}) + "]}]",
    )
    assert told(flight(*rows, size=size)) == [("faq", f"{ASKED}\n{ANSWER}")]


def test_a_paragraph_of_the_stream_is_whole_with_its_link() -> None:
    link = ["$", "$L5", None, {"href": "/sitter", "children": SECOND}]
    row = json.dumps(["$", "p", None, {"className": "mt-4", "children": [FIRST, link]}])
    assert told(flight(f"7:{row}")) == [("hydration", FIRST + SECOND)]


def flatten(value: Any, flat: list[Any], named: bool) -> int:
    """As Nuxt and Remix write it: one list, where everything else is a place in it."""
    at = len(flat)
    flat.append(value)
    if isinstance(value, list):
        flat[at] = [flatten(item, flat, named) for item in value]
    elif isinstance(value, dict):
        key = (lambda k: f"_{flatten(k, flat, named)}") if named else str
        flat[at] = {key(k): flatten(item, flat, named) for k, item in value.items()}
    return at


@pytest.mark.parametrize("answer", [SANITY, CONTENTFUL, TIPTAP, SLATE])
def test_the_states_of_nuxt_remix_and_astro(answer: Any) -> None:
    pair = {"items": [{"question": ASKED, "answer": answer}]}
    nuxt: list[Any] = [["ShallowReactive", 1]]
    flatten(pair, nuxt, named=False)
    remix: list[Any] = []
    flatten(pair, remix, named=True)
    sent = f"window.__reactRouterContext.streamController.enqueue({json.dumps(json.dumps(remix))})"
    props = escape(json.dumps({"data": in_astro(pair)}), quote=True)
    expected = [("faq", f"{ASKED}\n{ANSWER}")]
    assert told(state(nuxt, "id=__NUXT_DATA__ type=application/json")) == expected
    assert told(f"<body><script>{sent}</script>") == expected
    assert told(f'<body><astro-island client="only" props="{props}"></astro-island>') == expected
    assert told(f"<body><script>window.__remixContext = {json.dumps(pair)};</script>") == expected


def in_astro(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [1, [in_astro(item) for item in value]]
    if isinstance(value, dict):
        return [0, {key: in_astro(item) for key, item in value.items()}]
    return [0, value]


@pytest.mark.parametrize("answer", [SANITY, DRAFT_JS, TIPTAP])
def test_what_the_page_shows_is_not_said_again(answer: Any) -> None:
    data = state({"items": [{"question": ASKED, "answer": answer}], "body": answer})
    shown = f"<h3>{ASKED}</h3><p><b>{FIRST}</b>{SECOND}</p><p>{TWO}</p>"
    assert told(data + shown) == [("faq", f"{ASKED}\n{ANSWER}")]
    boxed = f"<div><b>{ASKED}</b></div><div>{FIRST}{SECOND} {TWO}</div>"
    assert [kind for kind, _ in told(data + boxed)] == ["faq"]
    other = f"<div><b>{ASKED}</b></div><div>{FIRST}sitter sleeps.</div>"
    assert len(told(data + other)) > 1


@pytest.mark.parametrize(
    "data",
    [
        {"title": "Our doctors?", "content": {"href": "/doctors", "id": "a b c d e f"}},
        {"children": [{"text": "Home", "href": "/"}, {"text": "Our team today", "href": "/t"}]},
        {"question": "Alone?", "answer": None},
        {"question": "A picture?", "answer": {"type": "image", "alt": "x", "text": "/a.png"}},
        {"question": {"a": 1}, "answer": 3},
        {"content": ["$", "", None, {"href": "/a"}]},
    ],
)
def test_what_is_no_document_says_nothing(data: Any) -> None:
    assert told(state(data)) == []


def test_documents_nested_without_end_are_passed_over() -> None:
    deep: Any = {"type": "text", "text": FIRST}
    for _ in range(400):
        deep = {"question": ASKED, "answer": [deep], "children": [deep] if _ < 9 else []}
    assert len(told(state(deep))) < 300
    bomb = [[1, 1, 1, 1], *([n + 2] * 9 for n in range(400)), FIRST]
    assert len(told(state(bomb, "id=__NUXT_DATA__ type=application/json"))) < 3


def test_a_title_that_asks_is_found_behind_one_that_does_not() -> None:
    said = SECOND.capitalize()
    card = {"title": "Good to know", "label": ASKED, "content": said}
    assert ("faq", f"{ASKED}\n{said}") in told(state(card))
