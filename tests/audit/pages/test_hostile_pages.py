"""Pages made to break a reader: each is read in bounds or refused with a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit.pages.pages import MAX_BYTES, MAX_TEXT, PageRefused, read

MEGABYTE = 1 << 20


def state(data: Any, name: str = "__NEXT_DATA__") -> bytes:
    return f"<script id={name} type=application/json>{json.dumps(data)}</script>".encode()


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000,
        b"<svg><g>" + b"<g>" * 50_000,
        b"<p>" + b"".join(b"<font color=%d><p>" % n for n in range(5_000)),
        b"".join(b"<p><font color=%d>" % n for n in range(3_000)),
    ],
)
def test_bombs_are_refused_with_a_reason(body: bytes) -> None:
    with pytest.raises(PageRefused) as refused:
        read(body, url="")
    assert refused.value.reason == str(refused.value) != ""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 1000,
        b"<p>" + b"word " * MEGABYTE,
        b"<p>" + b"x" * 5 * MEGABYTE,
        b"<p title='" + b"y " * 2 * MEGABYTE + b"'>text",
        b"<p class='" + b"faq-" * MEGABYTE + b"'>text",
        b"<" * 3 * MEGABYTE,
        b"<b>" * 900 + b"x",
        b"<p>x" * 200_000,
        b"<br>" * 200_000,
        b"x<br>" * 200_000,
        b"<ul>" + b"<li>x" * 100_000,
        b"<h2>Why?</h2><p>x</p>" * 20_000,
        b"<div>" * 9_000 + b"<h3>x?</h3>" * 500,
        b"<table>" + b"<tr><td>x<td>y" * 50_000,
        b"<!--" * 100_000,
        b"<script><!--" + b"<script></script>" * 50_000,
        b"<script type=application/ld+json>" + b"[" * 500_000,
        b'<script type=application/ld+json>{"a":' + b"9" * 10_000 + b"}",
        b"<div id=root" + b" <div" * 2_000,
        b"<p>x" + b"<b>y</b> " * 100_000,
        b"<p>" + b"<img alt='z y'>x " * 50_000,
        b"<table><tr><td>x<td>y" * 3_000,
        b"<ul><li>x" * 4_500,
        b"<ul><li>Not for:" * 3_000,
        b"<p>not " + b"<span hidden>x</span>" * 20_000,
        b"<div data-number-value=85>" * 5_000,
        b"<a role=tab href='#a'>x</a>" * 9_000 + b"<div role=tabpanel id=a>x</div>" * 9_000,
        b"<div id=root>" + b" " * MEGABYTE + b"<script>",
        b"<title>" + "\u00a0".encode() * 500_000 + b"x",
        b'<script>self.__next_f.push([1,"x' + b'\\\\\\"' * 300_000 + b'"])</script>',
        b'<script type=application/json>["A b c d e ' + b"f" * MEGABYTE + b'"]</script>',
        b'<script type=application/json>["A b c d e <' + b"f" * MEGABYTE + b'"]</script>',
        b'<script type=application/json>["A b c d e <' + b"f<" * MEGABYTE + b'"]</script>',
        b"&" * MEGABYTE + b"&nbsp;" * 100_000,
        "<p>İﬁ½â€™\u00ad".encode() * 50_000,
        b'<script type=application/ld+json>{"a":' + b'"\\' * 200_000,
        b"<script>window.__NUXT__=f(" + b'"\\' * 200_000 + b"\n",
        b"<p>x" + b"<b> </b>" * 100_000,
        b"<p>" + b"<b>Why?</b><br>x<br>" * 50_000,
        b"<table>" + (b"<tr>" + b"<td colspan=60 rowspan=60>" * 100) * 1_000,
        state({f"{key}{n}": "a b" for n in range(40_000) for key in ("question", "answer")}),
        state([list(range(1, 50_000)), [1] * 50_000, *[{"_1": 0}] * 50_000], "__NUXT_DATA__"),
        state([[1] * 50_000, "Somebody is in the room. " * 50_000], "__NUXT_DATA__-2"),
        b"<p>" + b"stays " * MEGABYTE + state([f"Somebody stays {n} days." for n in range(19_999)]),
    ],
    ids=lambda body: repr(body[:48]),
)
def test_odd_pages_are_read(body: bytes) -> None:
    page = read(body, url="https://clinic.example/")
    assert all(block.text for block in page.blocks)
    assert sum(len(b.text) for b in page.blocks if b.kind != "list-item") <= MAX_TEXT


def test_what_is_beyond_the_limit_is_left_out_and_said() -> None:
    page = read(b"<p>first</p>" + b" " * MAX_BYTES + b"<p>last</p>", url="")
    assert [b.text for b in page.blocks] == ["first"]
    assert page.truncated is True


def test_text_beyond_the_limit_is_left_out_from_there_on_and_said() -> None:
    said = b"<p>first</p><p>" + b"word " * (MAX_TEXT // 5) + b"</p><p>last</p>"
    page = read(said, url="")
    assert [b.text for b in page.blocks] == ["first"]
    assert page.truncated is True


def test_a_long_page_is_read_whole() -> None:
    clauses = (b"clause %d of these terms" % n for n in range(9_000))
    terms = b"<p>" + b"</p><p>".join(clauses)
    page = read(terms, url="")
    assert page.truncated is False
    assert page.blocks[-1].text == "clause 8999 of these terms"


def test_deep_pages_within_the_limit_keep_their_text() -> None:
    page = read(b"<div>" * 9_990 + b"deep", url="")
    assert [b.text for b in page.blocks] == ["deep"]
    assert page.blocks[0].css_path.count("div") == 9_990


def test_markup_in_data_is_not_run_or_kept() -> None:
    said = json.dumps(
        {"@type": "Thing", "description": "<script>x()</script>A nurse is on call at night."}
    )
    said = said.replace("</s", "<\\/s")
    page = read(f"<script type=application/ld+json>{said}".encode(), url="")
    assert ["A nurse is on call at night." in b.text for b in page.blocks] == [True]
