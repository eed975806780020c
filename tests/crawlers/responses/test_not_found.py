"""Pages that say "not found" with status 200, and pages that must not be taken for them."""

from __future__ import annotations

import pytest

from crawlers.responses.not_found import says_not_found
from crawlers.responses.page_facts import look


def said(title: str, heading: str, words: int, own: int | None = None) -> bool:
    return says_not_found(title, [heading], words, lambda: words if own is None else own)


@pytest.mark.parametrize(
    "title",
    ["404", "Error 404", "404: File not found", "404 | Clinic", "410 Gone", "URL not found",
     "Page Not Found – Clinic", "Oops! We can’t find that page", "Nothing found",
     "We could not find the page you wanted", "It looks like nothing was found at this location.",
     "Page unavailable", "This page has been removed", "HTTP Error 404.0 - Not Found",
     "HTTP 404", "Not Found (#404)", "Sorry, this page no longer exists.", "This page isn't here",
     "The page you were looking for isn't here anymore", "The resource cannot be found.",
     "Page Expired", "This link has expired", "Not Found, Error 404"],
)  # fmt: skip
def test_it_is_said(title: str) -> None:
    assert said(title, "", 60)
    assert said("Clinic", title, 60)
    assert not said(title, "", 5_000)


@pytest.mark.parametrize(
    "title",
    ["(404) 555-0100 | Atlanta", "404-555-0100", "404 – 555 – 0100", "404 Main Street", "Suite 404",
     "404 Wellness Atlanta", "Relief not found in pills", "Call 404.555.0100", "Lost and found",
     "What if I can't find my page of results?", "Nothing found in nature",
     "This content is not available in your state", "Address treatment-resistant depression here",
     "The link between sleep and mood is no longer available to ignore",
     "Patient page: book an appointment here", "Page one: treatment available today",
     "Couldn't find relief? Turn the page", "Your old page of questions has expired"],
)  # fmt: skip
def test_it_is_not(title: str) -> None:
    assert not said(title, title, 60)
    assert not said(title, title, 300, own=300)
    assert not said(title, title, 300, own=100)


WHOLE = [
    "Page not found", "Oops! That page can\u2019t be found.", "Hmm, this page doesn't exist",
    "404", "404: Page not found", "Error 404 - Page not found", "This page isn't available",
    "Sorry, we couldn't find that page", "This link is no longer valid",
    "We can\u2019t seem to find the page you\u2019re looking for.",
    "The page you requested could not be found", "That page is no longer available",
    "The page you are looking for does not exist anymore",
    "The page you were looking for was removed",
    "We're sorry, but the page you are looking for cannot be found.",
]  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_heading_says_it_within_a_long_frame(name: str) -> None:
    assert said("Clinic", name, 300)
    assert said(f"{name} | Clinic", "Clinic", 300)
    assert said("Clinic", name, 2_000, own=300)  # menus, and links to other pages
    assert "404" in name or not said("Clinic", f"{name} What now? Five tips", 300)
    assert not said("Clinic", name, 900)


@pytest.mark.parametrize("name", WHOLE)
def test_where_title_and_heading_agree_posts_may_follow(name: str) -> None:
    assert said("Page not found - Clinic", name, 1_500)
    assert not said("Page not found - Clinic", name, 9_000)
    assert not said("Page not found - Clinic", "Ketamine in Ames", 1_500)


def test_beside_a_long_menu_a_short_page_is_short() -> None:
    title = "Nothing found for your search | Clinic"
    assert said(title, "Clinic", 900, own=40)
    assert not said(title, "Clinic", 900, own=400)


@pytest.mark.parametrize(
    "name",
    [
        "Why was my page not found?", "What if a link has expired", "When our page is missing",
        "Is this page gone?", "Page not found? How we look after lost bookings",
        "Help for lost pages", "How to tell us that a page can't be found",
    ],
)  # fmt: skip
def test_a_page_about_lost_pages_is_one(name: str) -> None:
    """An answer to a question, within a menu as long as any site's."""
    for own in (100, 300, 900):
        assert not said("Questions | Clinic", name, own + 200, own=own)
        assert not said(name, name, own + 200, own=own)


MENU = "".join(f'<li><a href="/{n}">Treatment number {n}</a></li>' for n in range(120))
POSTS = "<h3>What helps</h3><p>A nurse sits with you for as long as it takes.</p>" * 30
FRAME = f"<header><nav><ul>{MENU}</ul></nav></header><main>{{}}</main><footer>{MENU}</footer>"


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ("<h1>Lost?</h1><p>The page you requested could not be found.", True),
        ("<h1>Oops!</h1><p>We can't find that page. It may have moved.", True),
        ("<h4>404</h4><p>Page not found", True),
        ("<h1>Well</h1><p>Error code: 404", True),
        ("<h1>Hm</h1><p>This page doesn't exist or has been moved.", True),
        ("<h1>Error</h1><p>The requested URL /care was not found on this server.", True),
        ("<h1>Nothing</h1><p>It seems we can’t find what you’re looking for.", True),
        ("<h1>Contact</h1><p><b>404</b> <b>555 0100</b>", False),
        ("<table><tr><td>Interactions</td><td>Not found</td></tr></table>", False),
        ("<h1>Contact</h1><p>If a page could not be found, call us.", False),
        ("<h1>Careers</h1><p>The page you wanted was removed, because the job is filled.", False),
        (f"<h1>Help</h1><p>The page you requested could not be found.{POSTS}", False),
    ],
)
def test_hardly_a_word_but_that_there_is_no_page(main: str, expected: bool) -> None:
    html = f"<!doctype html><title>Clinic</title><body>{FRAME.format(main)}"
    assert look(html.encode(), "https://clinic.example/x", "text/html").not_found is expected


@pytest.mark.parametrize(
    ("title", "main", "expected"),
    [
        ("Clinic", "<h1>Page not found</h1><p>Sorry.</p>", True),
        ("Clinic", "<h2>This page doesn't exist</h2><p>Sorry.</p>", True),
        ("Clinic", "<a href=/iv><h2>Infusions</h2></a><h2>Sorry, page not found</h2>", True),
        ("Clinic", f"<h1>Clinic</h1><h1>Page not found</h1>{POSTS}", True),
        ("Page not found | Clinic", f"<h1>Oops! We can't find that page.</h1>{POSTS * 2}", True),
        ("Clinic", f"<h1>Clinic</h1><p>Relief was not found elsewhere.</p>{POSTS}", False),
        ("Clinic", f"<h1>Help</h1><h2>Page not found</h2>{POSTS}", False),
        ("Questions", f"<h1>Questions</h1><h2>Why was my page not found?</h2>{POSTS}", False),
        ("Questions", f"<h2>Questions</h2><h2>Page not found</h2>{POSTS}", False),
        (
            "Ketamine",
            f"<h1>Ketamine</h1>{POSTS}<p>404 Main Street. Page not found: call.</p>",
            False,
        ),
    ],
)
def test_a_page_is_known_by_its_headings_whatever_stands_around(
    title: str, main: str, expected: bool
) -> None:
    html = f"<!doctype html><title>{title}</title><body>{FRAME.format(main)}"
    assert look(html.encode(), "https://clinic.example/x", "text/html").not_found is expected
