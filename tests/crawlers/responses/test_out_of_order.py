"""Pages with status 200 that say that nothing is to be read, and pages that sound like it."""

from __future__ import annotations

import pytest

from crawlers.responses.failures import of_sight
from crawlers.responses.page_facts import look

WORDS = "<p>" + "A nurse sits with you all the time. " * 20
MENU = "<nav><a href=/faq>FAQ</a></nav>"
LEADS = "<div><a href=/faq>FAQ</a> <a href=/team>Team</a> <a href=/cost>Cost</a></div>"
LOGIN = "<a href=/login>Log in</a> <a href=https://social.example/a/b>Follow us</a>"
CARE = "A nurse sits with you all the time and you can call us. " * 3
PASSWORD = "<form><input name=who><input type=password></form>"
LOCKED = "<p>This content is password protected. To view it please enter your password below:"


@pytest.mark.parametrize(
    ("html", "failure_class"),
    [
        ("<p>There has been a critical error on this website.", "server_error"),
        ("<h1>Error establishing a database connection</h1>", "server_error"),
        ("<b>Fatal error</b>: Uncaught Error: Call to undefined function x()", "server_error"),
        ("<p>Briefly unavailable for scheduled maintenance. Check back soon.", "server_error"),
        ("<h1>503 Service Unavailable</h1><p>No server is available.", "server_error"),
        ("<title>Maintenance Mode</title><p>Thanks for waiting.", "server_error"),
        ("<h1>We\u2019ll be back soon!</h1><p>Some work is being done.", "server_error"),
        ("<h1>403 Forbidden</h1><p>You may not.", "http_403"),
        (LOCKED, "http_401"),
        (f"{MENU}<h1>Protected: Consent</h1>{LOCKED}{WORDS}", "http_401"),
        ("<h1>Private Site</h1><p>This site is currently private. Log in to see it.", "http_401"),
        ("<title>Clinic</title><h1>Our new website is coming soon</h1><p>Call us.", "parked"),
        ("<h1>This site is under construction</h1>", "parked"),
        ("<h1>Under construction</h1>", "parked"),
        (f"<h1>Patient log in</h1>{PASSWORD}", "http_401"),
        (f"<title>Sign in to your account | Clinic</title>{MENU}{PASSWORD}", "http_401"),
        (f"<h1>Consent</h1><p>What is sent home.{PASSWORD}", None),
        (f"<h1>Log in</h1>{WORDS}{PASSWORD}", None),
        ("<h1>Log in</h1><p>By phone, every morning.", None),
        (f"{MENU}<h1>Coming soon</h1><p>Our answers.", None),
        (f"<h1>Maintenance</h1>{WORDS}", None),
        ("<h1>Maintenance treatment</h1><p>Every few weeks.", None),
        (f"<p>Your chat on this page is private. Log in to begin.{WORDS}", None),
        (f"<p>This area is private, with wheelchair access.{WORDS}", None),
        (f"{MENU}<h1>Contact</h1><p>Our portal is down for maintenance on Friday.", None),
        ("<p>This website is down for maintenance.", "server_error"),
        ("<h1>Temporarily unavailable</h1>", "server_error"),
        (f"{MENU}<h1>Temporarily unavailable</h1><p>We send nothing home now.", None),
        (f"{LEADS}<h1>Coming soon</h1><p>Our second house.", None),
        (f"{LOGIN}<h1>Coming soon</h1><p>Our second house.", "parked"),
        ("<title>Error</title><h1>An error occurred.</h1><p>Try later.", "server_error"),
        ("<h1>Server Error (500)</h1>", "server_error"),
        ("<h1>Whoops, looks like something went wrong.</h1>", "server_error"),
        ("<h1>Something went wrong with my brain</h1><p>My story.", None),
        ("<p>There has been an error processing your request", "server_error"),
        ("<p>Down for a bit of maintenance.", "server_error"),
        ("<b>Warning</b>: require(a.php): no such file in /srv/x.php on line 3", "server_error"),
        (f"{MENU}<b>Notice</b>: none in /srv/x.php on line 3 <h1>Care</h1>", None),
        ("<h1>429 Too Many Requests</h1>", "http_429"),
        ("<h1>Too many requests for one nurse</h1>", None),
        ("<p>Your browser is out of date. Get another one.", "http_403"),
        ("<p>Application error: a client-side exception has occurred.", "render_failed"),
        ("<h1>Server Error in '/' Application.</h1><p>Runtime Error", "server_error"),
        ("<title>Resource Limit Is Reached</title><p>Try again later.", "server_error"),
        ("<p>Error: Too many connections", "server_error"),
        ("<p>The website encountered an unexpected error. Try again later.", "server_error"),
        ("<h1>Maintenance mode is on</h1><p>Thanks for waiting.", "server_error"),
        ("<p>This is a private site. Log in to see it.", "http_401"),
        ("<p>Please enable cookies to continue.", "http_403"),
        ("<h1>Privacy</h1><p>To continue to this site, please accept our cookies.", "http_403"),
        ("<p>Sorry, this website is not available in your country.", "http_403"),
        ("<p>You must be 21 or older to enter this site.", "http_403"),
        ("<p>This content is not available in your country or region.", "http_403"),
        ("<h1>Sorry!</h1><p>Our service is unavailable in your area.", "http_403"),
        ("<form><input type=password></form>", "http_401"),
        (f"<p>Opening soon. Enter using password.{PASSWORD}", "http_401"),
        ("<p>This site is not published, or has no domain.", "parked"),
        ("<p>This domain has been registered with a registrar.", "parked"),
        ("<p>Our website is coming soon. Sign up.", "parked"),
        ("<title>Site not found</title><p>x", "parked"),
        (f"{LEADS}<p>You must be 21 or older to enter this site.", None),
        (f"{LEADS}<p>Our member site is under construction.", None),
        ("<p>Too many connections are lost to depression. We listen." + WORDS, None),
        ("<p>Our lozenges are not available in your state yet. Call us.", None),
        ("<p>You must be at least 18 to be treated here.", None),
        ("<p>Patients must be 18 or older to visit this site or be treated.", None),
        ("<p>Too many connections in the brain fade with stress.", None),
        ("<p>Our Dallas site is coming soon. Austin is open. Call us.", None),
        (f"<p>{CARE} You must be 18 to enter this site.", None),
        (f"<p>{CARE} Please enable cookies to continue.", None),
        (f"<p>{CARE} To continue to the form, please accept our cookies.", None),
        ("<p>This site requires cookies to work. Ketamine care in town.", None),
        ("<p>This content is not available in your country. Care in town.", None),
        ("<p>This is a private page for patients. Log in by phone.", None),
        (f"{MENU}<p>Clinic{PASSWORD}", None),
        ("<p>A member of staff explains the critical moments.", None),
        ("<p>Your record is private: nobody else has access.", None),
        ("<h1>Oh no</h1><p>We're experiencing technical difficulties. Try later.", "server_error"),
        ("<p>upstream connect error or disconnect/reset before headers.", "server_error"),
        (f"{MENU}<p>Oops! Something went wrong on our end.", "server_error"),
        ("<h1>Service Temporarily Unavailable</h1><p>Try again.", "server_error"),
        ("<p>Our website is currently undergoing maintenance. Come back soon.", "server_error"),
        ("<p>Unable to load page. Please check your connection.", "render_failed"),
        (f"{MENU}<p>You need to be logged in to view this content.", "http_401"),
        (f"{MENU}<p>You do not have permission to view this page.", "http_401"),
        (f"{MENU}<h1>Consent</h1><p>This content is for members only.", "http_401"),
        ("<p>Your session has expired. Please log in again.", "http_401"),
        ("<p>With technical difficulties of the portal, call us.", None),
        ("<h1>Service</h1><p>Something went wrong on our trip, and we sat it out.", None),
        ("<p>Maintenance is what we call the doses after the first six.", None),
        ("<p>Please log in to book. Our answers are below.", None),
        (f"<p>{CARE} This content is for members only.", None),
    ],
)
def test_what_a_page_says_of_itself(html: str, failure_class: str | None) -> None:
    trouble = of_sight(look(html.encode(), "https://clinic.example/", "text/html; charset=utf-8"))
    assert (trouble.failure_class if trouble else None) == failure_class
