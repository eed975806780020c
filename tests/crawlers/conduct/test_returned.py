"""Cookies that a redirect sets are shown to the same address, once, and not without bound."""

from __future__ import annotations

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.returned import Returned

HERE = "https://clinic.example/faq"


def answer(*cookies: str) -> Exchange:
    return Exchange(HERE, 302, [("Set-Cookie", cookie) for cookie in cookies], b"", "2026-11-24")


def test_what_was_set_is_shown_once() -> None:
    returned = Returned()
    returned.take(answer("seen=1; Path=/"))
    assert returned.cookies("https://other.example/faq") == ""
    assert returned.show(HERE) == "seen=1"
    assert returned.cookies(HERE) == ""
    returned.take(answer("seen=2"))
    assert returned.show(HERE) == "seen=2"


def test_more_than_a_cookie_may_hold_is_not_shown() -> None:
    returned = Returned()
    returned.take(answer("a=" + "x" * 3_000, "b=" + "x" * 3_000))
    assert returned.cookies(HERE) == ""
