"""Pages that are one long "sorry", in any words, and short pages that sound like it."""

from __future__ import annotations

import pytest

from crawlers.responses.failures import of_sight
from crawlers.responses.page_facts import look

MENU = "<header><nav><a href=/>Home</a> <a href=/faq>FAQ</a> <a href=/team>Team</a></nav></header>"
FOOT = "<footer><p>1 Main Street. Call 555-0100. <a href=/privacy>Privacy</a></p></footer>"


def _class(html: str) -> str | None:
    facts = look(html.encode(), "https://calmclinic.example/safety", "text/html; charset=utf-8")
    trouble = of_sight(facts)
    return trouble.failure_class if trouble else None


@pytest.mark.parametrize(
    "html",
    [
        "Service Unavailable",
        "<pre>Bad Gateway</pre>",
        f"<title>Safety</title>{MENU}<h1>500</h1><p>Internal error. Please try later.{FOOT}",
        f"{MENU}<h1>Oh no!</h1><p>Something is not working on our side. Reload the page.{FOOT}",
        "<h1>Pardon our dust!</h1><p>We're working on something better. Check back soon!",
        "<h1>We are under maintenance</h1><p>Sorry for the inconvenience, back online soon.",
        "<p>Calm Clinic is performing scheduled maintenance. Thank you for your patience!",
        "<h1>We are upgrading our website</h1><p>Please check back soon.",
        "<h1>This page isn\u2019t working</h1><p>calmclinic.example sent: HTTP ERROR 500",
        "<p>This Serverless Function has crashed. Your connection is working correctly.",
        "<h1>Site off-line</h1><p>The site is not available due to technical problems.",
        "<div><h1>500</h1><p>Internal Error</div>",
        "<h1>An error occurred</h1><p>An error occurred while rendering. Check the console.",
        f"{MENU}<h2>Hold on.</h2><p>We hit a snag. Give it another go in a moment.{FOOT}",
        "<h1>Website temporarily closed</h1><p>The webmaster closed it for a short time.",
        "<p>The application could not be started. See the log for details.",
        '{"message": "Endpoint request timed out"}',
    ],
)
def test_nothing_but_an_excuse(html: str) -> None:
    assert _class(html) == "server_error"


@pytest.mark.parametrize(("around", "of_page"), [(MENU, True), ("", False)])
def test_a_menu_around_it_tells_that_the_host_is_well(around: str, of_page: bool) -> None:
    html = f"{around}<p>We hit a snag. Try again.".encode()
    trouble = of_sight(look(html, "https://calmclinic.example/safety", "text/html"))
    assert trouble is not None
    assert trouble.of_page is of_page


@pytest.mark.parametrize(
    "html",
    [
        f"{MENU}<h1>Maintenance</h1><p>After six sessions most people return for a booster.",
        "<h1>Under maintenance therapy</h1><p>Patients are seen monthly. Call 555-0100.",
        f"{MENU}<h1>Scheduled maintenance sessions</h1><p>Held every two weeks, with a nurse.",
        f"{MENU}<h1>Service unavailable in some states</h1><p>We cannot treat in Maine.",
        f"{MENU}<h1>Services</h1><p>At-home care is temporarily unavailable in Texas.",
        "<h1>We are temporarily closed</h1><p>Our Waco house is closed. Austin is open.",
        f"{MENU}<h1>Error</h1><p>The pump stops on error. A nurse sits by you all the time.",
        f"{MENU}<h1>Something went wrong?</h1><p>Tell us. Call the medical director.",
        f"{MENU}<h1>Application error</h1><p>Made one on the form? Tell the intake nurse.",
        f"{MENU}<h1>Too many requests</h1><p>Too many for refills are a warning sign to us.",
        f"{MENU}<h1>Out of order</h1><p>Our elevator is out of order. Use the ramp.",
        "<h1>Pardon our dust!</h1><p>We paint Main Street; infusions go on at Oak Avenue.",
        f"{MENU}<p>We are experiencing technical difficulties with our phones. Text 555-0100.",
        f"{MENU}<h1>Fails</h1><p>If it says 'Bad Gateway', do not take a second dose.",
        f"{MENU}<h1>Messages</h1><p>\u201cUnexpected application error!\u201d means an old app.",
        f"{MENU}<h1>Messages</h1><p>When it shows 'failed to load data', call your nurse.",
        f"{MENU}<h1>Connection</h1><p>Lost the connection in your visit? Your guide calls you.",
        f"{MENU}<h1>Questions</h1><p>Please contact us at any time. We respond within 24 hours.",
    ],
)
def test_a_word_of_the_matter_makes_it_a_page(html: str) -> None:
    assert _class(html) is None
