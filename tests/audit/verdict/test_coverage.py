"""Which captures, failures and skips stand in the way of saying that something is not there."""

from __future__ import annotations

import pytest

from audit.verdict.coverage import SiteCoverage, survey
from data.models import Failure, Page, Skipped
from data.vocabulary import Reason

SITE = "https://stillmere.example"


def page(path: str, page_type: str, capture: str) -> Page:
    return Page(
        capture_id=capture,
        provider_id="stillmere.example",
        url=SITE + path,
        final_url=SITE + path,
        found_on=None,
        expected_type=page_type,
        kind="raw",
        status=200,
        content_type="text/html",
        captured_at="2026-11-24T03:15:00Z",
        payload_sha256="0" * 64,
        payload_bytes=1,
        warc_file="w",
        warc_record_id="r",
        warc_offset=0,
        warc_length=1,
    )


def failure(page_type: str, failure_class: str) -> Failure:
    return Failure(
        "stillmere.example",
        f"{SITE}/{page_type}",
        page_type,
        failure_class,
        "theirs",
        "Ask again.",
        1,
        "2026-11-24T03:15:00Z",
    )


def skip(page_type: str, reason: str) -> Skipped:
    return Skipped("stillmere.example", f"{SITE}/{page_type}/9", page_type, reason)


def seen(
    *, pages: int = 1, failures: list[Failure] | None = None, skipped: list[Skipped] | None = None
) -> SiteCoverage:
    captured = [page("/", "home", "home")]
    captured += [page(f"/faq/{i}", "faq", f"faq{i}") for i in range(pages)]
    read = {p.capture_id: p.expected_type for p in captured}
    return survey(captured, skipped or [], failures or [], read, {}, 900)


@pytest.mark.parametrize(
    ("failure_class", "expected"),
    [
        ("robots", Reason.ROBOTS),
        ("http_403", Reason.BLOCKED),
        ("challenge", Reason.BLOCKED),
        ("http_429", Reason.BLOCKED),
        ("dns", Reason.UNREACHABLE),
        ("tls", Reason.UNREACHABLE),
        ("timeout", Reason.UNREACHABLE),
        ("render_failed", Reason.RENDER_FAILED),
        ("server_error", Reason.COVERAGE_TOO_LOW),
        ("redirect_loop", Reason.COVERAGE_TOO_LOW),
        ("something_new", Reason.COVERAGE_TOO_LOW),
    ],
)
def test_each_class_of_failure_gives_its_reason(failure_class: str, expected: Reason) -> None:
    assert seen(failures=[failure("faq", failure_class)]).problem(["faq"]) == expected


def test_a_dead_link_does_not_stand_in_the_way() -> None:
    assert seen(failures=[failure("faq", "dead_link")]).problem(["faq"]) is None


def test_a_failure_elsewhere_does_not_stand_in_the_way() -> None:
    assert seen(failures=[failure("blog", "http_403")]).problem(["faq"]) is None


def test_a_page_type_that_the_site_does_not_have_does_not_stand_in_the_way() -> None:
    assert seen().problem(["faq", "consent"]) is None


def test_what_only_a_choice_leads_to_is_a_gap_where_nothing_of_the_kind_was_read() -> None:
    unchosen = [skip("faq", "unchosen"), skip("safety", "unchosen")]
    assert [gap.page_type for gap in seen(skipped=unchosen).gaps] == ["safety"]


@pytest.mark.parametrize("budget", ["budget_pages", "budget_bytes", "budget_time", "attests"])
def test_what_fell_to_a_budget_was_not_looked_at(budget: str) -> None:
    assert seen(skipped=[skip("faq", budget)]).problem(["faq"]) == Reason.COVERAGE_TOO_LOW


@pytest.mark.parametrize(("captured", "expected"), [(4, Reason.COVERAGE_TOO_LOW), (5, None)])
def test_a_sample_of_five_will_do(captured: int, expected: Reason | None) -> None:
    looked = seen(pages=captured, skipped=[skip("faq", "sampled_out")])
    assert looked.problem(["faq"]) == expected
    assert looked.sampled == {"faq"}


def test_redirects_and_error_pages_are_no_part_of_a_sample() -> None:
    captured = [page("/", "home", "home"), *(page(f"/faq/{i}", "faq", f"f{i}") for i in range(5))]
    read = {p.capture_id: p.expected_type for p in captured if p.capture_id != "f0"}
    looked = survey(captured, [skip("faq", "sampled_out")], [], read, {}, 900)
    assert looked.problem(["faq"]) == Reason.COVERAGE_TOO_LOW


def test_traps_and_other_sites_do_not_stand_in_the_way() -> None:
    left = [skip("faq", reason) for reason in ("trap", "off_site", "login", "file_type")]
    assert seen(skipped=left).problem(["faq"]) is None


def test_the_home_page_is_always_needed() -> None:
    only_faq = [page("/faq", "faq", "c")]
    looked = survey(only_faq, [], [failure("home", "timeout")], {"c": "faq"}, {}, 900)
    assert looked.problem(["faq"]) == Reason.UNREACHABLE


def test_a_capture_that_could_not_be_read_counts_as_missing() -> None:
    captured = [page("/", "home", "home"), page("/faq", "faq", "shell")]
    unread = {"shell": Reason.RENDER_FAILED}
    looked = survey(captured, [], [], {"home": "home"}, unread, 900)
    assert looked.problem(["faq"]) == Reason.RENDER_FAILED


def test_the_worst_reason_is_given() -> None:
    several = [failure("faq", "server_error"), failure("faq", "robots"), failure("faq", "http_403")]
    assert seen(failures=several).problem(["faq"]) == Reason.BLOCKED
