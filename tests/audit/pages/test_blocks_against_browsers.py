"""Blocks against two independent readers of HTML: html5lib for words, soupsieve for CSS paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import TemplateString
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import data
from audit.pages.boxes import lay_out
from audit.pages.markup import parse
from audit.pages.pages import read

NEVER_SHOWN = {"script", "style", "template", "del", "s", "strike", "iframe", "noframes", "xmp"}
THEMES = sorted((Path(data.__file__).parent / "demo" / "themes").rglob("*.html"))

_TAGS = """
    div p span b i a ul ol li table tr td th h1 h2 h3 section article header footer nav aside main
    form label select option button details summary dl dt dd blockquote svg title text em br hr
    img input del s script style template noscript small strong center font x-card o:p caption
"""
_ATTRIBUTES = (
    "",
    " class=testimonial",
    " class='faq-question'",
    " class='pricing-card'",
    " class=sr-only",
    " hidden",
    " style='display:none'",
    " role=row",
    " role=button aria-expanded=false aria-controls=x",
    " aria-hidden=true",
    " id=q7",
    " class='a b3' data-x='1>2'",
)
_names = st.sampled_from(sorted(_TAGS.split()))
_words = st.sampled_from(
    ["ketamine", "nurse", "Is it safe?", "no", "$249", "a:", "é", "x&amp;y", " "]
)
_pieces = st.one_of(
    st.builds("<{}{}>".format, _names, st.sampled_from(_ATTRIBUTES)),
    st.builds("</{}>".format, _names),
    _words,
    _words,
    st.just("<!-- note -->"),
)
pages = st.lists(_pieces, max_size=40).map("".join)


def letters(text: str) -> str:
    return "".join(text.split())


def shown(element: Any) -> Iterator[str]:
    """The words of an element and what is in it, as html5lib's tree has them."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name and name not in NEVER_SHOWN:
        yield from (element.text or "").split()
        for child in element:
            yield from shown(child)
            yield from (child.tail or "").split()


def lost(html: str) -> list[str]:
    """Words that html5lib finds and no block has."""
    have = letters(" ".join(b.text for b in read(html.encode(), url="").blocks)).casefold()
    tree = html5lib.parse(html)
    return [word for word in shown(tree) if letters(word).casefold() not in have]


@given(pages)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@example("<p class=sr-only>nurse<p>nurse")
@example("<table><tr><td><b>a<p>b</b>c</table>d<svg><title>e</title><text>f</text></svg>")
def test_no_word_is_lost(html: str) -> None:
    # html5lib is older than today's rules for what <select> may hold, and lets a closing tag reach
    # out of a <template>; on the rest the two agree.
    if "<select" not in html and "<template" not in html:
        assert lost(html) == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_word_of_a_real_template_is_lost(theme: Path) -> None:
    assert lost(theme.read_text("utf-8")) == []


@given(pages)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_places_are_unique(html: str) -> None:
    found = read(html.encode(), url="").blocks
    places = [(b.css_path, b.ordinal) for b in found]
    assert len(set(places)) == len(places)
    assert all(0 <= a <= b <= len(block.text) for block in found for a, b in block.parts)


def spoken(node: Tag) -> str:
    """Text and attributes of a node and all in it, without white space."""
    values = [str(v) for t in [node, *node.find_all(True)] for v in t.attrs.values()]
    # A <template> in a drawing is an element like any other.
    text = node.get_text(types=(NavigableString, TemplateString))
    return letters(" ".join([text, *values]))


@given(pages)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@example("<p>a:<ul><li>nurse</ul><details><summary>no</summary>é</details>")
@example("ketamine<article class=sr-only><b>ketamine")
@example("<svg><template>ketamine")
@example("no<s>nurse</s>é")
@example("ketamine<a class=sr-only>nurse</a>ketamine")
def test_css_path_selects_the_text(html: str) -> None:
    # What lexbor wrote is parsed again, so that the two parsers' repairs are not compared.
    written = parse(html).html
    # A heading in a heading comes apart only when it is parsed once more.
    assume(parse(written).html == written)
    soup = BeautifulSoup(written, "html.parser")
    # What stands around struck or hidden words may be one word.
    joined = BeautifulSoup(written, "html.parser")
    for apart in joined.select("s, del, strike, .sr-only"):
        apart.clear()
    for block in read(written.encode(), url="").blocks:
        nodes = soup.select(block.css_path)
        assert len(nodes) == 1, block.css_path
        told = [spoken(node) for node in (*nodes, *joined.select(block.css_path))]
        assert all(any(letters(w) in text for text in told) for w in block.text.split())


@given(pages)
@settings(max_examples=200, deadline=None)
def test_scan_finds_the_tree_that_lexbor_built(html: str) -> None:
    root = LexborHTMLParser(html).root
    assert root is not None
    walked = [n.tag for n in root.traverse() if not (n.tag or "-").startswith(("-", "!"))]
    names = lay_out(parse(html)).names
    if "template" not in names and "svg" not in names:
        assert names == walked
