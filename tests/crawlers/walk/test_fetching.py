"""Redirects and retries of one address, against a network that is played."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
)
from twisted.internet.ssl import VerificationError

from crawlers.conduct.evidence import EXCHANGE, Exchange
from crawlers.conduct.guard import Guard
from crawlers.conduct.patience import LONGEST_WAIT_S
from crawlers.conduct.scope import SiteScope
from crawlers.responses.failures import of_exception
from crawlers.walk.fetching import MAX_REDIRECTS, Fetched, Fetcher

SITE = "https://clinic.example"
Played = tuple[int, dict[str, str]] | Exception


def fetch(
    *answers: Played, url: str = "/", is_known: Callable[[str], bool] = lambda url: False
) -> tuple[Fetched, list[str], list[float]]:
    """What came of it, the addresses that were asked, and the pauses that were made."""
    left, asked, pauses = list(answers), [], []

    async def download(request: Request) -> None:
        asked.append(request.url.removeprefix(SITE))
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, headers = answer
        sent = [("Content-Type", "text/html"), *headers.items()]
        request.meta[EXCHANGE] = Exchange(request.url, status, sent, b"<p>words", "")

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    fetcher = Fetcher(download, Guard(), SiteScope(f"{SITE}/"), wait=5, pause=pause)
    fetched = asyncio.run(fetcher.fetch(f"{SITE}{url}", is_known))
    return fetched, asked, pauses


def to(place: str) -> Played:
    return 302, {"Location": place}


def test_redirects_are_followed_as_they_are_sent() -> None:
    fetched, asked, _ = fetch(to("/a?session=1"), to("b#part"), (200, {}))
    assert asked == ["/", "/a?session=1", "/b"]
    assert [e.status for e in fetched.exchanges] == [302, 302, 200]
    assert fetched.trouble is None


@pytest.mark.parametrize(
    ("place", "failure_class"),
    [
        ("/", "redirect_loop"),
        ("https://elsewhere.example/", "off_site_redirect"),
        ("http://127.0.0.1/", "guard"),
        ("http://0x7f.1:22/", "guard"),
        ("file:///etc/passwd", "guard"),
        ("ftp://clinic.example/", "guard"),
    ],
)
def test_redirects_that_are_not_followed(place: str, failure_class: str) -> None:
    fetched, asked, _ = fetch(to(place))
    assert fetched.trouble is not None
    assert fetched.trouble.failure_class == failure_class
    assert asked == ["/"]
    assert len(fetched.exchanges) == 1


@pytest.mark.parametrize("user", ["me@", "me:secret@", "bank.example:80@", "a@b@"])
def test_a_user_in_a_redirect_is_left_out(user: str) -> None:
    fetched, asked, _ = fetch(to(f"https://{user}clinic.example/in"), (200, {}))
    assert fetched.trouble is None
    assert asked == ["/", "/in"]


def test_a_user_hides_no_other_host() -> None:
    fetched, asked, _ = fetch(to("https://clinic.example:443@elsewhere.example/in"))
    assert fetched.trouble is not None
    assert fetched.trouble.failure_class == "off_site_redirect"
    assert asked == ["/"]


def test_a_cookie_that_the_same_address_wants_back_is_shown_there_and_nowhere_else() -> None:
    shown = []

    async def download(request: Request) -> None:
        cookie = (request.headers.get("Cookie") or b"").decode()
        shown.append((request.url.removeprefix(SITE), cookie))
        sent = [("Location", "/check"), ("Set-Cookie", "seen=1; path=/; HttpOnly")]
        if request.url.endswith("/check"):
            sent = [("Location", "/"), ("Set-Cookie", "ok=a\r\nX: 1"), ("Set-Cookie", "n=2")]
        status = 200 if "seen=1" in cookie else 302
        kind = ("Content-Type", "text/html")
        request.meta[EXCHANGE] = Exchange(request.url, status, [kind, *sent], b"<p>words", "")

    fetcher = Fetcher(download, Guard(), SiteScope(f"{SITE}/"), wait=5)
    fetched = asyncio.run(fetcher.fetch(f"{SITE}/"))
    assert shown == [("/", ""), ("/check", ""), ("/", "seen=1; n=2")]
    assert fetched.trouble is None
    shown.clear()
    asyncio.run(fetcher.fetch(f"{SITE}/faq"))
    assert shown[0] == ("/faq", "")


def test_a_circle_that_no_cookie_ends_is_one() -> None:
    sets = (302, {"Location": "/", "Set-Cookie": "a=1"})
    fetched, asked, _ = fetch(sets, sets, sets)
    assert asked == ["/", "/"]
    assert fetched.trouble is not None
    assert fetched.trouble.failure_class == "redirect_loop"


NO_HOST, NOBODY = CannotResolveHostError(), DownloadConnectionRefusedError()
BAD_NAME = VerificationError([])


@pytest.mark.parametrize("failure", [NO_HOST, BAD_NAME])
def test_a_home_page_is_tried_under_its_domains_other_name(failure: Exception) -> None:
    fetched, asked, _ = fetch(failure, to("/in"), (200, {}))
    assert asked == ["/", "https://www.clinic.example/", "https://www.clinic.example/in"]
    assert fetched.trouble is None
    assert [e.status for e in fetched.exchanges] == [302, 200]


@pytest.mark.parametrize(
    ("answers", "url"),
    [
        ((NO_HOST, NO_HOST), "/"),
        ((NO_HOST,), "/faq"),
        ((NOBODY,), "/"),
        ((OSError(),), "/"),
    ],
)
def test_a_host_that_is_reached_by_no_name_fails_as_it_did_first(
    answers: tuple[Exception, ...], url: str
) -> None:
    fetched, asked, _ = fetch(*answers, url=url)
    assert (len(asked), fetched.asked) == (len(answers), f"{SITE}{url}")
    assert fetched.trouble == of_exception(answers[0])


def test_redirects_without_end_are_left() -> None:
    fetched, asked, _ = fetch(*(to(f"/{n}") for n in range(50)))
    assert fetched.trouble is not None
    assert fetched.trouble.failure_class == "redirect_loop"
    assert len(asked) == MAX_REDIRECTS + 1


def test_a_redirect_to_what_is_known_asks_no_more() -> None:
    fetched, asked, _ = fetch(to("/home"), is_known=lambda url: url.endswith("/home"))
    assert (fetched.known, asked) == (f"{SITE}/home", ["/"])


def test_a_redirect_without_a_place_is_an_answer() -> None:
    fetched, _, _ = fetch((302, {}))
    assert (fetched.trouble, len(fetched.exchanges)) == (None, 1)


def test_what_may_pass_is_tried_again_with_growing_pauses() -> None:
    fetched, asked, pauses = fetch(DownloadTimeoutError(), (503, {}), (200, {}))
    assert (asked, fetched.attempts) == (["/", "/", "/"], 3)
    assert 5 <= pauses[0] <= 7.5
    assert 10 <= pauses[1] <= 15
    assert [e.status for e in fetched.exchanges] == [200]


@pytest.mark.parametrize("status", [408, 520, 522, 524])
def test_what_a_gateway_says_in_passing_is_tried_again(status: int) -> None:
    fetched, asked, _ = fetch((status, {}), (200, {}))
    assert (len(asked), [e.status for e in fetched.exchanges]) == (2, [200])


def test_the_last_answer_stands() -> None:
    fetched, asked, _ = fetch((503, {}), (503, {}), (502, {}))
    assert len(asked) == 3
    assert [e.status for e in fetched.exchanges] == [502]


def test_what_lasts_is_not_tried_again() -> None:
    lasting: list[Played] = [(404, {}), (403, {}), OSError()]
    for answer in lasting:
        assert len(fetch(answer)[1]) == 1


def test_the_server_says_how_long_to_wait() -> None:
    assert fetch((429, {"Retry-After": "17"}), (200, {}))[2] == [17]
    past = {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
    assert fetch((503, past), (200, {}))[2] == [0]
    for nonsense in ("soon", "", "²", "-3", "Wed, 99 Oct 9999 99:99:99 GMT"):
        (usual,) = fetch((503, {"Retry-After": nonsense}), (200, {}))[2]
        assert 5 <= usual <= 7.5


def test_a_date_to_come_is_waited_for() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    (pause,) = fetch((503, {"Retry-After": then}), (200, {}))[2]
    assert 5 < pause <= 40


def test_nobody_waits_for_ever() -> None:
    fetched, asked, pauses = fetch((429, {"Retry-After": str(int(LONGEST_WAIT_S) + 1)}))
    assert (asked, pauses, fetched.attempts) == (["/"], [], 1)
    assert fetched.shut
    assert not fetch((429, {}), (200, {}))[0].shut
