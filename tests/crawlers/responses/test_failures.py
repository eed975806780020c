"""Every way to fail has a class, a fault, a remedy and a reason that findings give."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionLost
from twisted.internet.ssl import VerificationError

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.guard import GuardRefused
from crawlers.conduct.robots import RobotsRefused
from crawlers.responses.failures import PASSING, TRANSIENT, UNWELL, Trouble, of_answer, of_exception
from crawlers.walk.fetching import page_facts
from data.failure_reasons import reason_of
from data.vocabulary import Fault, Reason
from data.warc import MAX_DECODED_BYTES

MENU = "<nav><a href=/faq>FAQ</a></nav>"
LONG = b"<p>" + b"A nurse sits with you all the time. " * 60


def answer(body: bytes, status: int = 200, kind: str = "text/html", **headers: str) -> Exchange:
    sent = [("Content-Type", kind), *((k.replace("_", "-"), v) for k, v in headers.items())]
    return Exchange("https://clinic.example/x", status, sent, body, "")


def failure_class(given: Exchange) -> str | None:
    trouble = of_answer(given, page_facts(given))
    return trouble.failure_class if trouble else None


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (CannotResolveHostError(), "dns"),
        (DownloadConnectionRefusedError(), "refused"),
        (DownloadTimeoutError(), "timeout"),
        (ResponseDataLossError(), "truncated"),
        (DownloadCancelledError(), "too_large"),
        (DownloadFailedError(), "reset"),
        (ConnectionLost(), "reset"),
        (GuardRefused("x"), "guard"),
        (RobotsRefused("x"), "robots"),
        (KeyError("x"), "crawler_error"),
    ],
)
def test_exceptions(error: Exception, expected: str) -> None:
    assert of_exception(error).failure_class == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, "http_401"),
        (403, "http_403"),
        (404, "dead_link"),
        (410, "dead_link"),
        (418, "http_418"),
        (421, "unknown_host"),
        (429, "http_429"),
        (451, "http_451"),
        (500, "server_error"),
        (503, "server_error"),
        (304, "http_304"),
    ],
)
def test_statuses(status: int, expected: str) -> None:
    assert failure_class(answer(LONG, status)) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"<title>404 - Clinic</title><p>Sorry.",
        b"<h1>Page not found</h1>",
        b"<h1>We couldn\xe2\x80\x99t find the page you were looking for.</h1>",
        b"<title>Oops</title><h1>This page doesn't exist</h1>",
    ],
)
def test_soft_404s(body: bytes) -> None:
    assert failure_class(answer(body)) == "dead_link"


def test_a_server_s_page_of_errors_is_no_page() -> None:
    sent = Exchange("https://clinic.example/oops?aspxerrorpath=/faq", 200, [], LONG, "")
    assert failure_class(sent) == "server_error"


def test_a_long_page_about_not_finding_something_is_a_page() -> None:
    assert failure_class(answer(b"<h1>Page not found? Five tips</h1>" + LONG * 5)) is None


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (503, b"<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x>", True),
        (200, b"<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x>", True),
        (403, b"<title>Attention Required!</title>", True),
        (403, b"<title>Forbidden</title>", False),
        (200, b"<title>Just a moment... with our nurse</title>" + LONG, False),
        (200, b"<title>Clinic</title><script>var _cf_chl_opt</script>" + LONG, False),
    ],
)
def test_challenge_pages(status: int, body: bytes, expected: bool) -> None:
    assert (failure_class(answer(body, status)) == "challenge") == expected


def test_a_challenge_that_the_header_names() -> None:
    assert failure_class(answer(LONG, 403, cf_mitigated="challenge")) == "challenge"


@pytest.mark.parametrize(
    "body",
    [
        b'<div id="root"></div><script src="/a.js"></script>',
        b'<div id="app"><p>Loading...</p></div><script src="/a.js"></script>',
        b"<noscript>You need to enable JavaScript to run this app.</noscript><script>1</script>",
        b"<script>location = '/care/'</script>",
    ],
)
def test_shells_that_wait_for_scripts(body: bytes) -> None:
    assert failure_class(answer(body)) == "render_failed"


def test_a_filled_root_is_no_shell() -> None:
    assert failure_class(answer(b'<div id="root">' + LONG + b"</div><script>1</script>")) is None


def test_what_is_no_page() -> None:
    assert failure_class(answer(b"", 200)) == "empty"
    assert failure_class(answer(b"<p></p>")) == "empty"
    assert failure_class(answer(b"{}", kind="application/json")) == "not_html"
    assert failure_class(answer(b"<html>", kind="application/pdf")) == "not_html"
    assert failure_class(answer(b"%PDF-1.7", kind="application/pdf")) is None
    bomb = gzip.compress(bytes(MAX_DECODED_BYTES + 1), mtime=0)
    assert failure_class(answer(bomb, Content_Encoding="gzip")) == "too_large"


def test_a_packed_body_that_ends_too_soon_is_no_page() -> None:
    packed = gzip.compress(LONG * 50, mtime=0)
    for body in (packed[: len(packed) // 2], packed[:-12], packed[:60] + bytes(9) + packed[69:]):
        assert failure_class(answer(body, Content_Encoding="gzip")) == "truncated"
    whole = (packed, gzip.compress(LONG + b"</html>", mtime=0)[:-4], LONG)
    for body in whole:
        assert failure_class(answer(body, Content_Encoding="gzip")) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (LONG + b"</html>", None),  # the length was that of something else
        (LONG, "truncated"),
    ],
)
def test_a_promised_length_that_is_not_reached(body: bytes, expected: str | None) -> None:
    assert failure_class(replace(answer(body), is_short=True)) == expected
    packed = gzip.compress(LONG, mtime=0)
    given = replace(answer(packed, Content_Encoding="gzip"), is_short=True)
    assert failure_class(given) is None
    assert failure_class(replace(given, body=packed[:-20])) == "truncated"


@pytest.mark.parametrize(
    "kind", ["", "html", "*/*", "unknown/unknown", "application/unknown", ";;"]
)
def test_a_type_that_is_none_is_a_web_page_s(kind: str) -> None:
    assert failure_class(answer(LONG, kind=kind)) is None
    assert failure_class(answer(bytes(range(256)) * 9, kind=kind)) == "not_html"


@pytest.mark.parametrize(
    ("start", "expected"),
    [(b"%PDF-1.7", None), (b"\r\n\xef\xbb\xbf%PDF-1.7", None), (b"<p>%PDF-1.7", "not_html")],
)
def test_a_pdf_is_known_by_its_start(start: bytes, expected: str | None) -> None:
    assert failure_class(answer(start, kind="application/pdf")) == expected


def test_a_label_that_names_no_packing_packs_nothing() -> None:
    for label in ("utf-8", "8bit", "none"):
        assert (
            failure_class(answer(b"Plain words. " * 80, 200, "text/plain", Content_Encoding=label))
            is None
        )
    assert failure_class(answer(b"\x8b\xff\x00" * 80, Content_Encoding="br")) == "not_html"


@pytest.mark.parametrize(
    "html",
    [
        "<title>clinic.example is for sale</title><p>Buy it.",
        "<title>Host</title><p>This domain name expired on 2025-01-01.",
        "<title>x</title><p>Interested in this domain? Make an offer.",
        "<title>x</title><p>Future home of something quite cool.",
        "<title>Host - Domain reserved</title><p>Registered just now.",
        "<title>Welcome to nginx on Debian!</title><p>It runs.",
        "<title>Apache2 Ubuntu Default Page: It works</title><p>" + "Files are split. " * 100,
        "<title>HTTP Server Test Page powered by: Somebody</title><p>It works.",
        "<h1>SORRY!</h1><p>It is possible you have reached this page because: the IP has changed.",
        "<title>x</title><p>This is the default index page of your website.",
        "<title>Service Suspended</title><p>This service has been suspended by its owner.",
        "<title>Squarespace - Website Not Available</title><p>Millions of websites.",
        "<p>This site was paused as it reached its limits.",
        "<p>This deployment is currently disabled. Tell its owner.",
    ],
)
def test_nobody_lives_there(html: str) -> None:
    assert failure_class(answer(html.encode())) == "parked"


@pytest.mark.parametrize(
    "html",
    [
        "<title>Welcome to Caddy Wellness</title>",
        "<title>Future home of our Austin clinic</title>",
        "<title>Test page for anxiety</title>",
        "<title>LiteSpeed Recovery</title>",
        "<title>x</title><p>Our domain is recovery. The old office is for sale.",
        "<title>x</title><p>This shop is closed on Sundays.",
        "<title>x</title><p>This service has been suspended for pregnant patients.",
        f"{MENU}<p>If your account has been suspended, contact billing.",
        f"{MENU}<p>Your subscription has expired? Contact our team.",
        f"{MENU}<h1>It works!</h1>",
    ],
)
def test_somebody_lives_there(html: str) -> None:
    words = "<p>" + "A nurse sits with you. " * 20
    assert failure_class(answer((html + words).encode())) is None


def test_what_is_wrong_with_a_certificate_is_said() -> None:
    failed = SSL.Error([("SSL routines", "", "certificate verify failed")])
    assert of_exception(failed) == Trouble("tls", "certificate verify failed")
    assert of_exception(SSL.Error()) == Trouble("tls")
    assert of_exception(VerificationError([])).said == "the certificate is for another name"


def test_failures_become_the_reasons_of_the_contract() -> None:
    assert reason_of("robots") == Reason.ROBOTS
    for blocked in ("http_401", "http_403", "http_429", "http_451", "challenge"):
        assert reason_of(blocked) == Reason.BLOCKED
    for away in ("dns", "tls", "timeout", "refused", "reset"):
        assert reason_of(away) == Reason.UNREACHABLE
    assert reason_of("render_failed") == Reason.RENDER_FAILED
    for other in ("server_error", "too_large", "guard", "http_418"):
        assert reason_of(other) == Reason.COVERAGE_TOO_LOW


def test_every_class_has_fault_and_remedy() -> None:
    for name in TRANSIENT | UNWELL | {"http_418"}:
        trouble = Trouble(name, "seen")
        assert trouble.fault in Fault
        assert trouble.remedy.startswith("seen: ")
        assert trouble.remedy.endswith(".")


@pytest.mark.parametrize(
    "kind",
    ["application/octet-stream", "binary/octet-stream", "application/x-pdf", "text/html", ""],
)
def test_a_pdf_is_one_whatever_it_was_sent_as(kind: str) -> None:
    assert failure_class(answer(b"%PDF-1.7\n" + bytes(range(256)) * 8, kind=kind)) is None
    assert failure_class(answer(b"PK\x03\x04" + bytes(99), kind="application/octet-stream"))


def test_a_frameset_has_its_words_elsewhere() -> None:
    frames = b"<frameset cols='20%,*'><frame src=/menu><frame src=/main></frameset>"
    assert failure_class(answer(frames)) is None
    assert failure_class(answer(b"<script>1</script>" + frames)) is None
    assert failure_class(answer(b"<iframe src=/x></iframe>")) == "empty"


@pytest.mark.parametrize("status", [408, *range(520, 525)])
def test_what_a_gateway_says_in_passing_is_asked_about_again(status: int) -> None:
    found = of_answer(answer(LONG, status), None)
    assert found is not None
    assert found.failure_class == PASSING[status]
    assert found.failure_class in TRANSIENT


def test_a_page_that_asks_to_turn_scripts_on_waits_for_them() -> None:
    for words in ("Please turn JavaScript on and reload the page.", "JavaScript is turned off."):
        assert (
            failure_class(answer(f"<p>{words}</p><script>1</script>".encode())) == "render_failed"
        )
