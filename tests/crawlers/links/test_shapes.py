"""Of many addresses of one shape some are asked for: fewer, the less likely they are pages."""

from __future__ import annotations

import pytest

from crawlers.links.shapes import DATED, NUMBERED, YEARLY, most_of, shape


def test_queries_of_one_shape_are_counted_unless_they_choose_the_page() -> None:
    first, second = (f"https://c.example/shop?size={n}&tint={n}" for n in (1, 2))
    assert shape(first) == shape(second) is not None
    assert shape("https://c.example/?p=1") is None
    assert shape("https://c.example/faq") is None


def test_dates_and_numbers_are_counted_apart_from_words() -> None:
    days = {shape(f"https://c.example/book/{d}") for d in ("2026-11-24", "2026/11", "2026/12/01/")}
    assert days == {f"c.example/book/{DATED}"}
    slots = ("book/2026-11-24T09:00", "book/2026-11-25T10:30:00Z", "book/exact_date~24-11-2026")
    assert {shape(f"https://c.example/{slot}") for slot in slots} == days
    assert shape("https://c.example/post/9am") == f"c.example/post/{NUMBERED}"
    assert shape("https://c.example/faq/t-2026") is None
    assert shape("https://c.example/terms/2026") == f"c.example/terms/{YEARLY}"
    assert shape("https://c.example/?q=node/5") == f"c.example/?q=/{NUMBERED}"
    assert shape("https://c.example/post/12") == f"c.example/post/{NUMBERED}"
    assert shape("https://c.example/2026/11/why-we-care") is None
    assert shape("https://c.example/shop?size=2&id=7") == "c.example/shop?id=7"


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("/en/sid-83747/faq", "/en/sid-90210/faq"),
        ("/session-9f8e7d6c/faq?id=2", "/session-0a1b2c3d4e/faq?id=2"),
        ("/phpsessid=a1b2c3/faq", "/phpsessid=d4e5f6/faq"),
        ("/find/iv/in/tx/of/me", "/find/tx/in/iv/of/me"),
    ],
)
def test_a_page_under_another_visitors_number_is_the_same_page(one: str, another: str) -> None:
    shared = shape(f"https://c.example{one}")
    assert shared is not None
    assert shared == shape(f"https://c.example{another}")
    assert most_of(shared, promises=True) == 1


@pytest.mark.parametrize(
    "path",
    [
        *("/locations/texas/austin/", "/treatments/ketamine/depression/", "/session-2-start/faq"),
        *("/session-2024/faq", "/sid-and-nancy/faq", "/token-economy/faq", "/sessions/what-to-do"),
        *("/a/b/c/d", "/en/sid-83747", "/visit-one/faq", "/season-2/faq"),
    ],
)
def test_a_step_with_a_name_is_a_pages(path: str) -> None:
    assert shape(f"https://c.example{path}") is None


def test_days_are_asked_for_less_often_than_years_and_people() -> None:
    day, year, person, store = (
        shape(f"https://c.example/{path}")
        for path in ("slots/2026/11", "terms/2026", "team/12", f"{'3f2a9c' * 4}/faq")
    )
    assert day and year and person and store
    most = [most_of(found, promises=False) for found in (day, store, year, person)]
    assert most == sorted(most)
    assert most_of(day, promises=False) < most_of(year, promises=False)
    assert most_of(day, promises=True) == most_of(year, promises=True)
