"""Firewalls' pages and parked domains, in the shapes that each is known by."""

from __future__ import annotations

import pytest

from crawlers.evidence import Exchange
from crawlers.failures import Trouble, of_answer, of_sight, of_way_out
from crawlers.failures_page import FILE, page
from crawlers.fetching import page_facts
from crawlers.page_facts import PageFacts, look

WORDS = b"<p>" + b"A nurse sits with you all the time. " * 60


def trouble(body: bytes, status: int = 200, **headers: str) -> Trouble | None:
    sent = [("Content-Type", "text/html"), *((k.replace("_", "-"), v) for k, v in headers.items())]
    answer = Exchange("https://clinic.example/", status, sent, body, "")
    return of_answer(answer, page_facts(answer))


@pytest.mark.parametrize(
    ("firewall", "status", "body"),
    [
        ("Cloudflare", 403, b"<title>Just a moment...</title><script>_cf_chl_opt={}</script>"),
        ("Cloudflare", 403, b"<title>Sorry</title><div id=cf-error-details>You are blocked</div>"),
        ("Akamai", 403, b"<h1>Access Denied</h1>https&#58;&#47;&#47;errors.edgesuite.net/18.x"),
        ("Akamai", 403, b"<h1>No</h1><p>Reference #18.2d351ab8.1557333295.a4e16ab</p>"),
        ("Akamai", 200, b"<div id=sec-if-cpt-container></div><script src=/x></script>"),
        ("Imperva", 200, b"<iframe id=main-iframe>Incapsula incident ID: 1-2</iframe>"),
        ("Imperva", 403, b"<script src='/_Incapsula_Resource?SWJI=1'></script>"),
        ("AWS WAF", 202, b"<script>window.gokuProps = {}</script>"),
        ("AWS WAF", 405, b"<script src=https://x.captcha.awswaf.com/c.js></script>"),
        ("DataDome", 403, b"<script>var dd={'host':'geo.captcha-delivery.com'}</script>"),
        ("Sucuri", 403, b"<title>Sucuri WebSite Firewall - Access Denied</title>"),
        ("Sucuri", 200, b"<script>sucuri_cloudproxy_js=''</script>"),
        ("Wordfence", 503, b"<p>Your access to this site has been limited by the site owner</p>"),
        ("PerimeterX", 403, b"<div id='px-captcha'></div>"),
        ("DDoS-Guard", 403, b"<title>DDOS-GUARD</title>Checking your browser"),
        ("Vercel", 429, b"<title>Vercel Security Checkpoint</title>"),
        ("SiteGround", 202, b"<meta http-equiv=refresh content='0;/.well-known/sgcaptcha/?r=1'>"),
        ("a firewall that gives no name", 403, b"<title>Access denied</title>"),
    ],
)
def test_a_challenge_is_recognised_and_named(firewall: str, status: int, body: bytes) -> None:
    assert trouble(body, status) == Trouble("challenge", f"{firewall}, status {status}")


@pytest.mark.parametrize(
    ("headers", "firewall"),
    [
        ({"cf_mitigated": "challenge"}, "Cloudflare"),
        ({"x_amzn_waf_action": "captcha"}, "AWS WAF"),
        ({"x_vercel_mitigated": "deny"}, "Vercel"),
        ({"x_sucuri_block": "B1"}, "Sucuri"),
        ({"x_dd_b": "1"}, "DataDome"),
    ],
)
def test_a_header_decides_alone(headers: dict[str, str], firewall: str) -> None:
    found = trouble(WORDS, 403, **headers)
    assert found is not None
    assert (found.failure_class, found.said) == ("challenge", f"{firewall}, status 403")


@pytest.mark.parametrize(
    "mark",
    [
        b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
        b"<script src='/_Incapsula_Resource?SWJI=1'></script>",
        b"<script src='https://x.token.awswaf.com/challenge.js'></script>",
        b"<script src='https://js.datadome.co/tags.js'></script>",
        b"<script>window._pxAppId='PX1'</script>",
    ],
)
def test_a_page_behind_a_firewall_is_a_page(mark: bytes) -> None:
    assert trouble(b"<title>Clinic</title>" + mark + WORDS) is None
    assert trouble(b"<title>Clinic</title><p>We are open.</p>" + mark) is None


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b'<title>clinic.example</title><script>window.park = "eyJ1dWlkIjoi"</script>'),
        (200, b'<script>window.onload=function(){window.location.href="/lander"}</script>'),
        (200, b"<script src='https://img1.wsimg.com/parking-lander/static/js/main.js'></script>"),
        (200, b"<h1>clinic.example</h1><p>This domain may be for sale.</p><p>Related searches"),
        (200, b"<h1>Buy this domain</h1><p>Make an offer."),
        (200, b"<p>This web page is parked FREE, courtesy of a registrar."),
        (200, b"<p>This domain has expired. Is it yours? Renew it."),
        (200, b"<iframe src='https://www.sedoparking.com/x'></iframe>"),
        (200, b"<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>"),
        (403, b"<title>Apache HTTP Server Test Page powered by CentOS</title>"),
        (200, b"<title>Apache2 Ubuntu Default Page: It works</title>" + b"<p>Configure it. " * 60),
        (200, b"<html><body><h1>It works!</h1></body></html>"),
        (200, b"<title>IIS Windows Server</title><img alt=IIS>"),
        (200, b"<title>Index of /</title><h1>Index of /</h1><a href=cgi-bin/>cgi-bin/</a>"),
        (404, b"<title>Website Expired</title><p>This account has expired."),
        (200, b"<title>Account Suspended</title><p>Contact your hosting provider."),
        (404, b"<p>Looks like this domain isn't connected to a website yet"),
        (402, b"<h1>Sorry</h1><p>This store is unavailable</p>"),
    ],
)
def test_a_domain_without_a_website(status: int, body: bytes) -> None:
    found = trouble(body, status)
    assert found is not None
    assert found.failure_class == "parked"
    assert "providers.csv" in found.remedy


@pytest.mark.parametrize(
    "body",
    [
        b"<p>Our practice is for sale to the right doctor.",
        b"<a href='https://www.rise-above.com/'>Rise above</a><p>We are open.",
        b"<p>Our old domain has moved; this is the new website of the clinic.",
        b"<p>Public domain name policy: the domain may change." + WORDS,
        b"<h1>Buy this domain</h1>" + WORDS,
        b"<p>Parking is free, courtesy of the hotel.",
        b"<p>Your subscription has expired? Call us.",
    ],
)
def test_a_clinic_that_writes_of_such_things_is_a_page(body: bytes) -> None:
    assert trouble(body) is None


def test_a_parked_page_that_only_a_browser_shows() -> None:
    html = b"<h1>clinic.example</h1><p>The domain name clinic.example is for sale."
    found = of_sight(look(html, "https://clinic.example/", None))
    assert found is not None
    assert found.failure_class == "parked"


def test_a_redirect_to_a_market_of_names_is_no_other_website() -> None:
    assert of_way_out("https://www.hugedomains.com/domain_profile.cfm").failure_class == "parked"
    assert of_way_out("https://elsewhere.example/").failure_class == "off_site_redirect"
    assert of_way_out("https://www.jordan.com/").failure_class == "off_site_redirect"


@pytest.mark.parametrize(
    ("title", "words", "expected"),
    [
        ("Page not found | Clinic", 400, True),
        ("404", 400, True),
        ("Sorry, this page could not be found", 400, True),
        ("The page you were looking for doesn't exist.", 400, True),
        ("Page not found? Five tips", 400, False),
        ("Page not found | Clinic", 900, False),
        ("Availability", 20, False),
    ],
)
def test_soft_404s_with_a_menu_around_them(title: str, words: int, expected: bool) -> None:
    html = f"<title>{title}</title><p>{'word ' * words}</p>".encode()
    assert look(html, "https://clinic.example/x", None).not_found is expected


def test_facts_of_nothing_are_no_parked_page() -> None:
    assert of_sight(PageFacts("https://clinic.example/", words=500)) is None


def test_the_page_for_people_is_made_from_the_table() -> None:
    assert FILE.read_text(encoding="utf-8") == page()
