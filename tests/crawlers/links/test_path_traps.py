"""Calendars and filters within a path are cut, and pages that are named like them are not."""

from __future__ import annotations

import pytest

from crawlers.links.links import refusal, untrapped


@pytest.mark.parametrize(
    "path",
    [
        *("/events/2026/11/", "/events/month/november-2026/", "/calendar/november-2026/"),
        *("/schedule/2026/11", "/schedule/nov-24-2026/", "/availability/11-24-2026"),
        *("/events/category/yoga/2026-11/", "/calendar/week/48/", "/appointments/2026/november/"),
    ],
)
def test_a_day_in_a_calendar_is_a_trap(path: str) -> None:
    assert refusal(f"https://c.example{path}") == "trap"


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/shop/color/blue/size/l/", "/shop/"),
        ("/shop/color-blue/size-l/", "/shop/"),
        ("/shop/filter/color/blue", "/shop/"),
        ("/find/sort/price/asc?id=2", "/find/?id=2"),
        ("/find/sort-by-price/", "/find/"),
        ("/care/brand/x/price/1-5/rating/4", "/care/"),
    ],
)
def test_filters_lead_back_to_their_list(path: str, plain: str) -> None:
    assert refusal(f"https://c.example{path}") == "trap"
    assert untrapped(f"https://c.example{path}") == f"https://c.example{plain}"


@pytest.mark.parametrize(
    "path",
    [
        *("/locations/texas/austin/", "/treatments/ketamine/depression/", "/events/open-house/"),
        *("/locations/state/texas/city/austin/", "/events/open-house-2026/", "/appointments/new"),
        *("/schedule/week-1", "/events/may-we-help/", "/blog/november-2026-letter", "/price/iv"),
        *("/brands/spravato/price/", "/filter", "/color-therapy/brand-story/", "/order-by-mail/"),
        *("/sort-of-better/", "/filtered-water/", "/style/of-care", "/appointments/may-2"),
        *("/how-it-works/step/2", "/providers/texas/austin/jane-doe-md", "/size/"),
    ],
)
def test_a_page_is_no_trap(path: str) -> None:
    assert refusal(f"https://c.example{path}") is None
