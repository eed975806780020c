"""One crawl over many hosts, looked at from outside: the store it leaves, the servers' own logs."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
from collections.abc import Iterator

import pytest
from warcio.archiveiterator import ArchiveIterator

from data import warc
from tests.crawlers.crawled_world import MOST_PAGES, World, crawled
from tests.crawlers.sites_served import WORDS


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with crawled(tmp_path_factory.mktemp("world")) as made:
        yield made


def test_the_most_relevant_pages_come_first(world: World) -> None:
    order = [path for path in world.web.asked("clinic.localhost") if path != "/robots.txt"]
    assert order.index("/") == 0
    assert order.index("/how") < order.index("/faq") < order.index("/safety")
    assert order.index("/safety") < order.index("/kind-words") < order.index("/blog/one")


def test_nothing_is_asked_twice_but_what_failed(world: World) -> None:
    asked = world.web.asked("clinic.localhost")
    again = {path: count for path, count in asked.items() if count > 1}
    # A fault three times, a hiccup twice, and what was not found a second time at the end.
    assert again == {"/broken": 3, "/flaky": 2, "/gone": 2, "/soft": 2}
    assert {method for _, method, _ in world.web.log} == {"GET"}


@pytest.mark.parametrize(
    ("path", "failure_class", "fault", "attempts"),
    [
        ("/broken", "server_error", "theirs", 3),
        ("/gone", "dead_link", "theirs", 2),
        ("/soft", "dead_link", "theirs", 2),
        ("/staff-only", "robots", "policy", 1),
        ("/away", "off_site_redirect", "theirs", 1),
        ("/imds", "guard", "policy", 1),
        ("/next-door", "guard", "policy", 1),
    ],
)
def test_failures_have_class_fault_and_attempts(
    world: World, path: str, failure_class: str, fault: str, attempts: int
) -> None:
    failure = world.failure("clinic.localhost", path)
    assert (failure.failure_class, failure.fault) == (failure_class, fault)
    assert failure.attempts == attempts
    assert failure.remedy.endswith(".")
    assert len(world.failures["clinic.localhost"]) == 7


@pytest.mark.parametrize(
    ("host", "failure_class"),
    [
        ("leaves.localhost", "off_site_redirect"),
        ("shell.localhost", "render_failed"),
        ("wall.localhost", "challenge"),
        ("closed.localhost", "robots"),
        ("upset.localhost", "robots"),
        ("loop.localhost", "redirect_loop"),
        ("big.localhost", "too_large"),
        ("bomb.localhost", "too_large"),
        ("short.localhost", "truncated"),
        ("empty.localhost", "empty"),
        ("feed.localhost", "not_html"),
    ],
)
def test_a_home_page_that_cannot_be_read_says_why(
    world: World, host: str, failure_class: str
) -> None:
    assert world.failure(host).failure_class == failure_class


def test_hosts_that_do_not_answer(world: World) -> None:
    (down,) = world.failures["down.localhost"].values()
    (nowhere,) = world.failures["nowhere.invalid"].values()
    (shut,) = world.failures["tls.localhost"].values()
    assert (down.failure_class, nowhere.failure_class) == ("refused", "dns")
    assert shut.failure_class == "tls"
    assert "down.localhost" in world.run.scope
    assert "down.localhost" not in world.pages


def test_what_robots_txt_forbids_is_never_asked(world: World) -> None:
    assert "/staff-only" not in world.web.asked("clinic.localhost")
    assert world.web.asked("closed.localhost") == {"/robots.txt": 1}
    # Out of order: asked again politely, and nothing is allowed until it can be read.
    assert world.web.asked("upset.localhost") == {"/robots.txt": 3}


def test_no_private_address_is_reached_by_a_redirect(world: World) -> None:
    assert world.private.log == []


def test_a_host_that_refuses_again_and_again_is_left_alone(world: World) -> None:
    refused = [p for p in world.web.asked("angry.localhost") if p.startswith("/page")]
    assert len(refused) == 5
    failures = world.failures["angry.localhost"].values()
    assert sorted(f.attempts for f in failures) == [0] * 4 + [1] * 5
    assert {f.failure_class for f in failures} == {"http_403"}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/calendar/2026/11", "trap"),
        ("/faq?replytocom=4", "trap"),
        ("/patient-portal/", "login"),
        ("/photo.jpg", "file_type"),
        ("/es/", "other_language"),
    ],
)
def test_links_that_are_not_worth_a_request(world: World, path: str, reason: str) -> None:
    skipped = world.skipped["clinic.localhost"]
    assert skipped[world.web.url("clinic.localhost", path)] == reason
    assert path not in world.web.asked("clinic.localhost")


def test_links_off_the_site_are_noted_and_not_followed(world: World) -> None:
    assert world.skipped["clinic.localhost"]["https://elsewhere.example/x"] == "off_site"
    assert len(world.skipped["clinic.localhost"]) == 6


def test_sitemaps_lead_to_pages_that_no_link_leads_to(world: World) -> None:
    urls = {p.url for p in world.pages["clinic.localhost"]}
    assert world.web.url("clinic.localhost", "/only-in-the-sitemap") in urls


def test_hops_of_a_redirect_are_captures_of_their_own(world: World) -> None:
    url = world.web.url("clinic.localhost", "/moved")
    rows = [p for p in world.pages["clinic.localhost"] if p.url == url]
    assert [(p.status, world.path("clinic.localhost", p.final_url)) for p in rows] == [
        (301, "/moved"),
        (200, "/terms/"),
    ]
    assert {p.kind for p in rows} == {"raw"}
    assert {p.expected_type for p in rows} == {"legal"}


def test_a_home_page_at_the_www_twin_is_one_page(world: World) -> None:
    asked = world.web.asked("www.twin.localhost")
    assert (asked["/"], asked["/faq"]) == (1, 1)
    assert world.web.asked("twin.localhost") == {"/robots.txt": 1, "/": 1}
    home = [p for p in world.pages["twin.localhost"] if p.expected_type == "home"]
    assert [p.status for p in home] == [301, 200]


def test_a_pdf_is_captured_as_one(world: World) -> None:
    (pdf,) = [p for p in world.pages["clinic.localhost"] if p.kind == "pdf"]
    assert (pdf.expected_type, pdf.status) == ("consent", 200)


def test_both_looks_at_a_dead_link_are_kept(world: World) -> None:
    url = world.web.url("clinic.localhost", "/gone")
    rows = [p for p in world.pages["clinic.localhost"] if p.url == url]
    assert [p.status for p in rows] == [404, 404]
    assert len({p.capture_id for p in rows}) == 2


def test_the_budget_of_pages_is_kept_and_said(world: World) -> None:
    captured = world.pages["many.localhost"]
    assert len(captured) == MOST_PAGES
    # The rest of a type of which five were captured counts as sampled.
    assert set(world.skipped["many.localhost"].values()) == {"sampled_out"}
    other = world.coverage["many.localhost", "other"]
    assert (other.discovered, other.captured, other.sampled_out) == (40, 19, 21)


def test_a_sample_of_the_blog_will_do(world: World) -> None:
    blog = world.coverage["posts.localhost", "blog"]
    assert (blog.discovered, blog.captured, blog.sampled_out) == (12, 5, 7)


def test_where_a_redirect_ends_is_no_address_of_its_own(world: World) -> None:
    """What counts as captured are addresses that something on the site leads to."""
    for host in ("clinic.localhost", "www.twin.localhost", "many.localhost"):
        good = {p.url for p in world.pages.get(host, ()) if p.status < 300}
        counted = sum(c.captured for (who, _), c in world.coverage.items() if who == host)
        assert counted == len(good - world.failures.get(host, {}).keys()), host


def test_coverage_counts_dead_links_as_failed(world: World) -> None:
    pricing = world.coverage["clinic.localhost", "pricing"]
    assert (pricing.discovered, pricing.captured, pricing.failed) == (1, 0, 1)
    home = world.coverage["wall.localhost", "home"]
    assert (home.discovered, home.captured, home.failed) == (1, 0, 1)


def test_every_capture_is_where_its_row_says(world: World) -> None:
    rows = [p for pages in world.pages.values() for p in pages]
    assert len({p.capture_id for p in rows}) == len(rows)
    for row in rows:
        record = warc.read(world.store.path / row.warc_file, row.warc_offset)
        assert record.target_uri == row.final_url
        assert (record.status, record.record_id) == (row.status, row.warc_record_id)
        assert hashlib.sha256(record.payload).hexdigest() == row.payload_sha256


def test_bodies_are_kept_as_sent(world: World) -> None:
    (how,) = [p for p in world.pages["clinic.localhost"] if p.url.endswith("/how")]
    record = warc.read(world.store.path / how.warc_file, how.warc_offset)
    assert record.header("Content-Encoding") == "gzip"
    assert WORDS.strip().encode() in gzip.decompress(record.payload)


def test_another_reader_agrees_on_every_record_and_digest(world: World) -> None:
    uris = []
    for path in sorted((world.run.path / "captures").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                uris.append(record.rec_headers.get_header("WARC-Target-URI"))
    assert world.web.url("clinic.localhost", "/robots.txt") in uris
    assert world.web.url("clinic.localhost", "/map.xml") in uris


def test_the_run_tells_its_scope_and_what_was_left_out(world: World) -> None:
    info = world.run.info
    assert len(world.run.scope) == len(world.web.routes) - 1 + 3
    assert info["left_out"] == {"homepage unknown": 1, "not active": 1}
    assert info["status"] == "complete"
    assert "looked_at" in info["counts"]
    assert socket.gethostname() not in json.dumps(info)
    assert not list(world.run.path.glob("ledger*"))


def test_who_could_not_be_looked_at_is_named_everywhere(world: World) -> None:
    assert world.exit_code == 3
    failing = json.loads((world.store.path / "health.json").read_text())["providers"]
    assert {who: entry["reason"] for who, entry in failing.items()} == {
        "leaves.localhost": "coverage_too_low",
        "shell.localhost": "render_failed",
        "wall.localhost": "blocked",
        "closed.localhost": "robots",
        "upset.localhost": "robots",
        "loop.localhost": "coverage_too_low",
        "big.localhost": "coverage_too_low",
        "bomb.localhost": "coverage_too_low",
        "short.localhost": "coverage_too_low",
        "empty.localhost": "coverage_too_low",
        "feed.localhost": "coverage_too_low",
        "down.localhost": "unreachable",
        "nowhere.invalid": "unreachable",
        "tls.localhost": "unreachable",
    }
    assert "wall.localhost (blocked)" in world.said


def test_a_bad_row_is_said_and_the_rest_goes_on(world: World) -> None:
    assert "ftp://x.example/" in world.said
    assert "Traceback" not in world.said
