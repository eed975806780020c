"""Where pages and headers send a visitor on, and what only looks as if they did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.links.refresh import target
from crawlers.responses.page_facts import look

HERE = "https://clinic.example/dir/page"
ON = "https://clinic.example/on"


@pytest.mark.parametrize(
    "value",
    [
        "0; url=/on",
        "0;URL='/on'",
        '0 , url = "/on"',
        "0 /on",
        "0;/on",
        ".5; url=/on",
        "3; url=\n/on",
    ],
)
def test_a_value_in_every_form(value: str) -> None:
    assert target(value, HERE) == ON


@pytest.mark.parametrize(
    "value",
    ["", "5", "11; url=/on", f"{'9' * 5000}; url=/on", "soon; url=/on", "0; url=javascript:x()",
     "0; url=mailto:a@clinic.example", "0; url="],
)  # fmt: skip
def test_what_leads_nowhere_at_once(value: str) -> None:
    assert target(value, HERE) is None


@given(st.text(max_size=60))
def test_no_value_breaks_it(value: str) -> None:
    target(value, HERE)


META = '<meta http-equiv="{}" content="0; url={}">'


@pytest.mark.parametrize(
    ("html", "place"),
    [
        (META.format("Refresh", "/on"), ON),
        ('<meta content="0;url=/on" http-equiv=refresh>', ON),
        (f'<base href="/b/">{META.format("refresh", "x")}', "https://clinic.example/b/x"),
        (META.format("x-refresh", "/on"), None),
        *((f"<{tag}>{META.format('refresh', '/on')}</{tag}>", None)
          for tag in ("noscript", "textarea", "template", "style", "script", "xmp")),
        (f"<!-- {META.format('refresh', '/on')} -->", None),
        (f"<iframe srcdoc='{META.format('refresh', '/on')}'></iframe>", None),
    ],
)  # fmt: skip
def test_only_the_page_itself_sends_its_visitor_on(html: str, place: str | None) -> None:
    assert look(html.encode(), HERE, "text/html").refresh == place
