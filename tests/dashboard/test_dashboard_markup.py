"""Crawled text never becomes markup, and never turns what is shown around."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from dashboard import markup, words
from data.vocabulary import Line, Outcome, Reason


@given(st.text() | st.text(alphabet="<>&\"'`/=! scriptonerror\u202e\u2066\x00"))
def test_any_text_stays_text(text: str) -> None:
    html = markup.shown(text)
    tags = BeautifulSoup(html, "html.parser").find_all(True)
    assert all(tag.name == "span" and tag.attrs == {"class": ["kw-code"]} for tag in tags)
    assert not set(html) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")


@pytest.mark.parametrize(
    "name", ["a_b_c.example", "x$1$", ":smile:", "[a](http://b)", "`x`", "~~a~~"]
)
def test_signs_of_markdown_in_an_id_are_signs(name: str) -> None:
    told = markup.markdown(f"{name} is listed")
    assert told.replace("\\", "") == f"{name} is listed"
    assert not re.search(r"(?<!\\)[`*_~$:\[\]]", told)


def test_hidden_steering_characters_are_named() -> None:
    assert markup.plain_text("a\u202eb\x1b[2J") == "a[U+202E]b[U+001B][2J"
    assert str(markup.shown("a\u202eb")) == 'a<span class="kw-code">U+202E</span>b'


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//x.example", "http://", "http://[", "", None],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert markup.web_link(url) is None


def test_a_web_address_becomes_a_link_as_it_is() -> None:
    assert markup.web_link("https://a.example/x?y=1") == "https://a.example/x?y=1"


def test_every_outcome_reason_and_line_has_its_words() -> None:
    assert set(words.REASONS) == set(Reason)
    assert set(words.LINES) == set(Line)
    unsettled = {Outcome.NEEDS_REVIEW, Outcome.NOT_APPLICABLE, Outcome.NOT_TESTED}
    settled = {reason for reason in Reason if reason.outcome not in unsettled}
    assert set(words.SEGMENT) == settled | unsettled
