"""Pages behind a status that says that there are none, and what only looks like one."""

from __future__ import annotations

import pytest

from crawlers.conduct.evidence import Exchange
from crawlers.responses.failures import of_answer
from crawlers.walk.fetching import page_facts
from data.models import Page

MENU = "<nav><a href=/>Home</a> <a href=/faq>Answers</a></nav>"
LONG_MENU = f"<nav>{'<a href=/a>Infusions of ketamine for adults</a> ' * 60}</nav>"
CARE = "A nurse stays in the room, and takes blood pressure every ten minutes. " * 20
FRAME = "<div id=root></div><script src=/app.js></script>"


def failure_class(html: str, status: int) -> str | None:
    sent = [("Content-Type", "text/html")]
    answer = Exchange("https://clinic.example/x", status, sent, html.encode(), "")
    trouble = of_answer(answer, page_facts(answer))
    return trouble.failure_class if trouble else None


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # Hosts of files send an application's frame for each of its pages.
        (f"<title>Clinic</title>{FRAME}", "render_failed"),
        (
            "<title>Clinic</title><script>location.replace('/?p=' + location)</script>",
            "render_failed",
        ),
        (f"<title>Safety | Clinic</title>{MENU}<h1>Safety</h1><p>{CARE}", None),
        (f"<title>Page not found</title>{FRAME}", "dead_link"),
        ("<title>Clinic</title><h1>Nothing</h1>", "dead_link"),
        (f"{MENU}<p>{CARE}", "dead_link"),
        (f"<title>Clinic</title>{MENU}<h1>Oops, a wrong turn</h1><p>{CARE}", "dead_link"),
        (f"<title>Clinic</title>{MENU}<h1>Hello</h1><p>That page has moved. {CARE}", "dead_link"),
        (f"<title>Clinic</title>{MENU}<h1>Safety</h1><p>We take care.", "dead_link"),
        (f"<title>Clinic</title>{LONG_MENU}<h1>Clinic</h1><p>Try these pages.", "dead_link"),
        ("", "dead_link"),
    ],
)
def test_what_stands_there_decides(html: str, expected: str | None, status: int) -> None:
    assert failure_class(html, status) == expected


@pytest.mark.parametrize("status", [401, 403, 451, 500])
def test_another_status_is_believed(status: int) -> None:
    assert failure_class(f"<title>Safety</title>{MENU}<h1>Safety</h1><p>{CARE}", status) is not None


def test_such_a_capture_is_a_page_unless_it_failed() -> None:
    url, of = "https://clinic.example/x", "clinic"

    def page(status: int) -> Page:
        parts = ("raw", status, "text/html", "2026", "0", 1, "f", "r", 0, 1)
        return Page("c", of, url, url, None, "safety", *parts)

    assert page(200).is_page({url})
    assert page(404).is_page(set())
    assert not page(404).is_page({url})
    assert not page(302).is_page(set())
