"""robots.txt as RFC 9309 has it, and what the middleware makes of it."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.settings import Settings

from crawlers.conduct.evidence import EXCHANGE, Exchange
from crawlers.conduct.robots import (
    MAX_BYTES,
    READING,
    RETRY_WAIT,
    RobotsMiddleware,
    RobotsRefused,
    parse,
)

HOST = "clinic.example"
SITE = f"https://{HOST}"
US = "ketawatch"


def allowed(body: str | bytes, path: str = "/x", status: int = 200) -> bool:
    raw = body if isinstance(body, bytes) else body.encode()
    return parse(status, raw, HOST).refusal(SITE + path, US) is None


def test_rules_for_us_win_over_rules_for_everybody() -> None:
    text = "User-agent: *\nAllow: /\n\nUser-agent: Ketawatch\nDisallow: /x"
    assert not allowed(text)
    assert allowed(text, "/y")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_missing_file_allows_everything(status: int) -> None:
    assert allowed("User-agent: *\nDisallow: /", status=status)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_file_that_cannot_be_read_now_allows_nothing(status: int) -> None:
    assert not allowed("User-agent: *\nAllow: /", status=status)


def test_a_byte_order_mark_hides_no_rule() -> None:
    assert not allowed(b"\xef\xbb\xbfUser-agent: *\nDisallow: /x")


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(b"User-agent: *\nDisallow: /x", mtime=0),
        b"<!-- cached -->\nUser-agent: *\nDisallow: /x",
        b"<pre>User-agent: *\nDisallow: /x\n</pre>",
        b"User-agent: *\n\0Disallow: /x",
    ],
)
def test_what_was_made_of_it_hides_no_rule(body: bytes) -> None:
    assert not allowed(body)
    assert allowed(body, "/y")


def test_a_web_page_in_its_place_says_nothing() -> None:
    assert allowed("<!doctype html>\nUser-agent: *\nDisallow: /")
    assert allowed("<!-- shop --><html><p>\nUser-agent: *\nDisallow: /")


def test_what_lies_beyond_the_limit_is_not_read() -> None:
    head = b"User-agent: *\nDisallow: /x\n"
    padding = b"# padding\n" * (MAX_BYTES // 10 + 1)
    late = head + padding + b"Disallow: /late\n"
    assert not allowed(late)
    assert allowed(late, "/late")


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: ketawatch/1.0\nDisallow: /x",
        "user agent: KetaWatch/2 (research)\nDisallow: /x",
        "User-agent: other\n\nUser-agent: ketawatch\n\nDisallow: /x",
        "User-agent: other\nCrawl-delay: 5\nUser-agent: ketawatch\nDisallow: /x",
        "User-agent: *\nDisallow: /y\n\nUser-agent: b\nDisallow:\n\nUser-agent: *\nDisallow: /x",
    ],
)
def test_rules_for_us_are_found_however_they_are_written(text: str) -> None:
    assert not allowed(text)
    assert allowed(text, "/z")


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: otherbot, ketawatch\nDisallow: /x",
        "User-agent: *\nDisallow: x",
        "User-agent: *\nDisallow: https://clinic.example/x",
        'User-agent: "*"\nDisallow: "/x"',
        "User-agent: *\nDisallow: \u2018/x\u2019",
        "User-agent: *\n\ufeffDisallow: /x",
        "User-agent: *\nDis\u200ballow: /x",
        "User-agent\uff1a *\nDisallow\uff1a /x",
        "- User-agent: *\n- Disallow: /x",
        "User-agent: *<br>Disallow: /x<br />",
        r"User-agent: *\nDisallow: /x",
        "User-agent: *\nDisallow: /y\nDisalow: x",
    ],
)
def test_what_a_line_forbids_is_found_however_it_is_written(text: str) -> None:
    assert not allowed(text)
    assert allowed(text, "/z")


@pytest.mark.parametrize(
    "text",
    ["User-agent: *\nDisallow:", "User-agent: *\nDisallow: ''", "User-agent: *\nDisallow: /y, /z"],
)
def test_what_forbids_nothing_still_does_not(text: str) -> None:
    assert allowed(text)


@pytest.mark.parametrize("path", ["/", "", "/*"])
def test_to_close_all_of_another_host_closes_nothing_here(path: str) -> None:
    assert allowed(f"User-agent: *\nDisallow: https://staging.clinic.example{path}")
    for own in ("clinic.example", "www.clinic.example", "CLINIC.example:443"):
        assert not allowed(f"User-agent: *\nDisallow: https://{own}{path}")


@pytest.mark.parametrize(("named", "closed"), [("straße", True), ("strasse", False)])
def test_a_host_beyond_ascii_is_known_by_its_letters(named: str, closed: bool) -> None:
    host = "xn--strae-oqa.example"
    rules = parse(200, f"User-agent: *\nDisallow: https://{named}.example/".encode(), host)
    assert (rules.refusal(f"https://{host}/x", US) is not None) == closed


def test_a_path_on_another_host_is_kept_to_here() -> None:
    text = "User-agent: *\nDisallow: https://staging.clinic.example/x"
    assert not allowed(text)
    assert allowed(text, "/z")


@pytest.mark.parametrize("line", ["Allow: https://other.example/", "Allow: '/x'", "Allow: x"])
def test_what_a_line_allows_is_not_guessed_at(line: str) -> None:
    assert not allowed(f"User-agent: *\n{line}\nDisallow: /x")


def test_rules_for_others_are_not_ours() -> None:
    assert allowed("User-agent: ketawatch-images/1.0\nDisallow: /")
    assert allowed("User-agent: ketawatch\nCrawl-delay: 5\nUser-agent: other\nDisallow: /")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_letters_of_two_bytes_hide_no_rule(encoding: str) -> None:
    text = "User-agent: *\nDisallow: /x"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    assert not allowed((mark + text).encode(encoding))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("10", 10),
        ("10s", 10),
        ("2.5 sec", 2.5),
        ("7 seconds # please", 7),
        ("2,5", 2.5),
        ("soon", 0),
        ("-3", 0),
    ],
)
def test_a_delay_may_have_its_unit(said: str, seconds: float) -> None:
    rules = parse(200, f"User-agent: *\nCrawl-delay: {said}\n".encode(), HOST)
    assert rules.delay(US) == seconds


@pytest.mark.parametrize("name", ["Crawl delay", "crawl_delay", "CRAWLDELAY"])
def test_a_delay_goes_by_several_names(name: str) -> None:
    assert parse(200, f"User-agent: *\n{name}: 12\n".encode(), HOST).delay(US) == 12


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body: bytes) -> None:
    parse(200, body, HOST).refusal(SITE + "/x", US)


class Engine:
    """Stands in for Scrapy's: answers, or raises, in the order given."""

    def __init__(self, *answers: tuple[int, bytes, str | None] | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.downloader = SimpleNamespace(per_slot_settings={}, slots={})

    async def download_async(self, request: Request) -> None:
        self.asked.append(request.url)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body, location = answer
        headers = [("Location", location)] if location else []
        request.meta[EXCHANGE] = Exchange(request.url, status, headers, body, "")


def middleware(engine: Engine) -> RobotsMiddleware:
    settings = Settings({"ROBOTSTXT_USER_AGENT": US, RETRY_WAIT: 0, "RETRY_TIMES": 2})
    crawler: Any = SimpleNamespace(settings=settings, engine=engine)
    return RobotsMiddleware(crawler)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_it_is_read_once_a_host_and_handed_over_with_the_request() -> None:
    engine = Engine((200, b"User-agent: *\nDisallow: /x\nSitemap: /map.xml", None))

    async def visit() -> None:
        robots = middleware(engine)
        first, second = Request(f"{SITE}/a"), Request(f"{SITE}/b")
        await robots.process_request(first)
        await robots.process_request(second)
        with pytest.raises(RobotsRefused):
            await robots.process_request(Request(f"{SITE}/x"))
        assert first.meta[READING].sitemaps == [f"{SITE}/map.xml"]
        assert READING not in second.meta

    run(visit())
    assert engine.asked == [f"{SITE}/robots.txt"]


def test_redirects_are_followed_and_every_answer_is_kept() -> None:
    engine = Engine((301, b"", "/r2"), (200, b"User-agent: *\nDisallow: /x", None))

    async def visit() -> None:
        request = Request(f"{SITE}/x")
        with pytest.raises(RobotsRefused):
            await middleware(engine).process_request(request)
        assert [e.status for e in request.meta[READING].exchanges] == [301, 200]

    run(visit())
    assert engine.asked == [f"{SITE}/robots.txt", f"{SITE}/r2"]


def test_redirects_without_end_count_as_no_file() -> None:
    engine = Engine(*[(302, b"", f"/r{n}") for n in range(6)])
    run(middleware(engine).process_request(Request(f"{SITE}/x")))
    assert len(engine.asked) == 6


def test_a_fault_is_asked_about_again_before_it_keeps_us_out() -> None:
    engine = Engine((503, b"", None), (503, b"", None), (200, b"", None))
    run(middleware(engine).process_request(Request(f"{SITE}/x")))
    assert len(engine.asked) == 3


def test_a_host_that_does_not_answer_is_no_matter_of_robots() -> None:
    engine = Engine(DownloadTimeoutError(), (200, b"", None))

    async def visit() -> None:
        robots = middleware(engine)
        with pytest.raises(DownloadTimeoutError):
            await robots.process_request(Request(f"{SITE}/x"))
        await robots.process_request(Request(f"{SITE}/x"))

    run(visit())


def test_a_longer_crawl_delay_is_kept_to() -> None:
    engine = Engine((200, b"User-agent: *\nCrawl-delay: 7", None))
    slot = SimpleNamespace(delay=1.0, jitter=0.5)
    engine.downloader.slots["clinic.example"] = slot
    request = Request(f"{SITE}/x")
    run(middleware(engine).process_request(request))
    assert (slot.delay, slot.jitter) == (7.0, 0)
    assert engine.downloader.per_slot_settings["clinic.example"]["delay"] == 7.0
    assert request.meta["autothrottle_dont_adjust_delay"] is True


@pytest.mark.parametrize(
    "line",
    [
        "https://clinic.example/a.xml https://clinic.example/b.xml",
        "https://clinic.example/a.xml, https://clinic.example/b.xml",
        '<https://clinic.example/a.xml>\nSitemap: "https://clinic.example/b.xml"',
        "a.xml\nSitemap: /b.xml",
    ],
)
def test_sitemaps_are_found_however_their_line_is_written(line: str) -> None:
    rules = parse(200, f"User-agent: *\nSitemap: {line}\n".encode(), HOST)
    assert rules.sitemaps(f"{SITE}/robots.txt") == [f"{SITE}/a.xml", f"{SITE}/b.xml"]


@pytest.mark.parametrize("unseen", ["\ufeff\ufeff", "\u200b"])
def test_signs_that_nobody_sees_hide_no_rule(unseen: str) -> None:
    assert not allowed(f"{unseen}User-agent: *\nDisallow: /x")
