"""Addresses in headers and refreshes, as servers really write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.links.places import absolute, header_text, plain_escapes

HERE = "http://clinic.example/a"


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        (b"/caf\xc3\xa9", "http://clinic.example/caf%C3%A9"),  # UTF-8, as it should not be
        (b"/caf\xe9", "http://clinic.example/caf%E9"),
        (b"/caf%C3%A9 x", "http://clinic.example/caf%C3%A9%20x"),
        ("http://bücher.example/".encode(), "http://xn--bcher-kva.example/"),
        ("http://straße.example/".encode(), "http://xn--strae-oqa.example/"),
        (rb"\faq", "http://clinic.example/faq"),
        (b"///clinic.example/faq", "http://clinic.example/faq"),
        (b"http:///clinic.example/faq", "http://clinic.example/faq"),
        (b" faq#top ", "http://clinic.example/faq"),
        (b"?a=1&b=x/../y", "http://clinic.example/a?a=1&b=x/../y"),
    ],
)
def test_a_location_leads_where_it_leads_a_browser(sent: bytes, place: str) -> None:
    assert absolute(HERE, header_text(sent.decode("latin-1"))) == place


def test_a_header_that_was_read_before_stays() -> None:
    assert header_text("/\N{SNOWMAN}") == "/\N{SNOWMAN}"
    assert header_text(None) is None


@given(st.text(max_size=40))
def test_no_place_breaks_it(place: str) -> None:
    found = absolute(HERE, header_text(place))
    assert found is None or absolute(found, found) == found


@given(st.text("%27eEfF4", max_size=12))
def test_escapes_are_made_plain_once_and_for_all(text: str) -> None:
    plain = plain_escapes(text)
    assert plain_escapes(plain) == plain
