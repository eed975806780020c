"""Waiting before asking again, hosts that are left alone, and delays that grow."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.patience import (
    LONGEST_WAIT_S,
    SlowDownMiddleware,
    http_date,
    pause,
    retry_after,
)
from crawlers.responses.failures import Trouble
from crawlers.walk.breaker import PATIENCE, Breaker

HERE, THERE = "https://clinic.example/a", "https://desk.example/clinic"


def said(value: str) -> Exchange:
    return Exchange(HERE, 429, [("Retry-After", value)], b"", "")


@given(st.text(max_size=40))
def test_no_header_breaks_it(value: str) -> None:
    wait = retry_after(said(value))
    assert wait is None or wait >= 0


@pytest.mark.parametrize(
    "date",
    ["Wed, 21 Oct 2099 07:28:00 GMT", "Wed Oct 21 07:28:00 2099", "Wed, 21 Oct 2099 07:28:00 -0000",
     "Wed, 21 Oct 2099 07:28:00"],
)  # fmt: skip
def test_a_date_in_every_form_means_utc(date: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    assert http_date(date) == datetime(2099, 10, 21, 7, 28, tzinfo=UTC)
    assert (retry_after(said(date)) or 0) > 10**9


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("90", 90), ("90.5", 90.5), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("-5", None), ("1e3", None),
     ("120, 60", None), ("90s", 90), ("30 Seconds", 30),
     ("5 minutes", None), ("soon", None), ("Wed, 21 Oct 99999 07:28:00 GMT", None)],
)  # fmt: skip
def test_a_number_is_one_of_seconds(value: str, seconds: float | None) -> None:
    assert retry_after(said(value)) == seconds


@given(st.integers(0, 9), st.floats(0, 100))
def test_pauses_of_our_own_grow_and_are_bounded(attempt: int, wait: float) -> None:
    least = min(wait * 2**attempt, LONGEST_WAIT_S)
    assert least <= pause(None, attempt, wait) <= LONGEST_WAIT_S


def test_visitors_do_not_come_back_together() -> None:
    assert len({pause(None, 0, 5.0) for _ in range(20)}) > 1


def test_pages_for_members_say_nothing_against_their_host() -> None:
    breaker = Breaker()
    for _ in range(PATIENCE):
        breaker.note(HERE, Trouble("http_401", of_page=True))
    assert breaker.why(HERE) is None


def test_faults_in_a_row_open_a_host_and_no_other() -> None:
    breaker = Breaker()
    for _ in range(PATIENCE):
        assert breaker.why(HERE) is None
        breaker.note(HERE, Trouble("timeout"))
        breaker.note(THERE, None)
    assert breaker.why("https://clinic.example/b") == Trouble("timeout")
    assert breaker.why(THERE) is None


def test_one_good_answer_starts_the_count_anew() -> None:
    breaker = Breaker()
    for trouble in [*[Trouble("http_403")] * 4, None, *[Trouble("http_403")] * 4]:
        breaker.note(HERE, trouble)
    assert breaker.why(HERE) is None


def test_what_is_no_fault_of_a_host_does_not_count() -> None:
    breaker = Breaker()
    for _ in range(9):
        breaker.note(HERE, Trouble("dead_link"))
    assert breaker.why(HERE) is None


def slowed(status: int, delay: float, *, free: bool = True) -> float:
    slot = SimpleNamespace(delay=delay)
    settings = Settings({"AUTOTHROTTLE_ENABLED": free, "AUTOTHROTTLE_MAX_DELAY": 60})
    engine = SimpleNamespace(downloader=SimpleNamespace(slots={"clinic.example": slot}))
    crawler: Any = SimpleNamespace(settings=settings, engine=engine)
    request = Request(HERE, meta={"download_slot": "clinic.example"})
    SlowDownMiddleware(crawler).process_response(request, Response(HERE, status))
    return float(slot.delay)


@pytest.mark.parametrize(("status", "after"), [(429, 4), (503, 4), (200, 2), (404, 2), (500, 2)])
def test_a_host_that_turns_us_away_is_asked_half_as_often(status: int, after: float) -> None:
    assert slowed(status, 2) == after


def test_delays_have_an_end_and_fixed_ones_stay() -> None:
    assert slowed(429, 50) == 60
    assert slowed(429, 300) == 300  # a robots.txt asked for it
    assert slowed(429, 2, free=False) == 2
