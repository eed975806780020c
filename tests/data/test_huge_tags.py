"""Elements with thousands of attributes are found before any parser sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.pages.pages import PageRefused, read
from crawlers.responses.page_facts import look
from data.huge_tags import MOST_ATTRIBUTES, has_huge_tag


def element(count: int, attribute: str = "a{}=1") -> str:
    return f"<p {' '.join(attribute.format(n) for n in range(count))}>Care.</p>"


@pytest.mark.parametrize("attribute", ["a{}=1", "a{}", 'a{}=">"', "a{}='<p>'", 'a{}="x y / z"'])
def test_more_attributes_than_any_page_needs(attribute: str) -> None:
    assert has_huge_tag("<h1>Hi</h1>" + element(MOST_ATTRIBUTES + 1, attribute))
    assert not has_huge_tag("<h1>Hi</h1>" + element(MOST_ATTRIBUTES, attribute))


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"<p>{'a long paragraph ' * 5_000}</p>",
        f'<p style="{"color: red; " * 5_000}">Care.</p>',
        f"<p data-all='{'[1, 2, 3] ' * 5_000}'>Care.</p>",
        "<p>" * 10_000,
        element(10) * 2_000,
    ],
)
def test_long_pages_and_long_values_are_none(text: str) -> None:
    assert not has_huge_tag(text)


@given(st.text(st.sampled_from("<a>\"'= /p!-"), max_size=400))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert not has_huge_tag(text)


def test_neither_crawler_nor_audit_parses_such_a_page() -> None:
    body = element(60_000).encode()
    with pytest.raises(PageRefused, match="attributes"):
        read(body, url="https://clinic.example/")
    assert look(body, "https://clinic.example/", "text/html").links == ()
