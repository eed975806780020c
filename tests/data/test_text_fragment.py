"""Links to a quote follow the Text Fragments specification."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import text_fragment

# https://wicg.github.io/scroll-to-text-fragment/#syntax: TextDirectiveExplicitChar and
# PercentEncodedByte, with at most one comma between start and end.
_CHARACTER = r"(?:[a-zA-Z0-9!$'()*+./:;=?@_~]|%[0-9A-F]{2})"
_DIRECTIVE = re.compile(rf"text={_CHARACTER}+(,{_CHARACTER}+)?")


def directive(text: str, url: str = "https://a.example/p") -> str:
    return text_fragment.link(url, text).removeprefix(f"{url}#:~:")


@given(st.text(min_size=1).filter(lambda text: bool(text.split())))
def test_every_quote_gives_a_directive_of_the_grammar(text: str) -> None:
    assert _DIRECTIVE.fullmatch(directive(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "text=plain%20words"),
        ("well-known, & more", "text=well%2Dknown%2C%20%26%20more"),
        ("100% “sure” #1", "text=100%25%20%E2%80%9Csure%E2%80%9D%20%231"),
        (" two  words\u00a0here ", "text=two%20words%20here"),
        # Items of a list: browsers find no single text that runs on from one to the next.
        ("A nurse\n \nwell-known, here\n", "text=A%20nurse,well%2Dknown%2C%20here"),
    ],
)
def test_characters_with_a_meaning_are_encoded(text: str, expected: str) -> None:
    assert directive(text) == expected


def test_a_long_quote_is_given_by_its_ends() -> None:
    text = " ".join(f"word{n}" for n in range(40))
    start, end = directive(text).removeprefix("text=").split(",")
    assert text.startswith(unquote(start))
    assert text.endswith(unquote(end))
    assert len(start) + len(end) < len(text)


def test_a_fragment_of_the_page_is_replaced() -> None:
    assert text_fragment.link("https://a.example/p?q=1#top", "x") == (
        "https://a.example/p?q=1#:~:text=x"
    )


@pytest.mark.parametrize(
    ("css_path", "fragment"),
    [("page[12]", "#page=12"), ("page:nth-of-type(2)", "#:~:text=x"), ("", "#:~:text=x")],
)
def test_a_quote_from_a_pdf_is_on_its_page(css_path: str, fragment: str) -> None:
    address = "https://a.example/form.pdf"
    assert text_fragment.link(f"{address}#top", "x", css_path) == address + fragment
