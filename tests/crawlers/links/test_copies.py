"""Copies of a site that a sitemap may name."""

from __future__ import annotations

import pytest

from crawlers.links.copies import is_copy, moved_to

FRONT = "https://www.clinic.example/"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        *((f"{name}.clinic.example", True) for name in ("staging", "dev2", "test-site", "www-old")),
        *((f"{name}.clinic.example", False) for name in ("www", "help", "newyork", "older-adults")),
        ("clinic.example", False),
    ],
)
def test_where_a_site_is_tried_out_is_a_copy(host: str, expected: bool) -> None:
    assert is_copy(f"https://{host}/faq", FRONT) is expected


def test_a_site_may_live_where_others_are_tried_out() -> None:
    assert not is_copy("https://new.clinic.example/faq", "https://new.clinic.example/")


@pytest.mark.parametrize(
    ("place", "here"),
    [
        ("http://old.example/faq?x=1", f"{FRONT}faq?x=1"),
        ("https://old.example/", None),
        ("/faq", None),
        ("mailto:a@b.example", None),
    ],
)
def test_the_same_page_at_the_home_page_s_host(place: str, here: str | None) -> None:
    assert moved_to(place, FRONT) == here
