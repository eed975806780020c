"""What pages asked for as they loaded: which requests count, and when nothing can be said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit.pages import request_log
from audit.pages.pages import read
from audit.site.read_page import ReadPage
from audit.verdict import wording
from audit.verdict.coverage import Gap
from audit.verdict.loads import Loads, read_loads
from audit.verdict.reasons import decide
from data.models import REQUEST_LOG, Page, Skipped
from data.vocabulary import Reason
from tests.audit.small_engine import rule
from tests.audit.verdict.test_reasons import claim

INTAKE = rule("privacy.trackers-intake", "technical")
PROMISE = rule("privacy.promise-mismatch", "technical")
SITE = "https://stillmere.example"
PIXEL = "https://www.facebook.com/tr/?id=1&ev=PageView"


def page(path: str, kind: str = "raw", content_type: str = "text/html", parent: str = "") -> Page:
    return Page(
        capture_id=f"{kind} {path} {content_type}", provider_id="stillmere.example",
        url=SITE + path, final_url=SITE + path, found_on=None, expected_type="other", kind=kind,
        status=200, content_type=content_type, captured_at="2026-11-26T03:00:00Z",
        payload_sha256="", payload_bytes=0, warc_file="", warc_record_id="", warc_offset=0,
        warc_length=0, parent_capture_id=parent or None,
    )  # fmt: skip


def request(url: str, **changes: Any) -> dict[str, Any]:
    row = {"what": "request", "method": "GET", "url": url, "kind": "image", "party": "other"}
    return row | {"in_embed": False, "tells": []} | changes


def log(path: str, *rows: dict[str, Any], whole: bool = True) -> ReadPage:
    lines = [{"what": "page", "whole": whole}, *rows]
    body = "".join(json.dumps(row) + "\n" for row in lines).encode()
    capture = page(path, "rendered", REQUEST_LOG, parent=page(path).capture_id)
    return ReadPage(capture, read(body, url=SITE + path, content_type=REQUEST_LOG))


def loads(
    *logs: ReadPage,
    gaps: tuple[Gap, ...] = (),
    more: tuple[str, ...] = (),
    skipped: tuple[Skipped, ...] = (),
) -> Loads:
    paths = [r.page.final_url.removeprefix(SITE) for r in logs]
    captured = [page(path) for path in (*paths, *more)]
    return read_loads(logs, [*captured, *(r.page for r in logs)], gaps, skipped)


def left(path: str, why: str, expected_type: str = "other") -> Skipped:
    return Skipped("stillmere.example", SITE + path, expected_type, why, f"{SITE}/")


def reason(found: Loads, said: tuple[str, ...] = (), problem: Reason | None = None) -> str:
    claims = [claim(stance) for stance in said]
    return decide(INTAKE, claims, (), problem, seen=found.seen(INTAKE.id)).reason


def test_a_request_to_an_advertising_platform_is_observed_and_quoted() -> None:
    found = loads(log("/intake", request(PIXEL)))
    decision = decide(INTAKE, [], (), None, seen=found.seen(INTAKE.id))
    assert decision.reason == "observed"
    ((role, quoted),) = decision.evidence
    assert (role, quoted.quote, quoted.css_path, quoted.region) == (
        "claim", PIXEL, "line[2]", "requests",
    )  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        request("https://fonts.gstatic.com/x"),
        request("https://www.googletagmanager.com/gtm.js?id=GTM-1"),
        request(PIXEL, party="own"),
        request(PIXEL, in_embed=True),
        {"what": "cookie", "name": "_fbp", "url": PIXEL},
    ],
)
def test_what_is_no_advertising_tag_is_not_observed(row: dict[str, Any]) -> None:
    assert reason(loads(log("/intake", row))) == "not_observed"


def test_what_may_be_advertising_is_for_a_person() -> None:
    close = request("https://stats.g.doubleclick.net/g/collect")
    assert reason(loads(log("/intake", close))) == "near_miss"


SHAPED = "/tr?id=1234567890123456&ev=PageView"


@pytest.mark.parametrize(
    "row",
    [
        request(f"{SITE}{SHAPED}", party="own"),
        request(f"https://px.unheard-of.example{SHAPED}"),
        request(f"{SITE}/g/collect?v=2&tid=G-ABC1234567", party="own", method="POST"),
    ],
)
def test_what_looks_like_advertising_at_no_known_host_is_for_a_person(row: dict[str, Any]) -> None:
    found = loads(log("/intake", row))
    assert reason(found) == "near_miss"
    seen = found.seen(INTAKE.id)
    said = wording.of_loads(Reason.NEAR_MISS, seen, "2026-11-26", "", quoted=True)
    assert said.startswith("Requests that look like those of ")
    assert "a person has to look at them" in said
    assert reason(loads(log("/intake", row, request(PIXEL)))) == "observed"


@pytest.mark.parametrize(
    "row",
    [
        request(f"{SITE}{SHAPED}", party="own", in_embed=True),
        request(f"{SITE}/gtm.js?id=GTM-ABC123", party="own"),
        request(f"{SITE}/ingest/static/array.js", party="own"),
        request(f"{SITE}/tr/?id=5", party="own", method="POST"),
        request(f"https://fonts.gstatic.com{SHAPED}"),
    ],
)
def test_what_would_be_no_advertising_under_its_name_is_none_in_disguise(
    row: dict[str, Any],
) -> None:
    assert reason(loads(log("/intake", row))) == "not_observed"


def test_among_known_hosts_the_sentence_speaks_of_no_look() -> None:
    rows = (request("https://stats.g.doubleclick.net/g/collect"), request(f"{SITE}{SHAPED}",
            party="own"))  # fmt: skip
    seen = loads(log("/intake", *rows)).seen(INTAKE.id)
    assert seen.like == ()
    said = wording.of_loads(Reason.NEAR_MISS, seen, "2026-11-26", "", quoted=True)
    assert said.startswith("Requests that may be for advertising")


def test_a_log_that_was_cut_short_clears_nobody_but_what_it_holds_counts() -> None:
    assert reason(loads(log("/intake", whole=False))) == "render_failed"
    assert reason(loads(log("/intake", request(PIXEL), whole=False))) == "observed"


def test_pages_that_were_not_rendered_leave_it_untested() -> None:
    assert reason(loads(more=("/intake",))) == "render_failed"
    assert reason(loads(log("/intake"), more=("/book",))) == "render_failed"


def test_a_sample_of_many_pages_will_do() -> None:
    many = [log(f"/book/{n}") for n in range(8)]
    assert reason(loads(*many, more=("/book/8", "/book/9"))) == "not_observed"


def test_without_such_a_page_nothing_was_looked_at() -> None:
    assert reason(loads(log("/depression"))) == "coverage_too_low"
    assert reason(Loads()) == "coverage_too_low"


@pytest.mark.parametrize("why", [Reason.ROBOTS, Reason.BLOCKED, Reason.UNREACHABLE])
def test_pages_that_were_lost_say_why(why: Reason) -> None:
    gap = Gap(f"{SITE}/book", "other", why)
    assert reason(loads(log("/intake"), gaps=(gap,))) == why
    elsewhere = Gap(f"{SITE}/team", "team", why)
    assert reason(loads(log("/intake"), gaps=(elsewhere,))) == "not_observed"


@pytest.mark.parametrize(
    "skip",
    [
        left("/cart", "login"),
        left("/checkout/step-2", "login"),
        left("/patient-portal/appointments", "login"),
        left("/my-account/", "login", "eligibility"),
        left("/account/", "login", "how-it-works"),
        left("/appointments/calendar/2026/11", "trap"),
    ],
)
def test_a_page_that_was_not_asked_for_clears_nobody(skip: Skipped) -> None:
    assert reason(loads(log("/intake"), skipped=(skip,))) == "coverage_too_low"
    assert reason(loads(log("/intake", request(PIXEL)), skipped=(skip,))) == "observed"
    assert reason(loads(log("/intake"), more=("/book",), skipped=(skip,))) == "render_failed"


@pytest.mark.parametrize(
    "skip",
    [
        left("/login", "login"),
        left("/patient-portal/", "login"),
        left("/es/cita-checkout", "other_language"),
        left("/book/2026/11", "trap"),
        left("/book/day?month=3", "trap"),
        left("/book/feed/", "trap"),
        left("/intake/quiz.png", "file_type"),
        left("/cart", "duplicate"),
        left("/depression/orders", "login"),
    ],
)
def test_what_is_no_page_of_the_kind_or_was_looked_at_leaves_no_gap(skip: Skipped) -> None:
    assert reason(loads(log("/intake"), log("/book"), skipped=(skip,))) == "not_observed"


def test_beside_a_sample_what_was_left_out_is_said() -> None:
    many = [log(f"/book/{n}") for n in range(8)]
    seen = loads(*many, skipped=(left("/cart", "login"),)).seen(INTAKE.id)
    assert (seen.gap, seen.is_sample) == (None, True)
    said = wording.of_loads(Reason.NOT_OBSERVED, seen, "2026-11-26", "None seen.", quoted=False)
    assert said.endswith(
        "before any choice about cookies, which are a sample where there are many."
    )
    whole = loads(*many).seen(INTAKE.id)
    assert not whole.is_sample


def test_a_sample_that_the_crawl_took_is_said() -> None:
    """Pages for each town, of which five are read whatever the browser does."""
    town = left("/ketamine-treatment-ames", "sampled_out", "location")
    for rule_id, is_sample in (("privacy.trackers-condition-pages", True), (INTAKE.id, False)):
        seen = loads(log("/intake"), log("/ptsd"), skipped=(town,)).seen(rule_id)
        assert (seen.gap, seen.is_sample) == (None, is_sample)


def test_the_pages_that_were_left_out_are_named() -> None:
    skips = tuple(left(path, "login") for path in ("/cart", "/checkout", "/basket", "/cart/9"))
    seen = loads(log("/intake"), skipped=skips).seen(INTAKE.id)
    said = wording.of_loads(Reason.COVERAGE_TOO_LOW, seen, "2026-11-26", "", quoted=False)
    assert said == (
        "Could not be judged: of the site's pages of this kind 1 was loaded in a browser on"
        " 2026-11-26, and 4 were not asked for (/basket, /cart, /cart/9 ...)."
    )


def test_adequate_coverage_is_needed_too() -> None:
    assert reason(loads(log("/intake")), problem=Reason.ROBOTS) == "robots"


def test_what_is_said_stands_beside_what_was_observed() -> None:
    found = loads(log("/intake", request(PIXEL)))
    decision = decide(INTAKE, [claim("states")], (), None, seen=found.seen(INTAKE.id))
    assert [role for role, _ in decision.evidence] == ["claim", "contradiction"]
    assert reason(loads(log("/intake")), said=("denies",)) == "conflicting"
    assert reason(loads(log("/intake")), said=("states",)) == "not_observed"


def test_a_promise_is_held_against_requests_on_either_kind_of_page() -> None:
    said = [claim("states", quote="A")]
    observed = loads(log("/depression", request(PIXEL)))
    decision = decide(PROMISE, said, (), None, seen=observed.seen(PROMISE.id))
    assert decision.reason == "observed"
    assert [c.quote for _, c in decision.evidence] == ["A", PIXEL]
    kept = loads(log("/depression"))
    assert decide(PROMISE, said, (), None, seen=kept.seen(PROMISE.id)).reason == "not_observed"
    unseen = loads(log("/depression"), more=("/intake",))
    assert decide(PROMISE, said, (), None, seen=unseen.seen(PROMISE.id)).reason == "render_failed"
    assert decide(PROMISE, [], (), None, seen=observed.seen(PROMISE.id)).reason == "claim_absent"


def test_each_company_is_shown_on_a_few_pages() -> None:
    tiktok = request("https://analytics.tiktok.com/api/v2/pixel")
    seen = loads(*(log(f"/book/{n}", request(PIXEL), tiktok, tiktok) for n in range(9))).seen(
        INTAKE.id
    )
    assert seen.companies == ("Meta", "TikTok")
    assert (seen.hits, seen.pages, len(seen.asked)) == (9, 9, 6)


def test_the_sentence_names_companies_pages_and_day() -> None:
    seen = loads(log("/intake", request(PIXEL)), log("/book")).seen(INTAKE.id)
    said = wording.of_loads(Reason.OBSERVED, seen, "2026-11-26", "Requests were seen.", quoted=True)
    assert said == (
        "Requests were seen: Meta, on 1 of the 2 pages loaded in a browser on 2026-11-26,"
        " before any choice about cookies."
    )


def test_a_line_that_is_no_row_of_ours_is_passed_over() -> None:
    body = b'not json\n[1]\n"x"\n\n' + json.dumps(request(PIXEL)).encode()
    text = read(body, url=SITE, content_type=f"{REQUEST_LOG}; charset=utf-8")
    assert [row["url"] for _, row in request_log.rows(text)] == [PIXEL]
    assert [b.css_path for b in text.blocks] == ["line[1]", "line[2]", "line[3]", "line[5]"]
