"""Which pages are worth a browser."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest

from crawlers.browser.escalation import AUTO, LATER, NEVER, THIN, reason, withheld
from crawlers.browser.rendered import Asked, Rendered
from crawlers.conduct.evidence import Exchange
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.addresses import Address
from crawlers.responses.page_facts import look
from crawlers.walk.fetching import Fetched, page_facts
from crawlers.walk.rendering import Renderer, became
from data.vocabulary import PageType

if TYPE_CHECKING:
    from crawlers.browser.browser import Chromium

URL = "https://clinic.example/care"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div id=any-name></div><script src=/a.js></script>", THIN),
        ("<div class=spin>Loading...</div><script src=/a.js></script>", THIN),
        ("<script>location = '/care/home'</script>", THIN),
        ("<div></div>", None),
        ("<p>" + "We are open on Mondays. " * 4 + "<script>1</script>", None),
    ],
)
def test_hardly_a_word_beside_a_script_is_a_sign(html: str, expected: str | None) -> None:
    body = html.encode()
    facts = look(body, URL, "text/html; charset=utf-8")
    assert reason(URL, PageType.OTHER, body, facts, AUTO) == expected
    assert reason(URL, PageType.OTHER, body, facts, NEVER) is None


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("fetch('/faq.json').then(show)", LATER),
        ("fetch( `answers.html` )", LATER),
        ("$.getJSON('/faq.json', show)", LATER),
        ('jQuery("#answers").load("parts/faq.html")', LATER),
        # It sends something, tells of the visit, or asks others.
        ("fetch('/api/contact', {method: 'POST'})", None),
        ("fetch('/collect')", None),
        ("fetch('https://tags.example/x.json')", None),
        ("prefetch('/faq.json')", None),
    ],
)
def test_a_script_in_the_page_that_fetches_a_part_of_it_is_a_sign(
    script: str, expected: str | None
) -> None:
    body = f"{LONG}<script>{script}</script>".encode()
    assert reason(URL, PageType.FAQ, body, look(body, URL, None), AUTO) == expected


def left_out(html: str, path: str, why: str = "method", kind: str = "fetch") -> str:
    body = html.encode()
    asked = Asked(f"https://clinic.example{path}", "POST", kind, "", why)
    rendered = Rendered(URL, URL, html=body, asked=[asked])
    return withheld(rendered, look(body, URL, None), lambda url: True)


SKELETON = "<nav><a href=/faq>FAQ</a></nav><h1>Care</h1><div class='card skeleton'></div>"
# A contact page as site builders make them: a few words in much markup.
CONTACT = "<h1>Contact</h1><p>" + "Call us or write. " * 12 + "<i style='x'></i>" * 5_000
LONG = "<p>" + "A nurse sits with you. " * 60
# Much to read, and an empty place for answers all the same.
PLACE = f"{LONG}<div id=faq-list></div><script></script>"


@pytest.mark.parametrize("path", ["/graphql", "/api/pages", "/api/blog", "/_next/data/faq"])
def test_a_page_that_still_waits_tells_for_what(path: str) -> None:
    assert path in left_out(SKELETON, path)
    assert path in left_out(PLACE, path)


@pytest.mark.parametrize(
    ("html", "path"),
    [
        *((CONTACT, path) for path in ("/graphql", "/api/census/RecordHit", "/socket")),
        *((LONG + more, "/graphql") for more in ("<i hx-get=/x>", "<i class=skeleton>")),
        *((SKELETON, path) for path in ("/api/census/RecordHit", "/wp-admin/admin-ajax.php")),
        (PLACE, "/api/log"),
        (PLACE.replace("id=faq-list", "class=grid"), "/graphql"),
        *((SKELETON, f"/.well-known/shopify/monorail/{path}") for path in ("v1/produce", "x")),
        *((SKELETON, path) for path in ("/cart.js", "/g/collect", "/stats/hit", "/api/log")),
    ],
)
def test_what_only_tells_of_a_visit_brings_nothing_to_read(html: str, path: str) -> None:
    assert left_out(html, path) == ""


class Hurried:
    """A browser that had no time to open a page."""

    async def render(self, url: str, *_: object) -> Rendered:
        return Rendered(url, url, 200, html=PLACE.encode(), is_cut_short=True)


def test_what_there_was_no_time_to_open_is_said_and_looked_at_again() -> None:
    answer = Exchange(URL, 200, [("Content-Type", "text/html")], PLACE.encode(), "")
    fetched = Fetched([answer], facts=page_facts(answer))
    renderer = Renderer(AUTO, cast("Chromium", Hurried()))
    sight = asyncio.run(renderer.look(Address(URL, "faq"), fetched, SiteScope(URL)))
    assert sight is not None
    assert (sight.reason, sight.is_late) == (LATER, True)
    trouble = became(sight, None, "faq")
    assert trouble is not None
    assert trouble.failure_class == "render_failed" and "no time" in trouble.said


@pytest.mark.parametrize(
    ("html", "kind", "expected"),
    [
        (PLACE, "faq", True),
        (LONG + "<div class=lazy></div><script></script>", "faq", True),
        (LONG + "<div class=lazy></div><script></script>", "blog", False),
        (LONG + "<script></script>", "faq", False),
    ],
)
def test_a_page_that_no_browser_was_there_for_is_noted(
    html: str, kind: str, expected: bool
) -> None:
    answer = Exchange(URL, 200, [("Content-Type", "text/html")], html.encode(), "")
    fetched = Fetched([answer], facts=page_facts(answer))
    assert (
        asyncio.run(Renderer(AUTO, None).look(Address(URL, kind), fetched, SiteScope(URL))) is None
    )
    assert fetched.unrendered is expected


def test_a_chat_that_stays_open_is_nothing_to_wait_for() -> None:
    assert left_out(SKELETON, "/live", "socket", "websocket") == ""
