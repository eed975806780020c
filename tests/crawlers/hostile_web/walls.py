"""Sites that have no page for us: walls, log-ins, parked names, pages that only look like one."""

from __future__ import annotations

from tests.crawlers.hostile_web.trap_case import (
    CAPTURED,
    HTML,
    Case,
    Here,
    Routes,
    fixed,
    front,
    html,
)
from tests.crawlers.sites_served import WORDS, Answer, page, redirect


def _answer(body: str, status: int = 200, **headers: str) -> Answer:
    return Answer(body.encode(), status, {**HTML, **headers})


def _home(name: str, answer: Answer, ends: str, most: int = 5) -> Case:
    return Case(name, fixed({"/": answer}), {"/": ends}, most=most)


_CHECK = (
    "<title>Just a moment...</title><p>Checking your browser.</p><script>_cf_chl_opt={}</script>"
)
_PARKED = (
    "<title>calm-place.example - domain for sale</title><h1>This domain is for sale</h1>"
    "<p>The domain calm-place.example is parked. Buy this domain now.</p><p>Related searches:</p>"
    '<a href="https://ads.example/?q=ketamine">Ketamine Clinic</a>'
)
_SUSPENDED = (
    "<title>Account Suspended</title><h1>Account Suspended</h1>"
    "<p>Contact your hosting provider.</p>"
)
_DEFAULT = (
    "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx"
    " web server is successfully installed and working. Further configuration is required.</p>"
)
_LOGIN = (
    "<title>Sign in</title><h1>Sign in</h1><form method=post action=/session><input name=user>"
    "<input type=password name=word><button>Sign in</button></form>"
)


def _members(here: Here) -> Routes:
    return {
        "/": page("Care", "/patient-portal/|Portal", "/login?next=/|Log in", "/my-results|Results"),
        "/my-results": redirect("/login"),
        "/login": _answer(_LOGIN),
        "/session": page("In"),
    }


def _soft(here: Here) -> Routes:
    return {
        "/": page("Care", "/old-1|FAQ", "/old-2|Team"),
        "*": page("Page not found", text="Sorry."),
    }


def _everything_home(here: Here) -> Routes:
    """Whatever is not there is sent home, as many sites do."""
    return {"/": page("Care", "/gone-1|FAQ", "/gone-2|Pricing"), "*": redirect("/")}


CASES = (
    _home("challenge", _answer(_CHECK, 503, Server="cloudflare"), "challenge"),
    _home(
        "challenge-by-header", _answer("<p>no", 403, **{"cf-mitigated": "challenge"}), "challenge"
    ),
    Case(
        "challenge-that-is-well",
        fixed({"/": _answer(_CHECK, 200)}),
        {"/": "challenge"},
        most=5,
    ),
    _home(
        "captcha",
        _answer(
            '<title>Robot check</title><div class="g-recaptcha" data-sitekey="k"></div>'
            "<p>Please verify you are a human</p>",
            403,
        ),
        "challenge",
    ),
    _home("parked", _answer(_PARKED), "parked"),
    _home("suspended", _answer(_SUSPENDED), "parked"),
    _home("server-default", _answer(_DEFAULT), "parked"),
    _home("asks-for-a-password", _answer("no", 401, **{"WWW-Authenticate": "Basic"}), "http_401"),
    _home("forbidden", _answer("no", 403), "http_403"),
    _home("payment-required", _answer("no", 402), "http_402"),
    _home("too-many", _answer("slow down", 429, **{"Retry-After": "86400"}), "http_429"),
    _home(
        "too-many-says-nonsense",
        _answer("slow down", 429, **{"Retry-After": "9" * 400}),
        "http_429",
    ),
    _home(
        "too-many-says-a-date",
        _answer("slow down", 429, **{"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}),
        "http_429",
    ),
    _home(
        "too-many-says-a-bad-date",
        _answer("slow down", 429, **{"Retry-After": "Fri, 99 Foo 12345 99:99:99"}),
        "http_429",
    ),
    _home("withheld", _answer("no", 451), "http_451"),
    _home("broken", _answer("oops", 500), "server_error", most=6),
    _home("home-not-found", _answer("<h1>404</h1>", 404), "dead_link"),
    _home("teapot", _answer("short and stout", 418), "http_418"),
    _home("log-in-wall", _answer(_LOGIN), "http_401"),
    Case(
        "log-in-links",
        _members,
        {"/": CAPTURED, "/patient-portal/": "skipped:login", "/login?next=/": "skipped:login"},
        never=("/session", "/patient-portal", "/login?"),
    ),
    Case("soft-404", _soft, {"/": CAPTURED, "/old-1": "dead_link", "/old-2": "dead_link"}, most=8),
    Case("everything-leads-home", _everything_home, {"/": CAPTURED}, most=6),
    Case(
        "talks-of-404",
        front({"/faq": page("FAQ", text=f"Error 404 is what our address was. {WORDS}")}, "/faq"),
        {"/": CAPTURED, "/faq": CAPTURED},
    ),
    Case(
        "honeypot",
        lambda here: {
            "/": html('<a href="/trap/" style="display:none" rel=nofollow>x</a>'),
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /trap/"),
        },
        {"/": CAPTURED, "/trap/": "robots"},
        never=("/trap",),
    ),
)
